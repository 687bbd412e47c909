import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from diagnostics.scoring.soundness import (
    ALL_ALIKE,
    NO_ROWS,
    Row,
    guttman_errors,
    item_total,
    loevinger_h,
    out_of_order_rates,
    rank_correlation,
    scalogram,
    single_rows,
)

from .builders import answers

SINGLY = ("single",) * 4


def rows(*letters, made=SINGLY):
    return [Row(f"s{at}", "i0", answers(text), made) for at, text in enumerate(letters)]


def test_only_rows_answered_singly_and_wholly():
    mixed = [
        *rows("ypnn"),
        *rows("yynn", made=("rung", "single", "single", "single")),
        *rows("y?nn", "yy_n"),
    ]
    assert single_rows(mixed) == mixed[:1]
    nothing = scalogram(mixed[1:])
    assert (nothing.rows, nothing.reproducibility, nothing.reason) == (0, None, NO_ROWS)


def test_a_scalogram_by_hand():
    # Three ladders and n y n n, which has one yes and so should be y n n n: two errors of 16.
    found = scalogram(rows("yynn", "ynnn", "yyyn", "nynn"))
    assert (found.rows, found.errors) == (4, 2)
    assert found.reproducibility == pytest.approx(14 / 16)
    # Yes: 3/4, 3/4, 1/4, 0 of 4: the larger shares 3/4, 3/4, 3/4, 1.
    assert found.marginal == pytest.approx(13 / 16)
    assert found.scalability == pytest.approx((14 - 13) / (16 - 13))
    # Pairs in order of popularity (2, 3, 4, 5). Errors: 2-3 one (the last row). By chance:
    # 2-3 and none else with level 5 (nobody): 4 (1/4 3/4 + 1/4 1/4 + 1/4 1/4) = 5/4.
    assert found.loevinger_h == pytest.approx(1 - 1 / (5 / 4))
    assert found.reason is None


def test_a_perfect_ladder_and_one_without_variation():
    perfect = scalogram(rows("nnnn", "ynnn", "yynn", "yyyn", "yyyy"))
    assert (perfect.reproducibility, perfect.scalability) == (1.0, 1.0)
    assert perfect.loevinger_h == pytest.approx(1.0)
    alike = scalogram(rows("yynn", "yynn"))
    assert (alike.reproducibility, alike.marginal) == (1.0, 1.0)
    assert (alike.scalability, alike.loevinger_h, alike.reason) == (None, None, ALL_ALIKE)


tables = nps.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(2, 6)))


@given(tables)
def test_errors_counted_cell_by_cell(table):
    slow = 0
    for row in table:
        perfect = [True] * int(row.sum()) + [False] * int((~row).sum())
        slow += sum(one != other for one, other in zip(row, perfect, strict=True))
    assert guttman_errors(table) == slow
    # A row and its ladder have as many yes, so errors come in pairs.
    assert slow % 2 == 0


@given(tables)
def test_h_pair_by_pair(table):
    share = table.mean(axis=0)
    order = sorted(range(table.shape[1]), key=lambda at: -share[at])
    errors = expected = 0.0
    for place, easy in enumerate(order):
        for hard in order[place + 1 :]:
            errors += sum(row[hard] and not row[easy] for row in table)
            expected += len(table) * (1 - share[easy]) * share[hard]
    found = loevinger_h(table)
    if expected < 1e-9:
        assert found is None
    else:
        assert found == pytest.approx(1 - errors / expected)
        assert found <= 1 + 1e-12


def test_out_of_order_by_statement():
    found = out_of_order_rates(rows("nynn", "nnyy", "yyyy", "ynyn"))
    assert [(one.level, one.rows, one.out_of_order, one.rate) for one in found] == [
        (2, 4, 0, 0.0),
        (3, 4, 1, 0.25),
        (4, 4, 2, 0.5),
        (5, 4, 1, 0.25),
    ]


def test_item_total_correlation():
    levels = {"a": (1, 2, 3), "b": (1, 2, 3), "c": (3, 2, 1)}
    made = [
        Row(f"s{at}", code, answers("y" * (level - 1) + "n" * (5 - level)), SINGLY)
        for code, by_sheet in levels.items()
        for at, level in enumerate(by_sheet)
    ]
    found = item_total(made)
    # The others of a are b and c, whose mean is 2 in every sheet.
    assert (found["a"].value, found["a"].reason) == (None, ALL_ALIKE)
    assert found["c"].value == pytest.approx(-1.0)
    few = item_total(made[:1])["a"]
    assert (few.value, few.pairs) == (None, 0)


def test_rank_correlation_with_ties_and_its_warning():
    found = rank_correlation([1, 2, 2, 3], [10, 20, 30, 1000])
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 4.5 of sqrt(4.5 x 5).
    assert found.value == pytest.approx(4.5 / np.sqrt(4.5 * 5))
    assert found.warning is not None
    assert found.warning.startswith("This rests on 4 countries; below 10")
    ten = rank_correlation(list(range(10)), [value**3 for value in range(10)])
    assert (ten.value, ten.warning) == (pytest.approx(1.0), None)
    assert rank_correlation([1, 1, 1], [1, 2, 3]).reason == ALL_ALIKE
    assert rank_correlation([1], [1]).value is None
    with pytest.raises(ValueError, match="2 stages and 1 values"):
        rank_correlation([1, 2], [1])
