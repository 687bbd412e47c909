"""Planning a round, and the steps of its life (diagnostics.lives)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Organisation, User
from accounts.refusals import Refused
from activity import events, jobs
from activity.reasons import given
from clusters.models import Cluster
from countries.models import Country
from diagnostics import lives, settlement
from diagnostics.actions import settling
from diagnostics.actions.telling import tell_raters
from diagnostics.models import InstrumentVersion, Response, Round, Settlement, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import plain_sheets, raters
from diagnostics.scoring.panels import built_agreed
from diagnostics.signals import round_reopened

FICTIONAL = gettext_noop("fictional country; invented answers")
TOLD = (
    "round.opened",
    "round.settling",
    "round.collecting_again",
    "round.closed",
    "round.reopened",
)


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
    invented = country.is_fictional and provenance != Round.Provenance.PRACTICE
    subject = Round(
        country=country,
        cluster=cluster,
        subject="cluster" if cluster else "country",
        instrument_version=instrument_version,
        title=title,
        period_start=period[0],
        period_end=period[1],
        due_on=due_on,
        provenance=Round.Provenance.FICTIONAL if invented else provenance,
        label=label or (FICTIONAL if country.is_fictional else ""),
    )
    if subject.subject != instrument_version.subject:
        raise Refused(
            _("%(instrument)s is about a %(subject)s; this round is not.")
            % {
                "instrument": instrument_version,
                "subject": instrument_version.get_subject_display(),
            }
        )
    if instrument_version.country_id not in (None, country.pk):
        raise Refused(
            _("%(instrument)s is an edition of %(country)s, for rounds of that country only.")
            % {"instrument": instrument_version, "country": instrument_version.country}
        )
    subject.full_clean()
    subject.save()
    made = [add_sheet(subject, *sheet) for sheet in sheets]
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
    locked = _step(round, "open")
    _keep("round.opened", locked, by)


@transaction.atomic
def end_collecting(*, round: Round, by: User | None) -> None:
    """Build the agreed sheet by majority and begin to settle; sheets not submitted are left out.

    It starts from the double lower median (method.md section 4); items settled before a second
    collecting keep their settlement. Raises Refused when no sheet has been submitted.
    """
    locked = _step(round, "end_collecting")
    submitted = list(raters(locked).filter(state=Sheet.State.SUBMITTED))
    if not submitted:
        raise Refused(_("No sheet has been submitted, so there is nothing to settle."))
    built = built_agreed(locked.instrument_version.instrument, plain_sheets(submitted))
    asked = {theme for sheet in submitted for theme in sheet.themes}
    agreed = locked.sheets.filter(panel=Panel.AGREED).first()
    if agreed is None:
        agreed = add_sheet(locked, None, Panel.AGREED, sorted(asked))
    else:
        _widen(agreed, asked)
    settling.write_built(agreed, built)
    _keep("round.settling", locked, by, sheets=len(submitted))


@transaction.atomic
def collect_again(*, round: Round, reason: str, by: User | None) -> None:
    """Go back to collecting; what is settled stays settled. Raises Refused with no reason."""
    locked = _step(round, "collect_again")
    _keep("round.collecting_again", locked, by, reason=given(reason))


@transaction.atomic
def close_round(*, round: Round, by: User | None) -> None:
    """Close a settled round and queue its scoring, from which its report is made.

    Raises settling.StillOpen when contested or reopened items are neither settled nor waived.
    """
    locked = _step(round, "close")
    agreed = locked.sheets.get(panel=Panel.AGREED)
    # Waits for decisions under way; one that comes later sees the round closed and is refused.
    list(agreed.responses.order_by("pk").select_for_update())
    settling.refuse_open(locked, agreed)
    agreed.state, agreed.submission = Sheet.State.SUBMITTED, agreed.submission + 1
    agreed.submitted_at, agreed.submitted_by = timezone.now(), by
    agreed.save()
    locked.closed_at = timezone.now()
    sheets = raters(locked).filter(state=Sheet.State.SUBMITTED).count()
    _keep("round.closed", locked, by, sheets=sheets)
    jobs.queue(
        "score",
        by=by,
        key=f"score {agreed.pk} {agreed.submission}",
        topic=locked.topic,
        sheet=agreed.pk,
        submission=agreed.submission,
    )


@transaction.atomic
def reopen_item(
    *, round: Round, item: str, revision: int, reason: str, by: User | None
) -> Settlement:
    """Have an item decided again; a closed round settles again and gets a new report version.

    Raises Refused with no reason, Conflict where somebody decided since, and
    Response.DoesNotExist when the agreed sheet has no such item.
    """
    locked = _locked(round)
    was_closed = locked.state == Round.State.CLOSED
    lives.take(locked, lives.ROUND["reopen"])
    agreed = locked.sheets.get(panel=Panel.AGREED)
    opened = settling.open_item(agreed=agreed, item=item, revision=revision, reason=reason, by=by)
    if was_closed:
        agreed.state, locked.closed_at = Sheet.State.REOPENED, None
        agreed.save(update_fields=["state"])
        _keep(
            "round.reopened",
            locked,
            by,
            item=settlement.title_of(opened.response),
            reason=opened.reason,
        )
        round_reopened.send(sender=Round, round=locked, by=by)
    return opened


@transaction.atomic
def archive_round(*, round: Round, by: User | None) -> None:
    """Put a closed round away; everything stays readable."""
    _keep("round.archived", _step(round, "archive"), by)


@transaction.atomic
def unarchive_round(*, round: Round, by: User | None) -> None:
    """Take a round out of the archive, closed as it was."""
    _keep("round.unarchived", _step(round, "unarchive"), by)


def add_sheet(
    round: Round, organisation: Organisation | None, panel: str, themes: list[str]
) -> Sheet:
    """Give the round a sheet with its blank responses. Raises Refused on what does not fit."""
    known = [theme.code for theme in round.instrument_version.instrument.themes]
    if unknown := set(themes) - set(known):
        raise Refused(
            _("The instrument has no theme %(theme)s.") % {"theme": ", ".join(sorted(unknown))}
        )
    if not themes:
        raise Refused(_("A sheet needs at least one theme."))
    if organisation is not None and organisation.country_id not in (None, round.country_id):
        raise Refused(
            _("%(organisation)s is not of %(country)s.")
            % {"organisation": organisation, "country": round.country}
        )
    sheet = Sheet(
        round=round,
        organisation=organisation,
        panel=panel,
        themes=[theme for theme in known if theme in themes],
    )
    sheet.full_clean()
    sheet.save()
    _add_responses(sheet, themes)
    return sheet


def _widen(agreed: Sheet, asked: set[str]) -> None:
    """Give the agreed sheet the themes that were not asked about when it was built before."""
    new = asked - set(agreed.themes)
    if not new:
        return
    instrument = agreed.round.instrument_version.instrument
    agreed.themes = [t.code for t in instrument.themes if t.code in {*agreed.themes, *new}]
    agreed.save(update_fields=["themes"])
    _add_responses(agreed, sorted(new))


def _add_responses(sheet: Sheet, themes: list[str]) -> None:
    blank = [""] * len(sheet.round.instrument_version.instrument.steps)
    Response.objects.bulk_create(
        Response(sheet=sheet, item=item, answers=blank, made=blank)
        for item in sheet.round.instrument_version.items.filter(theme__in=themes)
    )


def _locked(round: Round) -> Round:
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("country", "instrument_version")
        .get(pk=round.pk)
    )


def _step(round: Round, code: str) -> Round:
    """The locked round, with the step taken but not yet saved."""
    locked = _locked(round)
    lives.take(locked, lives.ROUND[code])
    return locked


def _keep(event: str, round: Round, by: User | None, **facts: object) -> None:
    """Save the step and record it; raters are told of those that concern them."""
    round.save(update_fields=["state", "closed_at"])
    events.record(
        event, by=by, topic=round.topic, country=round.country, round=round.title, **facts
    )
    if event in TOLD:
        tell_raters(event, round=round, by=by, **facts)
