"""The steps of an index before aggregation (method.md section 10), on arrays.

Each takes values (units x indicators, missing is NaN) and returns the values it makes and a note
for every thing it did or could not do.
"""

from collections.abc import Sequence

import numpy as np

from .figures import Figures
from .specification import Impute, Indicator, Normalise, Screen, Treat
from .statistics import (
    Bools,
    Floats,
    deviation,
    highest,
    lowest,
    mean,
    median,
    percentile_ranks,
    shape_of,
    spread,
)

ON_MARK = 1e-9
"""What differs from a mark by less is on it: four values of which three tie have skewness 2."""

Noted = tuple[Floats, list[str]]


def denominate(figures: Figures, indicators: Sequence[Indicator]) -> Noted:
    """Periods x units x indicators, divided by their denominators times their scale."""
    values = np.stack([figures.column(one.code) for one in indicators], axis=2)
    notes = []
    for at, one in enumerate(indicators):
        if one.denominator:
            below = figures.column(one.denominator)
            lost = ~np.isnan(values[:, :, at]) & ~(np.abs(below) > 0)
            with np.errstate(divide="ignore", invalid="ignore"):
                made = values[:, :, at] / below * one.scale
            values[:, :, at] = np.where(lost, np.nan, made)
            notes.append(f"{one.code}: divided by {one.denominator}, times {one.scale:g}.")
            if lost[-1].any():
                who = _listed(figures.units, lost[-1])
                notes.append(f"{one.code}: missing, as {one.denominator} is missing or 0: {who}.")
        elif one.scale != 1:
            values[:, :, at] *= one.scale
            notes.append(f"{one.code}: times {one.scale:g}.")
    return values, notes


def screen(values: Floats, units: Sequence[str], settings: Screen) -> tuple[Bools, list[str]]:
    """Which units have enough of their values to stay."""
    there = ~np.isnan(values)
    share = there.mean(axis=1)
    other = (there & (values != 0)).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    notes = []
    for found, mark, what in (
        (share, settings.availability, "of the values are there"),
        (other, settings.non_zero, "of the values there are not 0"),
    ):
        notes += [
            f"{units[at]}: left out, as {found[at]:.0%} {what}; {mark:.0%} are asked for."
            for at in np.flatnonzero(~reaches(found, mark)).tolist()
        ]
    kept = reaches(share, settings.availability) & reaches(other, settings.non_zero)
    return kept, notes


def reaches(share: Floats, mark: float) -> Bools:
    return np.asarray(share >= mark - ON_MARK)


def impute(
    values: Floats,
    kept: Bools,
    earlier: Floats,
    figures: Figures,
    indicators: Sequence[Indicator],
    settings: Impute,
) -> Noted:
    """The values of the units kept, with gaps filled; `earlier` are those of all periods."""
    gaps = np.isnan(values) & kept[:, None]
    if settings.method == "panel":
        return _from_past(values, gaps, earlier, figures, indicators, settings.max_years)
    middle = median if settings.method.endswith("median") else mean
    fill = np.full(values.shape, np.nan)
    named: Sequence[str] = [""] * len(figures.units)
    if settings.method.startswith("group"):
        named = figures.groups[settings.group]
        for group in sorted(set(named) - {""}):
            members = np.array([one == group for one in named])
            fill[members] = middle(values[members])
    else:
        fill[:] = middle(values)
    notes = []
    for row, column in np.argwhere(gaps).tolist():
        place = f"{figures.units[row]}, {indicators[column].code}"
        what = settings.method.replace("_", " ")
        if named[row]:
            what += f" of {named[row]}"
        if np.isnan(fill[row, column]):
            why = "there is no value to take it from" if named[row] else "the unit has no group"
            if not settings.method.startswith("group"):
                why = "there is no value to take it from"
            notes.append(f"{place}: stays missing, as {why}.")
        else:
            notes.append(f"{place}: {fill[row, column]:.6g}, the {what}.")
    return np.where(gaps, fill, values), notes


def _from_past(
    values: Floats,
    gaps: Bools,
    earlier: Floats,
    figures: Figures,
    indicators: Sequence[Indicator],
    max_years: int | None,
) -> Noted:
    """Gaps filled with the newest earlier value, at most `max_years` back (None: any)."""
    filled, notes = values.copy(), []
    for row, column in np.argwhere(gaps).tolist():
        place = f"{figures.units[row]}, {indicators[column].code}"
        for at in range(len(figures.periods) - 2, -1, -1):
            period, value = figures.periods[at], earlier[at, row, column]
            if max_years is not None and _years(period, figures.periods[-1]) > max_years:
                continue
            if not np.isnan(value):
                filled[row, column] = value
                notes.append(f"{place}: {value:.6g}, the value of {period}.")
                break
        else:
            back = "" if max_years is None else f" of the {max_years} years before"
            notes.append(f"{place}: stays missing, as there is no earlier value{back}.")
    return filled, notes


def _years(earlier: str, later: str) -> float:
    """Years between two periods that begin with a year; others count as one step."""
    first, last = earlier[:4], later[:4]
    return int(last) - int(first) if first.isdigit() and last.isdigit() else 1


