"""Figures on a plane: maps of countries and regions, points on them, and networks.

As `activity.figures`, which gathers them: traces and layout of Plotly as plain JSON.
"""

from collections.abc import Sequence
from math import log, pi, radians, tan
from typing import Any

from activity.charts import Chart, Ground, Mark, Plane, Series
from countries.geometry import middle

INK = "var(--ink)"
OUTLINE = {"color": INK, "width": 1}
SYMBOLS = {
    Mark.FULL: "circle",
    Mark.HALF: "circle-open-dot",
    Mark.OPEN: "diamond-open",
    Mark.CROSS: "x-thin-open",
    Mark.SQUARE: "square",
    Mark.UP: "triangle-up",
    Mark.DOWN: "triangle-down",
    Mark.STAR: "star",
    Mark.DIAMOND: "diamond",
    Mark.PLUS: "cross",
}
ARROW = 12  # the head of an arrow, in pixels
TOLD = 12  # a mark in a legend, in pixels
REGION = 30  # a map of no more countries than this shows their part of the world
EDGE = 0.03  # left free around a map's frame, of its longer side
TALLEST = 620  # a map, in pixels
UNDER = {"orientation": "h", "x": 0, "y": 0, "yanchor": "top"}  # a legend under its picture
NO_MARGIN = {"l": 0, "r": 0, "t": 0, "b": 0}


def choropleth(chart: Chart) -> dict[str, Any]:
    """Countries, or regions by the chart's own outlines, in the tones of their classes."""
    traces = _country(chart.ground, "var(--shade)") if chart.ground else []
    for series in chart.series:
        drawn = [at for at, value in enumerate(series.values) if value is not None]
        labels, names = series.labels or chart.categories, [chart.categories[at] for at in drawn]
        area = _areas(names, f"var(--{series.tone(0)})") | {
            "text": [labels[at] for at in drawn],
            "hoverinfo": "text",
        }
        traces += [area | _bounded(chart.ground), _upon(chart, series, names)]
    near = {"projection": {"type": "mercator"}, "fitbounds": "locations"}
    few = near if len(chart.categories) <= REGION else {"lataxis": {"range": [-58, 84]}}
    layout = {"height": 420, "geo": few, "showlegend": True}
    return {"data": traces, "layout": layout | _map(chart)}


