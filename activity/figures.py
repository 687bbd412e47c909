"""Charts for the browser: a description (`activity.charts`) as a Plotly figure of plain JSON."""

from dataclasses import replace
from typing import Any

from activity import planes
from activity.charts import Chart, Kind, Series
from activity.planes import INK, OUTLINE, SYMBOLS

LINE = "var(--line)"
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
        "textposition": [_room(chart, low, value) for value in reversed(series.values)],
        "textangle": 0,
        "constraintext": "none",
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


def _room(chart: Chart, low: float, value: float | None) -> str:
    """Where the label of a bar from `low` stands: in it or beyond its end, where more room is."""
    if value is None:
        return "none"
    end = chart.scale.high if value >= low else chart.scale.low
    return "inside" if abs(value - low) > abs(end - value) else "outside"


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


_DRAWN = {
    Kind.BARS: _bars,
    Kind.COLUMNS: _columns,
    Kind.SHARES: _shares,
    Kind.DOTS: _dots,
    Kind.RANGES: _ranges,
    Kind.LINES: _lines,
    Kind.MAP: planes.choropleth,
    Kind.NETWORK: planes.network,
    Kind.POINTS: planes.points,
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
