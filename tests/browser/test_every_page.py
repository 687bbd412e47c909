"""Every kind of page, for the person it is for: accessible, and no wider than the screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import examples

WIDTHS, TALL = (360, 1280), 800
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DRAWN = """
    [...document.querySelectorAll("[data-chart-plot]")].every(one => one.querySelector("svg"))
"""
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"


def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit, transactional_db, faults):
    faults.expect("404")
    examples.load()
    inaccessible: dict[str, list[str]] = {}
    too_wide: dict[str, int] = {}
    browsers: dict[str | None, Page] = {}
    for place in examples.places():
        if place.reader not in browsers:
            browsers[place.reader] = visit(examples.person(place.reader) if place.reader else None)
        page = browsers[place.reader]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": TALL})
            if width == WIDTHS[0]:
                assert page.goto(place.address).status == place.status
                page.wait_for_function(DRAWN)
                page.evaluate(UNFOLD)
            if (over := page.evaluate(OVERFLOW)) > 0:
                too_wide[f"{place} at {width} px"] = over
        for violation in Axe().run(page).response["violations"]:
            found = [node["html"] for node in violation["nodes"]]
            inaccessible[f"{place}: {violation['id']}"] = found[:3]
    assert inaccessible == {}
    assert too_wide == {}
