"""Known answers of every step (method.md section 10)."""

import math

import numpy as np
import pytest

from indicators.indices.aggregation import IndexFault
from indicators.indices.chain import build
from indicators.indices.figures import Figures
from indicators.indices.reading import examine
from indicators.indices.specification import Treat
from indicators.indices.statistics import ranks, shape_of
from indicators.indices.steps import winsorised
from indicators.indices.uncertainty import remove_one

from . import made, plain

SKEWED = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]


def column_of(values: list[float]) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def test_rows_below_the_availability_are_missing() -> None:
    rows = [(1, 3, 1), (2, None, None), (3, None, 1)]
    for share in (2 / 3, "2/3", 0.6):
        index = made.built(rows, aggregate={"availability": share})
        assert made.scores(index) == [pytest.approx(5 / 3), None, 2.0]
        assert made.ranks(index) == [2, None, 1]
    assert "missing for U1: too little data" in made.said(index, "aggregate")
    assert made.scores(made.built(rows)) == [pytest.approx(5 / 3), 2.0, 2.0]


@pytest.mark.parametrize(
    ("value", "direction", "score"),
    [(1, 1, 0.1), (11, 1, 1.0), (-1, 1, 0.0), (1, -1, 0.9), (11, -1, 0.0), (-1, -1, 1.0)],
)
def test_goalposts_from_0_to_10(value: float, direction: int, score: float) -> None:
    indicator = {"code": "a", "goalposts": [0, 10], "direction": direction}
    index = made.built([[value]], indicators=[indicator], normalise="goalposts")
    assert made.scores(index) == [pytest.approx(score)]


def test_skewness_and_kurtosis_of_the_sample() -> None:
    # The figures of a spreadsheet's SKEW and KURT of 3, 4, 5, 2, 3, 4, 5, 6, 4, 7.
    skewness, kurtosis = shape_of(column_of([3, 4, 5, 2, 3, 4, 5, 6, 4, 7]))
    assert skewness[0] == pytest.approx(0.359543071)
    assert kurtosis[0] == pytest.approx(-0.151799637)
    for values in (SKEWED, [*SKEWED, math.nan]):
        skewness, kurtosis = shape_of(column_of(values))
        assert skewness[0] == pytest.approx(plain.skewness(SKEWED))
        assert kurtosis[0] == pytest.approx(plain.kurtosis(SKEWED))
    assert np.isnan(shape_of(column_of([1, 2]))[0][0])
    assert np.isnan(shape_of(column_of([1, 2, 3]))[1][0])


def test_outliers_move_one_value_at_a_time() -> None:
    index = made.built([[x] for x in SKEWED], treat={})
    # After one move skewness is 1.71 and kurtosis 1.82, so 30 stays.
    assert made.column(index, "treat") == [*SKEWED[:10], 30, 30]
    assert "a: 1 of its values winsorised" in made.said(index, "treat")
    mirrored = made.built([[-x] for x in SKEWED], treat=True)
    assert made.column(mirrored, "treat") == [-x for x in [*SKEWED[:10], 30, 30]]


def test_where_five_values_are_not_enough_the_originals_get_a_log() -> None:
    values = [float(x) for x in range(40)] + [10.0**n for n in range(4, 12)]
    index = made.built([[x] for x in values], treat={})
    span = max(values) - min(values)
    expected = [math.log(x - min(values) + 0.01 * span) for x in values]
    assert made.column(index, "treat") == pytest.approx(expected)
    assert "winsorising 5 values was not enough" in made.said(index, "treat")
    mirrored = made.built([[-x] for x in values], treat={})
    assert made.column(mirrored, "treat") == pytest.approx([-x for x in expected])
    kept = made.built([[x] for x in values], treat={"log": False})
    assert max(x for x in made.column(kept, "treat") if x) == 1e6
    exempt = made.built([[x] for x in values], treat={}, indicators=[{"code": "a", "treat": False}])
    assert made.column(exempt, "treat") == values
    assert "said not to be treated" in made.said(exempt, "treat")


