"""From signing in to the report in the browser, with a real worker, on the shipped examples."""

import re

from playwright.sync_api import Page, expect

from tests.browser import examples
from tests.browser.conftest import sign_in
from tests.browser.sheet_page import SheetPage

WORK = 60_000  # ms for what a worker does, on a busy machine


def test_an_officer_fills_a_sheet_and_the_stage_report_stands_in_the_browser(
    visit, start_worker, tmp_path
):
    examples.load()
    start_worker("--beat", "--schedule", str(tmp_path / "beat"), STAGES_JOB_RING_AGAIN_SECONDS="2")
    officer, coordinator = visit(), visit()

    officer.goto("/")
    sign_in(officer, examples.person(examples.OFFICER))
    officer.get_by_role("link", name=examples.PRACTICE).click()
    officer.get_by_role("link", name="SME finance", exact=True).click()
    _fill(SheetPage(officer, examples.practice_sheet(), "finance"))
    officer.get_by_role("link", name="Check and submit").click()
    expect(officer.get_by_text("Every item is answered.")).to_be_visible()
    officer.get_by_role("button", name="Submit the sheet").click()
    profile = officer.get_by_role("region", name="Provisional profile")
    expect(profile.get_by_role("row", name="SME finance")).to_contain_text("2", timeout=WORK)

    coordinator.goto(examples.practice().get_absolute_url())
    sign_in(coordinator, examples.person(examples.COORDINATOR))
    coordinator.get_by_role("button", name="End collecting, settle the differences").click()
    coordinator.get_by_role("button", name="Close and make the report").click()
    report = coordinator.get_by_role("link", name=f"{examples.PRACTICE}, version 1")
    expect(report).to_be_visible(timeout=WORK)
    report.click()
    _reads_as_stage_two(coordinator)


def _fill(sheet: SheetPage) -> None:
    """All sixteen items: 13 at level 2 or above, one not applicable, one held by an unknown."""
    codes = sheet.page.locator("[data-item]").evaluate_all(
        "all => all.map(one => one.dataset.item)"
    )
    assert len(codes) == 16
    first, second, third, *others = (sheet.item(code) for code in codes)

    first.choose(3)
    first.comment("In force since 2004; few registrations so far.")
    first.box.get_by_role("button", name="Add evidence").click()
    first.box.get_by_label("Document or address").fill("Secured Transactions Law (fictional)")
    first.box.get_by_label("Page or place").fill("Article 12")
    first.box.get_by_label("Words quoted").fill("“a register of pledges is open to all”")

    second.open("Does not apply")
    second.box.get_by_label("This item has no meaning here").check()
    second.box.get_by_label("Why").fill("There is no such service in the country.")

    for level, answer in ((2, "Yes"), (3, "Partly"), (4, "Unknown"), (5, "No")):
        third.say(level, answer)
    for item in others:
        item.choose(2)
    others[-1].box.get_by_label("Yes").first.blur()
    for item in (first, second, third, *others):
        item.saved()
    expect(sheet.page.locator("[data-done-text]")).to_have_text("16")


def _reads_as_stage_two(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lao PDR")
    sentence = re.compile("^SME finance: stage 2")
    expect(page.get_by_role("listitem").filter(has_text=sentence)).to_be_visible()
    plots = page.locator("[data-chart-plot]")
    expect(plots.first.locator("svg.main-svg").first).to_be_visible()
    expect(plots.locator("svg.main-svg:first-child")).to_have_count(plots.count())
    # A remark beside an answer is for members only.
    expect(page.get_by_text("In force since 2004; few registrations so far.")).to_have_count(0)
