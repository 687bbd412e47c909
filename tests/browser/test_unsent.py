"""No lost work: the network, the server, the session and the tab may all go away."""

import re
import socket
from collections.abc import Iterator

import pytest
from celery import Celery
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from activity.models import Job
from config.celery import app
from diagnostics import actions
from tests.browser.conftest import session_of, sign_in
from tests.browser.sheet_page import SheetPage, copies, stored
from tests.conftest import until
from tests.factories import rounds

API = "**/api/**"
NOT_SENT = "Not sent yet; kept in this browser"
RUNG_3 = ["yes", "yes", "no", ""]
BLANK = ["", "", "", ""]


@pytest.fixture
def unreachable(on_sheet, faults) -> Page:
    """The page with a change that cannot be sent."""
    faults.expect("ERR_FAILED")
    on_sheet.page.context.route(API, lambda route: route.abort())
    on_sheet.item().choose(3)
    expect(on_sheet.item().state).to_have_text(NOT_SENT)
    return on_sheet.page


def test_a_cut_network_loses_nothing_and_sends_by_itself_when_it_is_back(on_sheet, sheet, faults):
    faults.expect("ERR_INTERNET_DISCONNECTED")
    first, second = on_sheet.item(), on_sheet.item("money.item_2")
    on_sheet.page.context.set_offline(True)
    first.choose(3)
    second.comment("Written on the train.")
    second.box.get_by_label("Comment", exact=True).blur()
    for item in (first, second):
        expect(item.state).to_have_text(NOT_SENT)
    assert len(copies(on_sheet.page)) == 2
    on_sheet.page.context.set_offline(False)
    first.saved()
    second.saved()
    assert stored(sheet).answers == RUNG_3
    assert stored(sheet, "money.item_2").comment == "Written on the train."
    assert copies(on_sheet.page) == []


@pytest.mark.parametrize("trouble", [500, 502, "connectionrefused"])
def test_a_server_in_trouble_is_asked_again_until_it_answers(on_sheet, sheet, faults, trouble):
    faults.expect("50[02]", "ERR_CONNECTION_REFUSED")
    page, item = on_sheet.page, on_sheet.item()
    page.clock.install()

    def refuse(route):
        if isinstance(trouble, int):
            route.fulfill(status=trouble, content_type="text/html", body="<h1>Sorry</h1>")
        else:
            route.abort(trouble)

    page.route(API, refuse)
    item.choose(3)
    expect(item.state).to_have_text(NOT_SENT)
    with page.expect_request(API):
        page.clock.fast_forward("00:02")
    expect(item.state).to_have_text(NOT_SENT)
    page.unroute(API)
    page.clock.fast_forward("00:04")
    item.saved()
    assert stored(sheet).answers == RUNG_3


