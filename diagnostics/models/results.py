"""What scoring found."""

from django.db import models

from diagnostics.models.rounds import Sheet


class Scoring(models.Model):
    """The profile of one submission of a sheet: provisional unless it is the agreed one."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scorings")
    submission = models.PositiveSmallIntegerField()
    result = models.JSONField()
    method_version = models.CharField(max_length=10)
    scored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sheet", "-submission"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "submission"], name="scoring_is_one_per_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, submission {self.submission}"
