"""Who belongs to a cluster."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Organisation
from accounts.roles import CLUSTER_ROLES
from clusters.models.registry import Cluster
from countries.models import Country


class ClusterMembership(models.Model):
    """A role of a user, for an organisation, in one cluster."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="cluster_memberships"
    )
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.code, role.title) for role in CLUSTER_ROLES]
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "cluster"],
                name="cluster_membership_is_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.code for role in CLUSTER_ROLES]),
                name="cluster_membership_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}, {self.place}"

    @property
    def country(self) -> Country:
        return self.cluster.country

    @property
    def place(self) -> str:
        return f"{self.cluster}, {self.country}"


class ClusterInvitation(models.Model):
    """Which cluster an invitation to a role in one is about."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.invitation}, {self.cluster}"
