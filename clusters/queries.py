"""What a person may see and do in the registry of clusters."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, User
from accounts.queries import countries_allowing, in_countries_of
from accounts.roles import Permission, codes_with
from activity.steps import Step
from clusters.models import (
    Cluster,
    ClusterInvitation,
    ClusterMembership,
    EmploymentTable,
    Firm,
    FirmMembership,
    LinkageSurvey,
    Study,
    SwotLine,
)
from clusters.signals import asked_what_rests
from countries.models import Country


def registry() -> QuerySet[Cluster]:
    """Every entry; the registry is open to whoever is signed in."""
    return Cluster.objects.select_related("country", "industry", "document")


def clusters_kept_by(user: User) -> QuerySet[Cluster]:
    """Entries the person keeps: coordinators of the country, agents of the cluster."""
    members = ClusterMembership.objects.filter(
        user=user, role__in=codes_with(Permission.CLUSTER_KEEP)
    )
    return registry().filter(
        in_countries_of(user, Permission.CLUSTER_KEEP) | Q(pk__in=members.values("cluster"))
    )


def keeps(user: User, cluster: Cluster) -> bool:
    """Whether the person keeps this entry."""
    return clusters_kept_by(user).filter(pk=cluster.pk).exists()


def keeps_country(user: User, country: Country) -> bool:
    """Whether the person keeps the country's registry, and so its regions and tables."""
    return countries_allowing(user, Permission.CLUSTER_KEEP).filter(pk=country.pk).exists()


def clusters_inside(user: User) -> QuerySet[Cluster]:
    """Clusters whose inner life the person may see: members of the cluster and of its country."""
    members = ClusterMembership.objects.filter(
        user=user, role__in=codes_with(Permission.ROUND_READ)
    )
    return registry().filter(
        in_countries_of(user, Permission.ROUND_READ) | Q(pk__in=members.values("cluster"))
    )


def people_inside(cluster: Cluster) -> QuerySet[User]:
    """Everybody who may see the cluster's inner life."""
    roles = codes_with(Permission.ROUND_READ)
    here = Q(country=cluster.country) | Q(country=None)
    held = Membership.objects.filter(here, role__in=roles).values("user")
    members = cluster.memberships.filter(role__in=roles).values("user")
    return User.objects.filter(Q(pk__in=held) | Q(pk__in=members), is_active=True)


def clusters_attended_by(user: User) -> QuerySet[Cluster]:
    """Clusters whose firms the person attends: their agents', not the country's coordinators'."""
    return registry().filter(pk__in=_attending(user).values("cluster"))


def firms_visible_to(user: User) -> QuerySet[Firm]:
    """Firms the person belongs to or attends as agent; to everybody else they are not there."""
    own = FirmMembership.objects.filter(user=user)
    return Firm.objects.filter(
        Q(pk__in=own.values("firm")) | Q(cluster__in=_attending(user).values("cluster"))
    ).select_related("cluster__country", "organisation", "industry")


def people_reading(firm: Firm) -> QuerySet[User]:
    """Everybody who may read the firm's profile."""
    agents = firm.cluster.memberships.filter(role__in=codes_with(Permission.FIRMS_ATTEND))
    found = Q(pk__in=firm.memberships.values("user")) | Q(pk__in=agents.values("user"))
    return User.objects.filter(found, is_active=True)


def _attending(user: User) -> QuerySet[ClusterMembership]:
    return ClusterMembership.objects.filter(user=user, role__in=codes_with(Permission.FIRMS_ATTEND))


def employment_tables_visible_to(user: User) -> QuerySet[EmploymentTable]:
    """Tables that are mapped; those that are not, only who keeps the country's registry sees."""
    kept = countries_allowing(user, Permission.CLUSTER_KEEP)
    may = Q(state=EmploymentTable.State.MAPPED) | Q(country__in=kept)
    return EmploymentTable.objects.filter(may).select_related("country", "file")


