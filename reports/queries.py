"""Which reports a person may read."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, Organisation, User
from accounts.queries import countries_allowing, in_countries_of, memberships_allowing
from accounts.roles import Permission, codes_with
from clusters.models import Cluster, ClusterMembership
from countries.models import Country, KeyFigure
from diagnostics.authoring.translating import said
from diagnostics.instrument_queries import words_of_versions
from diagnostics.models import Plan, Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import sheets_filled_by
from diagnostics.scoring.instrument import Rule
from reports.models import Remark, ReportVersion
from reports.reading import Reading

PUBLIC = (
    ReportVersion.State.PUBLISHED,
    ReportVersion.State.WITHDRAWN,
    ReportVersion.State.SUPERSEDED,
)


def reports_visible_to(user: User | AnonymousUser) -> QuerySet[ReportVersion]:
    """Published reports for everybody; others where the person may read drafts."""
    return _reports().filter(Q(state__in=PUBLIC) | _allowed(user, Permission.REPORT_READ_DRAFT))


def reports_of_members(user: User | AnonymousUser) -> QuerySet[ReportVersion]:
    """Reports of the countries and clusters in which the person has a part: drafts too."""
    return reports_allowing(user, Permission.REPORT_READ_DRAFT)


def reports_allowing(user: User | AnonymousUser, permission: str) -> QuerySet[ReportVersion]:
    """The reports for which the person has the permission."""
    return _reports().filter(_allowed(user, permission))


def may(user: User | AnonymousUser, permission: str, report: ReportVersion) -> bool:
    """Whether the person has the permission for this report."""
    return reports_allowing(user, permission).filter(pk=report.pk).exists()


def organisations_of(user: User, permission: str, report: ReportVersion) -> QuerySet[Organisation]:
    """The organisations through which the person has the permission for this report."""
    here = Q(country=report.round.country_id) | Q(country=None)
    held = memberships_allowing(user, permission).filter(here)
    agents = ClusterMembership.objects.filter(
        user=user, cluster=report.round.cluster_id, role__in=codes_with(permission)
    )
    return Organisation.objects.filter(
        Q(pk__in=held.values("organisation")) | Q(pk__in=agents.values("organisation"))
    )


def organisations_approving(user: User, report: ReportVersion) -> QuerySet[Organisation]:
    """The organisations for which the person approves."""
    return organisations_of(user, Permission.REPORT_APPROVE, report)


def organisations_replying(user: User, report: ReportVersion) -> QuerySet[Organisation]:
    """The assessed ministries for which the person replies: those whose sheet is in the report."""
    sheets = sheets_filled_by(user).filter(
        round=report.round_id, panel=Panel.GOVERNMENT, state=Sheet.State.SUBMITTED
    )
    return Organisation.objects.filter(pk__in=sheets.values("organisation"))


def readers_of(report: ReportVersion) -> QuerySet[User]:
    """Everybody who may read the report while it is a draft."""
    found = Q(pk__in=_holding(report.round.country, Permission.REPORT_READ_DRAFT))
    if report.round.cluster_id is not None:
        agents = ClusterMembership.objects.filter(
            role__in=codes_with(Permission.REPORT_READ_DRAFT), cluster=report.round.cluster_id
        )
        found |= Q(pk__in=agents.values("user"))
    return User.objects.filter(found, is_active=True)


def approvers_of(country: Country) -> QuerySet[User]:
    """Everybody who may approve the country's reports."""
    return User.objects.filter(pk__in=_holding(country, Permission.REPORT_APPROVE), is_active=True)


def remarks_visible_to(user: User) -> QuerySet[Remark]:
    """Comments of reviewers, for those with a part in the country's rounds."""
    return Remark.objects.filter(report__in=reports_of_members(user)).select_related(
        "report__round__country", "comment__by", "organisation", "answered_by"
    )


def open_remarks(round_id: int) -> QuerySet[Remark]:
    """Those on any version of the round's report that nobody has answered."""
    return Remark.objects.filter(report__round=round_id, verdict=Remark.Verdict.OPEN)


def published_of(country: Country) -> QuerySet[ReportVersion]:
    """Every version that was published, withdrawn and superseded ones too, newest first."""
    found = _reports().filter(round__country=country, state__in=PUBLIC).defer("snapshot")
    return found.order_by("-round__period_end", "-number")


