"""What must hold for any figures, and the whole chain against plain Python."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import made, plain

VALUES = st.one_of(st.none(), st.integers(-1000, 1000).map(float), st.sampled_from([1e6, -1e7]))
TABLES = st.integers(4, 12).flatmap(
    lambda units: st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=units, max_size=units)
)


def same(found: list, expected: list) -> None:
    assert [x is None for x in found] == [x is None for x in expected]
    for x, y in zip(found, expected, strict=True):
        assert x is None or x == pytest.approx(y, rel=1e-9, abs=1e-9)


@given(
    TABLES,
    st.sampled_from(["mean", "median"]),
    st.sampled_from(["min_max", "z_score", "percentile_rank"]),
    st.sampled_from([0.0, 0.5, 1.0]),
)
def test_the_whole_chain_against_plain_python(
    rows: list, imputing: str, normalising: str, needed: float
) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    if not all(plain.there(column) for column in columns):
        return
    indicators = [
        {"code": "a", "weight": 2, "parent": "low"},
        {"code": "b", "direction": -1, "parent": "low"},
        {"code": "c", "parent": "top"},
    ]
    index = made.built(
        rows,
        indicators=indicators,
        aggregates=[{"code": "top"}, {"code": "low", "parent": "top", "weight": 3}],
        impute=imputing,
        treat={},
        normalise=normalising,
        aggregate={"availability": needed},
    )
    filled = [plain.filled(column, imputing) for column in columns]
    treated = [plain.treated_column(column) for column in filled]
    scored = [
        plain.scored(column, direction, normalising)
        for column, direction in zip(treated, (1, -1, 1), strict=True)
    ]
    for at in range(3):
        same(made.column(index, "impute", at), filled[at])
        same(made.column(index, "treat", at), treated[at])
        same(made.column(index, "normalise", at), scored[at])
    expected = []
    for a, b, c in zip(*scored, strict=True):
        low = plain.weighted([a, b], [2, 1], "arithmetic", needed)
        expected.append(plain.weighted([c, low], [1, 3], "arithmetic", needed))
    same(made.scores(index), expected)
    assert made.ranks(index) == plain.rank(expected)


@given(TABLES, st.floats(0.001, 1000), st.floats(-1000, 1000))
def test_min_max_does_not_depend_on_the_unit_of_measurement(rows: list, by: float, to: float):
    moved = [tuple(None if x is None else x * by + to for x in row) for row in rows]
    first, second = (made.built(some, normalise="min_max") for some in (rows, moved))
    for at in range(3):
        found, expected = (made.column(index, "normalise", at) for index in (first, second))
        for x, y in zip(found, expected, strict=True):
            assert (x is None) == (y is None)
            assert x is None or x == pytest.approx(y, abs=1e-6)


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(rows: list, random) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    chain = {"impute": "median", "treat": {}, "normalise": "z_score"}
    first = made.built(rows, **chain)
    second = made.built([rows[at] for at in order], **chain)
    same(made.scores(second), [made.scores(first)[at] for at in order])


@given(TABLES, st.integers(0, 2), st.data())
def test_a_better_value_never_lowers_a_score_between_fixed_posts(rows: list, at: int, data) -> None:
    indicators = [{"code": c, "goalposts": [-500, 500]} for c in "abc"]
    unit = data.draw(st.integers(0, len(rows) - 1))
    if rows[unit][at] is None:
        return
    raised = [list(row) for row in rows]
    raised[unit][at] += data.draw(st.integers(1, 500))
    before, after = (
        made.built(some, indicators=indicators, normalise="goalposts") for some in (rows, raised)
    )
    assert made.scores(after)[unit] >= made.scores(before)[unit] - 1e-12


@given(TABLES, st.floats(0.01, 100))
def test_the_scale_of_the_weights_does_not_matter(rows: list, by: float) -> None:
    both = [
        made.built(
            rows,
            indicators=[
                {"code": c, "weight": w * k} for c, w in zip("abc", (1, 2, 5), strict=True)
            ],
            normalise="min_max",
        )
        for k in (1.0, by)
    ]
    same(made.scores(both[0]), made.scores(both[1]))


def test_means_lie_in_their_order() -> None:
    rng = np.random.default_rng(1)
    rows = (1 + 9 * rng.random((20, 5))).tolist()
    arithmetic, geometric, harmonic = (
        made.scores(made.built(rows, aggregate=mean))
        for mean in ("arithmetic", "geometric", "harmonic")
    )
    for a, g, h in zip(arithmetic, geometric, harmonic, strict=True):
        assert a > g > h
