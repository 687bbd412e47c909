"""Charts for the browser: a description (`activity.charts`) as a Plotly figure of plain JSON."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from activity.charts import Chart, Kind, Mark, Plane, Series

INK, LINE = "var(--ink)", "var(--line)"
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
DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"]
POINTS = ["circle", "square", "diamond", "triangle-up", "x", "star"]


def figure(chart: Chart) -> dict[str, Any]:
    """Traces and layout; colours are written "var(--level-3)" and filled in by charts.js."""
    return _DRAWN[chart.kind](chart)


def _bars(chart: Chart) -> dict[str, Any]:
    (series,) = chart.series
    low = max(chart.scale.low, min(0, chart.scale.high))  # a bar is as long as its value
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": list(reversed(chart.categories)),  # Plotly draws the first bar at the bottom
        "x": [None if value is None else value - low for value in reversed(series.values)],
        "base": low,
        "text": list(reversed(series.labels)),
        "textposition": "auto",
        "marker": {"color": list(reversed(_tones(chart, series))), "line": OUTLINE},
        "hoverinfo": "skip",
    }
    layout = {
        "height": 120 + 44 * len(chart.categories),
        "xaxis": _values(chart),
        "yaxis": {"automargin": True, "type": "category"},
        "showlegend": False,
    }
    return {"data": [trace], "layout": layout}


def _columns(chart: Chart) -> dict[str, Any]:
    (series,) = chart.series
    trace = {
        "type": "bar",
        "x": list(chart.categories),
        "y": list(series.values),
        "text": list(series.labels),
        "textposition": "auto",
        "insidetextanchor": "start",  # at the foot, where no line of a mark runs through it
        "cliponaxis": False,
        "marker": {"color": _tones(chart, series), "line": OUTLINE},
        "hoverinfo": "skip",
    }
    layout = {
        "height": 340,
        "xaxis": {"type": "category", "title": {"text": chart.axis}},
        "yaxis": _values(chart),
        "showlegend": False,
    }
    return {"data": [trace], "layout": layout | _threshold(chart)}


def _shares(chart: Chart) -> dict[str, Any]:
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": series.name,
            "y": list(reversed(chart.categories)),
            "x": list(reversed(series.values)),
            "text": list(reversed(series.labels)),
            "textposition": "inside",
            "insidetextanchor": "middle",
            "marker": {"color": f"var(--{series.tone(0)})", "line": OUTLINE},
            "hoverinfo": "skip",
        }
        for series in chart.series
    ]
    layout = {
        "barmode": "stack",
        "height": 160 + 42 * len(chart.categories),
        "xaxis": _values(chart),
        "yaxis": {"automargin": True, "type": "category"},
        "legend": {
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "showlegend": True,
    }
    return {"data": traces, "layout": layout}


def _dots(chart: Chart) -> dict[str, Any]:
    backwards = list(reversed(chart.categories))
    traces = []
    for series in chart.series:
        pairs = zip(backwards, reversed(series.values), strict=True)
        drawn = [(category, value) for category, value in pairs if value is not None]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": series.name,
                "x": [value for _category, value in drawn],
                "y": [category for category, _value in drawn],
                "marker": {
                    "symbol": SYMBOLS[series.mark],
                    "size": 13,
                    "color": INK,
                    "line": {"width": 2, "color": INK},
                },
                "hoverinfo": "skip",
            }
        )
    layout = {
        "height": 160 + 26 * len(backwards),
        "xaxis": _values(chart) | {"side": "top"},
        "yaxis": {
            "automargin": True,
            "type": "category",
            "range": [-0.7, len(backwards) - 0.3],
            "categoryorder": "array",
            "categoryarray": backwards,
            "gridcolor": LINE,
        },
        "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"},
        "showlegend": True,
    }
    return {"data": traces, "layout": layout}


def _ranges(chart: Chart) -> dict[str, Any]:
    low, high, *marks = chart.series
    drawn = _dots(replace(chart, series=marks))
    rows = zip(chart.categories, low.values, high.values, strict=True)
    ends = [row for row in rows if row[1] is not None and row[2] is not None]
    band = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{low.name} – {high.name}",
        "x": [value for _category, start, end in ends for value in (start, end, None)],
        "y": [value for category, *_ends in ends for value in (category, category, None)],
        "line": {"color": "var(--level-2)", "width": 12},
        "marker": {
            "symbol": "line-ns-open",
            "size": 18,
            "color": INK,
            "line": {"width": 2, "color": INK},
        },
        "hoverinfo": "skip",
    }
    room = chart.scale.step / 3  # a mark on the scale's end is seen whole
    drawn["data"].insert(0, band)
    drawn["layout"]["xaxis"] |= {
        "range": [chart.scale.low - room, chart.scale.high + room],
        "tick0": chart.scale.low,
    }
    return drawn


def _lines(chart: Chart) -> dict[str, Any]:
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": series.name,
            "x": list(chart.places or chart.categories),
            "y": list(series.values),
            "connectgaps": False,
            "line": {"color": f"var(--{series.tone(0)})", "dash": DASHES[at % 6], "width": 2},
            "marker": {"symbol": POINTS[at % 6], "size": 7},
        }
        for at, series in enumerate(chart.series)
    ]
    axis: dict[str, Any] = {"type": "category"}
    if chart.places:
        ticks = {"tickvals": list(chart.places), "ticktext": list(chart.categories)}
        axis = {"type": "linear", "automargin": True} | ticks
    layout = {
        "height": 360,
        "xaxis": axis | {"title": {"text": chart.axis}},
        "yaxis": _values(chart),
        "showlegend": len(traces) > 1,
    }
    return {"data": traces, "layout": layout | _threshold(chart)}


def _map(chart: Chart) -> dict[str, Any]:
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


def _network(chart: Chart) -> dict[str, Any]:
    assert chart.plane is not None
    points, bare = chart.plane.points, {"visible": False}
    marks = zip(*(series.values for series in chart.series), strict=True)
    sizes = [max((value for value in values if value), default=0) for values in marks]
    traces: list[dict[str, Any]] = []
    alike = {(line.both, line.dotted, line.width) for line in chart.plane.lines}
    for both, dotted, width in sorted(alike):
        drawn = [line for line in chart.plane.lines
                 if (line.both, line.dotted, line.width) == (both, dotted, width)]  # fmt: skip
        ends = [points[at] if at >= 0 else (None, None) for line in drawn
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


def _points(chart: Chart) -> dict[str, Any]:
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


_DRAWN = {
    Kind.BARS: _bars,
    Kind.COLUMNS: _columns,
    Kind.SHARES: _shares,
    Kind.DOTS: _dots,
    Kind.RANGES: _ranges,
    Kind.LINES: _lines,
    Kind.MAP: _map,
    Kind.NETWORK: _network,
    Kind.POINTS: _points,
}


def _values(chart: Chart) -> dict[str, Any]:
    scale = chart.scale
    axis = {"range": [scale.low, scale.high], "dtick": scale.step, "ticksuffix": scale.unit}
    return axis | ({"title": {"text": scale.title}} if scale.title else {})


def _tones(chart: Chart, series: Series) -> list[str]:
    return [f"var(--{series.tone(at)})" for at in range(len(chart.categories))]


def _threshold(chart: Chart) -> dict[str, Any]:
    if chart.threshold is None:
        return {}
    value = chart.threshold.value
    line = {"color": INK, "width": 2, "dash": "dash"}
    # Above the picture, where no column or label of one can lie over it.
    words = {
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 16,
        "showarrow": False,
        "text": f"╌ {chart.threshold.text}",
    }
    return {
        "shapes": [
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value}
            | {"line": line}
        ],
        "annotations": [words],
        "margin": {"t": 48},
    }
