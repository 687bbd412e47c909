"""What a person may see and do, and the answers as plain values."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Membership, Organisation, User
from accounts.queries import in_countries_of, memberships_allowing
from accounts.roles import Permission, codes_with
from activity.models import Event, File
from clusters.models import ClusterMembership
from clusters.queries import firms_visible_to
from countries.models import Country
from diagnostics.models import (
    Measure,
    Objection,
    Plan,
    Response,
    ResponseChange,
    Round,
    Sheet,
)
from diagnostics.models.rounds import Panel
from diagnostics.scoring import instrument as plain

# Collecting has ended: there is an agreed sheet, and raters may see one another's answers.
SETTLED_STATES = (Round.State.SETTLING, Round.State.CLOSED, Round.State.ARCHIVED)


def rounds_visible_to(user: User) -> QuerySet[Round]:
    """Rounds of the countries and clusters in which the person has a part; no firm's profile."""
    clusters = ClusterMembership.objects.filter(
        user=user, role__in=codes_with(Permission.ROUND_READ)
    )
    return Round.objects.filter(
        in_countries_of(user, Permission.ROUND_READ) | Q(cluster__in=clusters.values("cluster")),
        firm=None,
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
    """Sheets whose answers the person may change, through an organisation of theirs.

    A firm's profile is filled by the firm's people and its cluster's agents, whatever else somebody
    is in the organisation of its name.
    """
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
        .filter(
            Q(Exists(member) | Exists(cluster_member), round__firm=None)
            | Q(round__firm__in=firms_visible_to(user).values("pk"))
        )
        .exclude(round__state=Round.State.PLANNED)
    )


def sheets_visible_to(user: User) -> QuerySet[Sheet]:
    """Sheets whose answers the person may read; pages, API, files and exports all ask here.

    A coordinator reads all. A rater reads the own sheet, and the other submitted ones only once
    the round has ended collecting and the own one is submitted: nobody answers by looking at
    others. A firm's profile is read by those who fill it, and by nobody else.
    """
    own = sheets_filled_by(user)
    submitted = own.filter(round=OuterRef("round"), state=Sheet.State.SUBMITTED)
    return _sheets().filter(
        Q(pk__in=own.values("pk"))
        | Q(in_countries_of(user, Permission.ROUND_RUN, field="round__country"), round__firm=None)
        | Q(Exists(submitted), state=Sheet.State.SUBMITTED, round__state__in=SETTLED_STATES)
    )


def round_sheets_visible_to(user: User) -> QuerySet[Sheet]:
    """Likewise without the profiles of firms, for what would carry answers out of the sheet."""
    return sheets_visible_to(user).filter(round__firm=None)


def reopens(user: User, sheet: Sheet) -> bool:
    """Whether the person may open the sheet again; of a firm's profile, who may fill it."""
    if sheet.round.firm_id is not None:
        return fills(user, sheet)
    return runs(user, sheet.round_id)


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


def people_filling(sheets: Iterable[Sheet]) -> QuerySet[User]:
    """Everybody who may fill one of the sheets, whatever state the round is in."""
    roles = codes_with(Permission.SHEET_FILL)
    found = Q(pk__in=())
    for sheet in sheets:
        here = Q(country=sheet.round.country_id) | Q(country=None)
        members = Membership.objects.filter(
            here, role__in=roles, organisation=sheet.organisation_id
        )
        found |= Q(pk__in=members.values("user"))
        if sheet.round.cluster_id is not None:
            agents = ClusterMembership.objects.filter(
                role__in=roles, organisation=sheet.organisation_id, cluster=sheet.round.cluster_id
            )
            found |= Q(pk__in=agents.values("user"))
    return User.objects.filter(found, is_active=True)


