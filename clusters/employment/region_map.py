"""The map of a year by the country's own outlines: people employed, or one industry's quotient."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

import polars as pl
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Mark, Scale, Series, rounded
from clusters.employment.maps import HEAT_MARKS
from clusters.land import land_of
from countries.models import Country

CLASSES = ("level-4", "level-3", "level-2")  # of about as many regions each, most employed first
# Those of a quotient, by the marks of the heat table: below the first one, above the last.
TONES = ("level-1", "level-2", "level-3", "level-4", "level-5")
MISSING = "surface"
NAMED = 12  # regions that are not drawn


def values_of(regions: pl.DataFrame, cells: pl.DataFrame, industry: str) -> pl.DataFrame:
    """`region` and `value`: the number employed, or the quotient of an industry, highest first."""
    rows = cells.filter(pl.col("industry") == industry) if industry else regions
    value = pl.col("lq" if industry else "employment").alias("value")
    return rows.select("region", value).sort(
        "value", descending=True, nulls_last=True, maintain_order=True
    )


def region_map(
    country: Country, found: pl.DataFrame, year: int, industry: str = ""
) -> Chart | None:
    """The country's regions that have an outline, with their values of `found` (`values_of`); None
    where none has a value.
    """
    land = land_of(country)
    outlined = {one.name for one in land.regions}
    rows = {name: value for name, value in found.iter_rows() if name in outlined}
    values = {name: value for name, value in rows.items() if value is not None}
    if not values:
        return None
    suppressed = [name for name in rows if name not in values]
    not_there = sorted(outlined - rows.keys())
    digits = "2" if industry else "0g"
    told = {name: floatformat(value, digits) for name, value in values.items()}
    first = next(iter(values))
    facts = {"region": first, "n": told[first], "industry": industry, "year": year}
    told |= dict.fromkeys(suppressed, _("no quotient") if industry else _("suppressed"))
    told |= dict.fromkeys(not_there, _("not in the table"))
    most = _("%(region)s employs most people of the regions drawn: %(n)s")
    quotient = _(
        "%(industry)s: %(region)s is most specialised of the regions drawn, quotient %(n)s"
    )
    by_number = _("A map of the regions by the number of people employed in %(year)s.")
    by_quotient = _("A map of the regions by the location quotient of %(industry)s in %(year)s.")
    measured = _("Location quotient") if industry else _("Employed")
    shown = {name: rounded(n, 2) if industry else round(n) for name, n in values.items()}
    classes = (_by_quotient if industry else _by_rank)(values.values())
    labels = [f"{name}: {n}" for name, n in told.items()]

    def series(called: str, tone: str, part: Collection[str], mark: Mark = Mark.FULL) -> Series:
        drawn = [1 if name in part else None for name in told]
        return Series(called, drawn, labels=labels, tones=[tone], mark=mark)

    return Chart(
        id="region-map",
        kind=Kind.MAP,
        title=(quotient if industry else most) % facts,
        description=(by_quotient if industry else by_number) % facts,
        columns=[Column(_("Region")), Column(measured, numeric=True)],
        rows=[(name, shown.get(name, n)) for name, n in told.items()],
        categories=list(told),
        series=[
            *(
                series(called, tone, [name for name, value in values.items() if value in part])
                for called, tone, part in classes
            ),
            *(
                series(told[names[0]], MISSING, names, mark)
                for names, mark in ((suppressed, Mark.CROSS), (not_there, Mark.FULL))
                if names
            ),
        ],
        scale=Scale(0, max(1, values[first]), 1),
        note=_note([name for name in found["region"] if name not in outlined], land.note),
        ground=land.ground(),
    )


def _by_rank(values: Collection[float]) -> Iterator[tuple[str, str, Collection[float]]]:
    """Classes of about as many of the values each, the highest first; equal ones are in one."""
    ordered = sorted(values, reverse=True)
    size = -(-len(ordered) // len(CLASSES))
    of = {value: CLASSES[ordered.index(value) // size] for value in ordered}
    for tone, part in groupby(of, of.__getitem__):
        found = list(part)
        ends = (floatformat(found[-1], "0g"), floatformat(found[0], "0g"))
        yield " – ".join(dict.fromkeys(ends)), tone, found


def _by_quotient(values: Collection[float]) -> Iterator[tuple[str, str, Collection[float]]]:
    """The classes of the heat table that occur, the highest first."""
    ends = [floatformat(mark, "-1") for mark in HEAT_MARKS]
    names = [
        _("below %(n)s") % {"n": ends[0]},
        *(_("%(low)s to below %(high)s") % {"low": a, "high": b} for a, b in pairwise(ends)),
        _("%(n)s and more") % {"n": ends[-1]},
    ]
    classes: dict[int, list[float]] = defaultdict(list)
    for value in values:
        classes[bisect_right(HEAT_MARKS, value)].append(value)
    for at in sorted(classes, reverse=True):
        yield names[at], TONES[at], classes[at]


def _note(lacking: list[str], boundaries: str) -> str:
    """Which regions of the table are not drawn, and whose the boundaries are."""
    if not lacking:
        return boundaries
    names = ", ".join(lacking[:NAMED])
    if (more := len(lacking) - NAMED) > 0:
        names = _("%(names)s and %(more)s more") % {"names": names, "more": more}
    told = _("Not drawn, for want of an outline: %(regions)s.") % {"regions": names}
    return f"{told} {boundaries}"
