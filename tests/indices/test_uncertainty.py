"""Rank intervals, Sobol indices and leaving one out."""

import numpy as np
import pytest

from indicators.indices.uncertainty import doubt, remove_one

from . import made

ROWS = np.round(10 * np.random.default_rng(7).random((12, 4)) ** 2 + 1, 3).tolist()
VARY = [
    {"what": "normalise.method", "among": ["min_max", "z_score", "percentile_rank"]},
    {"what": "weights", "by": 0.5},
    {"what": "treat", "among": [True, False]},
]


def asked(vary: list, **more: object) -> dict:
    return {
        "normalise": "min_max",
        "uncertainty": {"vary": vary, "runs": 200, "sobol": 64, **more},
    }


def test_intervals_hold_the_ranks_of_the_re_runs() -> None:
    found = doubt(made.built(ROWS, **asked(VARY)))
    assert (found.runs, found.not_computed) == (200, 0)
    for row in found.intervals:
        assert row.best <= row.low <= row.median <= row.high <= row.worst
        assert row.best <= row.mean <= row.worst
    assert any(row.low < row.high for row in found.intervals)
    assert sum(row.mean for row in found.intervals) == pytest.approx(12 * 13 / 2)


def test_one_alternative_that_is_the_setting_changes_nothing() -> None:
    index = made.built(ROWS, **asked([{"what": "normalise", "among": ["min_max"]}]))
    found = doubt(index)
    assert [row.low for row in found.intervals] == made.ranks(index)
    assert [row.high for row in found.intervals] == made.ranks(index)
    assert found.effects == ()
    assert found.reason == "One alternative alone: the whole variation is its own."


def test_every_re_run_is_the_index_built_that_way() -> None:
    vary = [
        {"what": "aggregate", "among": ["arithmetic", "harmonic"]},
        {"what": "normalise.range", "among": [[1, 10], [1, 100]]},
    ]
    index = made.built(ROWS, **asked(vary, runs=64))
    single = [
        made.ranks(made.built(ROWS, normalise={"method": "min_max", "range": r}, aggregate=mean))
        for mean in ("arithmetic", "harmonic")
        for r in ([1, 10], [1, 100])
    ]
    for at, row in enumerate(doubt(index).intervals):
        assert row.best == min(ranks[at] for ranks in single)
        assert row.worst == max(ranks[at] for ranks in single)


def test_the_same_seed_gives_the_same_answer() -> None:
    first, second, other = (doubt(made.built(ROWS, **asked(VARY, seed=seed))) for seed in (3, 3, 4))
    assert first == second
    assert first.intervals != other.intervals


def test_what_changes_nothing_has_no_effect() -> None:
    # No value is missing, so how gaps are filled cannot matter; weights alone do.
    vary = [{"what": "impute", "among": ["mean", "median"]}, {"what": "weights", "by": 0.5}]
    found = doubt(made.built(ROWS, **asked(vary, sobol=1024)))
    impute, weights = found.effects
    assert (impute.first, impute.total) == (0.0, 0.0)
    assert weights.first == pytest.approx(1, abs=0.1)
    assert weights.total == pytest.approx(1, abs=0.1)


def test_runs_that_cannot_be_computed_are_counted_and_said() -> None:
    vary = [
        {"what": "aggregate", "among": ["arithmetic", "geometric"]},
        {"what": "weights", "among": ["given", "equal"]},
    ]
    found = doubt(made.built(ROWS, **asked(vary)))
    assert 60 < found.not_computed < 140
    assert "geometric mean needs values above 0" in found.notes[0]
    assert found.effects == ()
    assert "could not be computed" in found.reason


def test_no_uncertainty_where_none_is_asked_for() -> None:
    assert doubt(made.built(ROWS)) is None


def test_leaving_one_out() -> None:
    indicators = [
        {"code": "a", "parent": "x"},
        {"code": "b", "parent": "x"},
        {"code": "c", "parent": "y"},
    ]
    aggregates = [{"code": "t"}, *({"code": c, "parent": "t"} for c in "xy")]
    rows = [(1, 1, 9), (2, 2, 5), (3, 3, 1)]
    index = made.built(rows, indicators=indicators, aggregates=aggregates)
    found = {row.code: row for row in remove_one(index)}
    assert list(found) == ["a", "b", "c", "x", "y"]
    assert made.ranks(index) == [1, 2, 3]
    assert (found["a"].mean_change, found["a"].largest_change) == (0.0, 0)
    # Without c the aggregate y has no child and goes too; the order turns round.
    assert (found["c"].mean_change, found["c"].largest_change, found["c"].unit) == (4 / 3, 2, "U0")
    assert found["y"].mean_change == 4 / 3
    assert found["x"].mean_change == 0.0
    alone = remove_one(made.built([[1], [2]]))
    assert alone[0].reason == "Nothing is left without it."
