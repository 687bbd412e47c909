"""When the quartiles of firms may be drawn and shown (docs/firms.md): plain values, no Django.

A drawing knows its firms as {firm: profile}, where the profile's name changes with each handing in.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

SMALLEST = 5  # firms, below which somebody could be made out


def quartiles(values: Sequence[int]) -> tuple[int, int, int]:
    """Lower quartile, median and upper quartile by the inverse distribution: values that occur.

    Raises ValueError without any value.
    """
    if not values:
        raise ValueError("There is no quartile of nothing.")
    ordered = sorted(values)
    lower, median, upper = (
        ordered[math.ceil(len(ordered) * share) - 1] for share in (0.25, 0.5, 0.75)
    )
    return lower, median, upper


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    """How many firms are in one of the two only, or with another profile."""
    return sum(1 for firm in one.keys() | other.keys() if one.get(firm) != other.get(firm))


def may_draw(now: Mapping[str, str], drawn: Iterable[Mapping[str, str]]) -> bool:
    """Whether a drawing of the firms `now` gives away nobody, beside all that were drawn before.

    It takes five firms, and five that differ from each earlier drawing: who holds two drawings
    against one another learns of no fewer firms than from one.
    """
    return len(now) >= SMALLEST and all(differing(now, before) >= SMALLEST for before in drawn)


def may_show(drawn: Mapping[str, str], present: Iterable[str]) -> bool:
    """Whether five of the firms drawn are still there."""
    return len(drawn.keys() & set(present)) >= SMALLEST
