"""Chart descriptions as Plotly figures: valid, the same values, told apart without colour."""

import pytest
from plotly.graph_objects import Figure

from activity.charts import (
    Chart,
    Column,
    Ground,
    Kind,
    Line,
    Mark,
    Plane,
    Scale,
    Series,
    Threshold,
)  # fmt: skip
from activity.figures import figure

PLANE = Plane([(0, 0), (1, 2)], [Line(0, 1), Line(1, 0, both=True, width=3)], frozenset({1}))


def chart(
    kind: Kind, *series: Series, threshold: Threshold | None = None, ground: Ground | None = None
) -> Chart:
    return Chart(
        id="c",
        kind=kind,
        title="A finding",
        description="In words",
        columns=[Column("What"), Column("Value", numeric=True)],
        rows=[("a", 1.0), ("b", 3.0)],
        categories=["a", "b"],
        series=series,
        scale=Scale(1, 5, step=1, title="Value", unit=" %"),
        threshold=threshold,
        plane=PLANE,
        ground=ground,
    )


def one(**fields) -> Series:
    return Series(**{"name": "One", "values": [1.5, 3.0]} | fields)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_a_valid_figure(kind):
    ends = [one()] if kind == Kind.RANGES else []
    assert Figure(figure(chart(kind, one(), *ends))).data


def test_bars_begin_at_the_low_end_and_are_read_from_the_top():
    (trace,) = figure(chart(Kind.BARS, one(labels=["x", "y"])))["data"]
    assert (trace["y"], trace["text"]) == (["b", "a"], ["y", "x"])
    assert [trace["base"] + x for x in trace["x"]] == [3.0, 1.5]


def test_the_label_of_a_bar_stands_where_there_is_more_room_in_it_or_beyond_its_end():
    (trace,) = figure(chart(Kind.BARS, one(values=[2.0, 4.5], labels=["x", "y"])))["data"]
    assert (trace["text"], trace["textposition"]) == (["y", "x"], ["inside", "outside"])


def test_a_bar_without_a_value_stays_away():
    (trace,) = figure(chart(Kind.BARS, one(values=[None, 2.0])))["data"]
    assert trace["x"] == [1.0, None]


def test_dots_leave_out_what_has_no_value():
    drawn = figure(chart(Kind.DOTS, one(values=[None, 2]), one(values=[3, None], mark=Mark.OPEN)))
    assert [(trace["x"], trace["y"]) for trace in drawn["data"]] == [([2], ["b"]), ([3], ["a"])]
    assert len({trace["marker"]["symbol"] for trace in drawn["data"]}) == 2


def test_a_range_is_a_band_from_end_to_end_with_the_other_series_marked_on_it():
    low, high = one(values=[1, None]), one(name="Two", values=[3, 4])
    band, marks = figure(chart(Kind.RANGES, low, high, one(values=[2, 5])))["data"]
    assert (band["x"], band["y"]) == ([1, 3, None], ["a", "a", None])
    assert band["name"] == "One – Two"
    assert (marks["x"], marks["y"]) == ([5, 2], ["b", "a"])


def test_a_line_breaks_where_a_value_is_missing_and_differs_by_dash_and_point():
    drawn = figure(chart(Kind.LINES, one(values=[None, 2.0]), one()))
    assert drawn["data"][0]["y"] == [None, 2.0]
    assert drawn["data"][0]["connectgaps"] is False
    assert len({(t["line"]["dash"], t["marker"]["symbol"]) for t in drawn["data"]}) == 2


def test_a_threshold_is_drawn_with_its_words():
    layout = figure(chart(Kind.COLUMNS, one(), threshold=Threshold(2.5, "the mark")))["layout"]
    assert (layout["shapes"][0]["y0"], layout["shapes"][0]["y1"]) == (2.5, 2.5)
    assert layout["annotations"][0]["text"] == "╌ the mark"


def test_tones_are_given_for_all_or_for_each():
    both = one(tones=["level-2", "level-3"])
    assert [one().tone(1), both.tone(0), both.tone(1)] == ["level-4", "level-2", "level-3"]


def test_a_network_has_arrows_where_a_line_runs_one_way_and_names_where_asked():
    one_way, both_ways, marks, names = figure(chart(Kind.NETWORK, one(labels=["x", "y"])))["data"]
    assert (one_way["x"], one_way["marker"]["size"]) == ([0, 1, None], [0, 12, 0])
    assert (both_ways["mode"], both_ways["line"]["width"]) == ("lines", 3)
    assert (marks["mode"], marks["hovertext"][1:]) == ("markers", ["x", "y"])
    assert marks["marker"]["size"][1:] == [1.5, 3.0]
    assert (names["text"], names["x"], names["marker"]["size"]) == (["b"], [1], [3.0])


def test_the_legend_of_a_network_tells_kinds_alone_in_one_size_and_tone():
    dark = one(values=[30, None], tones=["level-5"])
    pale = one(values=[None, 9], tones=["level-2"], mark=Mark.UP)
    hollow = one(values=[None, None], tones=["surface"])
    traces = figure(chart(Kind.NETWORK, dark, pale, hollow))["data"][2:5]
    assert [(trace["x"][0], trace["y"][0]) for trace in traces] == [(None, None)] * 3
    assert [trace["marker"]["size"][0] for trace in traces] == [12] * 3
    tones = [trace["marker"]["color"][0] for trace in traces]
    assert tones == ["var(--line-strong)", "var(--line-strong)", "var(--surface)"]


def test_a_map_shows_its_frame_and_marks_a_class_in_the_middle_of_its_regions():
    square = [[[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]]
    geometry = {"type": "MultiPolygon", "coordinates": [square]}
    features = [{"type": "Feature", "id": name, "geometry": geometry} for name in ("a", "b")]
    ground = Ground(((0, 2), (0, 2)), outlines={"type": "FeatureCollection", "features": features})
    crossed = one(values=[None, 1], mark=Mark.CROSS)
    drawn = figure(chart(Kind.MAP, one(values=[1, None]), crossed, ground=ground))
    assert Figure(drawn).data
    known, told, missing, mark = drawn["data"]
    assert (known["locations"], missing["locations"]) == (["a"], ["b"])
    assert (told["lon"], told["marker"]["symbol"]) == ([None], "square")
    assert (mark["lon"], mark["lat"], mark["marker"]["symbol"]) == ([1], [1], "x-thin-open")
    (west, east), (south, north) = (
        drawn["layout"]["geo"][axis]["range"] for axis in ("lonaxis", "lataxis")
    )
    assert -0.1 < west < 0
    assert 2 < east < 2.1
    assert -0.1 < south < 0
    assert 2 < north < 2.1


def test_points_stand_at_longitude_and_latitude():
    (trace,) = figure(chart(Kind.POINTS, one(values=[None, 9])))["data"]
    assert (trace["lon"], trace["lat"], trace["hovertext"]) == ([1], [2], ["b"])
