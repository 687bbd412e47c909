"""Who answers what of a sheet, and by when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diagnostics.models.instruments import Item
from diagnostics.models.rounds import Sheet


class Assignment(models.Model):
    """A theme or a single item of a sheet given to a person who may fill the sheet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    theme = models.CharField(max_length=60)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sheet", "person", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "person", "theme", "item"],
                name="assignment_is_given_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.person}, {self.item or self.theme}"


class Reminder(models.Model):
    """That a person was reminded on a day, so that nobody is twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="reminder_is_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.day}"
