"""What several people change: a save says from which revision it began."""

from django.db import models

from accounts.refusals import Stale


class Revised(models.Model):
    """A row that counts its saves."""

    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def revise(self, read: int | None) -> None:
        """Count a save of this row, which is locked and not changed yet.

        `read` is the revision that was read before; who changes single facts gives none. Raises
        Stale where somebody has saved since.
        """
        if read is not None and read != self.revision:
            raise Stale(self)
        self.revision += 1
