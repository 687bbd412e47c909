"""How far a scored round can be relied on: agreement, re-scorings, firmness, witnesses."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from diagnostics.scoring.instrument import (
    IndicatorBinding,
)
from diagnostics.scoring.reliance import NO_DRAWS, NO_STAGE
from diagnostics.scoring.rounds import score_round
from diagnostics.scoring.witness import Observation

from .builders import (
    PANELS,
    filled,
    instrument,
    item,
    items,
    plain,
    rated,
    reaching,
    sheet,
    theme,
)


def panel_round(*levels_by_sheet, agreed=None, members=None, levels=5):
    """A round of one theme with one sheet for each list of levels, panels in turn."""
    members = members or items(len(levels_by_sheet[0]), levels)
    sheets = [
        sheet(
            [reaching(at, levels) for at in found],
            name=f"s{number}",
            panel=PANELS[number % 3],
            levels=levels,
        )
        for number, found in enumerate(levels_by_sheet)
    ]
    if agreed:
        sheets.append(sheet([reaching(at, levels) for at in agreed], levels=levels))
    return instrument(theme("t", members), levels=levels), sheets


def only(result):
    (found,) = result["themes"]
    return found


def test_a_firm_stage_by_hand():
    whole, sheets = panel_round([3] * 8, [3] * 8, [3] * 7 + [2])
    result = score_round(whole, sheets, seed=7)
    assert (result["draws"], result["seed"]) == (10_000, 7)
    assert result["panels"] == {"government": 1, "independent": 1, "private": 1}
    found = only(result)
    assert found["panels"] == result["panels"]
    measurement = found["rescoring"]["measurement"]
    assert measurement["counts"] == {"1": 0, "2": 0, "3": 10_000, "4": 0, "5": 0}
    assert measurement["shares"]["3"] == 1.0
    assert (measurement["modal"], measurement["interval_90"]) == (3, [3.0, 3.0])
    assert found["rescoring_reason"] is None
    assert found["firm"] is True
    assert found["firm_because"] == (
        "Firm: in 10,000 of 10,000 re-scorings the stage is 3; 3 sheets from 3 panels, "
        "no contested item open."
    )
    # Eight at 3: none alone can lose it (7 of 8 pass), and none alone can gain 4.
    assert found["rescoring"]["swing_items"] == []
    assert set(found["rescoring"]["sources"]) == {
        "sheets",
        "noise",
        "unknowns",
        "weights",
        "pass_mark",
    }
    # 21 pairs of one theme agree on 7 items; on the last 1 of 3 pairs.
    assert found["agreement"]["exact"] == pytest.approx((7 + 1 / 3) / 8)
    assert (found["agreement"]["within_one"], found["agreement"]["raters"]) == (1.0, 3)
    assert found["agreement"]["units"] == 8
    assert found["agreement"]["alpha_interval"] is None
    assert found["agreement"] | {"interval_reason": ""} == result["agreement"] | {
        "interval_reason": ""
    }
    assert [(one["years"], one["target"]) for one in found["horizons"]] == [(1, 4), (5, 4)]


def test_a_contested_item_is_open_until_it_is_settled():
    whole, sheets = panel_round([2] * 8, [2] * 8, [2] * 7 + [4])
    built = only(score_round(whole, sheets, draws=50))
    (row,) = built["contested"]
    assert (row["item"], row["open"], row["lowest"], row["highest"]) == ("i7", True, 2, 4)
    assert row["panel_medians"] == {"government": 2, "independent": 2, "private": 4}
    assert built["firm"] is False
    assert built["firm_because"].endswith("contested and not settled: i7.")
    waived = only(score_round(whole, sheets, draws=50, settled=["i7"]))
    assert (waived["contested"][0]["open"], waived["firm"]) == (False, True)
    settled = only(score_round(*panel_round([2] * 8, [2] * 8, [4] * 8, agreed=[2] * 8), draws=50))
    assert {row["open"] for row in settled["contested"]} == {False}
    assert settled["firm"] is True


def test_a_contested_item_without_weight_does_not_hold_back():
    members = (*items(8), item("i8", weight=0))
    whole, sheets = panel_round([2] * 9, [2] * 9, [2] * 8 + [5], members=members)
    found = only(score_round(whole, sheets, draws=50))
    assert [row["item"] for row in found["contested"]] == ["i8"]
    assert (found["firm"], found["agreement"]["units"]) == (True, 8)


def test_gaps_are_counted_not_named():
    whole = instrument(theme("t", items(2)))
    sheets = [
        sheet(["y?nn", "yyyy"], name="a", panel="government"),
        sheet(["____", "ynnn"], name="b", panel="independent"),
    ]
    gaps = only(score_round(whole, sheets, draws=0))["gaps"]
    assert gaps == {
        "knowledge": [{"item": "i0", "unknown": 1, "unanswered": 1}],
        "government_independent": [{"item": "i1", "government": 5, "independent": 2, "gap": 3}],
    }


def test_without_draws_and_without_a_stage():
    found = only(score_round(*panel_round([2] * 4), draws=0))
    assert (found["rescoring"], found["rescoring_reason"]) == (None, NO_DRAWS)
    assert (found["firm"], found["firm_because"]) == (None, NO_DRAWS)
    found = only(score_round(instrument(theme("t", items(4))), []))
    assert (found["rescoring"], found["firm_because"]) == (None, NO_STAGE)
    assert found["horizons"] == []


def test_a_single_sheet_is_provisional_whatever_the_draws():
    found = only(score_round(*panel_round([2] * 4)))
    assert found["firm"] is False
    assert (
        "1 sheet where 3 are needed; sheets of 1 panel where 2 are needed"
        in (found["firm_because"])
    )


def test_indicators_stand_beside_the_agreed_level():
    bound = IndicatorBinding("LOANS", "higher", "", thresholds=(10, 20, 30, 40))
    whole = instrument(
        theme("t", (item("i0", indicators=(bound,)), *items(4)[1:])), max_age_years=3
    )
    heard = [Observation("LOANS", 2019, 35.0, "a fictional survey")]
    found = only(score_round(whole, [sheet(["ynnn"] * 4)], observations=heard, end_year=2021))
    testimony = {
        "indicator": "LOANS",
        "year": 2019,
        "value": 35.0,
        "source": "a fictional survey",
        "level": 4,
    }
    assert found["divergences"] == [
        {"item": "i0", "agreed": 2, "level": 4, "testimonies": [testimony]}
    ]
    assert found["items"][0]["evidence"] == {"level": 4, "testimonies": [testimony]}
    assert found["items"][1]["evidence"] == {"level": None, "testimonies": []}
    # A level that nobody knows cannot diverge.
    unknown = score_round(
        whole, [sheet(["?nnn"] + ["ynnn"] * 3)], observations=heard, end_year=2021
    )
    assert only(unknown)["divergences"] == []


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"draws": -1}, "number of draws is a whole number from 0, not -1"),
        ({"seed": -1}, "seed is a whole number from 0, not -1"),
        ({"observations": [Observation("LOANS", 2019, 1.0)]}, "last year, which is missing"),
    ],
)
def test_settings_that_make_no_sense_are_refused(chosen, sentence):
    with pytest.raises(ValueError, match=sentence):
        score_round(instrument(theme("t", items(4))), [], **chosen)


@settings(max_examples=30)
@given(rated())
def test_the_same_round_gives_the_same_result_and_survives_json(drawn):
    result = score_round(*drawn, draws=50)
    assert plain(result)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert score_round(*drawn, draws=50) == result


@pytest.mark.parametrize("levels", [3, 4, 6, 7])
def test_scales_of_other_lengths(levels):
    whole, sheets = panel_round(
        [levels] * 6, [levels - 1] * 6, [2] * 6, agreed=[levels - 1] * 6, levels=levels
    )
    found = only(score_round(whole, sheets, draws=50))
    assert found["stage"] == levels - 1
    assert len(found["rescoring"]["measurement"]["shares"]) == levels


def test_forty_sheets():
    whole, sheets = panel_round(*([2, 3, 2, 3, 4, 2] for _ in range(40)))
    found = only(score_round(whole, sheets, draws=50))
    assert found["panels"] == {"government": 14, "independent": 13, "private": 13}
    assert (found["agreement"]["raters"], found["agreement"]["alpha"]) == (40, 1.0)


def test_scales_that_differ_only_in_labels_give_the_same_numbers():
    whole, sheets = panel_round([2, 3, 2, 3], [2, 2, 2, 4], [1, 3, 2, 3])
    other = replace(
        whole,
        level_names=tuple(f"Another {at}" for at in range(5)),
        themes=(replace(whole.themes[0], title="Another"),),
        title="Another",
    )
    one, two = (score_round(each, sheets, draws=100) for each in (whole, other))
    one["instrument"]["title"] = one["themes"][0]["title"] = "Another"
    assert one == two


@settings(max_examples=30)
@given(filled())
def test_new_codes_change_nothing_but_the_codes(drawn):
    members, letters = drawn
    result = score_round(instrument(theme("t", members)), [sheet(letters)])
    renamed = [
        item(f"k{one.code[1:]}", weight=one.weight, core=one.core, effort=one.effort)
        for one in members
    ]
    again = score_round(
        instrument(theme("t", renamed)),
        [sheet({f"k{at}": text for at, text in enumerate(letters)})],
    )
    for at in range(len(members)):
        text = json.dumps(again).replace(f"k{at}", f"i{at}").replace(f"K{at}", f"I{at}")
        again = json.loads(text)
    assert again == result
