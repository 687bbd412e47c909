"""Where a country lies, by the outlines of its regions and by the world's: the ground of maps."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from typing import Any

from django.utils.translation import gettext as _

from activity.charts import Ground
from clusters.models import Cluster
from countries import world
from countries.geometry import Frame, Point, Polygons, frame, lie_in, size
from countries.models import Country, Region
from indicators.explorer.charts import BOUNDARIES, disclaimer

# So far outside, in degrees of latitude, a point is still taken for one at the border: that of the
# regions, and that of the world, which is coarse and leaves out what is disputed.
NEAR, NEAR_COARSE = 0.5, 1.5
WHOLE = 0.9  # of the country's area: regions that have as much need no outline of it behind them
GRIDS = (1000, 500, 250, 125)  # points along the longer side of the map, while they are few enough
MOST_POINTS = 8_000  # on a page


@dataclass(frozen=True)
class Land:
    """What is known of where a country lies; `regions` are those that have an outline."""

    country: Country
    regions: Sequence[Region]

    @cached_property
    def own(self) -> Polygons:
        """The polygons of its regions."""
        return list(chain.from_iterable(one.outline["coordinates"] for one in self.regions))

    @cached_property
    def coarse(self) -> Polygons:
        """Its polygons on the map of the world; none of a country that is not there."""
        return world.outline(self.country.pk)

    @property
    def is_known(self) -> bool:
        return bool(self.own or self.coarse)

    def has(self, points: Sequence[Point]) -> list[bool]:
        """Whether each point (longitude, latitude) lies in the country or near its border; all do
        where nothing is known of it.
        """
        if not self.is_known:
            return [True] * len(points)
        within = lie_in(points, self.own, NEAR), lie_in(points, self.coarse, NEAR_COARSE)
        return [any(said) for said in zip(*within, strict=True)]

    def ground(self, points: Sequence[Point] = ()) -> Ground | None:
        """What a map with these points lies on; None where nothing is known of the country."""
        if not self.is_known:
            return None
        main = world.main_parts(self.coarse) if self.shows_country else []
        corners = zip(*frame([*self.own, *main]), strict=True)
        across, along = zip(*corners, *(point[:2] for point in points), strict=True)
        return Ground(
            frame=((min(across), max(across)), (min(along), max(along))),
            country=self.country.pk if self.shows_country else "",
            outlines=self._collection() if self.own else None,
        )

    @cached_property
    def shows_country(self) -> bool:
        """Whether the whole country is drawn as well: its regions leave a part of it out."""
        return bool(self.coarse) and size(self.own) < WHOLE * size(self.coarse)

    @property
    def note(self) -> str:
        """Whose the boundaries are, and what they do not say."""
        sources = sorted({one.outline_source for one in self.regions})
        sources += [BOUNDARIES] if self.shows_country or not sources else []
        return " ".join(
            [_("Boundaries: %(source)s.") % {"source": "; ".join(sources)}, disclaimer()]
        )

    def _collection(self) -> dict[str, Any]:
        """The regions' outlines by their names as GeoJSON, as finely as a page can carry them."""
        outlines = {one.name: one.outline for one in self.regions}
        return {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": name, "properties": {}, "geometry": geometry}
                for name, geometry in _drawn(outlines, frame(self.own)).items()
            ],
        }


def land_of(country: Country) -> Land:
    """Where the country lies."""
    return Land(country, list(country.regions.exclude(outline=None)))


def misplaced(cluster: Cluster) -> str:
    """What is to be asked of an entry whose point lies elsewhere; blank where it lies well."""
    if cluster.latitude is None or cluster.longitude is None:
        return ""
    land = land_of(cluster.country)
    lies, swapped = land.has(
        [(cluster.longitude, cluster.latitude), (cluster.latitude, cluster.longitude)]
    )
    if lies:
        return ""
    told = _("The point lies outside the outline of %(country)s, so the map does not show it.")
    asked = _("Are latitude and longitude swapped? The other way round it lies inside.")
    unclear = _("Are latitude and longitude right, each with its sign? If so, it stays as it is.")
    return f"{told % {'country': cluster.country}} {asked if swapped else unclear}"


def _drawn(outlines: Mapping[str, dict[str, Any]], shown: Frame) -> dict[str, dict[str, Any]]:
    """The outlines as finely as a page can carry them.

    Points are put on a grid, so that neighbours keep their common border, and those that fall
    together are one. Every ring runs the other way round than RFC 7946 has it: so Plotly fills the
    inside.
    """
    longer = max(high - low for low, high in shown)
    for grid in GRIDS:
        drawn = {name: _on_grid(outline, longer / grid) for name, outline in outlines.items()}
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
