"""How far plans reach: one rule for a country's measures and the lines of a cluster's study."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

# A plan of the next fifteen years is a wish; a date further off is a slip of the pen.
LONGEST = timedelta(days=366 * 15)


def faults(start: date | None, end: date | None, *, around: date) -> dict[str, str]:
    """What is wrong with the first and last day of something planned, by `start` and `end`.

    Both lie `around` a day: that of a round, or today.
    """
    found = {
        name: _("This is more than fifteen years from %(day)s; check the year.")
        % {"day": date_format(around)}
        for name, day in (("start", start), ("end", end))
        if day and abs(day - around) > LONGEST
    }
    if not found and start and end and end - start > LONGEST:
        found["end"] = _("What is planned runs for fifteen years at most; split it.")
    return found
