"""Reading the outlines of a country's regions from GeoJSON (RFC 7946).

A feature collection of polygons in longitude and latitude; a property of each feature is the name
of its region. What is wrong is told by feature, counted from 1, in sentences that keep their facts.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from countries.content.sentences import Sentence, _, ngettext
from countries.geometry import Polygons, Ring, area, lie_in, middle
from countries.seen import unseen

MOST_BYTES = 3_000_000
MOST_POINTS = 60_000
FAULTS_SHOWN = 50
LONGEST_NAME = 150
# Names of longitude and latitude in degrees, as "urn:ogc:def:crs:OGC:1.3:CRS84" or "EPSG:4326".
WGS_84 = re.compile(r"(^|:)(CRS84|EPSG:([0-9.]*:)?4326)$", re.IGNORECASE)
TURN = 360  # no degrees are more
NEAR = 1.5  # degrees around the country: the world's outlines are coarse
LONGEST_SHOWN = 60  # letters of a name


class OutlineFault(ValueError):
    """A file that cannot be used; `faults` are sentences, the first fifty and how many more."""

    def __init__(self, faults: list[Sentence]) -> None:
        self.faults = faults[:FAULTS_SHOWN]
        if (more := len(faults) - FAULTS_SHOWN) > 0:
            self.faults.append(ngettext("%(n)s more fault.", "%(n)s more faults.", more))
        super().__init__("\n".join(self.faults))


def read_outlines(
    content: bytes, name_property: str, land: Polygons = ()
) -> dict[str, dict[str, object]]:
    """Return a GeoJSON geometry by name of region, its spaces made single; outer rings run
    counter-clockwise.

    `land` is the country where it is known: an outline that lies in it only the other way round has
    latitude and longitude swapped.

    Raises OutlineFault with every fault found.
    """
    features = _features(content)
    found: dict[str, dict[str, object]] = {}
    faults: list[Sentence] = []
    points = 0
    for number, feature in enumerate(features, start=1):
        name = _name(feature, name_property)
        said = list(_faults(feature, name, name_property, land))
        if name and name.casefold() in map(str.casefold, found):
            said.append(_("its region is here a second time."))
        if said:
            faults += [_at(number, name, fault) for fault in said]
        if name is None or said:
            continue
        polygons = _polygons(feature["geometry"])
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        found[name] = {"type": "MultiPolygon", "coordinates": [_wound(p) for p in polygons]}
    if points > MOST_POINTS:
        faults.append(
            _("The outlines have %(points)s points; at most %(most)s are taken.",
              points=points, most=MOST_POINTS)
        )  # fmt: skip
    if faults:
        raise OutlineFault(faults)
    return found


def _features(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        size = _("The file has %(size)s bytes; at most %(most)s are taken.",
                 size=len(content), most=MOST_BYTES)  # fmt: skip
        raise OutlineFault([size])
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        raise OutlineFault([_("The file is not JSON in UTF-8; GeoJSON is expected.")]) from None
    if not isinstance(tree, dict) or tree.get("type") != "FeatureCollection":
        raise OutlineFault([_('The file is no GeoJSON "FeatureCollection".')])
    if (system := _system(tree)) and not WGS_84.search(system):
        raise OutlineFault(
            [_("The file's coordinates are of the system %(system)s; export it as WGS 84 "
               "(EPSG:4326), in degrees.", system=_short(system))]
        )  # fmt: skip
    features = tree.get("features")
    if not isinstance(features, list) or not features:
        raise OutlineFault([_("The collection has no features.")])
    return features


def _system(tree: dict[str, Any]) -> str:
    """The coordinate system that the file names (GeoJSON of before 2016 could); blank for none."""
    named = tree.get("crs")
    for key in ("properties", "name"):
        named = named.get(key, named) if isinstance(named, dict) else named
    return "" if named is None else named if isinstance(named, str) else json.dumps(named)


def _at(number: int, name: str | None, fault: Sentence) -> Sentence:
    if name is None:
        return _("Feature %(number)s: %(fault)s", number=str(number), fault=fault)
    return _("Feature %(number)s (%(name)s): %(fault)s", number=str(number), name=_short(name),
             fault=fault)  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _name(feature: Any, name_property: str) -> str | None:
    """The name of a feature's region, its spaces made single."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get(name_property) if isinstance(properties, dict) else None
    return " ".join(str(name).split()) or None if isinstance(name, str | int) else None


