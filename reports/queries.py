"""Which reports a person may read."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, User
from accounts.queries import countries_allowing, in_countries_of
from accounts.roles import Permission, codes_with
from clusters.models import Cluster, ClusterMembership
from countries.models import Country, KeyFigure
from diagnostics.models import Plan, Round
from reports.models import ReportVersion

PUBLIC = (
    ReportVersion.State.PUBLISHED,
    ReportVersion.State.WITHDRAWN,
    ReportVersion.State.SUPERSEDED,
)


def reports_visible_to(user: User | AnonymousUser) -> QuerySet[ReportVersion]:
    """Published reports for everybody; others where the person may read drafts."""
    reports = ReportVersion.objects.select_related("round__country", "round__cluster")
    seen = Q(state__in=PUBLIC)
    if user.is_authenticated:
        clusters = ClusterMembership.objects.filter(
            user=user, role__in=codes_with(Permission.REPORT_READ_DRAFT)
        )
        seen |= in_countries_of(user, Permission.REPORT_READ_DRAFT, field="round__country")
        seen |= Q(round__cluster__in=clusters.values("cluster"))
    return reports.filter(seen)


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
            Round.objects.all(),
            Cluster.objects.all(),
            KeyFigure.objects.all(),
            Membership.objects.filter(user=user),
        )
    ]
    something = Q(*(Exists(rows) for rows in held), _connector=Q.OR)
    return countries_allowing(user, Permission.ROUND_READ).filter(something)
