"""A sheet of marks: no mark builds on another, so nothing fills itself in."""

import pytest
from playwright.sync_api import expect

from diagnostics import actions
from diagnostics.authoring.reading import read_instrument
from diagnostics.models import Sheet
from reports.examples_loading import INSTRUMENTS
from tests.browser.sheet_page import SheetPage, stored
from tests.factories import people, rounds
from tests.factories.clusters import ClusterFactory

FOUNDERS = "phase.founders"


@pytest.fixture
def sheet(transactional_db) -> Sheet:
    """A sheet of one panel of two on the phase of a cluster, collecting."""
    agency = people.OrganisationFactory()
    cluster = ClusterFactory(country=agency.country)
    institute = people.OrganisationFactory(country=agency.country)
    phases = read_instrument(INSTRUMENTS / "cluster-phase-1.0.yaml")
    made = rounds.RoundFactory(
        country=agency.country,
        cluster=cluster,
        instrument_version=actions.load_instrument(instrument=phases, by=None),
        sheets=[(agency, "government", ["phase"]), (institute, "independent", ["phase"])],
    )
    return made.sheets.get(panel="government")


def test_each_mark_is_answered_by_itself_and_all_of_them_make_it_complete(visit, sheet, officer):
    on_sheet = SheetPage(visit(officer), sheet, "phase").open()
    item, done = on_sheet.item(FOUNDERS), on_sheet.page.locator("[data-done-text]")
    item.say(3, "Yes")
    assert item.answers == ["", "", "yes"]
    expect(item.box.locator(".rung-pick")).to_have_count(0)
    expect(item.box.locator(".rung.is-current")).to_have_attribute("data-rung", "3")
    expect(item.box.get_by_text("Out of order")).to_be_hidden()
    item.say(1, "Yes")
    expect(item.box.locator(".rung.is-current")).to_have_count(2)
    item.saved()
    expect(done).to_have_text("0")
    item.say(2, "No")
    item.saved()
    expect(done).to_have_text("1")
    assert stored(sheet, FOUNDERS).answers == ["yes", "no", "yes"]
    on_sheet.open()
    assert item.answers == ["yes", "no", "yes"]
    expect(item.box.locator(".rung.is-current")).to_have_count(2)


def test_marks_are_settled_one_by_one_and_a_number_chooses_nothing(visit, sheet):
    made = sheet.round
    for panel, said in {
        "government": ["yes", "no", "no"],
        "independent": ["no", "no", "yes"],
    }.items():
        rater = made.sheets.get(panel=panel)
        rounds.fill(rater, said)
        actions.submit_sheet(sheet=rater, by=None)
    actions.end_collecting(round=made, by=None)
    page = visit(people.coordinator(made.country))
    page.goto(f"/rounds/{made.pk}/settlement/{FOUNDERS}/")
    form = page.locator("[data-settle]")
    yes = form.locator("[data-rung='2'] [data-answers]").get_by_label("Yes", exact=True)
    yes.check()
    expect(form.locator("[data-rung='2']")).to_contain_class("is-current")
    yes.press("1")
    expect(yes).to_be_checked()
    form.locator("[data-rung='1'] [data-answers]").get_by_label("Unknown", exact=True).check()
    form.locator("[data-rung='3'] [data-answers]").get_by_label("No", exact=True).check()
    form.locator("[name=reason]").fill("The survey of March shows it.")
    yes.press("Control+Enter")
    page.wait_for_url(lambda url: FOUNDERS not in url)
    agreed = made.sheets.get(panel="agreed")
    assert stored(agreed, FOUNDERS).answers == ["unknown", "yes", "no"]