def standing_reports(user: User | AnonymousUser) -> QuerySet[ReportVersion]:
    """Of each cluster and instrument the newest report that the person may read and that stands:
    a published one, if there is one, before any draft.
    """
    keys = ("round__cluster_id", "round__instrument_version__code")
    found = standing(reports_visible_to(user).filter(round__cluster__isnull=False))
    return found.order_by(*keys, "draft", "-round__period_end", "-number").distinct(*keys)


def standing(reports: QuerySet[ReportVersion]) -> QuerySet[ReportVersion]:
    """Those that are neither withdrawn nor superseded, what is published before any `draft`."""
    gone = (ReportVersion.State.WITHDRAWN, ReportVersion.State.SUPERSEDED)
    marked = reports.annotate(draft=~Q(state=ReportVersion.State.PUBLISHED))
    return marked.exclude(state__in=gone).order_by("draft", "-number")


def readings_of_cluster(user: User | AnonymousUser, cluster: Cluster) -> list[Reading]:
    """Where a cluster stands by its standing report on each instrument, its phase first."""
    found = standing_reports(user).filter(round__cluster=cluster)
    return sorted(map(Reading, found), key=lambda reading: not reading.classifies)


def clusters_with_phases(user: User | AnonymousUser, country: Country) -> list[Cluster]:
    """The clusters of a country, each with the name of its `phase`, empty where none is known."""
    result = "snapshot__result"
    found = (
        standing_reports(user)
        .filter(round__cluster__country=country, **{f"{result}__instrument__rule": Rule.CLASSIFY})
        .values_list(
            "round__cluster",
            f"{result}__themes__0__stage",
            "snapshot__instrument__content__level_names",
            "round__instrument_version",
        )
    )
    words = words_of_versions(version for *_found, version in found)
    phases = {
        cluster: said(names[stage - 1], words.get(version, {}))
        for cluster, stage, names, version in found
        if stage
    }
    clusters = list(country.clusters.all())
    for cluster in clusters:
        cluster.phase = phases.get(cluster.pk, "")
    return clusters


def newest_published(round_id: int) -> ReportVersion | None:
    """The valid version of a round's report."""
    return (
        ReportVersion.objects.filter(round=round_id, state=ReportVersion.State.PUBLISHED)
        .defer("snapshot")
        .first()
    )


def withdrawn_before(report: ReportVersion) -> ReportVersion | None:
    """The report of the round this one compares with, where it has been withdrawn since."""
    before = (report.snapshot["result"].get("change") or {}).get("round")
    newest = (
        ReportVersion.objects.filter(round=before, state__in=PUBLIC)
        .defer("snapshot")
        .order_by("-number")
        .first()
        if before
        else None
    )
    return newest if newest and newest.state == ReportVersion.State.WITHDRAWN else None


def _holding(country: Country, permission: str) -> QuerySet[Membership]:
    held = Membership.objects.filter(role__in=codes_with(permission))
    return held.filter(Q(country=country) | Q(country=None)).values("user")


def _reports() -> QuerySet[ReportVersion]:
    """What a list shows of them; the snapshots are megabytes."""
    told = ReportVersion.objects.select_related("round__country", "round__cluster")
    return told.defer("snapshot", "members")


def _allowed(user: User | AnonymousUser, permission: str) -> Q:
    """A condition on reports: the person has the permission there."""
    if not user.is_authenticated:
        return Q(pk__in=())
    clusters = ClusterMembership.objects.filter(user=user, role__in=codes_with(permission))
    return in_countries_of(user, permission, field="round__country") | Q(
        round__cluster__in=clusters.values("cluster")
    )


def public_plan(report: ReportVersion) -> Plan | None:
    """The plan that goes out with a report: once both are more than drafts, and not before."""
    if report.state != ReportVersion.State.PUBLISHED:
        return None
    plans = Plan.objects.filter(round=report.round_id).exclude(state=Plan.State.DRAFT)
    return plans.select_related("round__country", "round__instrument_version").first()


def countries_at_work(user: User) -> QuerySet[Country]:
    """Of the countries whose rounds the person may read, those with something to read or to do."""
    held = [
        rows.filter(country=OuterRef("pk"))
        for rows in (
            Round.objects.filter(firm=None),
            Cluster.objects.all(),
            KeyFigure.objects.all(),
            Membership.objects.filter(user=user),
        )
    ]
    something = Q(*(Exists(rows) for rows in held), _connector=Q.OR)
    return countries_allowing(user, Permission.ROUND_READ).filter(something)
