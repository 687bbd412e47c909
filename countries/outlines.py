"""Reading the outlines of a country's regions from GeoJSON (RFC 7946).

A feature collection of polygons in longitude and latitude; a property of each feature is the name
of its region. What is wrong is told by feature, counted from 1.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

MOST_BYTES = 3_000_000
MOST_POINTS = 60_000
FAULTS_SHOWN = 50

Ring = list[list[float]]


class OutlineFault(ValueError):
    """A file that cannot be used; `faults` are sentences, the first fifty."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults[:FAULTS_SHOWN]
        super().__init__("\n".join(self.faults))


def read_outlines(content: bytes, name_property: str) -> dict[str, dict[str, object]]:
    """Return a GeoJSON geometry by name of region, its spaces made single; outer rings run
    counter-clockwise.

    Raises OutlineFault with every fault found.
    """
    features = _features(content)
    found: dict[str, dict[str, object]] = {}
    faults: list[str] = []
    points = 0
    for number, feature in enumerate(features, start=1):
        said = [f"Feature {number}: {fault}" for fault in _faults(feature, name_property)]
        if said:
            faults += said
            continue
        name = " ".join(str(feature["properties"][name_property]).split())
        if name.casefold() in map(str.casefold, found):
            faults.append(f'Feature {number}: the region "{name}" stands here a second time.')
        polygons = _polygons(feature["geometry"])
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        found[name] = {"type": "MultiPolygon", "coordinates": [_wound(p) for p in polygons]}
    if points > MOST_POINTS:
        faults.append(f"The outlines have {points} points; at most {MOST_POINTS} are taken.")
    if faults:
        raise OutlineFault(faults)
    return found


def _features(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        raise OutlineFault([f"The file has {len(content)} bytes; at most {MOST_BYTES} are taken."])
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        raise OutlineFault(["The file is not JSON in UTF-8; GeoJSON is expected."]) from None
    if not isinstance(tree, dict) or tree.get("type") != "FeatureCollection":
        raise OutlineFault(['The file is no GeoJSON "FeatureCollection".'])
    features = tree.get("features")
    if not isinstance(features, list) or not features:
        raise OutlineFault(["The collection has no features."])
    return features


def _faults(feature: Any, name_property: str) -> Iterator[str]:
    """What is wrong with one feature."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get(name_property) if isinstance(properties, dict) else None
    if not isinstance(name, str | int) or not str(name).strip():
        yield f'it has no property "{name_property}" with the name of its region.'
    elif len(str(name)) > 150 or not " ".join(str(name).split()).isprintable():
        yield "its name is longer than 150 characters or cannot be stored."
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        yield f"its geometry is {json.dumps(kind)}; Polygon or MultiPolygon is expected."
        return
    try:
        yield from _faults_of_rings(_polygons(geometry))
    except (TypeError, KeyError, ValueError, IndexError, OverflowError):
        yield "its coordinates are not lists of rings of pairs of numbers."


def _faults_of_rings(polygons: list[list[Ring]]) -> Iterator[str]:
    if not polygons or not all(polygons):
        yield "it has no ring."
    for ring in (ring for polygon in polygons for ring in polygon):
        if len(ring) < 4:
            yield f"a ring has {len(ring)} points; at least 4 are expected."
        elif ring[0] != ring[-1]:
            yield "a ring does not end where it begins."
        elif not _area(ring):
            yield "a ring encloses nothing."
        for x, y in ring:
            if not (-180 <= x <= 180 and -90 <= y <= 90):
                yield (
                    f"the point {x:g}, {y:g} is not on the globe; longitude and latitude in "
                    "degrees are expected."
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
