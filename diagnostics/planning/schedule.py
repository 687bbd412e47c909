"""When the measures of a plan run, and in which order they can."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure in time, both days included; `requires` names the measures it builds on."""

    key: int
    start: date | None
    end: date | None
    requires: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Half a calendar year."""

    year: int
    half: int

    @property
    def start(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def holds(self, bar: Bar) -> bool:
        """Whether some day of the measure lies in the half-year."""
        if bar.start is None or bar.end is None:
            return False
        return bar.start <= self.end and bar.end >= self.start


def half_years(bars: Iterable[Bar]) -> list[Span]:
    """The half-years of whole calendar years from the first start to the last end."""
    dated = [(bar.start, bar.end) for bar in bars if bar.start and bar.end]
    if not dated:
        return []
    first, last = min(start.year for start, _end in dated), max(end.year for _start, end in dated)
    return [Span(year, half) for year in range(first, last + 1) for half in (1, 2)]


def circle(requires: Mapping[int, Collection[int]]) -> Sequence[int]:
    """Measures that wait for one another in a circle, the first also last; empty without one."""
    try:
        TopologicalSorter(requires).prepare()
    except CycleError as found:
        circle: Sequence[int] = found.args[1]
        return circle
    return ()


def too_early(bars: Iterable[Bar]) -> list[tuple[int, int]]:
    """Pairs of a measure and one it requires that ends only after the measure has begun."""
    by_key = {bar.key: bar for bar in bars}
    return [
        (bar.key, needed.key)
        for bar in by_key.values()
        for needed in (by_key[key] for key in bar.requires if key in by_key)
        if bar.start and needed.end and needed.end > bar.start
    ]
