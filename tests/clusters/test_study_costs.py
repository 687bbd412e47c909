"""What a plan costs, by year, owner and payer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.studies.costs import charts

LINE = {"owner": "The association", "start": "2025-07-01", "end": "2026-06-30", "cost": "365.00",
        "currency": "USD", "payer": ""}  # fmt: skip


def by_id(*lines):
    return {chart.id: chart for chart in charts(lines)}


def test_a_cost_is_spread_over_the_days_of_each_year():
    found = by_id(LINE)["cost-year-USD"]
    assert found.rows == [["2025", 184, 50.4], ["2026", 181, 49.6]]
    assert found.title == "2025 costs most: 184 of 365 USD"


def test_a_year_between_without_cost_is_shown_as_nothing():
    early = LINE | {"start": "2025-01-01", "end": "2025-12-31"}
    found = by_id(early, early | {"start": "2027-01-01", "end": "2027-12-31"})
    assert [row[1] for row in found["cost-year-USD"].rows] == [365, 0, 365]


def test_owners_and_payers_are_summed_the_largest_first_and_currencies_kept_apart():
    bank = LINE | {"owner": "The office", "payer": "A bank", "cost": "1000.00"}
    found = by_id(LINE, LINE, bank, LINE | {"currency": "EUR"})
    assert found["cost-owner-USD"].rows == [
        ["The office", 1000, 57.8],
        ["The association", 730, 42.2],
    ]
    assert found["cost-payer-USD"].title == "A bank: 1,000 of 1,730 USD"
    assert found["cost-payer-USD"].categories == ["A bank", "nobody yet"]
    assert set(found) == {
        "cost-year-USD", "cost-owner-USD", "cost-payer-USD", "cost-year-EUR",
    }  # fmt: skip


@pytest.mark.parametrize("lines", [[], [LINE | {"cost": "0.00"}]])
def test_a_plan_that_costs_nothing_is_not_drawn(lines):
    assert not by_id(*lines)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_no_cost_is_lost_between_years(start, days):
    line = LINE | {"start": start.isoformat(), "end": (start + timedelta(days)).isoformat()}
    for chart in charts([line]):
        assert sum(chart.series[0].values) == pytest.approx(365)
