from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.scoring.change import (
    NOT_STAGED,
    NOTHING_COMMON,
    OTHER_SCALE,
    TOO_LITTLE,
    Place,
    Scored,
    changes,
)
from diagnostics.scoring.instrument import Group, Renamed
from diagnostics.scoring.panels import scored_sheet
from diagnostics.scoring.stages import tally

from . import reference
from .builders import PANELS, instrument, item, items, rated, reaching, sheet, theme


def agreed_round(whole, letters):
    return Scored(whole, [sheet(letters)])


def compare(older, newer, draws=200, seed=1, **settings):
    return changes(older, newer, draws=draws, seed=seed, **settings)


EIGHT = instrument(theme("t", items(8)))


def test_the_published_and_the_comparable_pair_by_hand():
    # The newer version drops i7 and adds n0. Older: six of eight at 2, so stage 2 as published.
    newer = instrument(theme("t", (*items(7), item("n0"))))
    before = agreed_round(EIGHT, ["ynnn"] * 6 + ["nnnn"] * 2)
    after = agreed_round(
        newer, {f"i{at}": "ynnn" for at in range(5)} | {"i5": "nnnn", "i6": "nnnn", "n0": "yyyy"}
    )
    (found,) = compare(before, after, draws=0)
    assert found.published == (Place(2, 2.0), Place(2, pytest.approx(2 + 1 / 8 / 0.75)))
    # On the seven common items: six of seven, then five of seven (0.714 < 0.75).
    assert found.items == tuple(f"i{at}" for at in range(7))
    assert found.share == pytest.approx(7 / 8)
    assert found.comparable == (Place(2, 2.0), Place(1, pytest.approx(1 + 5 / 7 / 0.75)))
    assert found.difference == pytest.approx(5 / 7 / 0.75 - 1)
    assert (found.interval_90, found.real) == (None, None)
    assert found.words == "The rounds were not re-scored, so nothing is said of chance."


def test_the_newer_weights_core_marks_and_pass_mark_are_used():
    newer = instrument(
        theme("t", (item("i0", core=True), item("i1", weight=3), *items(4)[2:])), pass_mark=0.5
    )
    letters = ["ynnn", "yynn", "nnnn", "nnnn"]
    whole = instrument(theme("t", items(4)))
    (found,) = compare(agreed_round(whole, letters), agreed_round(newer, letters), draws=0)
    # Alone: two of four, C(2) = 0.5: stage 1. By the newer rules: 4/6 >= 0.5, core at 2: stage 2.
    assert found.published[0].stage == 1
    assert found.comparable == (Place(2, 2.99), Place(2, 2.99))
    assert found.difference == 0.0


def test_items_known_in_both_rounds_only():
    before = agreed_round(EIGHT, ["ynnn"] * 6 + ["x", "?nnn"])
    after = agreed_round(EIGHT, ["?nnn"] + ["ynnn"] * 4 + ["____"] + ["ynnn"] * 2)
    (found,) = compare(before, after, draws=0)
    assert found.items == ("i1", "i2", "i3", "i4")
    assert (found.comparable, found.reason, found.difference) == (None, TOO_LITTLE, None)
    assert found.share == 0.5
    assert "less than 60 % of the newer weight" in found.words


def test_sixty_percent_is_enough():
    ten = instrument(theme("t", items(10)))
    before = agreed_round(ten, ["ynnn"] * 6 + ["?nnn"] * 4)
    (found,) = compare(before, agreed_round(ten, ["ynnn"] * 10), draws=0)
    assert found.comparable is not None


def test_what_cannot_be_compared_says_why():
    three = Scored(instrument(theme("t", items(4, 3)), levels=3), [sheet(["yn"] * 4, levels=3)])
    four = agreed_round(instrument(theme("t", items(4))), ["ynnn"] * 4)
    assert compare(three, four)[0].reason == OTHER_SCALE
    other = agreed_round(
        instrument(theme("u", [item(f"u{at}") for at in range(4)])),
        {f"u{at}": "ynnn" for at in range(4)},
    )
    (found,) = compare(four, other)
    assert (found.reason, found.published[0]) == (NOTHING_COMMON, None)
    shown = agreed_round(instrument(theme("t", items(4), staged=False)), ["ynnn"] * 4)
    assert compare(shown, shown)[0].reason == NOT_STAGED


