"""What the check-sheet pages put together."""

import pytest

from diagnostics import pages, queries
from tests.factories import rounds
from tests.factories.rounds import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def theme(sheet, code: str = "money") -> pages.ThemeOnPage:
    return next(
        one for one in pages.themes_of(sheet, queries.responses_of(sheet)) if one.theme.code == code
    )


def item(sheet, *answers: str, **rest: object) -> pages.ItemOnPage:
    if answers or rest:
        answer(sheet, "money.item_1", *answers, **rest)
    return theme(sheet).items[0]


def test_themes_and_items_stand_in_the_order_of_the_instrument(sheet):
    shown = pages.themes_of(sheet, queries.responses_of(sheet))
    assert [one.theme.code for one in shown] == ["money", "advice"]
    assert [one.item.code for one in shown[1].items] == [f"advice.item_{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("answers", "gap"),
    [
        ([], "Not answered"),
        (["yes"], "Answered in part: the level stops at a blank statement"),
        (["", "yes"], "Answered in part: the level stops at a blank statement"),
        (["yes", "", "no"], "Answered in part: the level stops at a blank statement"),
        (["no"], ""),
        (["yes", "partly"], ""),
        (["yes", "unknown"], ""),
        (["yes", "yes", "yes", "yes"], ""),
    ],
)
def test_a_gap_is_said_in_words(sheet, answers, gap):
    assert item(sheet, *answers).gap == gap


def test_what_does_not_apply_needs_only_its_reason(sheet):
    assert item(sheet, status="not_applicable").gap == "Say why it does not apply"
    assert item(sheet, status="not_applicable", reason="There is none.").gap == ""


def test_done_and_missing_add_up_to_the_items(sheet):
    answer(sheet, "money.item_1", "yes", "no")
    answer(sheet, "money.item_2", "yes")
    shown = theme(sheet)
    assert shown.done == 1
    assert [one.item.code for one in shown.missing] == [f"money.item_{n}" for n in (2, 3, 4)]


def test_counts_keep_the_four_kinds_of_silence_apart(sheet):
    answer(sheet, "money.item_1", "no")
    answer(sheet, "money.item_2", "unknown")
    answer(sheet, "money.item_3", status="not_applicable", reason="There is none.")
    assert pages.counts(theme(sheet).items) == {
        "known": 1, "unknown": 1, "unanswered": 1, "not_applicable": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "is_it"),
    [
        (["yes", "no", "yes"], True),
        (["", "yes"], True),
        (["unknown", "yes"], True),
        (["yes", "yes", "no"], False),
        (["no", "partly"], False),
        ([], False),
    ],
)
def test_a_higher_yes_above_a_lower_gap_is_out_of_order(sheet, answers, is_it):
    assert item(sheet, *answers).out_of_order is is_it


@pytest.mark.parametrize(
    ("answers", "current"),
    [([], []), (["no"], [1]), (["yes", "no"], [2]), (["yes"] * 4, [5]), (["no", "yes"], [1])],
)
def test_the_current_rung_is_the_level_once_something_is_answered(sheet, answers, current):
    rungs = item(sheet, *answers).rungs
    assert [rung.level for rung in rungs] == [1, 2, 3, 4, 5]
    assert [rung.level for rung in rungs if rung.is_current] == current
    assert [rung.answer for rung in rungs[1:]] == [*answers, *[""] * (4 - len(answers))]


def test_each_rung_carries_the_statement_of_its_level(sheet):
    assert [rung.text for rung in item(sheet).rungs] == [
        "None of the statements below is true yet.",
        *(f"Fact {level} of money 1 is on record." for level in (2, 3, 4, 5)),
    ]
