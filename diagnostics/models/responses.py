"""What a sheet answers, item by item, with its history."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from activity.models import File
from diagnostics.models.instruments import Item
from diagnostics.models.rounds import Sheet
from diagnostics.scoring.instrument import Answer, ItemAnswers, Status


class Response(models.Model):
    """One sheet's answer to one item (method.md section 2); made with the sheet, revision 0.

    `answers` and `made` have one entry per statement of levels 2..L: what was answered, and whether
    by choosing a rung, singly, by confirming what was agreed last time, or (on the agreed sheet)
    by settlement.
    """

    class Made(models.TextChoices):
        NOT = "", _("not answered")
        RUNG = "rung", _("by choosing a level")
        SINGLE = "single", _("singly")
        SETTLED = "settled", _("by settlement")
        CARRIED = "carried", _("confirmed as still true from last time")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="responses")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=14, default=Status.ANSWERED.value)
    reason = models.TextField(blank=True)
    answers = ArrayField(models.CharField(max_length=7, blank=True))
    made = ArrayField(models.CharField(max_length=7, blank=True))
    comment = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["sheet", "item__position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="response_is_one_per_item"),
            models.CheckConstraint(
                condition=models.Q(status__in=[str(status) for status in Status]),
                name="response_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answers__contained_by=[str(answer) for answer in Answer]),
                name="response_answers_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answers__len=models.F("made__len")),
                name="response_answers_are_each_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.item}"

    @property
    def value(self) -> ItemAnswers:
        """The answer as the scoring takes it."""
        return ItemAnswers(tuple(Answer(answer) for answer in self.answers), Status(self.status))


class Evidence(models.Model):
    """What shows an answer: a document or address, the page, the words."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="evidence")
    link = models.CharField(_("document or address"), max_length=500)
    page = models.CharField(_("page or place"), max_length=200, blank=True)
    quote = models.TextField(_("words quoted"), blank=True, max_length=2000)
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("file")
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.link}, {self.page}" if self.page else self.link


class ResponseChange(models.Model):
    """History: each saved state of a response. The database refuses to alter it."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        ordering = ["response", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "revision"], name="response_change_is_one_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response}, revision {self.revision}"
