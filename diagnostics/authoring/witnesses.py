"""Rules for the indicators bound to an item (method.md section 5)."""

from collections.abc import Iterator
from itertools import pairwise

from countries.content.faults import Finding, Path, cut, unknown

from .shape import IndicatorShape


def indicator_findings(
    indicators: list[IndicatorShape], levels: range, path: Path
) -> Iterator[Finding]:
    """What is wrong with an item's indicators; `levels` is 1..L, empty when L is not known."""
    bound: set[str] = set()
    for at, indicator in enumerate(indicators):
        here = (*path, at)
        if not indicator.code:
            yield Finding((*here, "code"), "The text is empty.")
        elif indicator.code in bound:
            message = f'The indicator "{cut(indicator.code)}" is bound to the item already.'
            yield Finding((*here, "code"), message)
        bound.add(indicator.code)
        if not indicator.why:
            message = "Say why the indicator bears on the item and why these marks."
            yield Finding((*here, "why"), message)
        yield from _years(indicator.years, (*here, "years"))
        yield from _marks(indicator, len(levels) - 1, here)


def _years(years: list[int] | None, path: Path) -> Iterator[Finding]:
    if years is None:
        return
    if len(years) != 2 or not 1900 <= years[0] <= years[1] <= 2100:
        message = f"Expected the first and the last year, such as [2004, 2020]; found {years}."
        yield Finding(path, message)


def _marks(indicator: IndicatorShape, count: int, path: Path) -> Iterator[Finding]:
    match indicator.better:
        case "higher" | "lower":
            used, unused = "thresholds", "ranges"
        case "within":
            used, unused = "ranges", "thresholds"
        case _:
            message = unknown("direction", indicator.better, ["higher", "lower", "within"])
            yield Finding((*path, "better"), message)
            return
    if getattr(indicator, unused):
        message = f'"better: {indicator.better}" takes "{used}", not "{unused}".'
        yield Finding((*path, unused), message)
    marks = getattr(indicator, used)
    if count > 0 and len(marks) != count:
        message = f"Expected {count} {used}, for levels 2 to {count + 1}; found {len(marks)}."
        yield Finding((*path, used), message)
    if indicator.better == "within":
        yield from _ranges(indicator.ranges, (*path, used))
    else:
        yield from _thresholds(indicator, (*path, used))


def _thresholds(indicator: IndicatorShape, path: Path) -> Iterator[Finding]:
    rising = indicator.better == "higher"
    for lower, upper in pairwise(indicator.thresholds):
        if lower >= upper if rising else lower <= upper:
            direction = "rise" if rising else "fall"
            message = f"Thresholds must {direction} from level to level; {upper} follows {lower}."
            yield Finding(path, message)


def _ranges(ranges: list[list[float]], path: Path) -> Iterator[Finding]:
    sound = True
    for at, pair in enumerate(ranges):
        if len(pair) != 2 or pair[0] >= pair[1]:
            sound = False
            yield Finding((*path, at), f"Expected [low, high] with low below high; found {pair}.")
    if not sound:
        return
    for at, (outer, inner) in enumerate(pairwise(ranges), start=1):
        if inner == outer or inner[0] < outer[0] or inner[1] > outer[1]:
            message = f"The range {inner} must be narrower and lie within {outer}."
            yield Finding((*path, at), message)
