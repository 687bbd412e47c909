"""What several people change: a save says from which revision it began."""

from django.db import models


class Revised(models.Model):
    """A row that counts its saves; `accounts.refusals.revise` counts them."""

    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
