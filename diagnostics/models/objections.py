"""What donors and other ministries object to; never a rating (method.md section 4)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from diagnostics.models.instruments import Item
from diagnostics.models.rounds import Round


class Objection(models.Model):
    """An organisation objects to what is agreed on an item, or to the item's wording, and why.

    The database keeps what was filed as it was, and an answer once it is given.
    """

    class About(models.TextChoices):
        ANSWER = "answer", _("what is agreed")
        WORDING = "wording", _("the wording of the item")

    class State(models.TextChoices):
        OPEN = "open", _("not answered yet")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    round = models.ForeignKey(Round, models.PROTECT, related_name="objections")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    about = models.CharField(_("about"), max_length=7, choices=About.choices)
    text = models.TextField(_("what it objects to, and why"), max_length=2000)
    link = models.CharField(_("document or address"), max_length=500, blank=True)
    page = models.CharField(_("page or place"), max_length=200, blank=True)
    quote = models.TextField(_("words quoted"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", answer="")
                | (~models.Q(state="open") & ~models.Q(answer="")),
                name="objection_is_answered_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.item}"
