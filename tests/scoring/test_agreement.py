from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from diagnostics.scoring.agreement import (
    FEW_DEFINED,
    FEW_UNITS,
    NO_VARIATION,
    TOO_FEW,
    agreement,
    alpha_interval,
    alphas,
    gwet,
    gwet_ac2,
    krippendorff_alpha,
    ordinal_weights,
    shares_of_pairs,
    unit_coincidences,
    value_counts,
)

# Krippendorff's example of four observers and twelve units; 0 is missing.
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ]
).T
COUNTS = value_counts(PUBLISHED, 5)

matrices = nps.arrays(
    np.int64,
    st.tuples(st.integers(1, 9), st.integers(1, 6)),
    elements={
        "min_value": 0,
        "max_value": 4,
    },
)


def found(levels, top=5, **settings):
    return agreement(np.array(levels), top, **({"seed": 1, "code": "t"} | settings))


def test_the_published_coefficients():
    assert krippendorff_alpha(COUNTS) == pytest.approx(0.815, abs=5e-4)
    nominal = krippendorff.alpha(value_counts=COUNTS.astype(int), level_of_measurement="nominal")
    assert nominal == pytest.approx(0.743, abs=5e-4)
    assert gwet_ac2(COUNTS)[0] == pytest.approx(0.899, abs=5e-4)


def test_the_published_error_of_the_unweighted_coefficient():
    # Gwet's AC1 on the same data: 0.775 with a standard error of 0.143.
    value, error = gwet(COUNTS, np.eye(5))
    assert (value, error) == pytest.approx((0.77544, 0.14295), abs=5e-6)


def test_ordinal_alpha_is_krippendorffs_not_gwets_weighted_variant():
    assert abs(krippendorff_alpha(COUNTS) - 0.834) > 0.01


def test_the_whole_of_the_published_example():
    all_of_it = found(PUBLISHED)
    assert (all_of_it.raters, all_of_it.units) == (4, 11)
    # Nine of eleven items: 1 each; item 2: 3 of 6 pairs equal, items 6 and 8: 0 and 3 of 6.
    assert all_of_it.exact == pytest.approx((8 + 1 / 2 + 0 + 1 / 2) / 11)
    # Item 6 has 1, 2, 3, 4: three of six pairs are one apart.
    assert all_of_it.within_one == pytest.approx((10 + 1 / 2) / 11)
    low, high = all_of_it.alpha_interval
    assert low < all_of_it.alpha < high
    assert (all_of_it.reason, all_of_it.interval_reason) == (None, None)


def test_ordinal_weights_run_over_all_levels():
    # 1 - j(j + 1) / 20 for levels j apart, of five.
    assert ordinal_weights(5)[0] == pytest.approx([1, 0.9, 0.7, 0.4, 0])
    # A scale with a level that nobody used gives another coefficient.
    assert gwet_ac2(value_counts(PUBLISHED, 6)) != gwet_ac2(COUNTS)


def test_one_category_only():
    same = found([[3, 3, 0], [3, 3, 3], [3, 0, 0]])
    assert (same.exact, same.within_one) == (1.0, 1.0)
    assert (same.alpha, same.reason, same.alpha_interval) == (None, NO_VARIATION, None)
    assert (same.ac2, same.ac2_se) == (1.0, 0.0)
    assert same.words.startswith("Two sheets that rate the same item give the same level in 100")


@pytest.mark.parametrize("levels", [[[1, 2], [3, 0]], [[1, 0], [0, 2]], [[1], [2]]])
def test_too_few_raters_or_units(levels):
    few = found(levels)
    assert (few.alpha, few.ac2, few.ac2_se) == (None, None, None)
    assert (few.reason, few.interval_reason) == (TOO_FEW, TOO_FEW)


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([[1, 1], [5, 5], [3, 3]], "tell the items apart in the same way."),
        ([[1, 4], [5, 5], [1, 1], [4, 2]], "much the same way; take close calls with care."),
        ([[2, 3], [3, 2], [3, 3], [2, 2]], "The items lie so close together that"),
        ([[1, 4], [5, 4], [1, 2], [4, 2]], "differ much in how they tell the items apart"),
        ([[1, 5], [5, 1]], "no better than chance."),
        ([[1, 2]], "These are too few items for a coefficient."),
    ],
)
def test_a_plain_sentence_on_what_it_means(levels, words):
    assert words in found(levels).words


