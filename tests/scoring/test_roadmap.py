from itertools import combinations
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.scoring.instrument import Approach, Source
from diagnostics.scoring.levels import State
from diagnostics.scoring.roadmap import (
    CheapestSet,
    Step,
    approaches,
    blocked_by,
    cheapest_set,
    first_open_steps,
    held_by_core,
)
from diagnostics.scoring.stages import stage_at, standing_levels

from .builders import any_letters, counted, filled, instrument, item, items, theme


def test_blocked_by_names_each_statement_that_is_not_yet_yes():
    members = [*items(3), item("light", weight=0)]
    found = blocked_by(counted(members, {"i0": "ynnn", "i1": "n?yn", "i2": "x"}), 3)
    assert found == (
        Step("i0", 3, "i0 3", "no"),
        Step("i1", 2, "i1 2", "no"),
        Step("i1", 3, "i1 3", "unknown"),
    )


def test_an_item_below_for_want_of_an_answer_is_blocked_by_its_blank():
    # yes, blank: unanswered, so it stands at 1 although the statement of level 2 is yes.
    tally = counted(items(4), ["y_nn", "ynnn", "ynnn", "nnnn"])
    assert blocked_by(tally, 2) == (Step("i0", 3, "i0 3", ""), Step("i3", 2, "i3 2", "no"))
    assert cheapest_set(tally, 2) == CheapestSet(("i0",), 0.0, (Step("i0", 3, "i0 3", ""),))


def test_first_open_steps_are_the_statements_that_hold_the_items():
    tally = counted(items(4), ["y??n", "____", "yyyy", "nnnn"])
    assert first_open_steps(tally, State.UNKNOWN) == (Step("i0", 3, "i0 3", "unknown"),)
    assert [step.item for step in first_open_steps(tally, State.UNKNOWN, State.UNANSWERED)] == [
        "i0",
        "i1",
    ]


def test_held_by_core_only_when_nothing_else_holds():
    members = [*items(7), item("core", core=True)]
    letters = dict.fromkeys((one.code for one in members), "ynnn") | {"core": "nnnn"}
    assert held_by_core(counted(members, letters), 2) == ("core",)
    assert held_by_core(counted(members, letters | {"i0": "nnnn", "i1": "nnnn"}), 2) == ()


def test_cheapest_set_by_hand():
    # Eight items of 1/8, mark 6/8, stage 2 now. Two stand at 3; four of the other six are needed.
    # One statement each: i2 (effort 1), i3 (2), i4 (1), i5 (3); two statements: i6 (effort 1),
    # i7 (effort 1). Costs 1, 2, 1, 3, 2, 2. Cheapest four: i2, i4 and two of i3, i6, i7 = 6.
    # All weigh the same, so the first in order are taken: i3 and i6.
    efforts = [1, 1, 1, 2, 1, 3, 1, 1]
    members = [item(f"i{number}", effort=effort) for number, effort in enumerate(efforts)]
    tally = counted(members, ["yynn"] * 2 + ["ynnn"] * 4 + ["nnnn"] * 2)
    found = cheapest_set(tally, 3)
    assert found.items == ("i2", "i3", "i4", "i6")
    assert found.cost == 6.0
    assert [(step.item, step.level) for step in found.statements] == [
        ("i2", 3),
        ("i3", 3),
        ("i4", 3),
        ("i6", 2),
        ("i6", 3),
    ]


def test_ties_go_to_the_heavier_set():
    # Mark 0.75, i0 of 0.5 stands. Either 0.3 or 0.25 of the others will do at the same cost.
    members = [item("i0", weight=50), item("i1", weight=25), item("i2", weight=30)]
    assert cheapest_set(counted(members, ["ynnn", "nnnn", "nnnn"], pass_mark=0.7), 2).items == (
        "i2",
    )


def test_core_items_are_always_in_the_set():
    members = [item("i0", core=True, effort=9), *items(8)[1:]]
    tally = counted(members, ["nnnn"] + ["ynnn"] * 5 + ["nnnn"] * 2)
    assert cheapest_set(tally, 2).items == ("i0",)
    assert cheapest_set(tally, 2).cost == 9.0


def test_the_set_can_aim_higher_than_the_next_stage():
    # To 4 from 1: three statements each, three of four items.
    found = cheapest_set(counted(items(4), ["nnnn"] * 4), 4)
    assert (found.items, found.cost) == (("i0", "i1", "i2"), 9.0)


def test_nothing_to_raise_when_the_stage_is_reached():
    assert cheapest_set(counted(items(4), ["yynn"] * 4), 3) == CheapestSet()