@pytest.fixture
def no_broker(settings) -> Iterator[None]:
    """Nothing listens where Redis should be."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
    other = Celery("other")
    other.config_from_object("django.conf:settings", namespace="CELERY")
    other.set_default()  # for the threads of the server
    yield
    other.close()
    app.set_default()
    app.set_current()


def test_without_redis_answers_save_and_the_sheet_is_submitted(on_sheet, sheet, no_broker, caplog):
    on_sheet.item().choose(3)
    on_sheet.item().saved()
    on_sheet.page.get_by_role("link", name="Check and submit").click()
    on_sheet.page.get_by_role("button", name="Submit the sheet").click()
    expect(on_sheet.page.get_by_text("State: submitted.")).to_be_visible()
    assert stored(sheet).answers == RUNG_3
    assert Job.objects.get().state == Job.State.QUEUED
    assert "Could not ring" in caplog.text


def test_an_expired_session_keeps_the_answer_through_sign_in(on_sheet, sheet, officer, faults):
    faults.expect("401")
    item = on_sheet.item()
    Session.objects.all().delete()
    item.choose(3)
    expect(item.state).to_contain_text("You are signed out; your answer is kept in this browser.")
    item.box.get_by_role("link", name="Sign in again").click()
    sign_in(on_sheet.page, officer)
    expect(on_sheet.page).to_have_url(re.compile(f"{on_sheet.address}$"))
    item.saved()
    assert item.answers == stored(sheet).answers == RUNG_3
    assert copies(on_sheet.page) == []


def test_closing_the_tab_right_after_a_change_still_sends_it(on_sheet, sheet):
    on_sheet.item().choose(3)
    on_sheet.page.close()
    until(lambda: stored(sheet).answers == RUNG_3)


def test_closing_the_tab_while_typing_still_sends_it(on_sheet, sheet):
    on_sheet.item().comment("Half a sen")
    on_sheet.page.close(run_before_unload=True)
    until(lambda: stored(sheet).comment == "Half a sen")


def test_a_tab_closed_without_a_connection_goes_on_where_it_stopped(
    unreachable, on_sheet, sheet, officer
):
    context = _closed(unreachable)
    assert stored(sheet).answers == BLANK
    context.add_cookies([session_of(officer, on_sheet.root)])
    again = SheetPage(context.new_page(), sheet).open()
    again.item().saved()
    assert again.item().answers == stored(sheet).answers == RUNG_3


def test_an_unsent_answer_older_than_the_stored_one_is_not_sent_over_it(
    unreachable, on_sheet, sheet, officer, colleague
):
    context = _closed(unreachable)
    _answers_elsewhere(sheet, colleague)
    context.add_cookies([session_of(officer, on_sheet.root)])
    again = SheetPage(context.new_page(), sheet).open()
    panel = again.item().box.get_by_role("heading", name="This item was answered elsewhere")
    expect(panel).to_be_visible()
    assert stored(sheet).answers == ["no", "", "", ""]


def test_signing_out_warns_of_unsent_answers_and_stays_if_told_so(unreachable):
    said = []
    unreachable.once("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    _sign_out(unreachable)
    assert said == [
        "Something written here has not reached the server. "
        "Sign out and erase it from this computer?"
    ]
    assert len(copies(unreachable)) == 1
    expect(unreachable.get_by_text(NOT_SENT)).to_be_visible()


def test_signing_out_erases_unsent_answers_when_confirmed(unreachable):
    unreachable.once("dialog", lambda dialog: dialog.accept())
    _sign_out(unreachable)
    unreachable.wait_for_url("**/sign-in/")
    assert copies(unreachable) == []


def test_signing_out_with_everything_sent_asks_nothing(on_sheet):
    on_sheet.item().choose(3)
    on_sheet.item().saved()
    _sign_out(on_sheet.page)
    on_sheet.page.wait_for_url("**/sign-in/")
    on_sheet.page.go_back()
    expect(on_sheet.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_another_person_on_this_computer_sees_nothing_and_sends_nothing(
    unreachable, on_sheet, sheet, officer, colleague
):
    context, url = _closed(unreachable), on_sheet.root
    context.add_cookies([session_of(colleague, url)])
    theirs = SheetPage(context.new_page(), sheet)
    sent = theirs.saves()
    theirs.open()
    assert theirs.item().answers == BLANK
    theirs.item("money.item_2").choose(2)
    theirs.item("money.item_2").saved()
    assert [one.url.split("/")[-2] for one in sent] == ["money.item_2"]
    assert stored(sheet).answers == BLANK
    theirs.page.close()

    context.add_cookies([session_of(officer, url)])
    back = SheetPage(context.new_page(), sheet).open()
    back.item().saved()
    assert stored(sheet).changed_by == officer


def test_a_page_left_open_does_not_send_under_the_next_persons_name(
    on_sheet, sheet, officer, colleague, faults
):
    faults.expect("401")
    on_sheet.page.context.add_cookies([session_of(colleague, on_sheet.root)])
    on_sheet.item().choose(3)
    expect(on_sheet.item().state).to_contain_text("You are signed out")
    assert stored(sheet).answers == BLANK
    assert copies(on_sheet.page) == [f"stages/{officer.pk}/{sheet.pk}/money.item_1"]


def test_a_sheet_submitted_meanwhile_refuses_in_words_and_keeps_the_copy(on_sheet, sheet, faults):
    faults.expect("400")
    item = on_sheet.item()
    actions.submit_sheet(sheet=sheet, by=None)
    item.choose(3)
    expect(item.state).to_have_text(
        "Not saved: The sheet has been submitted; nothing was saved. "
        "The coordinator can open it again."
    )
    on_sheet.open()
    expect(on_sheet.page.get_by_text("Read only.")).to_be_visible()
    assert item.answers == BLANK
    assert len(copies(on_sheet.page)) == 1
    actions.reopen_sheet(sheet=sheet, reason="one answer more", by=None)
    on_sheet.open()
    item.saved()
    assert stored(sheet).answers == RUNG_3


def test_the_back_button_shows_the_newest_answers(on_sheet, sheet, colleague):
    on_sheet.item().choose(3)
    on_sheet.item().saved()
    on_sheet.page.get_by_role("link", name="Check and submit").click()
    on_sheet.page.wait_for_url("**/sheets/*/")
    _answers_elsewhere(sheet, colleague, "money.item_2")
    on_sheet.page.go_back()
    assert on_sheet.item().answers == RUNG_3
    assert on_sheet.item("money.item_2").answers == ["no", "", "", ""]


def _answers_elsewhere(sheet, by, item="money.item_1") -> None:
    rounds.answer(sheet, item, "no", by=by)


def _closed(page: Page) -> BrowserContext:
    """Close the tab; what it sends while it closes finds no session. The network is back then."""
    context = page.context
    context.clear_cookies()
    page.close()
    context.unroute(API)
    return context


def _sign_out(page: Page) -> None:
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
