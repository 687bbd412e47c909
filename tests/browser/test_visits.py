"""Signing in with a second factor, and a visit that is about to end, in the browser."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.accounts.test_second_factor import code_now
from tests.browser.conftest import sign_in

WARNING = "You will soon be signed out."
ENDED = "You have been signed out."


@pytest.fixture
def page(visit, officer) -> Page:
    """The home page, with a clock that the test moves."""
    page = visit(officer)
    page.clock.install()
    page.goto("/")
    return page


def test_the_second_factor_is_set_up_and_used(visit, officer):
    page = visit()
    page.goto("/account/second-factor/")
    sign_in(page, officer)
    page.get_by_role("link", name="Set it up").click()
    picture = page.get_by_role("img", name="The key as a QR code")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    secret = page.locator("main code").inner_text()
    page.get_by_label("Authenticator code").fill(code_now(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes", level=1)).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)

    again = visit()
    again.goto("/")
    sign_in_to_code(again, officer)
    again.get_by_label("Code").fill(code_now(secret))
    again.get_by_role("button", name="Sign in").click()
    again.wait_for_url(re.compile("/$"))


def sign_in_to_code(page: Page, user) -> None:
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill("correct horse battery staple")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/code/")


def test_nothing_is_said_while_there_is_time(page):
    page.clock.fast_forward("06:00:00")
    expect(page.get_by_role("alert")).to_have_text("")


def tell(page: Page, seconds: int) -> None:
    """Let the server say that the visit lasts this long, as if nothing had been done here."""
    page.route("**/account/session/", lambda route: route.fulfill(json={"seconds": seconds}))


def test_a_warning_comes_before_the_end_and_the_button_lets_the_visit_go_on(page):
    tell(page, 240)
    page.clock.fast_forward("11:56:00")
    expect(page.get_by_role("alert")).to_contain_text(WARNING)
    page.unroute("**/account/session/")
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("alert")).to_have_text("")
    page.clock.fast_forward("06:00:00")
    expect(page.get_by_role("alert")).to_have_text("")


def test_work_in_another_tab_keeps_this_one_quiet(page):
    with page.expect_response("**/account/session/"):
        page.clock.fast_forward("11:56:00")
    expect(page.get_by_role("alert")).to_have_text("")


def test_after_the_end_the_page_says_so_and_leads_back(page, officer, faults):
    faults.expect("401")
    Session.objects.all().delete()
    page.clock.fast_forward("11:56:00")
    expect(page.get_by_role("alert")).to_contain_text(ENDED)
    page.get_by_role("link", name="Sign in again").click()
    sign_in(page, officer)
    expect(page.get_by_role("link", name="Home")).to_be_visible()


def test_without_a_connection_it_says_what_it_knows(page, faults):
    faults.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.clock.fast_forward("11:56:00")
    expect(page.get_by_role("alert")).to_contain_text(WARNING)
    page.clock.fast_forward("00:05:00")
    expect(page.get_by_role("alert")).to_contain_text(ENDED)
