"""The map of a year's employment, by the country's own outlines of its regions."""

from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Scale, Series
from clusters.maps import YearMap
from clusters.models import EmploymentTable
from indicators.explorer.charts import disclaimer

CLASSES = ("level-4", "level-3", "level-1")  # of about as many regions each, most employed first


def region_map(table: EmploymentTable, shown: YearMap) -> Chart | None:
    """Employment of the regions that have an outline; None where none has."""
    outlined = table.country.regions.exclude(outline=None).filter(
        name__in=[place.name for place in shown.regions]
    )
    outlines = {region.name: region for region in outlined}
    places = [place for place in shown.regions if place.name in outlines]
    places.sort(key=lambda place: -place.employment)
    if not places:
        return None
    size = -(-len(places) // len(CLASSES))
    parts = [places[at : at + size] for at in range(0, len(places), size)]
    numbers = [floatformat(place.employment, "0g") for place in places]
    sources = sorted({region.outline_source for region in outlines.values()})
    return Chart(
        id="region-map",
        kind=Kind.MAP,
        title=_("%(region)s employs most people of the regions drawn: %(n)s")
        % {"region": places[0].name, "n": numbers[0]},
        description=_("A map of the regions by the number of people employed in %(year)s.")
        % {"year": shown.year},
        columns=[Column(_("Region")), Column(_("Employed"), numeric=True)],
        rows=[[place.name, place.employment] for place in places],
        categories=[place.name for place in places],
        series=[
            Series(
                " – ".join(floatformat(one.employment, "0g") for one in (part[-1], part[0])),
                [place.employment if place in part else None for place in places],
                labels=[f"{p.name}: {n}" for p, n in zip(places, numbers, strict=True)],
                tones=[tone],
            )
            for part, tone in zip(parts, CLASSES, strict=False)
        ],
        scale=Scale(0, max(1, places[0].employment), 1),
        note=" ".join(
            [_("Boundaries: %(source)s.") % {"source": "; ".join(sources)}, disclaimer()]
        ),
        outlines={
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": name, "properties": {}, "geometry": _drawn(one.outline)}
                for name, one in outlines.items()
            ],
        },
    )


def _drawn(outline: dict[str, Any]) -> dict[str, Any]:
    """With every ring the other way round than RFC 7946 has it: so Plotly fills the inside."""
    polygons = outline["coordinates"]
    turned = [[ring[::-1] for ring in polygon] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": turned}