def resting_on_cluster(cluster: Cluster) -> list[str]:
    """What rests on an entry of the registry, in words, of higher floors too.

    Figures, answers and dated positions are the entry's own. Firms are counted, since their names
    are for those who attend them; an invitation that is still open is named, others are over.
    """
    resting = [
        *(_("study %(number)s") % {"number": one.number} for one in cluster.studies.all()),
        *(_("the survey of linkages “%(name)s”") % {"name": one}
          for one in cluster.linkage_surveys.all()),
        *(_("%(name)s, %(role)s of the cluster")
          % {"name": one.user, "role": one.get_role_display()}
          for one in cluster.memberships.select_related("user")),
        *(_("the open invitation of %(email)s") % {"email": one.invitation.email}
          for one in ClusterInvitation.objects.filter(
              cluster=cluster, invitation__accepted_at=None,
              invitation__expires_at__gt=timezone.now(),
          ).select_related("invitation")),
    ]  # fmt: skip
    if count := cluster.firms.count():
        resting.append(ngettext("%(n)s firm", "%(n)s firms", count) % {"n": count})
    asked_what_rests.send(Cluster, cluster=cluster, resting=resting)
    return resting


def resting_on(table: EmploymentTable) -> list[str]:
    """What rests on a table, in words: entries made of its cells, lines of studies about them."""
    lines = lines_resting_on(f"cell {table.pk}")
    entry = _("the entry “%(name)s” of the registry")
    return [
        *(entry % {"name": one} for one in table.candidates.all()),
        *(
            _("study %(number)s of %(cluster)s: “%(text)s”")
            % {"number": line.study.number, "cluster": line.study.cluster, "text": line.text}
            for line in lines
        ),
    ]


def lines_resting_on(key: str) -> QuerySet[SwotLine]:
    """Lines of studies of which the evidence begins with the key: "figure 7", "network 3"."""
    own = Q(evidence_key=key) | Q(evidence_key__startswith=f"{key} ")
    return SwotLine.objects.filter(own).select_related("study__cluster")


def linkage_surveys_visible_to(user: User) -> QuerySet[LinkageSurvey]:
    """Surveys of who deals with whom: their measures and kinds of actors are for those inside."""
    return LinkageSurvey.objects.filter(cluster__in=clusters_inside(user)).select_related(
        "cluster__country"
    )


def reads_names(user: User, cluster: Cluster) -> bool:
    """Whether the person reads which firms deal with which (decision 43).

    The cluster's own people do, and who keeps the country's registry.
    """
    own = cluster.memberships.filter(user=user).exists()
    return own or keeps_country(user, cluster.country)


def studies_visible_to(user: User | AnonymousUser) -> QuerySet[Study]:
    """What was published for everybody; drafts for keepers of the cluster, the rest for insiders.

    Withdrawn ones are among them: their notice stands at their address.
    """
    may = Q(state__in=Study.PUBLIC)
    if user.is_authenticated:
        reviewed = (Study.State.REVIEW, Study.State.APPROVED)
        may |= Q(cluster__in=clusters_kept_by(user).values("pk"))
        may |= Q(state__in=reviewed, cluster__in=clusters_inside(user).values("pk"))
    return Study.objects.filter(may).select_related("cluster__country")


def studies_under_way(user: User) -> QuerySet[Study]:
    """Studies not published yet that the person writes, approves or may comment on."""
    return studies_visible_to(user).filter(state__in=Study.WRITTEN).defer("snapshot")


def valid_study(study: Study) -> Study | None:
    """The published study of the same cluster, where it is another one."""
    published = Study.objects.filter(cluster=study.cluster_id, state=Study.State.PUBLISHED)
    return published.exclude(pk=study.pk).select_related("cluster__country").first()


def approves(user: User, cluster: Cluster) -> bool:
    """Whether the person approves studies of this cluster: those who approve its reports."""
    here = Cluster.objects.filter(in_countries_of(user, Permission.REPORT_APPROVE))
    return here.filter(pk=cluster.pk).exists()


def hand_of(user: User, cluster: Cluster, permission: Permission) -> str:
    """In which role and for which organisation somebody acts on the cluster; no name is told."""
    roles = codes_with(permission)
    here = Q(country=cluster.country) | Q(country=None)
    own = cluster.memberships.filter(user=user, role__in=roles).first()
    held = own or Membership.objects.filter(here, user=user, role__in=roles).first()
    return f"{held.get_role_display()}, {held.organisation}" if held else ""


def may_take(user: User, study: Study, step: Step) -> bool:
    """Whether the step of a study's life is for this person."""
    if step.permission == Permission.REPORT_APPROVE:
        return approves(user, study.cluster)
    return keeps(user, study.cluster)
