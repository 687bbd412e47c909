"""Report versions: snapshots that nothing changes any more."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diagnostics.models import Round, Scoring


class ReportVersion(models.Model):
    """One numbered version of a closed round's report.

    `snapshot` holds all the report shows; `sha256` is over its canonical JSON. A database trigger
    refuses to change either.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("superseded")

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("version"))
    scoring = models.ForeignKey(Scoring, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="report_number_is_unique"),
            models.UniqueConstraint(fields=["scoring"], name="report_is_one_per_scoring"),
        ]

    def __str__(self) -> str:
        return _("%(round)s, version %(number)s") % {"round": self.round, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])