def _faults(
    feature: Any, name: str | None, name_property: str, land: Polygons
) -> Iterator[Sentence]:
    """What is wrong with one feature."""
    if name is None:
        yield _('it has no property "%(property)s" with the name of its region.',
                property=name_property)  # fmt: skip
    elif len(name) > LONGEST_NAME:
        yield _("its name is longer than %(most)s characters.", most=LONGEST_NAME)
    elif odd := unseen(name):
        yield _("its name has a character that is not seen (%(odd)s).", odd=odd)
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        yield _("its geometry is %(kind)s; Polygon or MultiPolygon is expected.",
                kind=json.dumps(kind))  # fmt: skip
        return
    try:
        polygons = _polygons(geometry)
    except (TypeError, KeyError, ValueError, IndexError, OverflowError):
        yield _("its coordinates are not lists of rings of pairs of numbers.")
        return
    if not polygons or not all(polygons):
        yield _("it has no ring.")
        return
    wrong = [*_faults_of_rings(polygons), *_faults_of_points(polygons)]
    yield from wrong or _faults_of_place(polygons, land)


def _faults_of_rings(polygons: Polygons) -> Iterator[Sentence]:
    for ring in (ring for polygon in polygons for ring in polygon):
        if len(ring) < 4:
            yield _("a ring has too few points (%(n)s); at least 4 are expected.", n=len(ring))
        elif ring[0] != ring[-1]:
            yield _("a ring does not end where it begins.")
        elif not area(ring):
            yield _("a ring encloses nothing.")


def _faults_of_points(polygons: Polygons) -> Iterator[Sentence]:
    """The first point that is not on the globe, by the mistake that it looks like."""
    points = (point for polygon in polygons for ring in polygon for point in ring)
    wrong = next(((x, y) for x, y in points if not (abs(x) <= 180 and abs(y) <= 90)), None)
    if wrong is None:
        return
    x, y = wrong
    said = {"x": f"{x:g}", "y": f"{y:g}"}
    if max(abs(x), abs(y)) > TURN:
        yield _("the point %(x)s, %(y)s is not in degrees but looks projected, in metres; export "
                "the file as WGS 84 (EPSG:4326).", **said)  # fmt: skip
    elif abs(x) <= 90 and abs(y) <= 180:
        yield _("the point %(x)s, %(y)s has its latitude first; GeoJSON has the longitude "
                "first.", **said)  # fmt: skip
    else:
        yield _("the point %(x)s, %(y)s is not on the globe; longitude and latitude in degrees "
                "are expected.", **said)  # fmt: skip


def _faults_of_place(polygons: Polygons, land: Polygons) -> Iterator[Sentence]:
    x, y = middle(polygons)
    if lie_in([(x, y), (y, x)], land, NEAR) == [False, True]:
        yield _("it lies in the country only with latitude and longitude swapped; GeoJSON has the "
                "longitude first.")  # fmt: skip


def _polygons(geometry: Mapping[str, Any]) -> Polygons:
    """Pairs of numbers; a height is left out. Raises TypeError, ValueError for anything else."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [
        [[[_number(point[0]), _number(point[1])] for point in ring] for ring in polygon]
        for polygon in polygons
    ]


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _wound(polygon: Sequence[Ring]) -> list[Ring]:
    """The outer ring counter-clockwise, holes clockwise (RFC 7946, section 3.1.6)."""
    return [
        ring if (area(ring) > 0) == (at == 0) else ring[::-1] for at, ring in enumerate(polygon)
    ]
