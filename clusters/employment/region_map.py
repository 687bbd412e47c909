"""The map of a year by the country's own outlines: people employed, or one industry's quotient."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

import polars as pl
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Scale, Series, rounded
from clusters.employment.maps import HEAT_MARKS
from countries.models import Country
from indicators.explorer.charts import disclaimer

CLASSES = ("level-4", "level-3", "level-1")  # of about as many regions each, most employed first
# Those of a quotient, by the marks of the heat table: below the first one, above the last.
TONES = ("surface", "level-1", "level-2", "level-3", "level-4")
GRIDS = (1000, 500, 250, 125)  # points along the longer side of the map, while they are few enough
MOST_POINTS = 8_000  # on a page
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
    """The regions that have an outline and a value (`values_of`); None where none has."""
    outlines = {one.name: one for one in country.regions.exclude(outline=None)}
    known = dict(found.drop_nulls().iter_rows())
    values = {name: value for name, value in known.items() if name in outlines}
    if not values:
        return None
    digits = "2" if industry else "0g"
    names, numbers = list(values), [floatformat(value, digits) for value in values.values()]
    facts = {"region": names[0], "n": numbers[0], "industry": industry, "year": year}
    most = _("%(region)s employs most people of the regions drawn: %(n)s")
    quotient = _(
        "%(industry)s: %(region)s is most specialised of the regions drawn, quotient %(n)s"
    )
    by_number = _("A map of the regions by the number of people employed in %(year)s.")
    by_quotient = _("A map of the regions by the location quotient of %(industry)s in %(year)s.")
    measured = _("Location quotient") if industry else _("Employed")
    return Chart(
        id="region-map",
        kind=Kind.MAP,
        title=(quotient if industry else most) % facts,
        description=(by_quotient if industry else by_number) % facts,
        columns=[Column(_("Region")), Column(measured, numeric=True)],
        rows=[(name, rounded(n, 2) if industry else round(n)) for name, n in values.items()],
        categories=names,
        series=[
            Series(
                called,
                [value if value in part else None for value in values.values()],
                labels=[f"{name}: {n}" for name, n in zip(names, numbers, strict=True)],
                tones=[tone],
            )
            for called, tone, part in (_by_quotient if industry else _by_rank)(values.values())
        ],
        scale=Scale(0, max(1, values[names[0]]), 1),
        note=_note(
            [name for name in found["region"] if name not in values],
            {outlines[name].outline_source for name in values},
        ),
        outlines=collection({name: outlines[name].outline for name in values}),
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


def collection(outlines: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Outlines by their names as GeoJSON for a chart, as finely as a page can carry them."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": name, "properties": {}, "geometry": geometry}
            for name, geometry in _drawn(outlines).items()
        ],
    }


def _note(lacking: list[str], sources: set[str]) -> str:
    """What is not drawn, whose the boundaries are, and what they do not say."""
    said = [_("Boundaries: %(source)s.") % {"source": "; ".join(sorted(sources))}, disclaimer()]
    if lacking:
        names = ", ".join(lacking[:NAMED])
        if (more := len(lacking) - NAMED) > 0:
            names = _("%(names)s and %(more)s more") % {"names": names, "more": more}
        told = _("Not drawn, for want of an outline or a value: %(regions)s.")
        said.insert(0, told % {"regions": names})
    return " ".join(said)


def _drawn(outlines: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The outlines as finely as a page can carry them.

    Points are put on a grid, so that neighbours keep their common border, and those that fall
    together are one. Every ring runs the other way round than RFC 7946 has it: so Plotly fills the
    inside.
    """
    points = [
        point
        for outline in outlines.values()
        for polygon in outline["coordinates"]
        for ring in polygon
        for point in ring
    ]
    sides = [max(side) - min(side) for side in zip(*points, strict=True)]
    for grid in GRIDS:
        step = max(sides) / grid
        drawn = {name: _on_grid(outline, step) for name, outline in outlines.items()}
        count = sum(len(r) for o in drawn.values() for p in o["coordinates"] for r in p)
        if count <= MOST_POINTS:
            break
    return drawn


def _on_grid(outline: dict[str, Any], step: float) -> dict[str, Any]:
    digits = max(0, 1 - math.floor(math.log10(step)))
    placed = [
        [_ring(ring[::-1], step, digits) for ring in polygon] for polygon in outline["coordinates"]
    ]
    # An island smaller than the grid is left out, a region of nothing else is not.
    seen = [[r for r in rings if len(r) > 3] for rings in placed if len(rings[0]) > 3]
    whole = [[ring[::-1] for ring in polygon] for polygon in outline["coordinates"]]
    return {"type": "MultiPolygon", "coordinates": seen or whole}


def _ring(ring: list[list[float]], step: float, digits: int) -> list[list[float]]:
    placed = [[round(round(side / step) * step, digits) for side in point] for point in ring]
    return [point for point, _same in groupby(placed)]
