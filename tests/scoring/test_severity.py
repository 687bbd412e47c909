import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from diagnostics.scoring.severity import (
    ONE_SHEET,
    groups,
    rater_effects,
    severity,
    shared_items,
)

from .builders import instrument, item, items, reaching, sheet, theme

# Six targets rated by four judges, as printed by Shrout and Fleiss.
PUBLISHED = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)

matrices = nps.arrays(
    np.int64,
    st.tuples(st.integers(1, 6), st.integers(2, 5)),
    elements={"min_value": 0, "max_value": 5},
)


def test_the_published_ratings():
    effects = rater_effects(PUBLISHED)
    assert effects == pytest.approx([2.375, -2.791667, -0.958333, 1.375], abs=1e-6)
    assert shared_items(PUBLISHED).tolist() == [6, 6, 6, 6]


@given(matrices)
def test_the_fit_is_the_least_squares_one(levels):
    assume(len(groups(levels)) == 1)
    rows, columns = np.nonzero(levels)
    design = np.zeros((len(rows) + 1, levels.shape[0] + levels.shape[1]))
    design[np.arange(len(rows)), rows] = 1
    design[np.arange(len(rows)), levels.shape[0] + columns] = 1
    design[-1, levels.shape[0] :] = 1  # the raters sum to zero
    target = np.append(levels[rows, columns], 0)
    slow = np.linalg.lstsq(design, target, rcond=None)[0][levels.shape[0] :]
    assert rater_effects(levels) == pytest.approx(slow, abs=1e-8)


@given(matrices, st.integers(1, 3))
def test_a_rater_who_rates_higher_throughout_is_that_much_more_lenient(levels, shift):
    assume(len(groups(levels)) == 1)
    higher = levels.copy()
    higher[:, 0] += shift * (levels[:, 0] > 0)
    change = rater_effects(higher) - rater_effects(levels)
    raters = levels.shape[1]
    assert change[0] == pytest.approx(shift * (raters - 1) / raters, abs=1e-8)
    assert change[1:] == pytest.approx(-shift / raters, abs=1e-8)


def test_raters_without_a_link_are_refused():
    apart = np.array([[1, 2, 0, 0], [0, 0, 3, 4]])
    assert groups(apart) == [[0, 1], [2, 3]]
    with pytest.raises(ValueError, match="not connected"):
        rater_effects(apart)


def found(*letters, members=None, names="abcdef"):
    members = members or items(len(letters[0]))
    whole = instrument(theme("t", members))
    sheets = [
        sheet(text, name=name, panel="private") for name, text in zip(names, letters, strict=False)
    ]
    return severity(whole, whole.themes[0], sheets)


def test_a_theme_by_hand():
    # Two items. a says 4 and 3, b says 2 and 1: effects +1 and -1, shrunk by 2 / 5.
    rows, reason = found([reaching(4), reaching(3)], [reaching(2), reaching(1)])
    assert reason is None
    assert [(row.effect, row.shared_items) for row in rows] == [
        (pytest.approx(1.0), 2),
        (pytest.approx(-1.0), 2),
    ]
    assert rows[0].shrunk == pytest.approx(0.4)
    assert (rows[0].mean_level, rows[0].adjusted) == (3.5, pytest.approx(3.1))
    assert rows[1].adjusted == pytest.approx(1.9)


def test_what_is_not_known_and_what_does_not_count_is_left_out():
    members = [*items(2), item("i2", weight=0)]
    rows, _ = found(
        ["yynn", "ynnn", "yyyy"], ["ynnn", "y?nn", "nnnn"], ["x", "____", "____"], members=members
    )
    # Only i0 is shared: 3 against 2. The third sheet knows no level.
    assert [(row.sheet, row.effect, row.shared_items) for row in rows] == [
        ("a", pytest.approx(0.5), 1),
        ("b", pytest.approx(-0.5), 1),
    ]
    assert rows[0].shrunk == pytest.approx(0.125)


def test_refusals_in_words():
    assert found(["yynn"]) == ([], ONE_SHEET)
    rows, reason = found(["yynn", "____"], ["____", "ynnn"])
    assert rows == []
    assert reason is not None
    assert reason.endswith("share no item whose level both know: a; b.")
