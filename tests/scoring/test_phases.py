"""The rule classify: a phase by its marks (method.md section 11), with numbers worked by hand."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.scoring import phases
from diagnostics.scoring.change import Scored, changes
from diagnostics.scoring.instrument import Instrument, Item, ItemAnswers, Sheet, Status, Theme
from diagnostics.scoring.rounds import score_round
from diagnostics.scoring.severity import severity
from diagnostics.scoring.stages import tally

from .builders import answers, instrument, theme

PHASES = 3


def mark_item(code: str, weight: float = 1.0) -> Item:
    statements = tuple(f"{code} {phase}" for phase in range(1, PHASES + 1))
    return Item(code=code, title=code.title(), statements=statements, weight=weight, marks=True)


def marks(*weights: float) -> Instrument:
    """Items i0, i1, ... of these weights with one mark for each of three phases."""
    members = [mark_item(f"i{at}", weight) for at, weight in enumerate(weights)]
    return instrument(theme("t", members), levels=PHASES, rule="classify")


def rater(letters: list[str], name: str = "agreed", panel: str = "agreed") -> Sheet:
    away = ItemAnswers(answers("_" * PHASES), Status.NOT_APPLICABLE)
    responses = {
        f"i{at}": away if text == "x" else ItemAnswers(answers(text))
        for at, text in enumerate(letters)
    }
    return Sheet(name, panel, responses)


def stood(letters: list[str], *weights: float) -> phases.Standing:
    whole = marks(*(weights or [1.0] * len(letters)))
    return phases.standing(tally(whole, whole.themes[0].items, (), rater(letters)))


HAND = ["yyn", "nyn", "nny", "npn"]
"""Phase 1: i0, a quarter. Phase 2: i0 and i1, a half. Phase 3: i2, a quarter. Partly is no yes."""


def test_the_phase_with_most_evidence_is_the_one():
    found = stood(HAND)
    assert found.coverage == {1: 0.25, 2: 0.5, 3: 0.25}
    assert (found.stage, found.position, found.bounds, found.starred) == (2, 2.0, (2, 2), False)
    assert (found.completeness, found.knowledge) == (1.0, 1.0)
    assert (found.progress, found.mean_level, found.needs) == (None, None, None)


def test_a_later_mark_needs_no_earlier_one_and_weights_count():
    assert stood(["nny", "nnn"]).stage == 3
    assert stood(["ynn", "nyn"], 1.0, 3.0).coverage == {1: 0.25, 2: 0.75, 3: 0.0}


def test_of_equals_the_earlier_wins_whatever_the_order_of_adding():
    # 0.1 + 0.2 and 0.3 differ in the last place of a float.
    assert stood(["nyn", "nyn", "ynn"], 0.1, 0.2, 0.3).stage == 1
    assert stood(["nny", "nyn"]).stage == 2


def test_what_nobody_knows_leaves_phases_possible():
    # Known 3 of 4. With the unknown of i3 true, phase 3 would have a half against a quarter.
    found = stood(["yyn", "nnn", "nny", "nn?"])
    assert (found.stage, found.bounds, found.starred) == (1, (1, 3), True)
    assert found.knowledge == 0.75


def test_one_blank_mark_leaves_its_item_unanswered():
    found = stood(["yyn", "nny", "n_y", "nn_"])
    assert found.stage is None
    assert found.reason.startswith("Insufficient: answered items carry 50 % of the weight where 70")
    assert found.missing == ("i2", "i3")
    assert found.coverage == {1: 0.25, 2: 0.25, 3: 0.5}


def test_without_any_mark_there_is_no_phase():
    assert stood(["nnn", "npn"]).reason == phases.NO_EVIDENCE
    assert stood(["x"]).reason == "Insufficient: no item that carries weight applies."


def test_swing_items_are_those_of_which_one_mark_turns_the_phase():
    # Shares .25, .5, .25: without i0's or i1's mark of phase 2 all are level and phase 1 wins;
    # one more mark of phase 1 (i1, i2, i3) brings a tie, which goes to it; of phase 3, to phase 2.
    whole = marks(1, 1, 1, 1)
    found = phases.swing_items(tally(whole, whole.themes[0].items, (), rater(HAND)))
    assert [(one.item, one.down, one.up) for one in found] == [
        ("i0", 1, None), ("i1", 1, None), ("i2", 1, None), ("i3", 1, None),
    ]  # fmt: skip


def three(letters: list[str]) -> list[Sheet]:
    return [rater(letters, name, panel) for name, panel in
            (("a", "government"), ("b", "independent"), ("c", "private"))]  # fmt: skip


def test_sheets_that_agree_leave_no_doubt():
    found = score_round(marks(1, 1, 1, 1), three(HAND), draws=200)["themes"][0]
    assert found["rescoring"]["measurement"]["counts"] == {"1": 0, "2": 200, "3": 0}
    assert found["rescoring"]["measurement"]["interval_90"] == [2.0, 2.0]
    assert found["firm"] is True
    assert found["agreement"]["exact"] == 1.0
    assert [item["level"] for item in found["items"]] == [1, 2, 3, None]
    assert [item["panel_level"] for item in found["items"]] == [1, 2, 3, None]


def test_an_unknown_mark_decides_half_of_the_draws():
    # Phases 1 and 2 stand level; i2's mark of phase 2 is true in half of the draws, for q is
    # uniform. After centring phase 2 has 5/8 or 3/8 against 1/2.
    letters = ["ynn", "nyn", "y?n", "nyn"]
    found = score_round(marks(1, 1, 1, 1), three(letters), draws=4000)["themes"][0]
    assert found["stage"] == 1
    lines = found["rescoring"]
    assert lines["measurement"]["shares"]["2"] == pytest.approx(0.5, abs=0.03)
    assert lines["sources"]["unknowns"]["counts"] == lines["measurement"]["counts"]
    assert lines["sources"]["sheets"]["counts"]["1"] == 4000
    assert set(lines["sources"]) == {"sheets", "noise", "unknowns", "weights"}
    assert found["firm"] is False
    assert found["find_out_first"] == [
        {"item": "i2", "level": 2, "statement": "i2 2", "answer": "unknown"}
    ]


def test_weights_decide_where_two_phases_are_near():
    # One heavy item against two light ones: 10/19 and 9/19. A drawn weight within a quarter turns
    # it often, and the measurement never does.
    letters = ["ynn", "nyn", "nyn"]
    found = score_round(marks(10, 5, 4), three(letters), draws=2000)["themes"][0]["rescoring"]
    assert found["measurement"]["counts"]["1"] == 2000
    assert 200 < found["rules"]["counts"]["2"] < 1000
    assert found["rules"]["counts"] == found["sources"]["weights"]["counts"]


def test_panels_two_phases_apart_contest_an_item():
    sheets = [rater(["ynn"], "a", "government"), rater(["nny"], "b", "independent")]
    found = score_round(marks(1), sheets, draws=0)["themes"][0]
    assert [one["item"] for one in found["contested"]] == ["i0"]
    assert found["gaps"]["government_independent"][0]["gap"] == -2


def test_nothing_leads_up_and_the_result_is_plain():
    result = score_round(marks(1, 1, 1, 1), three(HAND), draws=50)
    json.dumps(result, allow_nan=False)
    found = result["themes"][0]
    assert (found["blocked_by"], found["cheapest_set"], found["horizons"]) == ([], None, [])
    assert not any(item["out_of_order"] for item in found["items"])
    assert result["instrument"]["rule"] == "classify"
    assert severity(marks(1, 1, 1, 1), marks(1, 1, 1, 1).themes[0], three(HAND))[0] == []


def test_two_rounds_are_set_side_by_side_by_what_they_published():
    whole = marks(1, 1, 1, 1)
    older = Scored(whole, three(["ynn", "ynn", "nnn", "nnn"]))
    (found,) = changes(older, Scored(whole, three(HAND)), draws=50, seed=1)
    assert [one and one.stage for one in found.published] == [1, 2]
    assert (found.comparable, found.real) == (None, None)
    assert "no scale" in found.words


LETTER = st.text("ypn?_", min_size=PHASES, max_size=PHASES) | st.just("x")
SHEETS = st.lists(st.lists(LETTER, min_size=3, max_size=3), min_size=1, max_size=5)


@given(
    st.lists(LETTER | st.text("yn", min_size=PHASES, max_size=PHASES), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_a_phase_is_the_first_of_the_largest_sums(letters, random):
    weights = [random.choice([0, 1, 1, 2, 3]) for _ in letters]
    found = stood(letters, *weights)
    whole = sum(w for text, w in zip(letters, weights, strict=True) if text != "x")
    if not whole:
        assert found.stage is None
        return
    sums = [
        sum(w for text, w in zip(letters, weights, strict=True) if text[at : at + 1] == "y")
        for at in range(PHASES)
    ]
    assert found.coverage == pytest.approx({at + 1: sums[at] / whole for at in range(PHASES)})
    if found.stage is not None:
        assert found.stage == sums.index(max(sums)) + 1
        assert found.bounds[0] <= found.stage <= found.bounds[1]
        assert found.knowledge >= 0.7 - 1e-9


@settings(max_examples=25)
@given(SHEETS, st.sampled_from([1, 7, 40]))
def test_neither_names_nor_order_nor_chunks_count(found, chunk):
    whole = marks(1, 2, 3)
    known = {"?": "n", "_": "n"}
    agreed = rater(["".join(known.get(one, one) for one in text) for text in found[0]])
    counted = tally(whole, whole.themes[0].items, (), agreed)
    if not counted.counted:
        return
    one, other = (
        [rater(text, f"{name}{at}", ("private", "government")[at % 2])
         for at, text in order]
        for name, order in (("s", list(enumerate(found))), ("z", list(enumerate(found))[::-1]))
    )  # fmt: skip
    first = phases.certainty(counted, whole.themes[0], one, draws=40, seed=3)
    assert sum(first.measurement.counts) == 40
    assert phases.certainty(counted, whole.themes[0], other, draws=40, seed=3, chunk=chunk) == first


@given(st.lists(LETTER, min_size=1, max_size=6))
def test_turning_the_open_marks_leads_within_the_bounds(letters):
    found = stood(letters)
    if found.bounds is None or found.stage is None:
        return
    closed = [text.replace("?", "y").replace("_", "y") for text in letters]
    with_all = stood(closed)
    if with_all.stage is not None:
        assert with_all.stage <= found.bounds[1]


def test_a_theme_without_a_stage_says_so_still():
    whole = marks(1)
    shown: Theme = replace(whole.themes[0], staged=False)
    result = score_round(replace(whole, themes=(shown,)), [rater(["yny"])], draws=0)
    assert result["themes"][0]["reason"].startswith("This theme is shown beside")
    assert result["themes"][0]["coverage"] == {"1": 1.0, "2": 0.0, "3": 1.0}
