"""The real browser on the real server: one Chromium a run, a fresh context for every person."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from accounts.models import User
from diagnostics.models import Sheet
from tests.browser import chromium
from tests.browser.sheet_page import SheetPage
from tests.factories import people, rounds


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.path()
    if found is None:
        pytest.fail("The browser tests need chromium: apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=chromium.FLAGS)
        yield launched
        launched.close()


class Faults:
    """What the browser complained about; a test names beforehand what it provokes."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.expected: list[str] = []

    def expect(self, *patterns: str) -> None:
        """Console errors and uncaught exceptions that match are part of the test."""
        self.expected += patterns

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.seen.append(f"uncaught: {fault.error}"))

    @property
    def unexpected(self) -> list[str]:
        return [one for one in self.seen if not any(re.search(p, one) for p in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        """Refusals of the content security policy are console errors too."""
        if message.type == "error":
            self.seen.append(f"{message.text} ({message.location.get('url')})")


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def visit(browser, live_server, faults) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for a person, signed in, or for a stranger; options go to it.

    The test fails on any console error, uncaught exception or refusal by the content security
    policy in it, unless `faults.expect` named it.
    """
    contexts: list[BrowserContext] = []

    def open_one(
        user: User | None = None, base_url: str = live_server.url, **options: object
    ) -> Page:
        context = browser.new_context(base_url=base_url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        faults.watch(context)
        if user is not None:
            context.add_cookies([session_of(user, base_url)])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert faults.unexpected == []


@pytest.fixture
def sheet(transactional_db) -> Sheet:
    """An empty sheet of the small instrument, collecting."""
    return rounds.sheet_of(people.OrganisationFactory())


@pytest.fixture
def officer(sheet) -> User:
    return people.officer(sheet.organisation)


@pytest.fixture
def colleague(sheet) -> User:
    return people.officer(sheet.organisation)


@pytest.fixture
def on_sheet(visit, sheet, officer) -> SheetPage:
    """The officer's browser on the first theme of the sheet."""
    return SheetPage(visit(officer), sheet).open()


def session_of(user: User, url: str) -> dict[str, str]:
    """The cookie of a new session, for tests that are not about the sign-in page."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def sign_in(page: Page, user: User) -> None:
    """Fill the sign-in form that is shown; ends on the page it leads to."""
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
