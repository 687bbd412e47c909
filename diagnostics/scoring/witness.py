"""Indicators as a second witness beside the agreed sheet (method.md section 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from diagnostics.scoring.instrument import IndicatorBinding, Item
from diagnostics.scoring.panels import lower_median

APART = 2


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator for the subject of the round, with where it comes from."""

    indicator: str
    year: int
    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one bound indicator says of an item: its newest fitting observation and the level."""

    indicator: str
    year: int
    value: float
    source: str
    level: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence level of an item, None without an observation; `testimonies` in file order."""

    item: str
    level: int | None
    testimonies: tuple[Testimony, ...]


def evidence(
    item: Item, observations: Iterable[Observation], *, end_year: int, max_age_years: int
) -> Evidence:
    """Return the evidence level: the lower median over the indicators that have an observation.

    Of each indicator the newest observation counts whose year is at most `end_year`, the year in
    which the round's period ends, and at least that minus `max_age_years`. A series bound for
    certain `years` is heard only in rounds that end in them. Raises ValueError for a value that
    is not a finite number and for two values of one indicator in one year.
    """
    by_indicator = _by_indicator(observations)
    heard = []
    for binding in item.indicators:
        if binding.years and not binding.years[0] <= end_year <= binding.years[1]:
            continue
        years = by_indicator.get(binding.code, {})
        fitting = [year for year in years if end_year - max_age_years <= year <= end_year]
        if fitting:
            newest = years[max(fitting)]
            level = evidence_level(binding, newest.value)
            heard.append(Testimony(binding.code, newest.year, newest.value, newest.source, level))
    levels = [testimony.level for testimony in heard]
    return Evidence(item.code, lower_median(levels) if levels else None, tuple(heard))


def evidence_level(binding: IndicatorBinding, value: float) -> int:
    """Return 1 plus the number of thresholds (or ranges) that the value meets, ends included.

    Raises ValueError for a binding that is none of higher, lower and within.
    """
    match binding.better:
        case "higher":
            met: Sequence[bool] = [value >= mark for mark in binding.thresholds]
        case "lower":
            met = [value <= mark for mark in binding.thresholds]
        case "within":
            met = [low <= value <= high for low, high in binding.ranges]
        case _:
            raise ValueError(
                f'The indicator {binding.code} is bound as "{binding.better}"; '
                "expected higher, lower or within."
            )
    return 1 + sum(met)


def diverges(agreed: int, found: Evidence) -> bool:
    """Tell whether the agreed level and the evidence level are 2 or more apart."""
    return found.level is not None and abs(agreed - found.level) >= APART


def _by_indicator(observations: Iterable[Observation]) -> dict[str, dict[int, Observation]]:
    found: dict[str, dict[int, Observation]] = {}
    for one in observations:
        if not isfinite(one.value):
            raise ValueError(f"The value of {one.indicator} in {one.year} is not a finite number.")
        years = found.setdefault(one.indicator, {})
        if one.year in years:
            raise ValueError(f"There are two values of {one.indicator} in {one.year}.")
        years[one.year] = one
    return found
