"""The map of a country's clusters: points over its own outlines, or over those of the world."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Column, Kind, Mark, Plane, Scale, Series
from clusters.employment.region_map import collection
from clusters.models import Cluster
from countries.models import Country
from indicators.explorer.charts import BOUNDARIES, disclaimer

SIZE = 13  # of a mark, in pixels
CLOSE = 1 / 15  # of the wider way across all points
MARKS = {
    Cluster.Formation.MANY: Mark.FULL,
    Cluster.Formation.PYRAMID: Mark.UP,
    Cluster.Formation.UNKNOWN: Mark.DIAMOND,
}


def point_map(country: Country, clusters: Sequence[Cluster]) -> Chart | None:
    """Where the entries of the registry lie; None for a country that is nowhere, or no points."""
    placed = [one for one in clusters if one.latitude is not None]
    own = {one.name: one for one in country.regions.exclude(outline=None)} if placed else {}
    if not placed or (country.is_fictional and not own):
        return None
    boundaries = "; ".join(sorted({one.outline_source for one in own.values()})) or BOUNDARIES
    points = [(one.longitude, one.latitude) for one in placed]
    numbers = _side_by_side([at for at, one in enumerate(clusters, 1) if one in placed], points)
    return Chart(
        id="map",
        kind=Kind.POINTS,
        title=ngettext(
            "%(n)s of %(all)s entry has a point on the map",
            "%(n)s of %(all)s entries have a point on the map",
            len(clusters),
        )
        % {"n": len(placed), "all": len(clusters)},
        description=_("A map of %(country)s with a mark for each cluster that has a point.")
        % {"country": country},
        columns=[
            Column(_("No.")),
            Column(_("Name")),
            Column(_("Place")),
            Column(_("Type")),
            Column(_("Latitude"), numeric=True),
            Column(_("Longitude"), numeric=True),
            Column(_("What the point is")),
        ],
        rows=[
            [
                number,
                str(one),
                _place(one),
                one.get_formation_display(),
                *_point(one),
            ]
            for number, one in enumerate(clusters, 1)
        ],
        categories=numbers,
        series=[
            Series(
                str(formation.label),
                [SIZE if one.formation == formation else None for one in placed],
                labels=[
                    f"{one}, {one.told(one.place)}" if one.place else str(one) for one in placed
                ],
                mark=mark,
            )
            for formation, mark in MARKS.items()
            if any(one.formation == formation for one in placed)
        ],
        scale=Scale(0, 1, 1),
        note=" ".join(
            [
                _("The numbers are those of the list; of points close together the first has all."),
                _(
                    "Points of clusters that a document describes are from general knowledge: the "
                    "documents give none."
                ),
                _("Boundaries: %(source)s.") % {"source": boundaries},
                disclaimer(),
            ]
        ),
        plane=Plane(
            points,
            named=frozenset(at for at, number in enumerate(numbers) if number),
            ground="" if own else country.pk,
        ),
        outlines=collection({name: one.outline for name, one in own.items()}) if own else None,
    )


def _side_by_side(numbers: Sequence[int], points: Sequence[tuple[float, float]]) -> list[str]:
    """The text at each point: close ones would lie over each other, so the first has them all."""
    reach = max(max(way) - min(way) for way in zip(*points, strict=True)) * CLOSE
    texts: list[list[str]] = [[] for _point in points]
    for at, number in enumerate(numbers):
        bearers = (one for one in range(at) if texts[one])
        close = (one for one in bearers if max(_apart(points[at], points[one])) <= reach)
        texts[next(close, at)].append(str(number))
    return ["; ".join(text) for text in texts]


def _apart(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return abs(one[0] - other[0]), abs(one[1] - other[1])


def _place(cluster: Cluster) -> str:
    return _("the document names no place") if cluster.is_placeless else cluster.told(cluster.place)


def _point(cluster: Cluster) -> tuple[object, ...]:
    """Latitude, longitude and of what they are."""
    if cluster.latitude is None:
        return "–", "–", "–"
    return cluster.latitude, cluster.longitude, cluster.get_point_of_display()
