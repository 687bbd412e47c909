from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.scoring.horizons import horizons, targets
from diagnostics.scoring.instrument import Approach, Group, MixRule
from diagnostics.scoring.roadmap import cheapest_set
from diagnostics.scoring.stages import stage_at, standing_levels, tally

from .builders import filled, full_letters, instrument, item, items, sheet, theme


@pytest.mark.parametrize(
    ("stage", "top", "expected"),
    [
        (1, 5, {1: 2, 5: 4}),
        (3, 5, {1: 4, 5: 4}),
        (4, 5, {1: 5, 5: 5}),
        (5, 5, {}),
        (1, 3, {1: 2, 5: 2}),
        (2, 3, {1: 3, 5: 3}),
        (1, 7, {1: 2, 5: 6}),
    ],
)
def test_targets(stage, top, expected):
    assert targets(stage, top) == expected


def of(whole, letters, stages):
    (only,) = whole.themes
    scored = sheet(letters)
    counted = tally(whole, only.items, only.groups, scored)
    return horizons(whole, only, scored, counted, stages)


def test_both_horizons_by_hand():
    whole = instrument(
        theme("t", items(4)),
        approaches=tuple(Approach(f"t-{at}", "t", at, "donors", "Do.") for at in range(1, 6)),
    )
    one, five = of(whole, ["nnnn"] * 4, {"t": 1})
    assert (one["years"], one["target"], one["items"], one["cost"]) == (1, 2, ["i0", "i1", "i2"], 3)
    assert (five["years"], five["target"], five["cost"]) == (5, 4, 9)
    assert [(one["code"], one["stage"]) for one in five["approaches"]] == [
        ("t-1", 1),
        ("t-2", 2),
        ("t-3", 3),
    ]
    assert [approach["code"] for approach in one["approaches"]] == ["t-1"]


def test_the_five_year_set_keeps_the_items_of_the_first_year():
    # Five of eight stand at 4, one more is needed. To 2: i0 costs 1, i1 1.5 (its higher statements
    # are yes already). To 4 i1 costs 1.5 and i0 3, yet i0 was begun in the first year.
    members = (item("i0"), item("i1", effort=1.5), *items(7)[2:], item("i7", effort=9))
    letters = ["nnnn", "nyyn"] + ["yyyn"] * 5 + ["nnnn"]
    whole = instrument(theme("t", members))
    one, five = of(whole, letters, {"t": 1})
    assert (one["target"], one["items"], one["cost"]) == (2, ["i0"], 1.0)
    assert (five["target"], five["items"], five["cost"]) == (4, ["i0"], 3.0)
    assert cheapest_set(tally(whole, members, (), sheet(letters)), 4).items == ("i1",)


def test_without_a_stage_or_at_the_highest_there_is_no_horizon():
    whole = instrument(theme("t", items(4)))
    assert of(whole, ["____"] * 4, {"t": None}) == []
    assert of(whole, ["yyyy"] * 4, {"t": 5}) == []


def test_prerequisites_are_the_rules_that_hold_now_or_would_then():
    rules = (
        MixRule("gap", "t.g >= 3 and other <= 2", "Lift the other theme first."),
        MixRule("low", "t == 1", "Begin with the basics."),
        MixRule("away", "other == 1", "Nothing to do with it."),
        MixRule("blind", "t >= 1 and silent >= 1", "Cannot be judged."),
    )
    whole = instrument(theme("t", items(4, group="g"), groups=(Group("g", "G"),)), mix_rules=rules)
    stages = {"t": 1, "t.g": 1, "other": 1, "silent": None}
    one, five = of(whole, ["nnnn"] * 4, stages)
    assert [(rule["code"], rule["now"], rule["then"]) for rule in one["prerequisites"]] == [
        ("low", True, False)
    ]
    assert [(rule["code"], rule["now"], rule["then"]) for rule in five["prerequisites"]] == [
        ("gap", False, True),
        ("low", True, False),
    ]


@settings(max_examples=40)
@given(filled(full_letters, most=6, efforts=st.sampled_from([0.5, 1.0, 3.0])))
def test_each_set_reaches_its_target_and_the_longer_holds_the_shorter(drawn):
    members, letters = drawn
    whole = instrument(theme("t", members))
    counted = tally(whole, members, (), sheet(letters))
    stage = stage_at(counted, standing_levels(counted))
    found = of(whole, letters, {"t": stage})
    for one in found:
        raised = standing_levels(counted) | dict.fromkeys(one["items"], one["target"])
        assert stage_at(counted, raised) >= one["target"]
    if found:
        assert set(found[0]["items"]) <= set(found[1]["items"])
        assert found[0]["cost"] <= found[1]["cost"] + 1e-9
        assert found[1]["cost"] >= cheapest_set(counted, found[1]["target"]).cost - 1e-9


def test_a_group_that_counts_for_nothing_outside_keeps_its_own_stage():
    """Group weight 0: its items count inside the group alone, and no horizon stumbles over them."""
    one = theme("t", items(8))
    grouped = tuple(
        replace(found, group="aside" if at < 4 else "main") for at, found in enumerate(one.items)
    )
    whole = instrument(
        replace(one, items=grouped, groups=(Group("aside", "Aside", 0), Group("main", "Main")))
    )
    letters = {found.code: "ynnn" for found in grouped}
    found = of(whole, letters, {"t": 2, "t.aside": 2, "t.main": 2})
    assert [horizon["target"] for horizon in found] == [3, 4]
