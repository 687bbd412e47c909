"""Exceptions for "this cannot be done, and here is why"."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from countries.revised import Revised


class Refused(ValidationError):
    """An action's check failed; the message is a sentence, or some, for the person who tried."""

    def __init__(self, said: str | list[str]) -> None:
        super().__init__(said)
        self.sentence = " ".join(self.messages)

    def __str__(self) -> str:
        return self.sentence


class Stale(Refused):
    """Somebody saved since the revision that a save began from; `stored` is what they saved."""

    def __init__(self, stored: Any) -> None:
        super().__init__(
            _("Somebody else has saved here meanwhile; see what differs, then save again.")
        )
        self.stored = stored


def revise(row: Revised, read: int | None) -> None:
    """Count a save of a row, which is locked and not changed yet.

    `read` is the revision that was read before; who changes single facts gives none. Raises Stale
    where somebody has saved since.
    """
    if read is not None and read != row.revision:
        raise Stale(row)
    row.revision += 1
