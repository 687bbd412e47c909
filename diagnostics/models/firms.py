"""What is told of all firms of a cluster together."""

from django.db import models

from clusters.models import Cluster
from diagnostics.models.instruments import InstrumentVersion


class Drawing(models.Model):
    """The quartiles of one row (a theme or an item) over a cluster's firms, as once drawn.

    `firms` says which profile in which state each firm had in it (`diagnostics.firms.comparison`):
    numbers only, which mean nothing once a profile is deleted. The database refuses to alter it.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="drawings")
    instrument_version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="+")
    code = models.CharField(max_length=100)
    drawn_at = models.DateTimeField(auto_now_add=True)
    lower = models.PositiveSmallIntegerField()
    median = models.PositiveSmallIntegerField()
    upper = models.PositiveSmallIntegerField()
    firms = models.JSONField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["cluster", "instrument_version", "code"], name="drawing_by_row")
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.code}"
