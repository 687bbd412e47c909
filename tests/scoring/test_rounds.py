import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from diagnostics.scoring.instrument import (
    Approach,
    Group,
    IndicatorBinding,
    ItemAnswers,
    MixRule,
    Sheet,
)
from diagnostics.scoring.reliance import NO_DRAWS, NO_STAGE
from diagnostics.scoring.rounds import METHOD_VERSION, score_round
from diagnostics.scoring.witness import Observation

from .builders import (
    PANELS,
    answers,
    filled,
    instrument,
    item,
    items,
    rated,
    reaching,
    sheet,
    theme,
)

FOUR = tuple(item(f"f{number}") for number in range(4))
POLICY = tuple(item(f"p{number}", group="policy") for number in range(4))
LAW = (item("l0", group="law"),)
GROUPS = (Group("policy", "Policy"), Group("law", "Law"))

WHOLE = instrument(
    theme("finance", FOUR),
    theme("environment", (*POLICY, *LAW), groups=GROUPS),
    theme("status", (item("s0"),), staged=False),
    approaches=(
        Approach("fin-2", "finance", 2, "donors", "Lend."),
        Approach("env-1", "environment", 1, "government", "Decide."),
    ),
    mix_rules=(
        MixRule("gap", "environment.policy >= 3 and finance <= 2", "Carry it out.", "It is law."),
        MixRule("small", "environment.law == 1", "Write laws."),
        MixRule("never", "finance == 5", "Rest."),
    ),
)

LETTERS = {
    "f0": "ynnn",
    "f1": "ynnn",
    "f2": "yynn",
    "f3": "?nnn",
    **dict.fromkeys(("p0", "p1", "p2", "p3"), "yypn"),
    "l0": "nynn",
    "s0": "yynn",
}


def by_code(found):
    return {one["code"]: one for one in found}


def test_a_round_by_hand():
    result = score_round(WHOLE, [sheet(LETTERS)])
    assert result["method_version"] == METHOD_VERSION == "1.0"
    assert result["agreed_built"] is False
    themes = by_code(result["themes"])

    # Finance: levels 2, 2, 3 and 1 (unknown). C(2) = 3/4: stage 2; C(3) = 1/4, g = 1/3.
    finance = themes["finance"]
    assert (finance["stage"], finance["needs"]) == (2, "3 of 4")
    assert finance["position"] == pytest.approx(2 + 1 / 3)
    assert finance["coverage"] == {"2": 0.75, "3": 0.25, "4": 0.0, "5": 0.0}
    assert (finance["completeness"], finance["knowledge"]) == (1.0, 0.75)
    assert finance["bounds"] == [2, 2]
    assert finance["starred"] is False
    assert finance["missing"] == []
    assert finance["blocked_by"] == [
        {"item": "f0", "level": 3, "statement": "f0 3", "answer": "no"},
        {"item": "f1", "level": 3, "statement": "f1 3", "answer": "no"},
        {"item": "f3", "level": 2, "statement": "f3 2", "answer": "unknown"},
        {"item": "f3", "level": 3, "statement": "f3 3", "answer": "no"},
    ]
    assert finance["find_out_first"] == [finance["blocked_by"][2]]
    assert finance["cheapest_set"] == {
        "items": ["f0", "f1"],
        "cost": 2.0,
        "statements": finance["blocked_by"][:2],
    }
    assert [one["code"] for one in finance["approaches"]] == ["fin-2"]

    # Environment: four at 3, one at 1: C(3) = 4/5 >= 3/4: stage 3, C(4) = 0.
    environment = themes["environment"]
    assert (environment["stage"], environment["position"]) == (3, 3.0)
    groups = by_code(environment["groups"])
    assert (groups["policy"]["staged"], groups["policy"]["stage"]) == (True, 3)
    assert groups["policy"]["mean_level"] == 3.5
    assert (groups["law"]["staged"], groups["law"]["stage"]) == (False, None)
    assert groups["law"]["reason"] == "A group of fewer than 4 items has no stage."
    assert by_code(environment["items"])["l0"] == {
        "code": "l0",
        "title": "L0",
        "group": "law",
        "core": False,
        "status": "answered",
        "level": 1,
        "state": "known",
        "score": 1.0,
        "out_of_order": True,
        "weight": 0.2,
        "answers": ["no", "yes", "no", "no"],
        "panel_levels": {},
        "panel_level": None,
        "evidence": None,
    }

    status = themes["status"]
    assert (status["staged"], status["stage"], status["mean_level"]) == (False, None, 3.0)
    assert status["reason"] == "This theme is shown beside the stages and has none itself."
    assert status["blocked_by"] == status["find_out_first"] == status["missing"] == []

    assert result["binding_themes"] == ["finance"]
    assert result["spread"] == pytest.approx(2 / 3)
    assert result["without_stage"] == []
    assert result["mix"] == [
        {
            "code": "gap",
            "when": "environment.policy >= 3 and finance <= 2",
            "advice": "Carry it out.",
            "because": "It is law.",
            "source": None,
        }
    ]
    assert result["cannot_be_judged"] == [
        {"code": "small", "when": "environment.law == 1", "names": ["environment.law"]}
    ]


