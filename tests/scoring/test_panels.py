import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.scoring.instrument import ItemAnswers, Status
from diagnostics.scoring.panels import (
    built_agreed,
    double_lower_median,
    lower_median,
    panel_levels,
    raters,
)

from .builders import answers, any_letters, instrument, items, response, sheet, theme

ONE = instrument(theme("t", items(1)))


def agreed(*ratings):
    """The settled answers to one item from (panel, letters) pairs."""
    sheets = [
        sheet([letters], name=f"s{number}", panel=panel)
        for number, (panel, letters) in enumerate(ratings)
    ]
    return built_agreed(ONE, sheets).responses["i0"]


@pytest.mark.parametrize(
    ("values", "middle"), [([3], 3), ([2, 4], 2), ([5, 1, 3], 3), ([4, 1, 3, 2], 2)]
)
def test_lower_median(values, middle):
    assert lower_median(values) == middle


def test_many_sheets_of_one_panel_do_not_outvote_another():
    # Government 4, 4, 4 has median 4; independent 2; private 2: the median of 4, 2, 2 is 2.
    by_panel = {"government": [4, 4, 4], "independent": [2], "private": [2]}
    assert double_lower_median(by_panel) == 2
    assert double_lower_median({"government": [4, 4, 4], "private": []}) == 4
    assert double_lower_median({}) is None


def test_yes_needs_more_than_half():
    assert agreed(("government", "yyyy"), ("independent", "nnnn")) == response("nnnn")
    assert agreed(("government", "yyyy"), ("independent", "nnnn"), ("private", "yyyy")) == response(
        "yyyy"
    )


def test_the_order_is_no_unknown_partly_yes():
    # Per statement: (n ? p) -> ?, (? p y) -> p, (n n y) -> n, (p y y) -> y.
    assert agreed(("government", "n?np"), ("independent", "?pny"), ("private", "pyyy")) == response(
        "?pny"
    )


def test_a_blank_is_no_vote():
    assert agreed(("government", "y___"), ("independent", "yy__"), ("private", "____")) == response(
        "yy__"
    )


def test_a_built_item_may_be_out_of_order():
    assert agreed(("government", "ny__"), ("independent", "ny__"), ("private", "y___")) == response(
        "ny__"
    )


def test_not_applicable_needs_more_than_half_of_the_sheets_that_answered():
    assert agreed(("government", "x"), ("independent", "ynnn")) == response("ynnn")
    assert agreed(("government", "x"), ("government", "x"), ("private", "ynnn")) == ItemAnswers(
        answers("____"), Status.NOT_APPLICABLE
    )
    # A wholly blank sheet did not answer: one of one says not applicable.
    assert agreed(("government", "x"), ("private", "____")).status == Status.NOT_APPLICABLE


def test_a_theme_not_assigned_is_missing():
    two = instrument(theme("t", items(1)), theme("u", items(2)[1:]))
    sheets = [
        sheet(["ynnn", "yynn"], name="a", panel="government"),
        sheet(["nnnn", "nnnn"], name="b", panel="private", themes=("t",)),
    ]
    built = built_agreed(two, sheets)
    assert built.responses == {"i0": response("nnnn"), "i1": response("yynn")}
    assert panel_levels(two.themes[1], two.themes[1].items[0], sheets) == {"government": 3}


def test_the_agreed_sheet_is_never_a_rater():
    rating = sheet(["ynnn"], name="a", panel="government")
    named = sheet(["yyyy"], name="agreed", panel="government")
    panelled = sheet(["yyyy"], name="settled", panel="agreed")
    assert raters([rating, named, panelled]) == [rating]
    assert built_agreed(ONE, [rating, named, panelled]).responses == {"i0": response("ynnn")}


def test_panel_levels():
    sheets = [
        sheet([letters], name=f"s{number}", panel=panel)
        for number, (panel, letters) in enumerate(
            [
                ("private", "yynn"),
                ("government", "yyyn"),
                ("government", "ynnn"),
                ("independent", "____"),
                ("independent", "x"),
                ("independent", "y?nn"),
                ("agreed", "yyyy"),
            ]
        )
    ]
    found = panel_levels(ONE.themes[0], ONE.themes[0].items[0], sheets)
    assert found == {"government": 2, "independent": 2, "private": 3}


@given(
    st.lists(any_letters | st.just("x"), min_size=1, max_size=4),
    st.lists(st.sampled_from(["government", "independent", "private"]), min_size=1, max_size=6),
)
def test_identical_sheets_are_the_agreed_one(letters, panels):
    whole = instrument(theme("t", items(len(letters))))
    sheets = [sheet(letters, name=f"s{at}", panel=panel) for at, panel in enumerate(panels)]
    assert built_agreed(whole, sheets).responses == sheets[0].responses


@given(
    st.lists(
        st.tuples(st.sampled_from(["government", "independent", "private"]), any_letters),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_sheets_and_the_names_of_panels_change_nothing(ratings, random):
    other = {"government": "c", "independent": "a", "private": "b"}
    mixed = [(other[panel], letters) for panel, letters in ratings]
    random.shuffle(mixed)
    assert agreed(*ratings) == agreed(*mixed)
