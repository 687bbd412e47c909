"""What holds for every page: the content security policy, and errors that help."""

import re
from pathlib import Path

import pytest
from django.test import Client

from accounts.refusals import Refused
from reports import queries
from tests.factories import rounds

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch) -> Client:
    """A client to whom the list of published reports breaks."""

    def fail(user):
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr(queries, "reports_visible_to", fail)
    return Client(raise_request_exception=False)


def policy(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def is_strict(response) -> bool:
    rules = policy(response)
    allowed = {source for sources in rules.values() for source in sources}
    return (
        rules["default-src"] == ["'none'"]
        and rules["script-src"] == rules["style-src"] == ["'self'"]
        and rules["frame-ancestors"] == ["'none'"]
        and allowed <= {"'none'", "'self'", "data:", "blob:"}
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 302),
        ("/account/sign-in/", 200),
        ("/reports/", 200),
        ("/nowhere/", 404),
        ("/api/sheets/1/", 401),
        ("/tables/", 302),
    ],
)
def test_a_stranger_gets_the_strict_policy_with_every_answer(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert is_strict(response)


def test_a_person_gets_the_strict_policy_with_every_answer(team, signed_in):
    sheet = rounds.sheet_of(team.organisation)
    client = signed_in(team.officer)
    for address, status in [
        ("/", 200),
        (f"{sheet.get_absolute_url()}money/", 200),
        (f"/api/sheets/{sheet.pk}/", 200),
        ("/api/schema/", 200),
        ("/rounds/999999/", 404),
        ("/api/sheets/999999/", 404),
        ("/rounds/new/", 403),
    ]:
        response = client.get(address)
        assert response.status_code == status, address
        assert is_strict(response), address


def test_the_policy_comes_with_a_fault_of_ours_and_with_a_bad_request_too(broken):
    fault = broken.get("/reports/")
    assert fault.status_code == 500
    assert is_strict(fault)
    bad = broken.get("/reports/", headers={"host": "elsewhere.example"})
    assert bad.status_code == 400
    assert is_strict(bad)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_asks_for_what_the_policy_forbids(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "a script in the page"
    assert not re.search(r"<style|\sstyle=", text), "a style in the page"
    assert not re.search(r"<[^>]*\son[a-z]+=", text), "a script in an attribute"
    assert not re.search(r"(src|href)=[\"'](https?:)?//", text), "something from elsewhere"


def is_ours(response) -> bool:
    """Styled, in a language, with a way out."""
    page = response.text
    return (
        '<link rel="stylesheet" href="/static/css/stages.css">' in page
        and '<html lang="en">' in page
        and '<a href="/">Go to the start page</a>' in page
        and page.count("<h1>") == 1
    )


def test_an_address_that_leads_nowhere_is_answered_with_what_may_be_wrong(client):
    response = client.get("/nowhere/")
    assert is_ours(response)
    assert "The address may be mistyped" in response.text


def test_what_one_may_not_do_is_answered_with_the_reason(team, signed_in):
    response = signed_in(team.officer).get("/rounds/new/")
    assert response.status_code == 403
    assert is_ours(response)
    assert "Only a coordinator plans rounds." in response.text


def test_a_form_without_its_token_is_answered_with_what_to_do(team):
    client = Client(enforce_csrf_checks=True)
    client.force_login(team.officer)
    response = client.post("/account/sign-out/")
    assert response.status_code == 403
    assert is_ours(response)
    assert "load the page again" in response.text


def test_a_fault_of_ours_says_so_and_shows_nothing_of_the_inside(broken, caplog):
    response = broken.get("/reports/")
    assert is_ours(response)
    assert "The fault is ours and has been noted." in response.text
    assert "made to fail" not in response.text
    assert "made to fail" in caplog.text


def test_a_refusal_that_no_page_expected_is_told_in_its_words(team, signed_in, monkeypatch, caplog):
    def refuse(**_said):
        raise Refused("It has gone.")

    monkeypatch.setattr("diagnostics.queries.rounds_visible_to", lambda user: refuse())
    response = signed_in(team.coordinator).get("/rounds/1/")
    assert response.status_code == 409
    assert is_ours(response)
    assert "It has gone." in response.text
    assert "Nothing was changed." in response.text
    assert "No page expected this refusal." in caplog.text


def test_a_fault_of_ours_is_told_to_a_program_without_its_inside(team, monkeypatch):
    def fail(sheet):
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr("diagnostics.queries.responses_of", fail)
    sheet = rounds.sheet_of(team.organisation)
    client = Client(raise_request_exception=False)
    client.force_login(team.officer)
    response = client.get(f"/api/sheets/{sheet.pk}/")
    assert response.status_code == 500
    assert "made to fail" not in response.text


def test_the_styles_of_the_error_pages_are_there(client):
    response = client.get("/static/css/stages.css")
    assert response.status_code == 200
    assert b"--" in b"".join(response.streaming_content)