def test_without_a_stage_there_is_only_what_to_find_out():
    letters = LETTERS | {"f0": "____", "f1": "y??n"}
    result = score_round(WHOLE, [sheet(letters)])
    finance = by_code(result["themes"])["finance"]
    assert finance["stage"] is None
    assert finance["missing"] == [
        {"item": "f0", "level": 2, "statement": "f0 2", "answer": "", "state": "unanswered"},
        {"item": "f1", "level": 3, "statement": "f1 3", "answer": "unknown", "state": "unknown"},
        {"item": "f3", "level": 2, "statement": "f3 2", "answer": "unknown", "state": "unknown"},
    ]
    assert [step["item"] for step in finance["find_out_first"]] == ["f1", "f3"]
    assert finance["blocked_by"] == finance["approaches"] == finance["held_by_core"] == []
    assert finance["cheapest_set"] is None
    assert result["without_stage"] == ["finance"]
    assert result["binding_themes"] == ["environment"]
    assert result["spread"] == 0.0
    assert [one["code"] for one in result["cannot_be_judged"]] == ["gap", "small", "never"]


def test_no_sheets_at_all():
    result = score_round(WHOLE, [])
    assert [one["stage"] for one in result["themes"]] == [None, None, None]
    assert (result["binding_themes"], result["spread"]) == ([], None)
    assert result["spread_reason"] == "No theme has a stage."
    json.dumps(result, allow_nan=False)


def test_the_highest_stage_has_nothing_left():
    result = score_round(instrument(theme("t", items(4))), [sheet(["yyyy"] * 4)])
    (found,) = result["themes"]
    assert (found["stage"], found["position"], found["blocked_by"]) == (5, 5.0, [])
    assert found["cheapest_set"] == {"items": [], "cost": 0.0, "statements": []}


def test_themes_tied_for_the_lowest_position_bind_together():
    two = instrument(theme("t", items(4)), theme("u", tuple(item(f"u{at}") for at in range(4))))
    letters = {f"{kind}{at}": "ynnn" for kind in "iu" for at in range(4)}
    assert score_round(two, [sheet(letters)])["binding_themes"] == ["t", "u"]


def test_a_core_item_that_holds_alone_is_named():
    members = (*items(7), item("core", core=True))
    letters = dict.fromkeys((one.code for one in members), "ynnn") | {"core": "nnnn"}
    (found,) = score_round(instrument(theme("t", members)), [sheet(letters)])["themes"]
    assert (found["position"], found["held_by_core"]) == (1.99, ["core"])
    assert found["cheapest_set"]["items"] == ["core"]


def test_the_agreed_sheet_is_built_without_one_and_rates_nothing_with_one():
    one = instrument(theme("t", items(1)))
    sheets = [
        sheet(["yyyy"], name="a", panel="government"),
        sheet(["yyyn"], name="b", panel="government"),
        sheet(["ynnn"], name="c", panel="private"),
    ]
    built = score_round(one, sheets)
    given = score_round(one, [*sheets, sheet(["yynn"])])
    assert (built["agreed_built"], given["agreed_built"]) == (True, False)
    # Government's lower median is 4, private's 2; the lower of the two is 2.
    assert built["themes"][0]["items"][0]["level"] == 2
    assert given["themes"][0]["items"][0]["level"] == 3
    for result in (built, given):
        found = result["themes"][0]["items"][0]
        assert found["panel_levels"] == {"government": 4, "private": 2}
        assert found["panel_level"] == 2


def test_not_applicable_and_unanswered_stay_apart():
    (found,) = score_round(instrument(theme("t", items(8))), [sheet(["ynnn"] * 6 + ["x"])])[
        "themes"
    ]
    away, untouched = found["items"][6:]
    assert (away["status"], away["level"], away["state"], away["weight"]) == (
        "not_applicable",
        None,
        None,
        0.0,
    )
    assert (untouched["status"], untouched["level"], untouched["state"], untouched["score"]) == (
        "answered",
        1,
        "unanswered",
        None,
    )
    assert found["needs_warning"] == "With 1 not applicable the mark is 6 of 7 items, not 6 of 8."


def test_a_theme_that_is_not_assigned_to_the_scored_sheet_says_so():
    result = score_round(WHOLE, [sheet(LETTERS, themes=("environment", "status"))])
    finance, environment, _status = result["themes"]
    assert finance["reason"] == "This theme is not assigned to the sheet."
    assert finance["stage"] is None
    assert environment["stage"] == 3


@pytest.mark.parametrize(
    ("whole", "sheets", "sentence"),
    [
        (instrument(theme("t", items(1)), rule="classify"), [], "only ladder instruments"),
        (WHOLE, [sheet({}), sheet({}, name="b")], "more than one agreed sheet"),
        (WHOLE, [sheet({}, "a", "private"), sheet({}, "a", "government")], "the same name"),
        (WHOLE, [sheet({"zz": "nnnn"})], 'answers "zz", which is no item of test 1.0'),
        (
            WHOLE,
            [Sheet("agreed", "agreed", {"f0": ItemAnswers(answers("yy"))})],
            "has 2 answers to f0; 4 are expected",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(whole, sheets, sentence):
    with pytest.raises(ValueError, match=sentence):
        score_round(whole, sheets)


def test_plain_strings_do_as_well_as_answers():
    response = ItemAnswers(("yes", "unknown", "no", "no"))
    found = score_round(
        instrument(theme("t", items(1))), [Sheet("agreed", "agreed", {"i0": response})]
    )["themes"][0]["items"][0]
    assert (found["level"], found["state"]) == (2, "unknown")
    assert found["answers"] == ["yes", "unknown", "no", "no"]


def plain(value):
    if isinstance(value, dict):
        return all(type(key) is str and plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(plain, value))
    return value is None or type(value) in (str, int, float, bool)


@settings(max_examples=40)
@given(filled())
def test_the_result_is_plain_and_survives_json(drawn):
    members, letters = drawn
    result = score_round(instrument(theme("t", members)), [sheet(letters)])
    assert plain(result)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


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
        score_round(WHOLE, [], **chosen)


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
