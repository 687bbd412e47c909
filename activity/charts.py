"""What a chart says and shows, described once for every form: browser, paper, Word, spreadsheet.

The browser draws it with Plotly (`activity.figures`), paper with the typesetter
(`reports/rendering/charts.typ`). Tones are names of the style sheet's colours; series differ in
shape, dash or lightness too, and values carry their labels: print needs no colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import ceil, floor, isclose, log10
from typing import Any


def rounded(value: float, digits: int) -> float:
    """Half up, as `floatformat` rounds on the page beside the chart: 6.25 is 6.3."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


class Kind(StrEnum):
    BARS = "bars"  # lying, one a category, from the scale's low end
    COLUMNS = "columns"  # standing, one a category
    SHARES = "shares"  # lying, the series of a category one after the other
    DOTS = "dots"  # a mark for each value beside its category; series differ by their marks
    RANGES = "ranges"  # a band from the first series to the second, and the others as marks on it
    LINES = "lines"  # a line a series over the categories, broken where a value is missing
    MAP = (
        "map"  # categories are ISO alpha-3 codes, or ids of outlines; a series is a class of values
    )
    NETWORK = "network"  # categories stand at the plane's points; a series is a kind and its mark
    POINTS = "points"  # likewise, on the globe: longitude and latitude


TONES = frozenset(
    ["ink", "line-strong", "surface"]
    + [f"level-{n}" for n in range(1, 6)]
    + [f"chart-{n}" for n in range(1, 7)]
)
ON_SCREEN = frozenset({Kind.RANGES, Kind.MAP, Kind.NETWORK, Kind.POINTS})  # paper has their tables


class Mark(StrEnum):
    """Shapes that differ without colour."""

    FULL = "full"
    HALF = "half"
    OPEN = "open"
    CROSS = "cross"
    SQUARE = "square"
    UP = "up"
    DOWN = "down"
    STAR = "star"
    DIAMOND = "diamond"
    PLUS = "plus"


@dataclass(frozen=True)
class Column:
    """A column of the chart's table; `numeric` ones stand to the right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Scale:
    """The axis of the values, with a grid line each `step`; `unit` follows every number (" %")."""

    low: float
    high: float
    step: float
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Series:
    """One value for each of the chart's categories, None where there is none.

    `labels` are the words at the values; `tones` the names of their colours, of TONES, one for all
    or one for each.
    """

    name: str
    values: Sequence[float | None]
    labels: Sequence[str] = ()
    tones: Sequence[str] = ("level-4",)
    mark: Mark = Mark.FULL

    def __post_init__(self) -> None:
        if strange := set(self.tones) - TONES:
            raise ValueError(f"No style sheet and no paper knows the tones {sorted(strange)}.")

    def tone(self, index: int) -> str:
        return self.tones[index % len(self.tones)]


@dataclass(frozen=True)
class Threshold:
    """A value that counts, drawn as a dashed line with its words."""

    value: float
    text: str


@dataclass(frozen=True)
class Line:
    """Joins two points by their places in the list, with an arrow from `start` to `end`.

    One that runs `both` ways has none; one of which it is not known is `dotted`.
    """

    start: int
    end: int
    both: bool = False
    dotted: bool = False
    width: int = 1


@dataclass(frozen=True)
class Plane:
    """Where the categories stand; `named` are the places of those with their name beside."""

    points: Sequence[tuple[float, float]]
    lines: Sequence[Line] = ()
    named: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Ground:
    """What lies beneath a map, which shows its `frame`: from west to east, from south to north.

    `country` is the ISO alpha-3 code of one that is drawn by the world's boundaries; `outlines` is
    a GeoJSON feature collection of the map's own, whose ids may be its categories.
    """

    frame: tuple[tuple[float, float], tuple[float, float]]
    country: str = ""
    outlines: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Chart:
    """`title` is the finding; `description` the text alternative; `rows` the same numbers.

    Categories stand in reading order: from the top, or from the left; those of lines at `places`
    along the axis where these are given (days, say), else one beside the other. `plane` places
    those of a network and of points, whose values are sizes of marks in pixels; a series of a
    network without values is told by its mark alone. In a map a series is drawn in its tone, and
    with its mark upon that where it is not a full one. Without a `ground` maps lie on the world.
    """

    id: str
    kind: Kind
    title: str
    description: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    categories: Sequence[str]
    series: Sequence[Series]
    scale: Scale
    axis: str = ""
    places: Sequence[float] = ()
    threshold: Threshold | None = None
    note: str = ""
    plane: Plane | None = None
    ground: Ground | None = None


def scale_around(values: Sequence[float], title: str = "") -> Scale:
    """Round ends around the values, about five steps apart."""
    low, high = min(values), max(values)
    if isclose(low, high):  # one value stands against nought
        low, high = (min(low, 0.0), max(high, 0.0)) if high else (0.0, 1.0)
    rough = (high - low) / 5
    power = 10 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    return Scale(
        low=floor(low / step) * step, high=ceil(high / step) * step, step=step, title=title
    )
