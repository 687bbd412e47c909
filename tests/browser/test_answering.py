"""Answering on the check-sheet page: what a click means, what is saved, what a reload shows."""

from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.sheet_page import stored
from tests.factories import rounds


def test_a_rung_makes_what_is_below_true_and_a_blank_next_one_false(on_sheet, sheet):
    item = on_sheet.item()
    item.choose(3)
    item.saved()
    assert item.answers == ["yes", "yes", "no", ""]
    assert stored(sheet).answers == ["yes", "yes", "no", ""]
    assert stored(sheet).made == ["rung", "rung", "rung", ""]
    on_sheet.open()
    assert (item.answers, item.rung) == (["yes", "yes", "no", ""], 3)


def test_a_lower_rung_takes_back_what_a_higher_one_had_set(on_sheet):
    item = on_sheet.item()
    item.choose(4)
    assert item.answers == ["yes", "yes", "yes", "no"]
    item.choose(2)
    assert (item.answers, item.rung) == (["yes", "no", "", ""], 2)
    item.choose(1)
    assert (item.answers, item.rung) == (["no", "", "", ""], 1)
    item.saved()


def test_a_rung_keeps_a_single_answer_above_it(on_sheet, sheet):
    item = on_sheet.item()
    item.say(4, "Partly")
    item.choose(3)
    item.saved()
    assert item.answers == ["yes", "yes", "partly", ""]
    assert stored(sheet).made == ["rung", "rung", "single", ""]


def test_the_highest_rung_leaves_no_next_one(on_sheet):
    item = on_sheet.item()
    item.choose(5)
    assert (item.answers, item.rung) == (["yes"] * 4, 5)
    item.saved()


def test_the_level_counts_true_statements_from_the_bottom_without_a_gap(on_sheet, sheet):
    item = on_sheet.item()
    item.say(2, "Yes")
    item.say(3, "Unknown")
    assert item.rung == 2
    item.say(3, "Yes")
    assert item.rung == 3
    item.saved()
    assert stored(sheet).answers == ["yes", "yes", "", ""]
    assert stored(sheet).made == ["single", "single", "", ""]


def test_answers_out_of_order_are_pointed_out_and_kept(on_sheet, sheet):
    item = on_sheet.item()
    note = item.box.get_by_text("Out of order")
    expect(note).to_be_hidden()
    item.say(2, "No")
    item.say(4, "Yes")
    expect(note).to_be_visible()
    item.saved()
    on_sheet.open()
    expect(note).to_be_visible()
    assert stored(sheet).answers == ["no", "", "yes", ""]


def test_clearing_leaves_the_item_unanswered(on_sheet, sheet):
    item = on_sheet.item()
    item.choose(3)
    item.saved()
    item.box.get_by_role("button", name="Clear the answers").click()
    expect(item.state).to_contain_text("Saved")
    on_sheet.open()
    assert (item.answers, item.rung) == (["", "", "", ""], None)
    assert stored(sheet).made == ["", "", "", ""]


def test_an_item_that_does_not_apply_needs_its_reason(on_sheet, sheet):
    item, done = on_sheet.item(), on_sheet.page.locator("[data-done-text]")
    item.open("Does not apply")
    item.box.get_by_label("This item has no meaning here").check()
    item.saved()
    expect(done).to_have_text("0")
    item.box.get_by_label("Why").fill("There is no such body here.")
    item.box.get_by_label("Why").blur()
    expect(done).to_have_text("1")
    on_sheet.open()
    expect(item.box.get_by_label("Why")).to_have_value("There is no such body here.")
    expect(item.box.get_by_label("This item has no meaning here")).to_be_checked()
    assert stored(sheet).status == "not_applicable"


def test_choosing_a_rung_makes_the_item_apply_again(on_sheet, sheet):
    item = on_sheet.item()
    item.open("Does not apply")
    item.box.get_by_label("This item has no meaning here").check()
    item.choose(2)
    expect(item.box.get_by_label("This item has no meaning here")).not_to_be_checked()
    item.saved()
    assert stored(sheet).status == "answered"


def test_a_comment_saves_while_the_person_rests(on_sheet, sheet):
    item = on_sheet.item()
    item.comment("Decree 68 of 2004, “Article 3” <b>ກົດໝາຍ</b>")
    item.saved()
    assert stored(sheet).comment == "Decree 68 of 2004, “Article 3” <b>ກົດໝາຍ</b>"
    on_sheet.open()
    expect(item.box.get_by_label("Comment", exact=True)).to_have_value(stored(sheet).comment)


def test_a_comment_saves_on_leaving_the_page_at_once(on_sheet, sheet):
    on_sheet.item().comment("Just typed.")
    on_sheet.page.get_by_role("link", name="Check and submit").click()
    on_sheet.page.wait_for_url("**/sheets/*/")
    on_sheet.open()
    on_sheet.item().saved()
    assert stored(sheet).comment == "Just typed."


def test_evidence_is_a_document_a_place_and_quoted_words(on_sheet, sheet):
    item = on_sheet.item()
    item.open("Comment and evidence")
    for link in ("First decree", "Second decree"):
        item.box.get_by_role("button", name="Add evidence").click()
        row = item.box.get_by_role("group", name="Evidence").last
        expect(row.get_by_label("Document or address")).to_be_focused()
        row.get_by_label("Document or address").fill(link)
        row.get_by_label("Page or place").fill("page 3")
        row.get_by_label("Words quoted").fill("“as enacted”")
    item.box.get_by_role("button", name="Remove this evidence").first.click()
    expect(item.box.get_by_role("button", name="Add evidence")).to_be_focused()
    item.saved()
    expect(item.box.get_by_role("group", name="Evidence 1")).to_be_visible()
    (row,) = stored(sheet).evidence.all()
    assert (row.link, row.page, row.quote) == ("Second decree", "page 3", "“as enacted”")
    on_sheet.open()
    expect(item.box.get_by_label("Document or address")).to_have_value("Second decree")


def test_evidence_without_its_document_is_not_saved_and_says_so(on_sheet, sheet, faults):
    faults.expect("400")
    item = on_sheet.item()
    item.open("Comment and evidence")
    item.box.get_by_role("button", name="Add evidence").click()
    item.box.get_by_label("Words quoted").fill("“as enacted”")
    expect(item.state).to_have_text("Not saved: Name the document or address that is the evidence.")
    item.box.get_by_label("Document or address").fill("Decree")
    item.saved()
    assert stored(sheet).evidence.get().quote == "“as enacted”"


def test_saving_shows_the_time_in_the_country(on_sheet, sheet):
    item = on_sheet.item()
    item.choose(2)
    item.saved()
    at = stored(sheet).changed_at.astimezone(ZoneInfo("Asia/Vientiane"))
    expect(item.state).to_have_text(f"Saved {at:%H:%M}")


def test_the_last_item_completes_the_count_and_the_sheet_says_so(on_sheet, sheet):
    rounds.fill(sheet, ["yes", "no"])
    on_sheet.open()
    expect(on_sheet.page.locator("[data-done-text]")).to_have_text("4")
    on_sheet.page.get_by_role("link", name="Check and submit").click()
    expect(on_sheet.page.get_by_text("Every item is answered.")).to_be_visible()
