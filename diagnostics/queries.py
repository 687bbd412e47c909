"""What a person may see and do, and the answers as plain values."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.queries import in_countries_of, memberships_allowing
from accounts.roles import Permission, codes_with
from activity.models import File
from clusters.models import ClusterMembership
from diagnostics.models import InstrumentVersion, Response, Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.scoring import instrument as plain

# Collecting has ended: there is an agreed sheet, and raters may see one another's answers.
SETTLED_STATES = (Round.State.SETTLING, Round.State.CLOSED, Round.State.ARCHIVED)


def rounds_visible_to(user: User) -> QuerySet[Round]:
    """Rounds of the countries and clusters in which the person has a part."""
    clusters = ClusterMembership.objects.filter(
        user=user, role__in=codes_with(Permission.ROUND_READ)
    )
    return Round.objects.filter(
        in_countries_of(user, Permission.ROUND_READ) | Q(cluster__in=clusters.values("cluster"))
    ).select_related("country", "cluster", "instrument_version")


def rounds_run_by(user: User) -> QuerySet[Round]:
    """Rounds the person coordinates."""
    return rounds_visible_to(user).filter(in_countries_of(user, Permission.ROUND_RUN))


def runs(user: User, round_id: int) -> bool:
    """Whether the person coordinates this round."""
    return rounds_run_by(user).filter(pk=round_id).exists()


def fills(user: User, sheet: Sheet) -> bool:
    """Whether the person may change this sheet's answers."""
    return sheets_filled_by(user).filter(pk=sheet.pk).exists()


def sheets_filled_by(user: User) -> QuerySet[Sheet]:
    """Sheets whose answers the person may change, through an organisation of theirs."""
    here = Q(country=OuterRef("round__country")) | Q(country=None)
    member = memberships_allowing(user, Permission.SHEET_FILL).filter(
        here, organisation=OuterRef("organisation")
    )
    cluster_member = ClusterMembership.objects.filter(
        user=user,
        role__in=codes_with(Permission.SHEET_FILL),
        organisation=OuterRef("organisation"),
        cluster=OuterRef("round__cluster"),
    )
    return (
        _sheets()
        .filter(Exists(member) | Exists(cluster_member))
        .exclude(round__state=Round.State.PLANNED)
    )


def sheets_visible_to(user: User) -> QuerySet[Sheet]:
    """Sheets whose answers the person may read; pages, API, files and exports all ask here.

    A coordinator reads all. A rater reads the own sheet, and the other submitted ones only once
    the round has ended collecting and the own one is submitted: nobody answers by looking at
    others.
    """
    own = sheets_filled_by(user)
    submitted = own.filter(round=OuterRef("round"), state=Sheet.State.SUBMITTED)
    return _sheets().filter(
        Q(pk__in=own.values("pk"))
        | in_countries_of(user, Permission.ROUND_RUN, field="round__country")
        | Q(Exists(submitted), state=Sheet.State.SUBMITTED, round__state__in=SETTLED_STATES)
    )


def raters(round: Round) -> QuerySet[Sheet]:
    """The sheets of a round but the agreed one."""
    return round.sheets.exclude(panel=Panel.AGREED).select_related("organisation").order_by("pk")


def settling_visible_to(user: User) -> QuerySet[Round]:
    """Rounds whose agreed sheet the person may read: those that have ended collecting."""
    return rounds_visible_to(user).filter(state__in=SETTLED_STATES)


def files_visible_to(user: User) -> QuerySet[File]:
    """Files the person gave, or that a sheet cites which the person may see."""
    cited = Q(evidence__response__sheet__in=sheets_visible_to(user))
    return File.objects.filter(Q(given_by=user) | cited).distinct()


def with_counts(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Add to each sheet `items` and `begun`: how many items it has and how many are touched."""
    return sheets.annotate(
        items=Count("responses"), begun=Count("responses", filter=Q(responses__revision__gt=0))
    )


def with_sheet_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Add to each round how many `raters` answer and how many sheets are `handed_in`."""
    raters = Q(sheets__organisation__isnull=False)  # the agreed sheet has none
    return rounds.annotate(
        raters=Count("sheets", filter=raters),
        handed_in=Count("sheets", filter=raters & Q(sheets__state=Sheet.State.SUBMITTED)),
    )


def responses_of(sheet: Sheet) -> list[Response]:
    """The sheet's responses in instrument order, with items, authors and evidence."""
    responses = sheet.responses.select_related("item", "changed_by")
    return list(responses.prefetch_related("evidence__file").order_by("item__position"))


def parent_of(instrument: plain.Instrument) -> plain.Instrument | None:
    """The published instrument of which this one is a national edition; None if there is none."""
    named = instrument.edition_of
    found = (
        named
        and InstrumentVersion.objects.filter(
            code=named.code, version=named.version, state=InstrumentVersion.State.PUBLISHED
        ).first()
    )
    return found.instrument if found else None


def last_round(round: Round) -> Round | None:
    """The newest earlier closed round of the same subject and instrument, whatever its version.

    A national edition follows on the instrument from which it derives, and on itself.
    Its provenance must be the same, so that an invented answer never stands beside a real one.
    """
    version = round.instrument_version
    parent = version.instrument.edition_of
    return (
        Round.objects.filter(
            country=round.country_id,
            cluster=round.cluster_id,
            instrument_version__code__in=[version.code, *([parent.code] if parent else [])],
            provenance=round.provenance,
            state__in=[Round.State.CLOSED, Round.State.ARCHIVED],
            period_end__lt=round.period_end,
        )
        .select_related("instrument_version")
        .order_by("-period_end")
        .first()
    )


def last_time(round: Round) -> tuple[Round | None, dict[str, plain.ItemAnswers]]:
    """The last round with its agreed answers by item code."""
    last = last_round(round)
    if last is None:
        return None, {}
    (agreed,) = plain_sheets(last.sheets.filter(panel=Panel.AGREED))
    return last, dict(agreed.responses)


def plain_sheets(sheets: Iterable[Sheet]) -> list[plain.Sheet]:
    """Sheets as the scoring takes them, named by key, the agreed one `agreed`."""
    loaded = Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).prefetch_related(
        Prefetch("responses", Response.objects.select_related("item").order_by("item__position"))
    )
    return [
        plain.Sheet(
            name="agreed" if sheet.panel == Panel.AGREED else str(sheet.pk),
            panel=sheet.panel,
            responses={response.item.code: response.value for response in sheet.responses.all()},
            themes=tuple(sheet.themes),
        )
        for sheet in loaded.order_by("pk")
    ]


def _sheets() -> QuerySet[Sheet]:
    return Sheet.objects.exclude(panel=Panel.AGREED).select_related(
        "round__country", "round__cluster", "round__instrument_version", "organisation"
    )