def test_no_ratings_at_all():
    none = found(np.zeros((0, 0), dtype=int))
    assert (none.exact, none.within_one, none.raters, none.units) == (None, None, 0, 0)
    assert none.words == "No item was rated in two sheets, so nothing can be said of agreement."


def test_an_interval_needs_ten_units_and_nine_tenths_of_the_replicates():
    nine = value_counts(np.array([[1, 2], [2, 2], [3, 3]] * 3), 5)
    assert alpha_interval(nine, seed=1, code="t") == (None, FEW_UNITS)
    # One odd item in ten: (9/10)^10 = 35 % of the resamplings miss it and have no variation.
    odd = value_counts(np.array([[2, 2]] * 9 + [[3, 3]]), 5)
    assert alpha_interval(odd, seed=1, code="t") == (None, FEW_DEFINED)


def test_the_interval_is_the_same_for_the_same_seed_only():
    rng = np.random.default_rng(1)
    counts = value_counts(rng.integers(1, 6, size=(20, 4)), 5)
    first = alpha_interval(counts, seed=1, code="t")
    assert first == alpha_interval(counts, seed=1, code="t")
    assert first != alpha_interval(counts, seed=2, code="t")
    assert first != alpha_interval(counts, seed=1, code="u")


def test_the_interval_is_what_slow_resampling_gives():
    rng = np.random.default_rng(2)
    counts = value_counts(rng.integers(1, 6, size=(12, 3)), 5)
    drawn = np.random.Generator(np.random.PCG64(np.random.SeedSequence([7, 3458788064])))
    places = drawn.integers(0, 12, size=(50, 12))
    slow = sorted(krippendorff_alpha(counts[row]) for row in places)
    interval, _ = alpha_interval(counts, seed=7, code="finance", replicates=50)
    # 5 % of 50 is 2.5, so the third; 95 % is 47.5, so the 48th.
    assert interval == pytest.approx((slow[2], slow[47]))


def test_a_level_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match=r"outside 1 to 4\.$"):
        found(PUBLISHED, 4)


@given(matrices)
def test_ours_is_the_packages_alpha(levels):
    counts = value_counts(levels, 4)
    theirs = krippendorff_alpha(counts)
    (ours,) = alphas(unit_coincidences(counts).sum(axis=0)[None])
    if theirs is None:
        assert np.isnan(ours)
    else:
        assert ours == pytest.approx(theirs, abs=1e-9)


@given(matrices)
def test_pairs_counted_one_by_one(levels):
    exact, near = [], []
    for row in levels:
        pairs = list(combinations([level for level in row if level], 2))
        if pairs:
            exact.append(sum(one == other for one, other in pairs) / len(pairs))
            near.append(sum(abs(one - other) <= 1 for one, other in pairs) / len(pairs))
    shares = shares_of_pairs(value_counts(levels, 4))
    if exact:
        assert shares == pytest.approx((np.mean(exact), np.mean(near)))
    else:
        assert shares == (None, None)


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_sheets_and_items_changes_nothing(levels, random):
    rows, columns = list(range(levels.shape[0])), list(range(levels.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    one = found(levels, 4)
    other = found(levels[rows][:, columns], 4)
    for name in ("exact", "within_one", "alpha", "ac2", "ac2_se"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)
    assert (one.raters, one.units, one.reason) == (other.raters, other.units, other.reason)


@given(matrices)
def test_a_scale_turned_round_has_the_same_agreement(levels):
    one = found(levels, 4)
    other = found(np.where(levels > 0, 5 - levels, 0), 4)
    for name in ("exact", "within_one", "alpha", "ac2", "ac2_se"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)


@given(matrices)
def test_every_number_is_within_its_range(levels):
    one = found(levels, 4)
    assert one.exact is None or 0 <= one.exact <= one.within_one <= 1
    assert one.alpha is None or one.alpha <= 1 + 1e-12
    assert one.ac2 is None or one.ac2 <= 1 + 1e-12
    assert one.ac2_se is None or one.ac2_se >= 0


def test_one_item_on_which_all_agree_has_no_variation_and_full_agreement():
    found = agreement(np.array([[3, 3, 3]]), 5, seed=1, code="t")
    assert (found.exact, found.alpha, found.ac2, found.ac2_se) == (1.0, None, 1.0, 0.0)
    assert found.reason == NO_VARIATION
    assert agreement(np.array([[3, 4, 3]]), 5, seed=1, code="t").reason == TOO_FEW
