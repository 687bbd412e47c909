"""The map of a country's clusters: points over its own outlines, or over those of the world."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Column, Kind, Mark, Plane, Scale, Series
from clusters.models import Cluster
from clusters.region_map import collection
from countries.models import Country
from indicators.explorer.charts import BOUNDARIES, disclaimer

SIZE = 13  # of a mark, in pixels
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
    there: dict[tuple[float, float], list[str]] = {}
    for number, one in enumerate(clusters, 1):
        there.setdefault((one.longitude, one.latitude), []).append(str(number))
    # Numbers at one point would lie over each other: the first bears them all, the others none.
    numbers = ["; ".join(there.pop((one.longitude, one.latitude), [])) for one in placed]
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
                _("The numbers are those of the list."),
                _(
                    "Points of clusters that a document describes are from general knowledge: the "
                    "documents give none."
                ),
                _("Boundaries: %(source)s.") % {"source": boundaries},
                disclaimer(),
            ]
        ),
        plane=Plane(
            [(one.longitude, one.latitude) for one in placed],
            named=frozenset(at for at, number in enumerate(numbers) if number),
            ground="" if own else country.pk,
        ),
        outlines=collection({name: one.outline for name, one in own.items()}) if own else None,
    )


def _place(cluster: Cluster) -> str:
    return _("the document names no place") if cluster.is_placeless else cluster.told(cluster.place)


def _point(cluster: Cluster) -> tuple[object, ...]:
    """Latitude, longitude and of what they are."""
    if cluster.latitude is None:
        return "–", "–", "–"
    return cluster.latitude, cluster.longitude, cluster.get_point_of_display()
