"""A part of a draft saves by itself in the browser."""

from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from diagnostics import actions
from diagnostics.models import InstrumentVersion
from tests.factories import people, rounds

TITLE = "Collateral that banks accept"


@pytest.fixture
def draft(transactional_db) -> InstrumentVersion:
    return actions.copy_instrument(version=rounds.version(), country=None, by=None)


@pytest.fixture
def page(visit, draft) -> Page:
    page = visit(people.administrator())
    page.goto(f"{draft.get_absolute_url()}item/money.item_1/")
    return page


def typed(page: Page) -> None:
    page.locator("[name=title]").fill(TITLE)


def saving(page: Page) -> AbstractContextManager[object]:
    return page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok)


def title(draft: InstrumentVersion) -> str:
    draft = InstrumentVersion.objects.get(pk=draft.pk)
    return draft.instrument.items()["money.item_1"].title


def test_what_is_typed_is_saved(page, draft):
    with saving(page):
        typed(page)
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")
    assert title(draft) == TITLE
    assert page.evaluate("unsent.keys()") == []


def test_what_could_not_be_sent_is_sent_at_the_next_visit(page, draft, faults):
    faults.expect("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    page.context.set_offline(True)
    typed(page)
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "unsent")
    page.context.set_offline(False)
    with saving(page):
        page.reload()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")
    assert title(draft) == TITLE