def coordinators_of(country: Country) -> QuerySet[User]:
    """Everybody who runs the rounds of a country."""
    held = Membership.objects.filter(role__in=codes_with(Permission.ROUND_RUN)).filter(
        Q(country=country) | Q(country=None)
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def items_assigned(user: User, sheet: Sheet) -> set[str] | None:
    """Codes of the items the person answers on a sheet; None where no part was given: all."""
    given = list(sheet.assignments.filter(person=user).select_related("item"))
    if not given:
        return None
    themes = [one.theme for one in given if one.item is None]
    whole = sheet.responses.filter(item__theme__in=themes).values_list("item__code", flat=True)
    return {one.item.code for one in given if one.item is not None}.union(whole)


def discusses(user: User, round: Round) -> bool:
    """Whether the person takes part in the discussion of the settlement."""
    own = sheets_filled_by(user).filter(round=round, state=Sheet.State.SUBMITTED)
    return runs(user, round.pk) or own.exists()


def organisations_objecting(user: User, round: Round) -> QuerySet[Organisation]:
    """The organisations for which the person may file objections: who runs the round has none."""
    here = Q(country=round.country_id) | Q(country=None)
    held = memberships_allowing(user, Permission.ROUND_READ).filter(here)
    agents = ClusterMembership.objects.filter(
        user=user, cluster=round.cluster_id, role__in=codes_with(Permission.ROUND_READ)
    )
    found = Q(pk__in=held.values("organisation")) | Q(pk__in=agents.values("organisation"))
    mine = Organisation.objects.filter(found)
    return mine.none() if runs(user, round.pk) else mine


def organisations_dissenting(user: User, round: Round) -> QuerySet[Organisation]:
    """For whom the person may say that they hold otherwise: a coordinator for any organisation
    that submitted a sheet, a rater for the own.
    """
    submitted = Sheet.objects.filter(round=round, state=Sheet.State.SUBMITTED)
    if not runs(user, round.pk):
        submitted = submitted.filter(pk__in=sheets_filled_by(user))
    return Organisation.objects.filter(sheets__in=submitted).distinct()


def objections_visible_to(user: User) -> QuerySet[Objection]:
    """Those of rounds the person may read; those to wording also for who edits instruments."""
    seen = Q(round__in=settling_visible_to(user))
    if memberships_allowing(user, Permission.INSTRUMENT_EDIT).exists():
        seen |= Q(about=Objection.About.WORDING)
    return Objection.objects.filter(seen).select_related(
        "round__country", "round__instrument_version", "item", "organisation", "by"
    )


def measures_visible_to(user: User) -> QuerySet[Measure]:
    """Measures of the plans of rounds the person may read."""
    return Measure.objects.filter(plan__round__in=rounds_visible_to(user)).select_related(
        "plan__round__country", "plan__round__cluster", "plan__round__instrument_version", "owner"
    )


def measures_answered_for(user: User) -> QuerySet[Measure]:
    """Measures of agreed plans that an organisation of the person's owns."""
    mine = memberships_allowing(user, Permission.ROUND_READ)
    return measures_visible_to(user).filter(
        plan__state=Plan.State.AGREED, owner__in=mine.values("organisation")
    )


def plans_to_fund(user: User) -> QuerySet[Plan]:
    """Agreed plans of the countries where the person speaks for a donor."""
    here = in_countries_of(user, Permission.PLAN_FUND, field="round__country")
    return Plan.objects.filter(here, state=Plan.State.AGREED).select_related("round__country")


def reports_on(user: User, measure: Measure) -> bool:
    """Whether the person may report the measure's progress: its owner's people may."""
    round = measure.plan.round
    here = Q(country=round.country_id) | Q(country=None)
    mine = memberships_allowing(user, Permission.ROUND_READ).filter(
        here, organisation=measure.owner_id
    )
    return runs(user, round.pk) or mine.exists()


def organisations_funding(user: User, round: Round) -> QuerySet[Organisation]:
    """The donors for which the person may mark interest in the round's plan."""
    here = Q(country=round.country_id) | Q(country=None)
    held = memberships_allowing(user, Permission.PLAN_FUND).filter(here)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def told_of_interest(user: User, round: Round) -> bool:
    """Whether the person is told which donors are interested in measures of the round's plan."""
    return runs(user, round.pk) or organisations_funding(user, round).exists()


def people_answering_for(plan: Plan) -> QuerySet[User]:
    """Everybody of the organisations that own one of the plan's measures."""
    here = Q(country=plan.round.country_id) | Q(country=None)
    held = Membership.objects.filter(
        here,
        role__in=codes_with(Permission.ROUND_READ),
        organisation__in=plan.measures.values("owner"),
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def people_in_record(round: Round) -> QuerySet[User]:
    """Everybody who did something in the round that its record keeps."""
    events = Event.objects.filter(topic=round.topic)
    changes = ResponseChange.objects.filter(response__sheet__round=round)
    return User.objects.filter(Q(pk__in=events.values("by")) | Q(pk__in=changes.values("by")))


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
            firm=round.firm_id,
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
    answers = dict(agreed.responses)
    # An item that was renamed or split is shown with what the one that it was got.
    for row in round.instrument_version.instrument.renamed:
        if row.was in agreed.responses:
            answers.setdefault(row.code, agreed.responses[row.was])
    return last, answers


def still_asked(last: Round, round: Round) -> set[str]:
    """Codes of the items whose statements read as last time: these can be confirmed as they are."""
    before = last.instrument_version.instrument.items()
    return {
        code
        for code, item in round.instrument_version.instrument.items().items()
        if code in before and before[code].statements == item.statements
    }


def no_longer_asked(last: Round, round: Round) -> list[plain.Item]:
    """The last round's items that this round's version neither has nor renames."""
    now = round.instrument_version.instrument
    kept = set(now.items()) | {row.was for row in now.renamed}
    before = last.instrument_version.instrument.items()
    return [item for code, item in before.items() if code not in kept]


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
        "round__country",
        "round__cluster",
        "round__firm__organisation",
        "round__instrument_version",
        "organisation",
    )
