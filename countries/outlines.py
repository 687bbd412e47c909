"""Reading the outlines of a country's regions from GeoJSON (RFC 7946).

A feature collection of polygons in longitude and latitude; a property of each feature is the name
of its region. What is wrong is told by feature, counted from 1, in sentences that keep their facts.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from countries.content.sentences import Sentence, _
from countries.seen import unseen

MOST_BYTES = 3_000_000
MOST_POINTS = 60_000
FAULTS_SHOWN = 50
LONGEST_NAME = 150

Ring = list[list[float]]


class OutlineFault(ValueError):
    """A file that cannot be used; `faults` are sentences, the first fifty."""

    def __init__(self, faults: list[Sentence]) -> None:
        self.faults = faults[:FAULTS_SHOWN]
        super().__init__("\n".join(self.faults))


def read_outlines(content: bytes, name_property: str) -> dict[str, dict[str, object]]:
    """Return a GeoJSON geometry by name of region, its spaces made single; outer rings run
    counter-clockwise.

    Raises OutlineFault with every fault found.
    """
    features = _features(content)
    found: dict[str, dict[str, object]] = {}
    faults: list[Sentence] = []
    points = 0
    for number, feature in enumerate(features, start=1):
        said = [_at(number, fault) for fault in _faults(feature, name_property)]
        if said:
            faults += said
            continue
        name = " ".join(str(feature["properties"][name_property]).split())
        if name.casefold() in map(str.casefold, found):
            faults.append(_at(number, _('the region "%(name)s" is here a second time.', name=name)))
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
    features = tree.get("features")
    if not isinstance(features, list) or not features:
        raise OutlineFault([_("The collection has no features.")])
    return features


def _at(number: int, fault: Sentence) -> Sentence:
    return _("Feature %(number)s: %(fault)s", number=str(number), fault=fault)


def _faults(feature: Any, name_property: str) -> Iterator[Sentence]:
    """What is wrong with one feature."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get(name_property) if isinstance(properties, dict) else None
    if not isinstance(name, str | int) or not str(name).strip():
        yield _('it has no property "%(property)s" with the name of its region.',
                property=name_property)  # fmt: skip
    elif len(str(name)) > LONGEST_NAME:
        yield _("its name is longer than %(most)s characters.", most=LONGEST_NAME)
    elif odd := unseen(" ".join(str(name).split())):
        yield _("its name has a character that is not seen (%(odd)s).", odd=odd)
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        yield _("its geometry is %(kind)s; Polygon or MultiPolygon is expected.",
                kind=json.dumps(kind))  # fmt: skip
        return
    try:
        yield from _faults_of_rings(_polygons(geometry))
    except (TypeError, KeyError, ValueError, IndexError, OverflowError):
        yield _("its coordinates are not lists of rings of pairs of numbers.")


def _faults_of_rings(polygons: list[list[Ring]]) -> Iterator[Sentence]:
    if not polygons or not all(polygons):
        yield _("it has no ring.")
    for ring in (ring for polygon in polygons for ring in polygon):
        if len(ring) < 4:
            yield _("a ring has too few points (%(n)s); at least 4 are expected.", n=len(ring))
        elif ring[0] != ring[-1]:
            yield _("a ring does not end where it begins.")
        elif not _area(ring):
            yield _("a ring encloses nothing.")
        for x, y in ring:
            if not (-180 <= x <= 180 and -90 <= y <= 90):
                yield _(
                    "the point %(x)s, %(y)s is not on the globe; longitude and latitude in degrees "
                    "are expected.",
                    x=f"{x:g}",
                    y=f"{y:g}",
                )
                break


def _polygons(geometry: Mapping[str, Any]) -> list[list[Ring]]:
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


def _area(ring: Ring) -> float:
    """Twice the signed area, in square degrees; positive counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))


def _wound(polygon: list[Ring]) -> list[Ring]:
    """The outer ring counter-clockwise, holes clockwise (RFC 7946, section 3.1.6)."""
    return [
        ring if (_area(ring) > 0) == (at == 0) else ring[::-1] for at, ring in enumerate(polygon)
    ]
