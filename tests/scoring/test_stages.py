from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diagnostics.scoring.instrument import Answer, Group
from diagnostics.scoring.levels import State, state
from diagnostics.scoring.stages import (
    coverage,
    stage_at,
    standing,
    standing_levels,
    tally,
    weights,
)

from .builders import (
    any_letters,
    counted,
    filled,
    full_letters,
    instrument,
    item,
    items,
    sheet,
    theme,
)

EIGHT = ["yyyy", "yyyn", "yyyn", "yynn", "yynn", "yynn", "ynnn", "nnnn"]


def test_a_stage_by_hand():
    # Levels 5, 4, 4, 3, 3, 3, 2, 1, each of weight 1/8.
    # C(2) = 7/8, C(3) = 6/8 = the pass mark, C(4) = 3/8: stage 3.
    # g = 3/8 / 3/4 = 0.5; position 3.5; mean level 25/8 = 3.125.
    found = standing(counted(items(8), EIGHT))
    assert found.stage == 3
    assert found.coverage == {2: 7 / 8, 3: 6 / 8, 4: 3 / 8, 5: 1 / 8}
    assert found.progress == pytest.approx(0.5, abs=1e-12)
    assert found.position == pytest.approx(3.5, abs=1e-12)
    assert found.mean_level == pytest.approx(3.125, abs=1e-12)
    assert (found.completeness, found.knowledge) == (1.0, 1.0)
    assert found.bounds == (3, 3)
    assert found.starred is False
    assert (found.needs, found.needs_warning) == ("6 of 8", None)
    assert (found.reason, found.missing) == (None, ())


def test_group_share_times_item_share():
    # Group a weighs 3, group b weighs 1: shares 3/4 and 1/4. Inside a: 1 and 2 of 3.
    members = [
        item("a1", group="a", weight=1),
        item("a2", group="a", weight=2),
        item("b1", group="b", weight=7),
    ]
    groups = [Group("a", "A", 3.0), Group("b", "B", 1.0)]
    found = weights(members, groups, {"a1", "a2", "b1"})
    assert found == pytest.approx({"a1": 1 / 4, "a2": 1 / 2, "b1": 1 / 4})
    # Without group weights each group weighs its items: 3 and 7 of 10.
    found = weights(members, [Group("a", "A"), Group("b", "B")], {"a1", "a2", "b1"})
    assert found == pytest.approx({"a1": 0.1, "a2": 0.2, "b1": 0.7})
    # A group of which nothing applies leaves its share to the others.
    found = weights(members, groups, {"a1", "a2"})
    assert found == pytest.approx({"a1": 1 / 3, "a2": 2 / 3, "b1": 0.0})


def test_an_item_of_weight_zero_counts_for_nothing():
    members = [*items(4), item("extra", weight=0)]
    letters = {"i0": "yynn", "i1": "yynn", "i2": "yynn", "i3": "nnnn", "extra": "____"}
    found = standing(counted(members, letters))
    assert (found.stage, found.completeness, found.needs) == (3, 1.0, "3 of 4")


def test_a_core_item_holds_the_stage_and_caps_the_progress():
    # Seven of eight at level 3 meet the mark for stage 3; the core item at 1 holds stage 1.
    members = [*items(7), item("core", core=True)]
    letters = dict.fromkeys((one.code for one in members), "yynn") | {"core": "nnnn"}
    found = standing(counted(members, letters))
    assert (found.stage, found.progress, found.position) == (1, 0.99, 1.99)


def test_progress_is_capped_just_below_the_mark():
    # C(2) = 0.7499 / 0.75 = 0.9999 of the way, shown as 0.99.
    members = [item("i0", weight=7499), item("i1", weight=2501)]
    found = standing(counted(members, ["ynnn", "nnnn"]))
    assert (found.stage, found.progress) == (1, 0.99)


def test_the_highest_stage_has_no_progress():
    found = standing(counted(items(4), ["yyyy"] * 4))
    assert (found.stage, found.progress, found.position) == (5, 0.0, 5.0)


