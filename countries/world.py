"""The outlines of countries as the world's map has them: the file that draws it in the browser."""

import json
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from countries.geometry import Polygons, Ring, area

FILE = (
    Path(__file__).resolve().parent.parent
    / "static" / "vendor" / "plotly" / "topojson" / "world_110m.json"
)  # fmt: skip
MAIN = 1 / 20  # of the area of the largest part: a country's main parts have as much


def outline(code: str) -> Polygons:
    """The polygons of a country by its ISO alpha-3 code; none of one that the map does not have."""
    shapes = [one for one in _world()["objects"]["countries"]["geometries"] if one["id"] == code]
    return [
        [_ring(numbers) for numbers in polygon]
        for one in shapes
        for polygon in ([one["arcs"]] if one["type"] == "Polygon" else one["arcs"])
    ]


def main_parts(polygons: Polygons) -> Polygons:
    """Those that a map of the country shows: no small islands far off."""
    least = MAIN * max((abs(area(border)) for border, *_holes in polygons), default=0)
    return [polygon for polygon in polygons if abs(area(polygon[0])) >= least]


def _ring(numbers: list[int]) -> Ring:
    """The arcs of a TopoJSON ring one after the other; a number below 0 runs backwards."""
    ring: Ring = []
    for number in numbers:
        arc = _arc(number) if number >= 0 else _arc(~number)[::-1]
        ring += arc[1:] if ring else arc
    return ring


def _arc(number: int) -> Ring:
    (scale_x, scale_y), (x0, y0) = (_world()["transform"][key] for key in ("scale", "translate"))
    steps = zip(*_world()["arcs"][number], strict=True)
    return [
        [x0 + scale_x * x, y0 + scale_y * y] for x, y in zip(*map(accumulate, steps), strict=True)
    ]


@lru_cache(maxsize=1)
def _world() -> Any:
    return json.loads(FILE.read_bytes())