def test_values_within_both_marks_stay() -> None:
    index = made.built([[x] for x in range(10)], treat={})
    assert made.column(index, "treat") == list(range(10))
    assert made.said(index, "treat") == "No indicator passes both marks."


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"method": "min_max"}, [0.0, 0.5, 1.0]),
        ({"method": "min-max", "range": [1, 100]}, [1.0, 50.5, 100.0]),
        ({"method": "z_score"}, [-1.0, 0.0, 1.0]),
        ({"method": "z-score", "mean": 100, "deviation": 10}, [90.0, 100.0, 110.0]),
        ({"method": "percentile_rank"}, [0.0, 0.5, 1.0]),
        ({"method": "distance_to_reference", "reference": "U1"}, [0.0, 1.0, 2.0]),
        ({"method": "distance_to_reference", "reference": "U1", "cap": True}, [0.0, 1.0, 1.0]),
    ],
)
def test_ways_to_normalise(settings: dict, expected: list[float]) -> None:
    index = made.built([[2], [4], [6]], normalise=settings)
    assert made.scores(index) == pytest.approx(expected)
    turned = made.built(
        [[-2], [-4], [-6]], normalise=settings, indicators=[{"code": "a", "direction": -1}]
    )
    assert made.scores(turned) == pytest.approx(expected)


def test_distance_to_a_reference_of_the_indicator() -> None:
    indicator = {"code": "a", "reference": 10, "normalise": "distance_to_reference"}
    index = made.built([[2], [6], [10], [12]], indicators=[indicator], normalise="min_max")
    assert made.scores(index) == pytest.approx([0, 0.5, 1, 1.25])


def test_ties_share_a_percentile_rank() -> None:
    index = made.built([[1], [5], [5], [9], [None]], normalise="percentile_rank")
    assert made.scores(index) == [0.0, pytest.approx(1 / 3), pytest.approx(1 / 3), 1.0, None]


def test_a_column_whose_values_do_not_differ_has_no_score() -> None:
    for method in ("min_max", "z_score"):
        index = made.built([[0.1, 1], [0.1, 2], [0.1, 3]], normalise=method)
        assert made.column(index, "normalise", 0) == [None] * 3
        assert "a: no score for U0, U1, U2" in made.said(index, "normalise")
        assert made.ranks(index) == [3, 2, 1]


def test_denominators() -> None:
    indicators = [{"code": "a", "denominator": "b", "scale": 1000}]
    figures = made.figures([[2, 4], [3, 0], [5, None]], ["a", "b"])
    index = build(made.specification(indicators=indicators), figures)
    assert made.column(index, "denominate") == [500.0, None, None]
    assert "missing, as b is missing or 0: U1, U2" in made.said(index, "denominate")


def test_units_with_too_little_data_are_left_out_before_anything_is_filled() -> None:
    rows = [(1, 2, 3), (None, None, 3), (4, None, 6), (0, 0, 1)]
    index = made.built(rows, screen=2 / 3, impute="mean")
    assert made.column(index, "impute", 1) == [2.0, None, 1.0, 0.0]
    assert made.ranks(index)[1] is None
    assert "U1: left out, as 33% of the values are there; 67%" in made.said(index, "screen")
    index = made.built(rows, screen={"non_zero": 0.5})
    assert "U3: left out, as 33% of the values there are not 0" in made.said(index, "screen")


@pytest.mark.parametrize(
    ("method", "filled"),
    [("mean", 4.0), ("median", 2.0), ("group_mean", 1.5), ("group_median", 1.5)],
)
def test_ways_to_impute(method: str, filled: float) -> None:
    figures = made.figures([[1], [2], [None], [9]], groups={"g": ("x", "x", "x", "y")})
    index = build(made.specification(impute={"method": method, "group": "g"}), figures)
    assert made.column(index, "impute") == [1, 2, filled, 9]
    assert "U2, a" in made.said(index, "impute")


def test_what_cannot_be_imputed_stays_missing_and_is_said() -> None:
    figures = made.figures([[1], [None], [None]], groups={"g": ("x", "y", "")})
    index = build(made.specification(impute={"method": "group_mean", "group": "g"}), figures)
    assert made.column(index, "impute") == [1, None, None]
    assert "U1, a: stays missing, as there is no value" in made.said(index, "impute")
    assert "U2, a: stays missing, as the unit has no group" in made.said(index, "impute")


@pytest.mark.parametrize(("years", "filled"), [(None, 5.0), (2, 5.0), (1, None)])
def test_a_panel_gives_the_newest_earlier_value(years: int | None, filled: float | None) -> None:
    values = np.array([[[4.0]], [[5.0]], [[np.nan]]])
    figures = Figures(("U0",), ("2001", "2003", "2005"), ("a",), values)
    impute = {"method": "panel"} | ({} if years is None else {"max_years": years})
    index = build(made.specification(impute=impute), figures)
    assert made.column(index, "impute") == [filled]