@pytest.mark.parametrize("count", [3, 6, 7, 12, 16, 20, 48])
@pytest.mark.parametrize("weight", [1.0, 0.1, 1 / 3, 1 / 16, 1e-3])
def test_the_mark_is_met_at_exactly_its_share_whatever_the_floats_say(count, weight):
    needed = -(-3 * count // 4)
    for passing, stage in ((needed, 2), (needed - 1, 1)):
        letters = ["ynnn"] * passing + ["nnnn"] * (count - passing)
        found = standing(counted(items(count, weight=weight), letters))
        assert found.stage == stage
        assert found.needs == f"{needed} of {count}"


def test_the_mark_in_items_warns_when_not_applicable_items_change_it():
    # Six of eight is three quarters; of seven items six are still needed (5.25 rounded up).
    found = standing(counted(items(8), ["ynnn"] * 7 + ["x"]))
    assert found.needs == "6 of 7"
    assert found.needs_warning == "With 1 not applicable the mark is 6 of 7 items, not 6 of 8."
    # Three of four is three quarters again.
    found = standing(counted(items(8), ["ynnn"] * 4 + ["x"] * 4))
    assert (found.needs, found.needs_warning) == ("3 of 4", None)


def test_the_mark_in_items_counts_the_heaviest_first():
    # 4/8 + 2/8 = 3/4: two of four can do it.
    members = [item("i0", weight=1), item("i1", weight=4), item("i2", weight=2), item("i3")]
    assert standing(counted(members, ["nnnn"] * 4)).needs == "2 of 4"


def test_too_little_answered_gives_no_stage_but_bounds():
    # Ten items, six answered: completeness 0.6. As no: C(2) = 0.6; as yes: C(5) = 0.4, C(2) = 1.
    letters = ["ynnn"] * 6 + ["____"] * 4
    found = standing(counted(items(10), letters))
    assert found.stage is None
    assert found.reason == (
        "Insufficient: answered items carry 60 % of the weight where 70 % is needed; "
        "known items carry 60 % of the weight where 70 % is needed."
    )
    assert found.missing == ("i6", "i7", "i8", "i9")
    assert found.bounds == (1, 2)
    assert (found.position, found.progress, found.mean_level) == (None, None, None)
    assert found.starred is False


def test_seven_of_ten_is_enough_and_knowledge_is_asked_for_too():
    assert standing(counted(items(10), ["nnnn"] * 7 + ["____"] * 3)).stage == 1
    found = standing(counted(items(10), ["nnnn"] * 6 + ["?nnn"] * 4))
    assert found.stage is None
    assert (found.completeness, found.knowledge) == pytest.approx((1.0, 0.6))
    assert found.missing == ("i6", "i7", "i8", "i9")
    assert found.reason is not None
    assert found.reason.startswith("Insufficient: known items carry 60 %")


def test_a_share_just_under_the_mark_does_not_read_as_the_mark():
    members = [item("i0", weight=69.96), item("i1", weight=30.04)]
    found = standing(counted(members, ["nnnn", "____"]))
    assert found.reason is not None
    assert "69.9 % of the weight where 70 %" in found.reason


def test_an_unanswered_core_item_gives_no_stage():
    members = [*items(9), item("core", core=True)]
    letters = dict.fromkeys((one.code for one in members), "yynn")
    found = standing(counted(members, letters | {"core": "____"}))
    assert found.stage is None
    assert found.reason == "Insufficient: the core item core is unanswered."
    assert found.bounds == (1, 3)
    assert standing(counted(members, letters | {"core": "?nnn"})).stage == 1
    assert standing(counted(members, letters | {"core": "x"})).stage == 3


def test_nothing_applicable():
    found = standing(counted(items(4), ["x"] * 4))
    assert (found.stage, found.bounds, found.completeness) == (None, None, None)
    assert found.reason == "Insufficient: no item that carries weight applies."


def test_starred_for_lack_of_information():
    # C(2) = 5/8 with three unknown; with them as yes C(2) = 8/8.
    letters = ["ynnn"] * 6 + ["?nnn"] * 2
    assert standing(counted(items(8), letters)).starred is False  # 6 of 8 pass as they are
    letters = ["ynnn"] * 5 + ["nnnn"] + ["?nnn"] * 2
    found = standing(counted(items(8), letters))
    assert (found.stage, found.starred, found.bounds) == (1, True, (1, 2))
    # The same when the officer stopped writing at the unknown statement.
    letters = ["ynnn"] * 5 + ["nnnn"] + ["?___"] * 2
    assert standing(counted(items(8), letters)).starred is True
    letters = ["ynnn"] * 5 + ["nnnn"] * 3
    assert standing(counted(items(8), letters)).starred is False


def test_an_unanswered_item_stands_at_one_and_an_unknown_one_at_its_level():
    counted_up = counted(items(2), ["yy_n", "yy?n"])
    assert standing_levels(counted_up) == {"i0": 1, "i1": 3}
    assert coverage(counted_up, standing_levels(counted_up), 3) == 0.5


def test_mean_level_leaves_unanswered_items_out():
    # Scores 2.5, 3, 1 on three answered items of weight 2, 1, 1: (5 + 3 + 1) / 4 = 2.25.
    members = [item("i0", weight=2), item("i1"), item("i2"), item("i3")]
    found = standing(counted(members, ["ypnn", "yy?n", "nnnn", "____"], completeness=0.5))
    assert found.mean_level == pytest.approx(2.25, abs=1e-12)


def test_a_group_uses_the_same_function():
    members = tuple(item(f"g{number}", group="g", weight=0.1) for number in range(4))
    whole = instrument(theme("t", members, groups=(Group("g", "G", 0.0),)))
    letters = {"g0": "yynn", "g1": "yynn", "g2": "yynn", "g3": "nnnn"}
    assert standing(tally(whole, members, (), sheet(letters))).stage == 3


def test_a_theme_that_is_not_staged_has_a_mean_level_only():
    found = standing(counted(items(2), ["yynn", "nnnn"]), "Shown only.")
    assert (found.stage, found.reason, found.bounds) == (None, "Shown only.", None)
    assert found.mean_level == 2.0


# The invariants at the end of method.md section 3.

RISE = {"n": "p", "p": "y", "?": "y", "_": "n"}


def with_letter(letters, row, column, letter):
    changed = list(letters)
    changed[row] = changed[row][:column] + letter + changed[row][column + 1 :]
    return changed


def rank(stage):
    return 0 if stage is None else stage


@given(filled(), st.data())
def test_raising_a_known_answer_never_lowers_a_stage(drawn, data):
    members, letters = drawn
    row = data.draw(st.integers(0, len(members) - 1))
    column = data.draw(st.integers(0, 3))
    assume(letters[row][column] in "np")
    higher = with_letter(letters, row, column, RISE[letters[row][column]])
    before, after = counted(members, letters), counted(members, higher)
    code = members[row].code
    # A yes that leads on to a blank or unknown statement makes the item less known.
    assume(state(after.answers[code]) == state(before.answers[code]))
    assert rank(standing(after).stage) >= rank(standing(before).stage)


@given(filled(), st.data(), st.sampled_from("ypn?"))
def test_answering_a_blank_never_lowers_a_stage(drawn, data, letter):
    members, letters = drawn
    row = data.draw(st.integers(0, len(members) - 1))
    column = data.draw(st.integers(0, 3))
    blank = with_letter(letters, row, column, "_")
    before = standing(counted(members, blank)).stage
    after = standing(counted(members, with_letter(letters, row, column, letter))).stage
    assert rank(after) >= rank(before)


@given(filled(), st.sampled_from([1e-3, 0.1, 1 / 3, 7.0, 1e4]))
def test_scaling_the_weights_changes_nothing(drawn, factor):
    members, letters = drawn
    scaled = tuple(replace(one, weight=one.weight * factor) for one in members)
    same_standing(standing(counted(members, letters)), standing(counted(scaled, letters)))


@given(filled(), st.integers(1, 4), st.booleans())
def test_adding_not_applicable_items_changes_nothing(drawn, count, core):
    members, letters = drawn
    extra = tuple(item(f"x{number}", core=core, weight=3) for number in range(count))
    by_code = {f"i{number}": text for number, text in enumerate(letters)}
    more = by_code | {one.code: "x" for one in extra}
    before = standing(counted(members, by_code))
    after = standing(counted((*extra, *members), more))
    same_standing(before, replace(after, needs_warning=before.needs_warning))


@given(st.lists(any_letters, min_size=4, max_size=8), st.sampled_from([None, 2.0]))
def test_not_applicable_items_in_groups_change_nothing(letters, group_weight):
    groups = (Group("a", "A", group_weight), Group("b", "B", group_weight))
    members = tuple(
        item(f"i{number}", group="ab"[number % 2], weight=1 + number)
        for number in range(len(letters))
    )
    extra = item("extra", group="a", weight=5)
    by_code = {f"i{number}": text for number, text in enumerate(letters)}
    whole = instrument(theme("t", (*members, extra), groups=groups))
    before = tally(whole, members, groups, sheet(by_code))
    after = tally(whole, (*members, extra), groups, sheet(by_code | {"extra": "x"}))
    assert before.weights == pytest.approx(
        {code: weight for code, weight in after.weights.items() if code != "extra"}
    )
    assert standing(before).stage == standing(after).stage


@given(filled(), st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_items_change_nothing(drawn, random):
    members, letters = drawn
    by_code = {one.code: text for one, text in zip(members, letters, strict=True)}
    mixed = list(members)
    random.shuffle(mixed)
    renamed = [replace(one, code=f"new_{one.code}") for one in mixed]
    new_letters = {f"new_{code}": text for code, text in by_code.items()}
    before = standing(counted(members, by_code))
    after = standing(counted(renamed, new_letters))
    assert sorted(after.missing) == sorted(f"new_{code}" for code in before.missing)
    same_standing(before, replace(after, missing=before.missing, reason=before.reason))


@given(filled())
def test_the_bounds_hold_the_stage(drawn):
    found = standing(counted(*drawn))
    assert found.bounds is not None
    lowest, highest = found.bounds
    assert lowest <= highest
    if found.stage is not None:
        assert lowest <= found.stage <= highest


@given(filled(full_letters))
def test_starred_is_exactly_a_higher_stage_with_every_unknown_as_yes(drawn):
    members, letters = drawn
    found = standing(counted(members, letters))
    informed = standing(counted(members, [text.replace("?", "y") for text in letters]))
    assert found.starred == (found.stage is not None and informed.stage > found.stage)
    assert found.bounds == (
        standing(counted(members, [text.replace("?", "n") for text in letters])).stage,
        informed.stage,
    )


@given(filled())
def test_the_stage_is_the_highest_that_passes(drawn):
    counted_up = counted(*drawn)
    levels = standing_levels(counted_up)
    passing = [
        step
        for step in range(2, 6)
        if coverage(counted_up, levels, step) >= 0.75 - 1e-9
        and all(levels[one.code] >= step for one in counted_up.counted if one.core)
    ]
    assert stage_at(counted_up, levels) == max(passing, default=1)


@given(filled())
def test_position_lies_within_its_stage(drawn):
    found = standing(counted(*drawn))
    if found.stage is not None:
        assert found.stage <= found.position <= found.stage + 0.99
        assert found.position == found.stage + found.progress


def same_standing(one, other):
    exact = ("stage", "reason", "missing", "bounds", "starred", "needs", "needs_warning")
    for name in exact:
        assert getattr(one, name) == getattr(other, name)
    for name in ("position", "progress", "mean_level", "completeness", "knowledge"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)
    assert one.coverage == pytest.approx(other.coverage, abs=1e-9)


def test_states_are_four_different_things():
    counted_up = counted(items(4), ["nnnn", "?nnn", "____", "x"])
    assert [state(counted_up.answers[f"i{number}"]) for number in range(3)] == [
        State.KNOWN,
        State.UNKNOWN,
        State.UNANSWERED,
    ]
    assert "i3" not in counted_up.answers
    assert counted_up.answers["i0"] == (Answer.NO,) * 4
