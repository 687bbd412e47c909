"""Which reports a person may read."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.queries import in_countries_of
from accounts.roles import Permission, codes_with
from clusters.models import ClusterMembership
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
