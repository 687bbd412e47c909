"""A draft tried on the agreed sheet of a past round."""

from dataclasses import replace

import pytest

from diagnostics.authoring import editing
from diagnostics.scoring.instrument import Answer, ItemAnswers, Renamed, Sheet
from diagnostics.scoring.trial import tried
from tests.factories.rounds import small_instrument

SMALL = small_instrument()
YES, NO = Answer.YES, Answer.NO


def agreed(levels: dict[str, int]) -> Sheet:
    """Items at these levels; the others at 2."""
    return Sheet(
        "agreed",
        "agreed",
        {
            code: ItemAnswers(tuple([YES] * (at - 1) + [NO] * (5 - at)))
            for code in SMALL.items()
            for at in [levels.get(code, 2)]
        },
    )


def stages(draft, sheet):
    return [
        (one.before and one.before.stage, one.after.stage) for one in tried(SMALL, draft, sheet)
    ]


def test_the_same_instrument_moves_nothing():
    sheet = agreed({"money.item_1": 4})
    assert stages(SMALL, sheet) == [(2, 2), (2, 2)]
    assert not any(one.moved for one in tried(SMALL, SMALL, sheet))


def test_weights_and_marks_move_stages_as_worked_by_hand():
    # money: one item at 1, three at 3: three quarters of the weight reach 3, so the stage is 3.
    sheet = agreed({"money.item_1": 1, **{f"money.item_{n}": 3 for n in (2, 3, 4)}})
    assert stages(SMALL, sheet)[0] == (3, 3)
    heavier = replace(SMALL.items()["money.item_1"], weight=2.0)
    # Three of five parts, 0.60, reach 2 and 3: not the mark of 0.75.
    assert stages(editing.with_part(SMALL, heavier), sheet)[0] == (3, 1)
    core = replace(SMALL.items()["money.item_1"], core=True)
    assert stages(editing.with_part(SMALL, core), sheet)[0] == (3, 1)
    assert stages(replace(SMALL, pass_mark=0.8), sheet)[0] == (3, 1)


def test_what_the_round_did_not_ask_is_said_and_counts_as_unanswered():
    draft, _code = editing.with_item(SMALL, "money", "Own", "all", ())
    item = SMALL.items()["money.item_2"]
    draft = editing.with_part(draft, replace(item, statements=("Else.", *item.statements[1:])))
    draft = editing.without(draft, SMALL.items()["money.item_4"])
    money, advice = tried(SMALL, draft, agreed({}))
    assert (money.unasked, money.reworded, money.dropped) == (
        ("Own",), ("Money item 2",), ("Money item 4",),
    )  # fmt: skip
    assert money.after.completeness == 0.75
    assert (advice.unasked, advice.dropped, advice.reworded) == ((), (), ())


def test_a_renamed_item_answers_by_the_code_it_had():
    money = SMALL.themes[0]
    new = replace(money.items[0], code="money.first")
    draft = replace(
        SMALL,
        themes=(replace(money, items=(new, *money.items[1:])), SMALL.themes[1]),
        renamed=(Renamed("money.first", "money.item_1"),),
    )
    found = tried(SMALL, draft, agreed({"money.item_1": 1}))[0]
    assert (found.unasked, found.dropped) == ((), ())
    assert found.after == found.before


def test_a_theme_the_round_did_not_have_was_nowhere_before():
    draft = replace(SMALL, themes=(*SMALL.themes, replace(SMALL.themes[0], code="new")))
    assert tried(SMALL, draft, agreed({}))[2].before is None


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (small_instrument(levels=4), "The round was asked on 5 levels; the draft has 4."),
        (replace(SMALL, rule="classify"), "Only ladders have stages to compare."),
    ],
)
def test_other_scales_are_refused_in_words(draft, sentence):
    with pytest.raises(ValueError, match=sentence):
        tried(SMALL, draft, agreed({}))
