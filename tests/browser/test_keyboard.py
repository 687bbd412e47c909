"""Everything with the keyboard alone, and one always sees where one is."""

from playwright.sync_api import Page, expect

from diagnostics.models import Sheet
from tests.browser.sheet_page import SheetPage, stored

ENOUGH = 200  # presses of Tab, more than any page here has places to stop
MARKED = """
    () => {
        const here = document.activeElement;
        const seen = here.closest(".answer") || here;
        const style = getComputedStyle(seen);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    }
"""


def test_an_item_is_answered_and_the_sheet_submitted_with_keys_alone(on_sheet, sheet):
    page, item = on_sheet.page, on_sheet.item()
    _tab_to(page, "#money-item_1-rung-1")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    item.saved()
    assert item.answers == ["yes", "yes", "no", ""]
    _tab_to(page, "[data-item='money.item_1'] [data-answers='5'] input")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    item.saved()
    assert stored(sheet).answers == ["yes", "yes", "no", "partly"]

    _tab_to(page, "[data-item='money.item_1'] summary")
    page.keyboard.press("Enter")
    _tab_to(page, "#money-item_1-comment")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Tab")
    item.saved()
    assert stored(sheet).comment == "By keyboard."

    _tab_to(page, ".sheet-bar .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{sheet.get_absolute_url()}")
    _tab_to(page, "form[action$='/submit/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("State: submitted.")).to_be_visible()
    assert Sheet.objects.get(pk=sheet.pk).state == "submitted"


def test_a_clash_is_settled_with_keys_and_the_focus_stays_in_the_item(
    on_sheet, sheet, visit, colleague, faults
):
    faults.expect("409")
    other = SheetPage(visit(colleague), sheet).open()
    other.item().choose(2)
    other.item().saved()
    on_sheet.item().choose(3)
    _tab_to(on_sheet.page, "[data-mine]")
    on_sheet.page.keyboard.press("Enter")
    on_sheet.item().saved()
    assert stored(sheet).answers == ["yes", "yes", "no", ""]
    expect(on_sheet.item().box.locator(":focus")).to_have_count(1)


def test_the_focus_is_always_seen(on_sheet):
    page, unseen = on_sheet.page, []
    on_sheet.item().open("Comment and evidence")
    page.locator(".brand").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if not page.evaluate(MARKED):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
    assert unseen == []


def test_the_first_stop_skips_to_the_content(on_sheet):
    page = on_sheet.page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The Tab key does not lead to {selector}.")
