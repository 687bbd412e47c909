"""Member firms of a cluster, and who belongs to them. Only the agent and the firm see them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Organisation
from clusters.models.linkages import Actor
from clusters.models.registry import Cluster
from countries.models import Industry
from countries.revised import Revised


class Firm(Revised):
    """A firm that the cluster's agent entered; its name is its organisation's."""

    class Size(models.TextChoices):
        MICRO = "micro", _("micro")
        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium")
        LARGE = "large", _("large")

    ROLES = [
        (kind.value, kind.label)
        for kind in Actor.Kind
        if kind not in (Actor.Kind.SUPPORT, Actor.Kind.GOVERNMENT)
    ]

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="firms")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="firms")
    size = models.CharField(_("size class"), max_length=6, choices=Size.choices)
    industry = models.ForeignKey(
        Industry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("industry (ISIC Rev. 4)"),
    )
    role = models.CharField(_("role in the cluster"), max_length=10, choices=ROLES)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                name="firm_is_one_per_cluster",
                violation_error_message=_("The cluster has a firm of this name already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:firm", args=[self.pk])

    @property
    def topic(self) -> str:
        """The name under which events about the firm are found."""
        return f"firm {self.pk}"


class FirmMembership(models.Model):
    """A person who answers for a firm.

    No kind of `accounts.memberships`: people's managers neither see nor give nor take it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="firm_memberships"
    )
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "firm"], name="firm_membership_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.firm}"


class FirmInvitation(models.Model):
    """Which firm an invitation to answer for one is about."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="+")
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="invitations")

    def __str__(self) -> str:
        return f"{self.invitation}, {self.firm}"