def network(chart: Chart) -> dict[str, Any]:
    """Marks, the lines between them with an arrow where they have one, and names over all."""
    assert chart.plane is not None
    places, bare = chart.plane.points, {"visible": False}
    marks = zip(*(series.values for series in chart.series), strict=True)
    sizes = [max((value for value in values if value), default=0) for values in marks]
    traces: list[dict[str, Any]] = []
    alike = {(line.both, line.dotted, line.width) for line in chart.plane.lines}
    for both, dotted, width in sorted(alike):
        drawn = [line for line in chart.plane.lines
                 if (line.both, line.dotted, line.width) == (both, dotted, width)]  # fmt: skip
        ends = [places[at] if at >= 0 else (None, None) for line in drawn
                for at in (line.start, line.end, -1)]  # fmt: skip
        traces.append(
            {
                "type": "scatter",
                "mode": "lines" if both or dotted else "lines+markers",
                "x": [x for x, _y in ends],
                "y": [y for _x, y in ends],
                "line": {
                    "color": "var(--ink-soft)",
                    "width": width,
                    "dash": "dot" if dotted else "solid",
                },
                "marker": {
                    "symbol": "arrow",
                    "angleref": "previous",
                    "size": [0, ARROW, 0] * len(drawn),
                    # An arrow ends where the mark that it points to begins.
                    "standoff": [
                        part for line in drawn for part in (0, round(sizes[line.end] / 2), 0)
                    ],
                    "color": "var(--ink-soft)",
                },
                "opacity": 0.6,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    for series in chart.series:
        placed = _told(_placed(chart, series, ("x", "y")), series)
        traces.append({"type": "scatter", "mode": "markers", "cliponaxis": False} | placed)
    traces.append(_names(chart, chart.plane, sizes))
    layout = {
        "height": 560,
        "xaxis": bare,
        "yaxis": bare,
        "legend": UNDER,
        "showlegend": True,
        "hovermode": "closest",
    }
    return {"data": traces, "layout": layout}


def _told(trace: dict[str, Any], series: Series) -> dict[str, Any]:
    """The trace with a first mark that is nowhere: a legend has the size and the tone of the first,
    and should tell neither.
    """
    tone = "var(--line-strong)" if any(series.values) else f"var(--{series.tone(0)})"
    first = {"x": None, "y": None, "hovertext": ""}
    marker = trace["marker"]
    marks = {"size": [TOLD, *marker["size"]], "color": [tone, *marker["color"]]}
    return (
        trace
        | {name: [value, *trace[name]] for name, value in first.items()}
        | {"marker": marker | marks}
    )


def _names(chart: Chart, plane: Plane, sizes: Sequence[float]) -> dict[str, Any]:
    """The names of a network over all its marks, each above its own, those of the largest first."""
    named = sorted(plane.named, key=lambda at: (-sizes[at], at))
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [plane.points[at][0] for at in named],
        "y": [plane.points[at][1] for at in named],
        "text": [chart.categories[at] for at in named],
        "textposition": "top center",
        "marker": {"size": [sizes[at] for at in named], "opacity": 0},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def points(chart: Chart) -> dict[str, Any]:
    """Marks on the globe, over the country's outlines; a series without a name needs no legend."""
    assert chart.plane is not None
    ground = chart.ground
    traces = []
    if ground:
        traces += _country(ground, "var(--shade)" if ground.outlines else "var(--level-1)")
    if ground and ground.outlines:
        names = [one["id"] for one in ground.outlines["features"]]
        traces.append(_areas(names, "var(--level-1)") | {"hoverinfo": "skip"} | _bounded(ground))
    traces += [
        {
            "type": "scattergeo",
            "mode": "markers+text",
            "text": [
                name if at in chart.plane.named else ""
                for at, name in enumerate(chart.categories)
                if series.values[at] is not None
            ],
            "textposition": "top center",
        }
        | _placed(chart, series, ("lon", "lat"))
        for series in chart.series
    ]
    near = {"projection": {"type": "mercator"}, "fitbounds": "locations"}
    named = any(series.name for series in chart.series)
    layout = {"height": 460, "geo": near, "showlegend": named} | _map(chart)
    return {"data": traces, "layout": layout}


def _map(chart: Chart) -> dict[str, Any]:
    """The layout of a map, no larger than its frame where it has one. Plotly fits a country into a
    tall box, as on a telephone, in this projection only.
    """
    layout: dict[str, Any] = {"legend": UNDER, "margin": NO_MARGIN}
    if not chart.ground:
        return layout
    (west, east), (south, north) = chart.ground.frame
    free = max(east - west, north - south) * EDGE
    south, north = max(south - free, -85), min(north + free, 85)
    return layout | {
        "height": TALLEST,
        "meta": {
            "tall": round(
                (_mercator(north) - _mercator(south)) / radians(east - west + 2 * free), 3
            )
        },
        "geo": {
            "projection": {"type": "mercator"},
            "lonaxis": {"range": [west - free, east + free]},
            "lataxis": {"range": [south, north]},
            "visible": not chart.ground.outlines,
        },
    }


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


def _country(ground: Ground, tone: str) -> list[dict[str, Any]]:
    """The ground's country by the world's boundaries, where it has one."""
    return [_areas([ground.country], tone) | {"hoverinfo": "skip"}] if ground.country else []


def _areas(names: Sequence[str], tone: str) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "locations": list(names),
        "z": [1] * len(names),
        "colorscale": [[0, tone], [1, tone]],
        "showscale": False,
        "marker": {"line": {"color": INK, "width": 0.5}},
    }


def _bounded(ground: Ground | None) -> dict[str, Any]:
    """Whose boundaries a map has: the chart's own, or (nothing said) the world's."""
    own = ground and ground.outlines
    return {"geojson": own, "featureidkey": "id"} if own else {}


def _upon(chart: Chart, series: Series, names: Sequence[str]) -> dict[str, Any]:
    """The mark of a class in the middle of each of its regions. One without a mark of its own has
    none there, and in the legend a square of its tone, with an outline that an area has not.
    """
    places: list[tuple[float | None, float | None]] = [(None, None)]
    marker = {"symbol": "square", "color": f"var(--{series.tone(0)})"}
    if series.mark is not Mark.FULL and chart.ground and chart.ground.outlines:
        shapes = {one["id"]: one["geometry"] for one in chart.ground.outlines["features"]}
        places = [middle(shapes[name]["coordinates"]) for name in names]
        marker = {"symbol": SYMBOLS[series.mark], "color": INK}
    return {
        "type": "scattergeo",
        "mode": "markers",
        "name": series.name,
        "lon": [x for x, _y in places],
        "lat": [y for _x, y in places],
        "hoverinfo": "skip",
        "marker": marker | {"size": [TOLD] * len(places), "line": OUTLINE, "opacity": 1},
    }


def _placed(chart: Chart, series: Series, axes: tuple[str, str]) -> dict[str, Any]:
    """The marks of a series where the plane has its categories; hovering tells their labels."""
    assert chart.plane is not None
    drawn = [at for at, value in enumerate(series.values) if value is not None]
    labels = series.labels or chart.categories
    return {
        "name": series.name,
        axes[0]: [chart.plane.points[at][0] for at in drawn],
        axes[1]: [chart.plane.points[at][1] for at in drawn],
        "hovertext": [labels[at] for at in drawn],
        "hoverinfo": "text",
        "marker": {
            "symbol": SYMBOLS[series.mark],
            "size": [series.values[at] for at in drawn],
            "color": [f"var(--{series.tone(at)})" for at in drawn],
            "line": OUTLINE,
            "opacity": 1,
        },
    }
