"""When measures run and what comes first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.planning.schedule import Bar, Span, circle, half_years, too_early

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def bar(key: int, start: date, end: date, *requires: int) -> Bar:
    return Bar(key, start, end, requires)


def test_half_years_by_hand():
    one = bar(1, date(2025, 3, 1), date(2025, 6, 30))
    two = bar(2, date(2025, 7, 1), date(2026, 1, 1))
    spans = half_years([one, two, Bar(3, None, None)])
    assert spans == [Span(2025, 1), Span(2025, 2), Span(2026, 1), Span(2026, 2)]
    assert [span.holds(one) for span in spans] == [True, False, False, False]
    assert [span.holds(two) for span in spans] == [False, True, True, False]
    assert half_years([Bar(3, date(2025, 1, 1), None)]) == []


@given(DAYS, st.integers(0, 4000))
def test_every_measure_fills_its_half_years_without_a_hole(start, days):
    one = bar(1, start, start + timedelta(days))
    spans = half_years([one])
    filled = [span.holds(one) for span in spans]
    assert True in filled
    first, last = filled.index(True), len(filled) - 1 - filled[::-1].index(True)
    assert all(filled[first : last + 1])
    assert spans[first].start <= one.start <= spans[first].end
    assert spans[last].start <= one.end <= spans[last].end


def test_a_circle_is_found_and_a_chain_is_none():
    assert circle({1: [2], 2: [3], 3: []}) == ()
    found = circle({1: [2], 2: [3], 3: [1], 4: []})
    assert found[0] == found[-1]
    assert set(found) == {1, 2, 3}
    assert set(circle({7: [7]})) == {7}


def test_what_begins_before_its_need_has_ended_is_told():
    first = bar(1, date(2025, 1, 1), date(2025, 12, 31))
    second = bar(2, date(2025, 12, 1), date(2026, 6, 1), 1)
    third = bar(3, date(2026, 1, 1), date(2026, 6, 1), 1, 99)
    assert too_early([first, second, third]) == [(2, 1)]
