"""The sentence of a theme: what a minister reads first."""

from dataclasses import replace

import pytest
from django.utils import translation

from diagnostics import actions
from reports import doubt
from reports.reading import Reading
from reports.theme_reading import ThemeReading
from tests.factories import rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


def theme(report, code: str = "money") -> ThemeReading:
    return next(one for one in Reading(report).themes if one.content["code"] == code)


def with_core(item: str, code: str):
    """The small instrument with one core item, loaded."""
    plain = rounds.small_instrument(code=code)
    money = plain.themes[0]
    items = tuple(
        replace(one, core=True, core_because="Nothing works without it.")
        if one.code == item
        else one
        for one in money.items
    )
    changed = replace(plain, themes=(replace(money, items=items), plain.themes[1]))
    return actions.load_instrument(instrument=changed, by=None)


def test_a_stage_is_said_with_what_the_next_one_needs_and_what_holds_it(report_on):
    assert theme(report_on(MIXED)).sentence == (
        "Money: stage 2; stage 3 needs 3 of 4 items, 1 reaches it; "
        "held by money item 2 and money item 3"
    )


def test_what_is_needed_is_said_in_the_reader_s_language(report_on):
    with translation.override("fr"):
        shown = theme(report_on(MIXED))
        assert shown.needs == "3 sur 4"
        assert "3 sur 4" in shown.sentence


def test_what_holds_it_is_named_by_two_and_the_rest_counted(report_on):
    assert theme(report_on(["yes", "no"])).sentence == (
        "Money: stage 2; stage 3 needs 3 of 4 items, 0 reach it; "
        "held by money item 1, money item 2 and 1 more item"
    )


def test_the_highest_stage_is_called_so(report_on):
    shown = theme(report_on(["yes"] * 4))
    assert shown.sentence == "Money: stage 5, the highest"
    assert shown.next_stage is None
    assert (shown.steps, shown.cheapest) == ([], [])


def test_without_a_stage_the_bounds_are_said(report_on):
    shown = theme(report_on(["unknown"]))
    assert shown.sentence == (
        "Money: not enough is known for a stage; it lies somewhere from 1 to 5"
    )
    assert shown.next_stage is None
    assert len(shown.find_out) == 4
    assert shown.missing_items == []  # none is said twice


def test_where_nothing_applies_the_reason_stands_alone(report_on):
    everything = [f"money.item_{n}" for n in (1, 2, 3, 4)]
    shown = theme(report_on(["yes", "no"], not_applicable=everything))
    assert shown.sentence == f"Money: {shown.reason}"
    assert shown.reason
    assert (shown.coverage_chart, shown.rescoring_chart, shown.items_chart) == (None, None, None)


def test_a_core_item_that_holds_the_theme_is_the_one_named(report_on):
    version = with_core("money.item_3", "with-core")
    answers = {f"money.item_{n}": ["yes", "yes", "no"] for n in (1, 2, 4)}
    answers["money.item_3"] = ["yes", "no"]
    shown = theme(report_on(answers, instrument_version=version))
    assert shown.sentence == (
        "Money: stage 2; stage 3 needs 3 of 4 items, 3 reach it; held by the core item money item 3"
    )
    assert shown.result["position"] == pytest.approx(2.99)


def test_what_blocks_is_grouped_by_item_with_the_cheapest_set_marked(report_on):
    steps = theme(report_on(MIXED)).steps
    assert [step["item"]["code"] for step in steps] == [f"money.item_{n}" for n in (2, 3, 4)]
    assert [step["cheapest"] for step in steps] == [True, True, False]
    assert [[s["level"] for s in step["statements"]] for step in steps] == [[3], [2], [3]]


def test_only_themes_that_were_asked_about_are_shown(team, run_jobs):
    made = rounds.RoundFactory(
        country=team.country, sheets=[(team.organisation, "government", ["advice"])]
    )
    sheet = made.sheets.get()
    rounds.fill(sheet, ["yes", "no"])
    actions.submit_sheet(sheet=sheet, by=None)
    rounds.close(made, by=None)
    run_jobs()
    assert [one.content["code"] for one in Reading(made.reports.get()).themes] == ["advice"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, ""),
        ({"provenance": "coded", "label": "coded from a book"}, "example"),
        ({"provenance": "fictional", "label": "practice"}, "fictional"),
    ],
)
def test_the_ribbon_says_what_the_answers_are(report_on, fields, kind):
    assert Reading(report_on(["no"], **fields)).provenance_kind == kind


def test_few_sheets_in_a_panel_are_told_beside_what_is_called_firm_or_real():
    assert doubt.caution({}) == doubt.change_caution({}, {}) == ""
    assert doubt.caution({"government": 3, "private": 4}) == ""
    assert "only 1 sheet;" in doubt.caution({"government": 1, "private": 4})
    assert "only 2 sheets;" in doubt.caution({"government": 2, "private": 4})
    assert doubt.change_caution({"government": 3}, {"private": 5}) == ""
    assert "no more than 2 sheets." in doubt.change_caution({"government": 3}, {"private": 2})


def test_what_drives_the_doubt_is_said_source_by_source(report_on):
    found = theme(report_on(MIXED))
    assert found.rules_counted.startswith("stage 2 in ")
    assert [one["name"] for one in found.drivers][:2] == [
        "other sheets of the same panels",
        "raters a little severe or lenient",
    ]
    # One sheet drawn from one is always the same sheet.
    assert found.drivers[0]["counted"] == "stage 2 in 10,000 of 10,000"
    assert theme(report_on(["unknown"])).drivers == []
    assert theme(report_on(["unknown"])).rules_counted == ""
