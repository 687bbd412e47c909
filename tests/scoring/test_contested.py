import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.scoring.contested import contested, knowledge_gaps, panel_gaps
from diagnostics.scoring.ratings import ratings

from .builders import PANELS, instrument, items, rated, reaching, sheet, theme
from .test_phases import mark_item, rater

ONE = instrument(theme("t", items(1)))


def one_item(*letters, panels=("government",)):
    """The ratings of one item by sheets whose panels follow in turn."""
    sheets = [
        sheet([text], name=f"s{at}", panel=panels[at % len(panels)])
        for at, text in enumerate(letters)
    ]
    return ratings(ONE, ONE.themes, sheets)


def by_levels(*levels, panels=("government",)):
    return one_item(*map(reaching, levels), panels=panels)


@pytest.mark.parametrize(
    ("levels", "disputed"),
    [
        ((3,), False),
        ((3, 4), False),
        ((3, 5), True),
        ((2, 3, 3, 4), True),
        ((2, 3, 3, 3), False),
        # Five sheets: the quartiles are the second and the fourth.
        ((1, 3, 3, 3, 3), False),
        ((1, 2, 3, 4, 5), True),
        ((2, 2, 2, 4, 4), True),  # quartiles 2 and 4
        # Seven: quartiles second and sixth (3, 3); five of seven near = 71 %.
        ((1, 3, 3, 3, 3, 3, 5), True),
        # Eight: quartiles second and sixth; six of eight near = 75 %.
        ((1, 3, 3, 3, 3, 3, 3, 5), False),
    ],
)
def test_the_rules_of_spread(levels, disputed):
    assert bool(contested(by_levels(*levels))) is disputed


def test_two_panels_apart_are_always_contested():
    # Five sheets near one another by the rules of spread, the medians 4 and 2.
    found = by_levels(4, 2, 4, 3, 4, panels=("government", "private"))
    (row,) = contested(found)
    assert row.panel_medians == {"government": 4, "private": 2}
    assert row.why == ("The government panel says 4, the private panel 2.",)
    assert (row.lowest, row.highest) == (2, 4)


@pytest.mark.parametrize(
    ("letters", "disputed"),
    [
        (["nyn", "nny"], True),  # each sees a phase, the agreed sheet would see none
        (["nyn", "yyn"], False),
        (["nyn", "nnn"], False),  # one against one is no majority that sees a mark
        (["nyn", "nyn", "nny"], True),  # the two are of one panel, the third is the other
        (["nyn", "nn?", "nny"], True),  # what is not known is not counted
        (["nnn", "nnn"], False),
    ],
)
def test_marks_that_no_panel_shares_are_contested(letters, disputed):
    whole = instrument(theme("t", [mark_item("i0")]), levels=3, rule="classify")
    panels = ["government", "government", "private"] if len(letters) == 3 else PANELS
    sheets = [
        rater([text], f"s{at}", panel)
        for at, (text, panel) in enumerate(zip(letters, panels, strict=False))
    ]
    found = contested(ratings(whole, whole.themes, sheets))
    assert bool(found) is disputed
    if disputed:
        assert "not one that the panels share" in str(found[0].why[0])


def test_a_split_on_applicability_is_contested():
    (row,) = contested(one_item("x", "ynnn", "ynnn"))
    assert row.why == ("1 of 3 sheets say that the item does not apply.",)
    assert contested(one_item("x", "x")) == []
    assert contested(one_item("x", "____")) == []  # a blank sheet does not say
    assert contested(one_item("x", "?___"))[0].lowest is None


def test_levels_held_by_unknown_or_blank_are_missing_and_listed():
    found = one_item("yyyy", "y?nn", "____", "y_yy", "n?__")
    # Levels 5 and 1 remain: apart. Unknown: s1. Blank: s2 (rates nothing else, so no rater), s3.
    (row,) = contested(found)
    assert (row.lowest, row.highest) == (1, 5)
    (gap,) = knowledge_gaps(found)
    assert (gap.unknown, gap.unanswered) == (("s1",), ("s3",))


def test_government_against_independent():
    found = by_levels(4, 2, 1, panels=PANELS)
    (gap,) = panel_gaps(found)
    assert (gap.government, gap.independent, gap.gap) == (4, 2, 2)
    assert panel_gaps(by_levels(4, 2, panels=("government", "private"))) == []


def test_only_the_themes_assigned_are_rated():
    two = instrument(theme("t", items(1)), theme("u", items(2)[1:]))
    sheets = [
        sheet(["ynnn", "yyyn"], name="a", panel="government", themes=("t",)),
        sheet(["ynnn", "ynnn"], name="b", panel="private"),
    ]
    assert ratings(two, two.themes[1:], sheets).sheets == ("b",)
    assert ratings(two, two.themes, sheets).matrix().tolist() == [[2, 2], [0, 2]]
    assert ratings(two, two.themes, sheets).matrix(["i1"]).tolist() == [[0, 2]]


@given(rated(), st.randoms(use_true_random=False))
def test_order_and_names_of_sheets_change_nothing(drawn, random):
    whole, sheets = drawn
    mixed = list(sheets)
    random.shuffle(mixed)
    one, other = (ratings(whole, whole.themes, each) for each in (sheets, mixed))
    assert contested(one) == contested(other)
    assert panel_gaps(one) == panel_gaps(other)


@given(rated())
def test_a_sheet_and_its_double_in_the_same_panel_are_not_at_odds(drawn):
    whole, sheets = drawn
    double = sheet([], name="double", panel=sheets[0].panel)
    object.__setattr__(double, "responses", sheets[0].responses)
    assert contested(ratings(whole, whole.themes, [sheets[0], double])) == []
