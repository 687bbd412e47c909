"""The life of a round: planned, collecting, (settling,) closed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.refusals import Refused
from activity import events, jobs
from clusters.models import Cluster
from countries.models import Country
from diagnostics.models import InstrumentVersion, Response, Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import plain_sheets
from diagnostics.scoring.instrument import Status
from diagnostics.scoring.panels import built_agreed


@transaction.atomic
def plan_round(
    *,
    country: Country,
    instrument_version: InstrumentVersion,
    title: str,
    period: tuple[date, date],
    sheets: Iterable[tuple[Organisation, str, list[str]]],
    by: User | None,
    cluster: Cluster | None = None,
    due_on: date | None = None,
    provenance: str = Round.Provenance.ASSESSMENT,
    label: str = "",
) -> Round:
    """Plan a round with its sheets, each (organisation, panel, theme codes).

    Raises Refused (a ValidationError) when the parts do not fit one another.
    """
    if cluster is not None and cluster.country_id != country.pk:
        raise Refused(
            _("%(cluster)s is not in %(country)s.") % {"cluster": cluster, "country": country}
        )
    if period[1] < period[0]:
        raise Refused(_("The period ends before it begins."))
    subject = Round(
        country=country,
        cluster=cluster,
        subject="cluster" if cluster else "country",
        instrument_version=instrument_version,
        title=title,
        period_start=period[0],
        period_end=period[1],
        due_on=due_on,
        provenance=Round.Provenance.FICTIONAL if country.is_fictional else provenance,
        label=label or (_("fictional country; invented answers") if country.is_fictional else ""),
    )
    if subject.subject != instrument_version.subject:
        raise Refused(
            _("%(instrument)s is about a %(subject)s; this round is not.")
            % {
                "instrument": instrument_version,
                "subject": instrument_version.get_subject_display(),
            }
        )
    subject.full_clean()
    subject.save()
    made = [_add_sheet(subject, *sheet) for sheet in sheets]
    if not made:
        raise Refused(_("A round needs at least one sheet: an organisation in a panel."))
    events.record(
        "round.planned",
        by=by,
        topic=subject.topic,
        country=country,
        round=subject.title,
        sheets=len(made),
    )
    return subject


@transaction.atomic
def open_round(*, round: Round, by: User | None) -> None:
    """Open a planned round for answers."""
    locked = _locked(round, Round.State.PLANNED)
    _move(locked, Round.State.COLLECTING)
    events.record(
        "round.opened", by=by, topic=locked.topic, country=locked.country, round=locked.title
    )


@transaction.atomic
def close_round(*, round: Round, by: User | None) -> None:
    """Settle by majority, close, and queue the scoring; sheets not submitted are left out.

    The agreed sheet starts from the double lower median (method.md section 4). Raises Refused when
    the round is not collecting or settling, or no sheet has been submitted.
    """
    locked = _locked(round, Round.State.COLLECTING, Round.State.SETTLING)
    submitted = list(locked.sheets.filter(state=Sheet.State.SUBMITTED))
    if not submitted:
        raise Refused(_("No sheet has been submitted, so there is nothing to score."))
    instrument = locked.instrument_version.instrument
    settled = built_agreed(instrument, plain_sheets(submitted))
    asked = sorted({theme for sheet in submitted for theme in sheet.themes})
    agreed = _add_sheet(locked, None, Panel.AGREED, asked)
    responses = list(agreed.responses.select_related("item"))
    for response in responses:
        value = settled.responses[response.item.code]
        response.answers = [str(answer) for answer in value.answers]
        response.made = [Response.Made.SETTLED if answer else "" for answer in response.answers]
        response.status = str(value.status)
        if value.status == Status.NOT_APPLICABLE:
            response.reason = _("More than half of the sheets that answered say so.")
    Response.objects.bulk_update(responses, ["answers", "made", "status", "reason"])
    agreed.state, agreed.submission, agreed.submitted_at = Sheet.State.SUBMITTED, 1, timezone.now()
    agreed.submitted_by = by
    agreed.save()
    locked.closed_at = timezone.now()
    _move(locked, Round.State.CLOSED)
    events.record(
        "round.closed",
        by=by,
        topic=locked.topic,
        country=locked.country,
        round=locked.title,
        sheets=len(submitted),
    )
    jobs.queue(
        "score",
        by=by,
        key=f"score {agreed.pk} {agreed.submission}",
        topic=locked.topic,
        sheet=agreed.pk,
        submission=agreed.submission,
    )


def _add_sheet(
    round: Round, organisation: Organisation | None, panel: str, themes: list[str]
) -> Sheet:
    known = [theme.code for theme in round.instrument_version.instrument.themes]
    if unknown := set(themes) - set(known):
        raise Refused(
            _("The instrument has no theme %(theme)s.") % {"theme": ", ".join(sorted(unknown))}
        )
    if not themes:
        raise Refused(_("A sheet needs at least one theme."))
    sheet = Sheet(
        round=round,
        organisation=organisation,
        panel=panel,
        themes=[theme for theme in known if theme in themes],
    )
    sheet.full_clean()
    sheet.save()
    blank = [""] * (round.instrument_version.instrument.levels - 1)
    Response.objects.bulk_create(
        Response(sheet=sheet, item=item, answers=blank, made=blank)
        for item in round.instrument_version.items.filter(theme__in=themes)
    )
    return sheet


def _locked(round: Round, *states: str) -> Round:
    locked = (
        Round.objects.select_for_update(of=("self",))
        .select_related("country", "instrument_version")
        .get(pk=round.pk)
    )
    if locked.state not in states:
        raise Refused(
            _("The round is %(state)s; this step is not possible now.")
            % {"state": locked.get_state_display()}
        )
    return locked


def _move(round: Round, state: str) -> None:
    round.state = state
    round.save(update_fields=["state", "closed_at"])
