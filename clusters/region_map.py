"""The map of a year by the country's own outlines: people employed, or one industry's quotient."""

from collections.abc import Collection
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Scale, Series
from clusters.maps import YearMap
from clusters.models import EmploymentTable
from indicators.explorer.charts import disclaimer

CLASSES = ("level-4", "level-3", "level-1")  # of about as many regions each, most employed first


def region_map(table: EmploymentTable, shown: YearMap, industry: str = "") -> Chart | None:
    """The regions that have an outline and a value; None where none has.

    The value is the number employed, or where an industry is named its location quotient.
    """
    if industry:
        found = {cell.region: cell.lq for cell in shown.cells if cell.industry == industry}
    else:
        found = {place.name: place.employment for place in shown.regions}
    outlined = table.country.regions.exclude(outline=None)
    outlines = {one.name: one for one in outlined if found.get(one.name) is not None}
    values = {name: found[name] or 0.0 for name in sorted(outlines, key=lambda n: -(found[n] or 0))}
    if not values:
        return None
    digits = "2" if industry else "0g"
    names, numbers = list(values), [floatformat(value, digits) for value in values.values()]
    size = -(-len(names) // len(CLASSES))
    parts = [range(at, min(at + size, len(names))) for at in range(0, len(names), size)]
    facts = {"region": names[0], "n": numbers[0], "industry": industry, "year": shown.year}
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
        rows=list(values.items()),
        categories=names,
        series=[
            Series(
                " – ".join(dict.fromkeys((numbers[part[-1]], numbers[part[0]]))),
                [values[name] if at in part else None for at, name in enumerate(names)],
                labels=[f"{name}: {n}" for name, n in zip(names, numbers, strict=True)],
                tones=[tone],
            )
            for part, tone in zip(parts, CLASSES, strict=False)
        ],
        scale=Scale(0, max(1, values[names[0]]), 1),
        note=_note(shown, values, {one.outline_source for one in outlines.values()}),
        outlines={
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": name, "properties": {}, "geometry": _drawn(one.outline)}
                for name, one in outlines.items()
            ],
        },
    )


def _note(shown: YearMap, drawn: Collection[str], sources: set[str]) -> str:
    """What is not drawn, whose the boundaries are, and what they do not say."""
    lacking = [place.name for place in shown.regions if place.name not in drawn]
    said = [_("Boundaries: %(source)s.") % {"source": "; ".join(sorted(sources))}, disclaimer()]
    if lacking:
        told = _("Not drawn, for want of an outline or a value: %(regions)s.")
        said.insert(0, told % {"regions": ", ".join(lacking)})
    return " ".join(said)


def _drawn(outline: dict[str, Any]) -> dict[str, Any]:
    """With every ring the other way round than RFC 7946 has it: so Plotly fills the inside."""
    polygons = outline["coordinates"]
    turned = [[ring[::-1] for ring in polygon] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": turned}