def test_renamed_and_split_items_follow_the_table():
    table = (Renamed("new", "i0"), Renamed("left", "i1"), Renamed("right", "i1"))
    members = (item("new"), item("left"), item("right"), *items(4)[2:])
    newer = instrument(theme("t", members), renamed=table)
    before = agreed_round(instrument(theme("t", items(4))), ["ynnn", "yynn", "nnnn", "nnnn"])
    after = agreed_round(newer, {one.code: "yynn" for one in members})
    (found,) = compare(before, after, draws=0)
    assert found.items == ("new", "left", "right", "i2", "i3")
    # Older on the newer items: 2, 3, 3, 1, 1: C(2) = 3/5.
    assert found.comparable == (Place(1, pytest.approx(1 + 0.6 / 0.75)), Place(3, 3.0))
    # Further back, where the code was another again, the nearest earlier one in the table counts.
    again = replace(newer, renamed=(*table, Renamed("new", "never")))
    assert (
        compare(before, agreed_round(again, {one.code: "yynn" for one in members}), 0)[0] == found
    )


def test_groups_keep_their_weights_on_the_common_items():
    groups = (Group("a", "A", 3.0), Group("b", "B", 1.0))
    members = tuple(item(f"i{at}", group="a" if at < 4 else "b") for at in range(8))
    whole = instrument(theme("t", members, groups=groups))
    before = agreed_round(whole, ["ynnn"] * 4 + ["nnnn"] * 2 + ["____"] * 2)
    after = agreed_round(whole, ["ynnn"] * 4 + ["nnnn"] * 4)
    (found,) = compare(before, after, draws=0)
    assert found.share == pytest.approx(3 / 4 + 1 / 8)
    assert found.comparable == (Place(2, 2.0), Place(2, 2.0))


def noisy_sheets(rng, levels, names="abcd"):
    return [
        sheet(
            [
                reaching(int(np.clip(level + rng.choice([-1, 0, 0, 0, 1]), 1, 5)))
                for level in levels
            ],
            name=name,
            panel=PANELS[at % 3],
        )
        for at, name in enumerate(names)
    ]


def test_the_same_round_twice_is_no_change():
    rng = np.random.default_rng(1)
    one = Scored(EIGHT, noisy_sheets(rng, [2, 3, 1, 2, 4, 2, 3, 2]))
    (found,) = compare(one, one)
    assert (found.difference, found.real, found.words) == (0.0, False, "No clear change.")
    assert found.interval_90[0] <= 0 <= found.interval_90[1]


def test_two_levels_up_throughout_is_a_real_change_and_down_as_well():
    rng = np.random.default_rng(2)
    twenty = instrument(theme("t", items(20)))
    low = Scored(twenty, noisy_sheets(rng, [2] * 20))
    high = Scored(twenty, noisy_sheets(rng, [4] * 20))
    (up,) = compare(low, high)
    (down,) = compare(high, low)
    assert (up.real, down.real) == (True, True)
    assert up.interval_90[0] > 0 > down.interval_90[1]
    assert up.words.startswith("The theme rose")
    assert down.words.startswith("The theme fell")


@settings(max_examples=40)
@given(rated(), st.data(), st.integers(1, 30), st.sampled_from([1, 7, 100]))
def test_the_draws_are_those_of_the_slow_reference(drawn, data, draws, chunk):
    whole, older = drawn
    kinds = st.lists(
        st.sampled_from([*map(reaching, range(1, 6)), "y?nn", "x", "____"]),
        min_size=len(whole.themes[0].items),
        max_size=len(whole.themes[0].items),
    )
    newer = [sheet(data.draw(kinds), name=panel, panel=panel) for panel in PANELS]
    (found,) = changes(Scored(whole, older), Scored(whole, newer), draws=draws, seed=3, chunk=chunk)
    if found.comparable is None:
        return
    common = tuple(one for one in whole.themes[0].items if one.code in found.items)
    tallies = [tally(whole, common, (), scored_sheet(whole, sheets)) for sheets in (older, newer)]
    slow = sorted(reference.differences(tallies, list(found.items), (older, newer), "t", draws, 3))
    ends = slow[-(-draws * 5 // 100) - 1], slow[-(-draws * 95 // 100) - 1]
    assert found.interval_90 == pytest.approx(ends, abs=1e-9)
    assert found.real == (ends[0] > 1e-9 or ends[1] < -1e-9)


def test_sheets_of_other_themes_do_not_count():
    two = instrument(theme("t", items(4)), theme("u", tuple(item(f"u{at}") for at in range(4))))
    letters = {f"{kind}{at}": "ynnn" for kind in "iu" for at in range(4)}
    both = [sheet(letters, name="a", panel="private"), sheet(letters, name="b", panel="private")]
    only_t = [both[0], replace(both[1], themes=("t",))]
    before = Scored(two, both)
    assert compare(before, Scored(two, only_t), 50)[1].items == tuple(f"u{at}" for at in range(4))
    assert compare(Scored(two, only_t[1:]), before, 50)[1].reason == NOTHING_COMMON
