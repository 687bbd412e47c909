"""The picture of a country's regions: their outlines as they are stored, with their names."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Column, Kind, Plane, Scale, Series, rounded
from clusters.land import land_of
from countries.geometry import frame, middle
from countries.models import Country, Region

DOT = 5  # at the middle of a region, in pixels


def outline_map(country: Country) -> Chart | None:
    """The regions that have an outline, and how far each reaches; None where none has."""
    land = land_of(country)
    if not land.regions:
        return None
    shapes = [one.outline["coordinates"] for one in land.regions]
    names = [one.name for one in land.regions]
    count = country.regions.count()
    return Chart(
        id="outlines",
        kind=Kind.POINTS,
        title=ngettext(
            "%(n)s of %(all)s region has an outline",
            "%(n)s of %(all)s regions have an outline",
            count,
        )
        % {"n": len(names), "all": count},
        description=_("A map of %(country)s with the outlines of its regions and their names.")
        % {"country": country},
        columns=[
            Column(_("Region")),
            Column(_("From longitude"), numeric=True),
            Column(_("To longitude"), numeric=True),
            Column(_("From latitude"), numeric=True),
            Column(_("To latitude"), numeric=True),
        ],
        rows=[[one.name, *reach(one)] for one in land.regions],
        categories=names,
        series=[Series("", [DOT] * len(names), tones=["ink"])],
        scale=Scale(0, 1, 1),
        note=" ".join(
            [_("Names that find no room are told under the pointer and in the table."), land.note]
        ),
        plane=Plane([middle(shape) for shape in shapes], named=frozenset(range(len(names)))),
        ground=land.ground(),
    )


def reach(region: Region) -> list[float]:
    """From which longitude to which, and from which latitude, the outline of a region goes."""
    return [rounded(end, 2) for side in frame(region.outline["coordinates"]) for end in side]
