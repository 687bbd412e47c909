"""How the raters' differences were settled, item by item (method.md section 4)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from diagnostics.models.responses import Response


class Settlement(models.Model):
    """One decision on an item of the agreed sheet. Rows are only added: the database sees to it.

    `before` and `after` hold all the agreed sheet said about the item, evidence included;
    `revision` is that of the agreed response after it.
    """

    class Kind(models.TextChoices):
        SETTLED = "settled", _("settled")
        WAIVED = "waived", _("waived")
        TAKEN_BACK = "taken_back", _("taken back")
        REOPENED = "reopened", _("opened again")

    response = models.ForeignKey(Response, models.PROTECT, related_name="settlements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["response", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "revision"], name="settlement_is_one_per_revision"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="settlement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.get_kind_display()}"

    @property
    def decides(self) -> bool:
        """Whether the item counts as decided after it."""
        return self.kind in (self.Kind.SETTLED, self.Kind.WAIVED)


class Dissent(models.Model):
    """An organisation that does not share what was agreed on an item, and why.

    `by` is named in the members' edition only, and only where the person consented (`named`).
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="dissents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("what it holds, and why"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    named = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "organisation"],
                condition=models.Q(withdrawn_at=None),
                name="dissent_is_one_per_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.response}"
