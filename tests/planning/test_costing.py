"""Sums of a plan, with answers worked by hand and rules that hold for any plan."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.planning.costing import Line, by_source, totals

AMOUNTS = st.decimals(0, 10**6, places=2)


def line(cost: int | None, *funding: tuple[str, int], **rest: object) -> Line:
    values = {"theme": "finance", "horizon": 1, "currency": "USD", "price_year": 2025, **rest}
    paid = tuple((source, Decimal(amount)) for source, amount in funding)
    return Line("A measure", cost=None if cost is None else Decimal(cost), funding=paid, **values)


def test_sums_by_hand():
    lines = [
        line(100, ("budget", 40)),
        line(50, ("donor", 20), ("budget", 30), horizon=5),
        line(None),
    ]
    (whole,) = totals(lines)
    assert (whole.measures, whole.cost, whole.funded, whole.gap) == (2, 150, 90, 60)
    assert [(t.key, t.cost, t.gap) for t in totals(lines, lambda one: one.horizon)] == [
        (1, 100, 60),
        (5, 50, 0),
    ]
    assert by_source(lines) == [("budget", "USD", 2025, 70), ("donor", "USD", 2025, 20)]


def test_other_currencies_and_years_are_never_added():
    lines = [line(1), line(2, currency="EUR"), line(4, price_year=2024), line(8)]
    assert [(t.currency, t.price_year, t.cost) for t in totals(lines)] == [
        ("USD", 2025, 9),
        ("EUR", 2025, 2),
        ("USD", 2024, 4),
    ]


def test_money_beyond_one_cost_fills_no_other_gap():
    (whole,) = totals([line(10, ("donor", 25)), line(10)])
    assert whole.gap == 10
    assert line(10, ("donor", 25)).gap == 0
    assert line(None, ("donor", 25)).gap is None


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, st.sampled_from(["a", "b", "c"])), max_size=20))
def test_the_parts_add_up_to_the_whole(rows):
    lines = [
        Line("x", theme, 1, cost, "USD", 2025, (("donor", paid),)) for cost, paid, theme in rows
    ]
    parts = totals(lines, lambda one: one.theme)
    for name in ("cost", "funded", "gap", "measures"):
        whole = sum(getattr(one, name) for one in totals(lines))
        assert sum(getattr(one, name) for one in parts) == whole
    assert all(0 <= one.gap <= one.cost for one in parts)
