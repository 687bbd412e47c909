"""What is typed into a form stays until the server has taken it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from clusters import actions
from clusters.models import Study
from tests.browser.conftest import sign_in
from tests.factories.clusters import ClusterFactory, agent

AGAIN = "What you typed here was not saved; it is in the form again."
TEXT = "Sixty workshops saw, dry and shape the wood of the valley."


@pytest.fixture
def study(transactional_db) -> Study:
    return actions.begin_study(cluster=ClusterFactory(), by=None)


@pytest.fixture
def writer(study) -> User:
    return agent(study.cluster)


@pytest.fixture
def page(visit, writer) -> Page:
    return visit(writer)


def write(page: Page, study: Study) -> None:
    page.goto(f"/studies/{study.pk}/write/")
    page.get_by_label("Production system").fill(TEXT)


def copies(page: Page) -> list[str]:
    return page.evaluate("unsent.parts('form')")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_a_visit_that_ended_meanwhile_takes_no_text(page, study, writer):
    write(page, study)
    Session.objects.all().delete()
    save(page)
    sign_in(page, writer)
    expect(page.get_by_text(AGAIN)).to_be_visible()
    expect(page.get_by_label("Production system")).to_have_value(TEXT)
    save(page)
    page.wait_for_url(f"**{study.get_absolute_url()}")
    study.refresh_from_db()
    assert study.production_system == TEXT
    assert copies(page) == []


def test_a_lost_network_takes_no_text(page, study, faults):
    faults.expect("ERR_INTERNET_DISCONNECTED")
    write(page, study)
    page.context.set_offline(True)
    save(page)
    page.context.set_offline(False)
    page.goto(f"/studies/{study.pk}/write/")
    expect(page.get_by_label("Production system")).to_have_value(TEXT)


def test_a_form_that_is_too_old_takes_no_text(page, study, faults):
    faults.expect("403")
    write(page, study)
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(e => e.value = 'x')"
    )
    save(page)
    expect(page.get_by_role("heading", name="This form is too old")).to_be_visible()
    page.get_by_role("link", name="Go to the start page").click()
    page.goto(f"/studies/{study.pk}/write/")
    expect(page.get_by_label("Production system")).to_have_value(TEXT)


def test_a_row_that_was_taken_is_not_in_the_form_again(page, study):
    page.goto(f"/studies/{study.pk}/problems/add/")
    page.get_by_label("The problem").fill("Wet timber")
    save(page)
    expect(page.get_by_role("heading", name="Problem and joint action")).to_be_visible()
    for label in ("Joint action", "What may go wrong", "What has to be given first"):
        page.get_by_label(label).fill("A word")
    page.get_by_label("Kind").select_option(index=1)
    page.get_by_label("Risk of it").select_option(index=1)
    save(page)
    page.wait_for_url(f"**{study.get_absolute_url()}")
    page.goto(f"/studies/{study.pk}/problems/add/")
    expect(page.get_by_label("The problem")).to_have_value("")
    assert copies(page) == []


def test_a_text_left_behind_comes_back_and_can_be_dropped(page, study):
    write(page, study)
    page.goto("/")
    page.goto(f"/studies/{study.pk}/write/")
    expect(page.get_by_text(AGAIN)).to_be_visible()
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_label("Production system")).to_have_value("")
    expect(page.get_by_text(AGAIN)).to_have_count(0)


def test_a_stranger_at_the_same_computer_sees_nothing_of_it(page, study, writer):
    write(page, study)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_text(str(writer), exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    assert page.evaluate("localStorage.length") == 0


def test_who_sends_a_form_twice_sends_it_once(page, study):
    write(page, study)
    sent = []
    page.on("request", lambda one: sent.append(one.method))
    page.evaluate("""() => {
      const form = document.querySelector("form:has(#id_production_system)");
      form.requestSubmit();
      form.requestSubmit();
    }""")
    page.wait_for_url(f"**{study.get_absolute_url()}")
    assert sent.count("POST") == 1
