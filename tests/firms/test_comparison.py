"""No two drawings, alone or held against one another, tell of fewer than five firms."""

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.firms.comparison import (
    SMALLEST,
    differing,
    may_draw,
    may_show,
    quartiles,
)


def test_quartiles_are_values_that_occur():
    assert quartiles([1, 2, 3, 4, 4]) == (2, 3, 4)
    assert quartiles([4, 1, 1, 1]) == (1, 1, 1)
    assert quartiles([1, 2, 3, 4]) == (1, 2, 3)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_a_quarter_half_and_three_quarters_do_not_exceed_the_quartiles(values):
    for value, share in zip(quartiles(values), (0.25, 0.5, 0.75), strict=True):
        assert value in values
        assert sum(one <= value for one in values) >= share * len(values)
        assert sum(one < value for one in values) < share * len(values)


STEPS = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(["hand in", "take back"])), max_size=60
)


@given(STEPS)
def test_whatever_firms_do_every_two_drawings_differ_by_five(steps):
    now: dict[str, str] = {}
    drawn: list[dict[str, str]] = [{}]  # before the first drawing a reader knows of none
    for number, (firm, step) in enumerate(steps):
        if step == "hand in":
            now[str(firm)] = str(number)
        else:
            now.pop(str(firm), None)
        if may_draw(now, drawn[1:]):
            drawn.append(dict(now))
    for at, one in enumerate(drawn):
        assert not one or len(one) >= SMALLEST
        assert all(differing(one, other) >= SMALLEST for other in drawn[:at])


def test_four_are_never_drawn_nor_shown_and_the_sixth_waits_for_company():
    five = dict.fromkeys("abcde", "1")
    assert not may_draw(dict(list(five.items())[:4]), [])
    assert may_draw(five, [])
    assert not may_draw(five | {"f": "1"}, [five])
    assert not may_draw(five | dict.fromkeys("fghi", "1"), [five])
    assert may_draw(five | dict.fromkeys("fghij", "1"), [five])
    assert may_show(five, "abcdexyz")
    assert not may_show(five, "abcdxyz")