@pytest.mark.parametrize("short", [5e-7, 5e-8, 2e-9])
def test_a_set_that_misses_the_mark_by_less_than_the_solver_sees_is_refused(short):
    # i0 and i1 carry 0.75 less a hair beyond the tolerance: i2 is needed instead of i1.
    members = [item("i0", weight=0.5), item("i1", weight=0.25 - short), item("i2", weight=0.25)]
    members.append(item("i3", weight=short))
    letters = ["ynnn", "nnnn", "nnnn", "nnnn"]
    found = cheapest_set(counted(members, letters), 2)
    assert found.items == ("i2",)


def test_a_set_that_misses_the_mark_within_the_tolerance_is_taken():
    members = [item("i0", weight=0.5), item("i1", weight=0.25 - 1e-10), item("i2", weight=0.25)]
    members[2] = item("i2", weight=0.25 + 1e-10, effort=2)
    assert cheapest_set(counted(members, ["ynnn", "nnnn", "nnnn"]), 2).items == ("i1",)


def by_trying_all(tally, target):
    levels = standing_levels(tally)
    below = [one for one in tally.counted if levels[one.code] < target]
    sets = []
    for size in range(len(below) + 1):
        for places in combinations(range(len(below)), size):
            raised = {below[place].code: target for place in places}
            if stage_at(tally, levels | raised) >= target:
                sets.append(places)

    def cost(places):
        return fsum(
            below[place].effort
            * sum(answer != "yes" for answer in tally.answers[below[place].code][: target - 1])
            for place in places
        )

    def weight(places):
        return fsum(tally.weights[below[place].code] for place in places)

    least = min(map(cost, sets))
    sets = [places for places in sets if cost(places) <= least + 1e-9]
    most = max(map(weight, sets))
    best = min(places for places in sets if weight(places) >= most - 1e-9)
    return tuple(below[place].code for place in best), least


efforts = st.sampled_from([1.0, 1.0, 2.0, 0.5, 0.1, 0.3])


@settings(max_examples=60)
@given(filled(any_letters, most=7, efforts=efforts), st.integers(2, 5))
def test_the_cheapest_set_is_the_best_of_all_sets(drawn, target):
    tally = counted(*drawn)
    found = cheapest_set(tally, target)
    levels = standing_levels(tally)
    if stage_at(tally, levels) >= target:
        assert found == CheapestSet()
        return
    codes, cost = by_trying_all(tally, target)
    assert found.items == codes
    assert found.cost == pytest.approx(cost, abs=1e-9)
    assert stage_at(tally, levels | dict.fromkeys(found.items, target)) >= target


@settings(max_examples=40)
@given(filled(any_letters, most=7, efforts=efforts), st.integers(2, 5))
def test_answering_what_the_set_says_truly_lifts_the_stage(drawn, target):
    members, letters = drawn
    found = cheapest_set(counted(members, letters), target)
    met = list(letters)
    for code in found.items:
        row = int(code[1:])
        above = letters[row][target - 1 :]
        if above.lstrip("y").startswith("_"):  # as the rung click does
            above = above.replace("_", "n", 1)
        met[row] = "y" * (target - 1) + above
    tally = counted(members, met)
    assert stage_at(tally, standing_levels(tally)) >= target


def test_sixteen_equal_items_take_the_first_in_order():
    # Twelve of sixteen are needed: the first twelve, at one statement each.
    found = cheapest_set(counted(items(16), ["nnnn"] * 16), 2)
    assert found.items == tuple(f"i{number}" for number in range(12))


def test_approaches_of_the_stage_with_what_they_continue():
    source = Source("added", "fictional-1", "p. 1")
    first = Approach("a-1", "t", 1, "government", "Begin.", source=source)
    second = Approach("a-2", "t", 2, "donors", "Go on.", "inclusive", "public", ("a-1",))
    other = Approach("b-2", "u", 2, "donors", "Elsewhere.")
    whole = instrument(theme("t", items(1)), approaches=(first, second, other))
    assert approaches(whole, "t", 2) == [
        {
            "code": "a-2",
            "addressee": "donors",
            "text": "Go on.",
            "pathway": "inclusive",
            "category": "public",
            "continues": [{"code": "a-1", "stage": 1, "text": "Begin."}],
            "source": None,
        }
    ]
    assert approaches(whole, "t", 1)[0]["source"] == {
        "tag": "added",
        "document": "fictional-1",
        "place": "p. 1",
        "because": "",
    }
    assert approaches(whole, "t", 3) == []
