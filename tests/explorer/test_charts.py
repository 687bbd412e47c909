"""Numbers, places and classes, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.charts import scale_around
from indicators.explorer import charts
from indicators.explorer.words import change, shown
from indicators.models import CurrentValue, Indicator

numbers = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 6))


def places(values: list[float], better: str = "") -> list[charts.Ranked]:
    rows = {f"C{n}": CurrentValue(country_id=f"C{n}", value=v) for n, v in enumerate(values)}
    return charts.ranked(Indicator(better=better), rows, {code: code for code in rows})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12345.678, "12,346"),
        (98.756, "98.76"),
        (25.5, "25.5"),
        (100, "100"),
        (0.00123456, "0.001235"),
        (-4.9, "-4.9"),
        (1e-12, "0"),
        (None, ""),
    ],
)
def test_four_digits_count(value, text):
    assert shown(value) == text


def test_a_change_has_its_sign():
    assert [change(2.5), change(-3), change(0)] == ["+2.5", "−3", "±0"]


def test_equals_share_the_better_place():
    found = places([5, 9, 9, 1])
    assert [(r.place, r.code) for r in found] == [(1, "C1"), (1, "C2"), (3, "C0"), (4, "C3")]
    assert [r.code for r in places([5, 9, 1], better="lower")] == ["C2", "C0", "C1"]


@given(st.lists(numbers, min_size=5, max_size=60))
def test_every_country_is_in_one_class_of_the_map(values):
    chart = charts.world(Indicator(), places(values), 2020)
    if chart is None:
        assert len(set(values)) < charts.CLASSES
    else:
        by_country = zip(*(series.values for series in chart.series), strict=True)
        assert all(sum(v is not None for v in cells) == 1 for cells in by_country)


@given(st.lists(numbers, min_size=1, max_size=30))
def test_an_axis_holds_its_values_in_a_few_steps(values):
    scale = scale_around(values)
    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert 1 <= (scale.high - scale.low) / scale.step <= 8


@given(st.lists(numbers, min_size=2, max_size=40))
def test_a_sparkline_stays_in_its_box(values):
    for point in charts.sparkline(values).split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= 96
        assert 0 <= y <= 24


def test_years_without_a_value_have_their_place_on_the_axis():
    chart = charts.lines(Indicator(), {"A": {"2010": 1.0, "2013": 2.0}})
    assert list(chart.categories) == ["2010", "2011", "2012", "2013"]
    assert list(chart.series[0].values) == [1.0, None, None, 2.0]
    assert chart.title == "A rose from 1 in 2010 to 2 in 2013"


def test_a_series_by_quarter_stays_by_quarter():
    chart = charts.lines(Indicator(), {"A": {"2010-Q1": 1.0, "2010-Q2": 1.0}})
    assert list(chart.categories) == ["2010-Q1", "2010-Q2"]
    assert chart.title == "A was at 1 in 2010-Q1 and in 2010-Q2"
