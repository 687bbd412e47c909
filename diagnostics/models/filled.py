"""Files that people filled outside the application and gave back."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from activity.models import File
from diagnostics.models.rounds import Sheet


class FilledFile(models.Model):
    """A filled sheet as it came; it is kept, whether anything of it is saved or not."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="filled")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True)
    items = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.file}"

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:filled", args=[self.pk])
