"""Figures on a plane: maps of countries and regions, points on them, and networks.

As `activity.figures`, which gathers them: traces and layout of Plotly as plain JSON.
"""

from collections.abc import Sequence
from typing import Any

from activity.charts import Chart, Mark, Plane, Series

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
REGION = 30  # a map of no more countries than this shows their part of the world


def choropleth(chart: Chart) -> dict[str, Any]:
    """Countries, or regions by the chart's own outlines, in the tones of their classes."""
    traces, near = [], len(chart.categories) <= REGION
    for series in chart.series:
        drawn = [at for at, value in enumerate(series.values) if value is not None]
        tone, labels = f"var(--{series.tone(0)})", series.labels or chart.categories
        traces.append(
            {
                "type": "choropleth",
                "name": series.name,
                "locations": [chart.categories[at] for at in drawn],
                "z": [1] * len(drawn),
                "text": [labels[at] for at in drawn],
                "hoverinfo": "text",
                "colorscale": [[0, tone], [1, tone]],
                "showscale": False,
                "showlegend": True,
                "marker": {"line": {"color": INK, "width": 0.5}},
            }
            | _bounded(chart)
        )
    layout = {
        "height": 420,
        "legend": {"orientation": "h", "x": 0, "y": 0, "yanchor": "top"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "geo": _near(chart) if near or chart.outlines else {"lataxis": {"range": [-58, 84]}},
    }
    return {"data": traces, "layout": layout}


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
                    "standoff": [part for line in drawn for part in (0, sizes[line.end] / 2, 0)],
                    "color": "var(--ink-soft)",
                },
                "opacity": 0.6,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    for series in chart.series:
        placed = _placed(chart, series, ("x", "y"))
        traces.append({"type": "scatter", "mode": "markers", "cliponaxis": False} | placed)
    traces.append(_names(chart, chart.plane, sizes))
    layout = {
        "height": 560,
        "xaxis": bare,
        "yaxis": bare,
        "legend": {"orientation": "h", "x": 0, "y": 0, "yanchor": "top"},
        "showlegend": True,
        "hovermode": "closest",
    }
    return {"data": traces, "layout": layout}


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
    """Marks on the globe, over the country's outlines."""
    assert chart.plane is not None
    traces = [
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
    own = chart.outlines
    if own or chart.plane.ground:
        beneath = [one["id"] for one in own["features"]] if own else [chart.plane.ground]
        ground = {
            "type": "choropleth",
            "locations": beneath,
            "z": [1] * len(beneath),
            "colorscale": [[0, "var(--level-1)"], [1, "var(--level-1)"]],
            "showscale": False,
            "hoverinfo": "skip",
            "marker": {"line": {"color": INK, "width": 0.5}},
        }
        traces.insert(0, ground | _bounded(chart))
    layout = {
        "height": 460,
        "legend": {"orientation": "h", "x": 0, "y": 0, "yanchor": "top"},
        "showlegend": True,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "geo": _near(chart),
    }
    return {"data": traces, "layout": layout}


def _near(chart: Chart) -> dict[str, Any]:
    """A map no larger than what it shows. Plotly fits a country into a tall box, as on a telephone,
    in this projection only.
    """
    projection = {"projection": {"type": "mercator"}}
    if chart.outlines:
        return projection | {"fitbounds": "geojson", "visible": False}
    return projection | {"fitbounds": "locations"}


def _bounded(chart: Chart) -> dict[str, Any]:
    """Whose boundaries a map has: the chart's own, or (nothing said) the world's."""
    return {"geojson": chart.outlines, "featureidkey": "id"} if chart.outlines else {}


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