def treat(values: Floats, indicators: Sequence[Indicator], settings: Treat) -> Noted:
    """Columns that pass both marks: outliers moved one value at a time, else a log of them all.

    The value furthest out on the side of the skew takes the next value's place until the marks
    hold; values that tie move together, and never more than `winsorise` of them. Where the marks
    still do not hold, the original values get a log, log(x - min + 0.01 (max - min)), mirrored
    where their skew is negative.
    """
    failing = outlying(values, settings)[0]
    exempt = np.array([not one.treat for one in indicators])
    notes = [
        f"{one.code}: has outliers, but is said not to be treated."
        for one, left in zip(indicators, failing & exempt, strict=True)
        if left
    ]
    columns = np.flatnonzero(failing & ~exempt)
    if not len(columns):
        return values, notes
    original = values[:, columns]
    worked, moved = winsorised(original, settings)
    logged = _logged(original)
    still = outlying(worked, settings)[0]
    after = outlying(logged, settings)[0]
    for at, column in enumerate(columns.tolist()):
        note = f"{indicators[column].code}: {moved[at]} of its values winsorised."
        if still[at]:
            note = f"{indicators[column].code}: winsorising {moved[at]} values was not enough"
            if settings.log:
                note += "; the log of the values as they were is used."
                note += " Outliers remain." if after[at] else ""
            else:
                note += ", and no log is asked for; they stay winsorised."
        notes.append(note)
    treated = values.copy()
    treated[:, columns] = np.where(still & settings.log, logged, worked)
    return treated, notes


def outlying(values: Floats, settings: Treat) -> tuple[Bools, Floats]:
    """Columns with |skewness| and kurtosis above their marks (never one without spread), and
    the side of the skew, 1 or -1."""
    skewness, kurtosis = shape_of(values)
    beyond = (np.abs(skewness) > settings.skewness + ON_MARK) & (
        kurtosis > settings.kurtosis + ON_MARK
    )
    return (spread(values) > 0) & beyond, np.where(skewness < 0, -1.0, 1.0)


def winsorised(values: Floats, settings: Treat) -> tuple[Floats, list[int]]:
    """The columns winsorised, and how many values of each were moved."""
    worked, moved = values.copy(), np.zeros(values.shape, dtype=bool)
    while True:
        out, side = outlying(worked, settings)
        turned = worked * side
        end = turned == highest(turned)
        out &= (moved | end).sum(axis=0) <= settings.winsorise
        if not out.any():
            return worked, moved.sum(axis=0).tolist()
        end &= out
        nearest = highest(np.where(end, -np.inf, turned))
        worked = np.where(end, side * nearest, worked)
        moved |= end


def _logged(values: Floats) -> Floats:
    side = outlying(values, Treat())[1]
    x = side * values
    low, high = lowest(x), highest(x)
    return np.asarray(side * np.log(x - low + 0.01 * (high - low)))


def normalise(
    values: Floats, units: Sequence[str], indicators: Sequence[Indicator], settings: Normalise
) -> Noted:
    """The values on one scale, more being better whatever an indicator's direction."""
    methods = [one.normalise or settings.method for one in indicators]
    directions = np.array([float(one.direction) for one in indicators])
    scored = np.full(values.shape, np.nan)
    notes = []
    for method in dict.fromkeys(methods):
        at = [place for place, one in enumerate(methods) if one == method]
        some = [indicators[place] for place in at]
        turned = values[:, at] * directions[at]
        with np.errstate(divide="ignore", invalid="ignore"):
            scored[:, at] = _scored(turned, method, units, some, settings)
        notes.append(_scale_note(method, settings))
    lost = ~np.isnan(values) & ~np.isfinite(scored)
    scored[lost] = np.nan
    notes += [
        f"{one.code}: no score for {_listed(units, lost[:, at])}: the values do not differ, or "
        "the reference has none."
        for at, one in enumerate(indicators)
        if lost[:, at].any()
    ]
    return scored, notes


def _scored(
    x: Floats,
    method: str,
    units: Sequence[str],
    indicators: Sequence[Indicator],
    settings: Normalise,
) -> Floats:
    """Values turned so that more is better (x times direction), scored by one method."""
    low, high = settings.range
    if method == "z_score":
        apart = np.where(spread(x) > 0, deviation(x), 0.0)
        return settings.mean + settings.deviation * (x - mean(x)) / apart
    if method == "percentile_rank":
        share = percentile_ranks(x)
    elif method == "goalposts":
        posts = np.array([sorted(p * one.direction for p in one.goalposts) for one in indicators])
        share = np.clip((x - posts[:, 0]) / (posts[:, 1] - posts[:, 0]), 0.0, 1.0)
    elif method == "distance_to_reference":
        target = _targets(x, units, indicators, settings)
        share = 1.0 - (target - x) / (target - lowest(x))
        share = np.minimum(share, 1.0) if settings.cap else share
    else:
        share = (x - lowest(x)) / spread(x)
    return low + (high - low) * share


def _targets(
    x: Floats, units: Sequence[str], indicators: Sequence[Indicator], settings: Normalise
) -> Floats:
    """What distances are measured to: each indicator's own reference, else the unit's value."""
    unit = units.index(settings.reference) if settings.reference in units else None
    return np.array(
        [
            one.reference * one.direction
            if one.reference is not None
            else (np.nan if unit is None else x[unit, at])
            for at, one in enumerate(indicators)
        ]
    )


def _scale_note(method: str, settings: Normalise) -> str:
    name = method.replace("_", " ")
    if method == "z_score":
        return f"{name}: mean {settings.mean:g}, standard deviation {settings.deviation:g}."
    return f"{name}: from {settings.range[0]:g} to {settings.range[1]:g}."


def _listed(units: Sequence[str], chosen: Bools) -> str:
    return ", ".join(units[at] for at in np.flatnonzero(chosen).tolist())
