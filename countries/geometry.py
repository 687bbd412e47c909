"""Plane geometry of outlines: polygons of rings of points (longitude, latitude), in degrees.

The first ring of a polygon is its border, the others are holes.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

Point = Sequence[float]
Ring = list[list[float]]
Polygons = Sequence[Sequence[Ring]]
Frame = tuple[tuple[float, float], tuple[float, float]]


def area(ring: Ring) -> float:
    """Twice the signed area, in square degrees; positive counter-clockwise."""
    return sum(cross for _middle, cross in _triangles(ring))


def size(polygons: Polygons) -> float:
    """The area in square degrees, without holes."""
    return sum(abs(area(border)) - sum(abs(area(hole)) for hole in holes)
               for border, *holes in polygons) / 2  # fmt: skip


def frame(polygons: Polygons) -> Frame:
    """From west to east and from south to north; east is above 180 across the date line.

    Raises ValueError where there is no polygon.
    """
    points = [point for border, *_holes in polygons for point in border]
    across, along = ([point[side] for point in points] for side in (0, 1))
    if max(across) - min(across) > 180:
        across = [x + 360 if x < 0 else x for x in across]
    return (min(across), max(across)), (min(along), max(along))


def middle(polygons: Polygons) -> tuple[float, float]:
    """The centroid of the largest polygon's border."""
    border = max((border for border, *_holes in polygons), key=lambda ring: abs(area(ring)))
    x0, y0 = border[0]
    parts = list(_triangles(border))
    whole = sum(cross for _middle, cross in parts)
    return (
        x0 + sum(x * cross for (x, _y), cross in parts) / whole,
        y0 + sum(y * cross for (_x, y), cross in parts) / whole,
    )


def _triangles(ring: Ring) -> Iterator[tuple[tuple[float, float], float]]:
    """From the ring's first point over each side: the centroid, and twice the signed area. All are
    counted from that point, so that no digits are lost.
    """
    x0, y0 = ring[0]
    for (x, y), (u, v) in pairwise((x - x0, y - y0) for x, y in ring):
        yield ((x + u) / 3, (y + v) / 3), x * v - u * y


def lie_in(points: Sequence[Point], polygons: Polygons, within: float = 0) -> list[bool]:
    """Whether each point lies in a polygon, or `within` so many degrees of its border."""
    sides = [(*a, *b) for polygon in polygons for ring in polygon for a, b in pairwise(ring)]
    if not sides:
        return [False] * len(points)
    x0, y0, x1, y1 = np.array(sides).T
    return [_is_in(x, y, (x0 - x, y0 - y, x1 - x, y1 - y), within) for x, y in points]


def _is_in(x: float, y: float, sides: tuple[np.ndarray, ...], within: float) -> bool:
    """By the sides as seen from the point: those that a ray to the east crosses, or the nearest."""
    x0, y0, x1, y1 = sides
    up = y1 - y0
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = ((y0 > 0) != (y1 > 0)) & (x0 - y0 * (x1 - x0) / up > 0)
        if crossed.sum() % 2:
            return True
        narrow = np.cos(np.radians(y))  # a degree of longitude beside one of latitude
        x0, x1 = x0 * narrow, x1 * narrow
        along = np.nan_to_num(-(x0 * (x1 - x0) + y0 * up) / ((x1 - x0) ** 2 + up**2)).clip(0, 1)
    return bool(np.hypot(x0 + along * (x1 - x0), y0 + along * up).min() <= within)