@pytest.mark.parametrize(
    ("method", "score"), [("arithmetic", 3.25), ("geometric", 2**1.5), ("harmonic", 16 / 7)]
)
def test_weighted_means(method: str, score: float) -> None:
    indicators = [{"code": "a", "weight": 3}, {"code": "b"}]
    rows = [(2.0, 7.0 if method == "arithmetic" else 8.0)]
    index = made.built(rows, indicators=indicators, aggregate=method)
    if method == "harmonic":
        score = 4 / (3 / 2 + 1 / 8)
    assert made.scores(index) == [pytest.approx(score)]


def test_a_parent_is_the_mean_of_its_direct_children() -> None:
    indicators = [
        {"code": "a", "parent": "low"},
        {"code": "b", "parent": "low"},
        {"code": "c", "parent": "top"},
    ]
    aggregates = [{"code": "top"}, {"code": "low", "parent": "top"}]
    index = made.built([(1, 3, 10), (4, 4, 4)], indicators=indicators, aggregates=aggregates)
    assert made.scores(index) == [6.0, 4.0]  # not (1 + 3 + 10) / 3
    assert index.tree.codes == ("a", "b", "c", "low", "top")


def test_a_mean_of_its_own_for_each_level_and_aggregate() -> None:
    indicators = [{"code": c, "parent": p} for c, p in zip("abcd", "llmm", strict=True)]
    aggregates = [
        {"code": "t"},
        {"code": "l", "parent": "t"},
        {"code": "m", "parent": "t", "method": "harmonic"},
    ]
    index = made.built(
        [(1, 3, 2, 6)],
        indicators=indicators,
        aggregates=aggregates,
        aggregate={"method": ["arithmetic", "geometric"]},
    )
    assert index.aggregates[0].tolist() == pytest.approx([2, 3, math.sqrt(6)])


def test_a_geometric_mean_of_zero_is_refused_in_words() -> None:
    with pytest.raises(IndexFault, match=r"index: a geometric mean needs values above 0, but a of"):
        made.built([(1, 2), (2, 3)], normalise="min_max", aggregate="geometric")


def test_weight_0_counts_for_nothing() -> None:
    indicators = [{"code": "a"}, {"code": "b", "weight": 0}]
    index = made.built([(1, 9), (None, 9)], indicators=indicators, aggregate={"availability": 1})
    assert made.scores(index) == [1.0, None]
    assert "b: weight 0" in made.said(index, "weigh")
    equal = made.built(
        [(1, 9)], indicators=[{"code": "a", "weight": 5}, {"code": "b"}], weights="equal"
    )
    assert made.scores(equal) == [5.0]


def test_nothing_is_left_where_all_that_is_left_has_weight_0() -> None:
    indicators = [{"code": "a"}, {"code": "b", "weight": 0}]
    index = made.built([(1, 9), (2, 8)], indicators=indicators)
    first, second = remove_one(index)
    assert first.reason == "No unit is ranked without it."
    assert second.largest_change == 0
    without = {"code": "t", "data": "t.csv", "indicators": [{"code": "a", "weight": 0}]}
    _made, findings = examine(without)
    assert "All indicators have weight 0." in str(findings)


def test_ranks_of_small_scores_are_told_apart() -> None:
    assert ranks(np.array([1e-13, 2e-13, 3e-13])).tolist() == [3, 2, 1]
    assert ranks(np.array([-1.0, 1e-17, 0.0, 1.0])).tolist() == [4, 2, 2, 1]


def test_winsorising_never_moves_more_than_asked_for_however_many_tie() -> None:
    inside = np.linspace(0, 1, 300).tolist()
    apart, alike = [1000, 900, 800, 700, 600, 600, 600], [600] * 8
    for outliers, count in ((apart, 4), (alike, 0)):
        values, moved = winsorised(column_of([*inside, *outliers]), Treat())
        assert (moved, values.max()) == ([count], 600)


def test_ranks_are_of_unrounded_scores_and_ties_share_the_best() -> None:
    scores = np.array([0.1 + 0.2, 0.3, 0.30001, np.nan, 0.2])
    assert ranks(scores)[:3].tolist() == [2.0, 2.0, 1.0]
    assert np.isnan(ranks(scores)[3])
    assert ranks(scores)[4] == 4.0


def test_every_step_says_what_it_did() -> None:
    index = made.built([(1, 2), (3, 5)])
    steps = ["denominate", "screen", "impute", "treat", "normalise", "weigh", "aggregate"]
    assert list(dict.fromkeys(note.step for note in index.log)) == steps
    assert list(index.scored.tables) == ["data", *steps[:-2]]
