"""Two tabs, two people, quick hands: nothing is overwritten silently, nothing is sent twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.sheet_page import SheetPage, copies, stored

RUNG_2 = ["yes", "no", "", ""]
RUNG_3 = ["yes", "yes", "no", ""]


@pytest.fixture
def clash(on_sheet, sheet, faults) -> SheetPage:
    """A second tab that answered an item after the first one had, from the same revision."""
    faults.expect("409")
    second = SheetPage(on_sheet.page.context.new_page(), sheet).open()
    on_sheet.item().choose(3)
    on_sheet.item().saved()
    second.item().choose(2)
    expect(second.item().state).to_have_text("Answered elsewhere meanwhile; choose one")
    return second


def test_a_clash_shows_both_answers_and_changes_nothing_yet(clash, sheet, officer):
    panel = clash.item().box.locator("[data-conflict]")
    mine, theirs = panel.locator("dl").all()
    assert mine.inner_text().split() == [
        *("Level", "2", "Yes", "Level", "3", "No"),
        *("Level", "4", "Unanswered", "Level", "5", "Unanswered"),
    ]
    assert theirs.inner_text().split()[:6] == ["Level", "2", "Yes", "Level", "3", "Yes"]
    at = stored(sheet).changed_at
    expect(panel.get_by_role("heading", name="Stored")).to_contain_text(str(officer))
    assert (stored(sheet).answers, stored(sheet).changed_at) == (RUNG_3, at)


def test_in_a_clash_a_person_can_keep_theirs(clash, sheet):
    item = clash.item()
    item.box.get_by_role("button", name="Keep mine").click()
    item.saved()
    expect(item.box.get_by_role("button", name="Keep mine")).to_have_count(0)
    assert item.answers == stored(sheet).answers == RUNG_2
    assert copies(clash.page) == []


def test_in_a_clash_a_person_can_take_the_stored_answer(clash, sheet):
    item, done = clash.item(), clash.page.locator("[data-done-text]")
    expect(done).to_have_text("0")
    item.box.get_by_role("button", name="Take the stored one").click()
    item.saved()
    assert (item.answers, item.rung) == (RUNG_3, 3)
    expect(done).to_have_text("1")
    assert stored(sheet).revision == 1
    assert copies(clash.page) == []
    item.choose(4)
    item.saved()
    assert stored(sheet).revision == 2


def test_a_clash_left_unsettled_is_there_again_at_the_next_visit(clash, sheet):
    clash.open()
    item = clash.item()
    item.box.get_by_role("button", name="Keep mine").click()
    item.saved()
    assert stored(sheet).answers == RUNG_2


def test_at_the_next_visit_too_the_stored_answer_can_be_taken(clash, sheet):
    sent = clash.saves()
    clash.open()
    item = clash.item()
    item.box.get_by_role("button", name="Take the stored one").click()
    item.saved()
    assert item.answers == stored(sheet).answers == RUNG_3
    assert sent == copies(clash.page) == []


def test_two_people_fill_one_sheet_and_each_answer_keeps_its_author(
    on_sheet, sheet, officer, colleague, visit
):
    other = SheetPage(visit(colleague), sheet).open()
    on_sheet.item().choose(3)
    other.item("money.item_2").choose(2)
    on_sheet.item().saved()
    other.item("money.item_2").saved()
    assert stored(sheet).changed_by == officer
    assert stored(sheet, "money.item_2").changed_by == colleague
    on_sheet.open()
    assert on_sheet.item("money.item_2").answers == RUNG_2
    expect(on_sheet.item("money.item_2").state).to_contain_text(str(colleague))


def test_two_people_on_one_item_are_told_of_each_other(
    on_sheet, sheet, officer, colleague, visit, faults
):
    faults.expect("409")
    other = SheetPage(visit(colleague), sheet).open()
    on_sheet.item().choose(3)
    on_sheet.item().saved()
    other.item().comment("From our survey.")
    other.item().box.get_by_label("Comment", exact=True).blur()
    panel = other.item().box.locator("[data-conflict]")
    expect(panel.get_by_role("heading", name="Stored")).to_contain_text(str(officer))
    expect(panel.get_by_text("From our survey.")).to_be_visible()
    assert (stored(sheet).answers, stored(sheet).comment) == (RUNG_3, "")


def test_the_same_answer_twice_is_no_clash(on_sheet, sheet, visit, colleague):
    other = SheetPage(visit(colleague), sheet).open()
    on_sheet.item().choose(3)
    on_sheet.item().saved()
    other.item().choose(3)
    other.item().saved()
    assert stored(sheet).revision == 1


def test_an_item_has_one_request_in_flight_and_then_sends_only_the_newest(on_sheet, sheet):
    page, item, held = on_sheet.page, on_sheet.item(), []
    sent = on_sheet.saves()
    page.route("**/api/**", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/api/**"):
        item.choose(2)
    for level in (3, 4, 5):
        item.choose(level)
    expect(item.state).to_have_text("Saving …")
    assert len(sent) == 1
    held[0].continue_()
    item.saved()
    assert [one.post_data_json["answers"] for one in sent] == [RUNG_2, ["yes"] * 4]
    assert stored(sheet).revision == 2


def test_items_do_not_wait_for_each_other(on_sheet, sheet):
    held = []
    on_sheet.page.route("**/money.item_1/", lambda route: held.append(route))
    on_sheet.item().choose(2)
    on_sheet.item("money.item_2").choose(2)
    on_sheet.item("money.item_2").saved()
    assert stored(sheet).revision == 0
    held[0].continue_()
    on_sheet.item().saved()
