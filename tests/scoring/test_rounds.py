import json

import pytest
from hypothesis import given, settings

from diagnostics.scoring.instrument import (
    Approach,
    Group,
    ItemAnswers,
    MixRule,
    Sheet,
)
from diagnostics.scoring.rounds import METHOD_VERSION, score_round

from .builders import (
    answers,
    filled,
    instrument,
    item,
    items,
    plain,
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
        (instrument(theme("t", items(1)), rule="stairs"), [], "expected ladder or classify"),
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


@settings(max_examples=40)
@given(filled())
def test_the_result_is_plain_and_survives_json(drawn):
    members, letters = drawn
    result = score_round(instrument(theme("t", members)), [sheet(letters)])
    assert plain(result)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
