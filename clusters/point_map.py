"""The map of a country's clusters: points over its own outlines, or over those of the world."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Column, Ground, Kind, Mark, Plane, Scale, Series
from clusters.land import land_of
from clusters.models import Cluster
from countries.models import Country

SIZE = 13  # of a mark, in pixels
CLOSE = 1 / 60  # of the wider way across the map: marks lie over each other
MARKS = {
    Cluster.Formation.MANY: Mark.FULL,
    Cluster.Formation.PYRAMID: Mark.UP,
    Cluster.Formation.UNKNOWN: Mark.DIAMOND,
}


def point_map(country: Country, clusters: Sequence[Cluster]) -> Chart | None:
    """Where the entries of the registry lie; None for a country that is nowhere, or no points.

    The map is that of the country: points outside it are told in words.
    """
    pointed = [(at, one) for at, one in enumerate(clusters, 1) if one.latitude is not None]
    land = land_of(country)
    if not pointed or (country.is_fictional and not land.is_known):
        return None
    inside = land.has([(one.longitude, one.latitude) for _at, one in pointed])
    placed = [one for one, lies in zip(pointed, inside, strict=True) if lies]
    elsewhere = [one for one, lies in zip(pointed, inside, strict=True) if not lies]
    points = [(one.longitude, one.latitude) for _at, one in placed]
    ground = land.ground(points)
    numbers = _side_by_side([at for at, _one in placed], points, ground)
    typed = any(one.formation for one in clusters)
    columns = [
        Column(_("No.")),
        Column(_("Name")),
        Column(_("Place")),
        *([Column(_("Type"))] if typed else []),
        Column(_("Latitude"), numeric=True),
        Column(_("Longitude"), numeric=True),
        Column(_("What the point is")),
    ]
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
        columns=columns,
        rows=[
            [
                number,
                str(one),
                _place(one),
                *([one.get_formation_display()] if typed else []),
                *_point(one),
            ]
            for number, one in enumerate(clusters, 1)
        ],
        categories=numbers,
        series=[
            Series(
                str(formation.label) if typed else "",
                [SIZE if one.formation == formation else None for _at, one in placed],
                labels=[
                    f"{at}. {one}, {one.told(one.place)}" if one.place else f"{at}. {one}"
                    for at, one in placed
                ],
                mark=mark,
            )
            for formation, mark in MARKS.items()
            if any(one.formation == formation for _at, one in placed)
        ],
        scale=Scale(0, 1, 1),
        note=_note(elsewhere, land.note),
        plane=Plane(points, named=frozenset(at for at, number in enumerate(numbers) if number)),
        ground=ground,
    )


def _note(elsewhere: Sequence[tuple[int, Cluster]], boundaries: str) -> str:
    told = [
        _("The numbers are those of the list; of points close together the first has all."),
        _(
            "Points of clusters that a document describes are from general knowledge: the "
            "documents give none."
        ),
        boundaries,
    ]
    if elsewhere:
        names = "; ".join(f"{at}. {one}" for at, one in elsewhere)
        outside = ngettext(
            "Not drawn, for its point lies outside the country: %(names)s.",
            "Not drawn, for their points lie outside the country: %(names)s.",
            len(elsewhere),
        )
        told.insert(0, outside % {"names": names})
    return " ".join(told)


def _side_by_side(
    numbers: Sequence[int], points: Sequence[tuple[float, float]], ground: Ground | None
) -> list[str]:
    """The text at each point: close ones would lie over each other, so the first has them all."""
    frame = ground.frame if ground else [(min(way), max(way)) for way in zip(*points, strict=True)]
    reach = max(high - low for low, high in frame) * CLOSE
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
