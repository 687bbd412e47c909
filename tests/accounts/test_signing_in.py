"""The door: signing in and out, and coming back to where one wanted to go."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/sign-in/"


@pytest.fixture
def ana(db):
    return people.UserFactory(email="ana@example.org", name="Ana Sok")


def sign_in(client: Client, email: str = "ana@example.org", password: str = PASSWORD, **rest: str):
    return client.post(SIGN_IN, {"login": email, "password": password, **rest})


def signed_in_as(client: Client):
    return get_user(client)


@pytest.mark.parametrize("email", ["ana@example.org", "Ana@Example.ORG", " ana@example.org "])
def test_with_address_in_any_case_and_password_one_comes_home(client, ana, email):
    response = sign_in(client, email)
    assert response.url == reverse("home")
    assert signed_in_as(client) == ana


@pytest.mark.parametrize(
    ("email", "password"),
    [("ana@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", PASSWORD)],
)
def test_with_anything_else_one_stays_outside(client, ana, email, password):
    response = sign_in(client, email, password)
    assert response.status_code == 200
    assert 'class="errorlist' in response.text
    assert signed_in_as(client).is_anonymous


def test_a_wrong_address_and_a_wrong_password_are_answered_alike(client, ana):
    unknown = sign_in(client, "nobody@example.org").context["form"]
    wrong = sign_in(client, password="wrong").context["form"]
    assert wrong.non_field_errors()
    assert unknown.non_field_errors() == wrong.non_field_errors()


def test_a_closed_account_does_not_open(client, ana):
    ana.is_active = False
    ana.save()
    assert sign_in(client).status_code == 200
    assert signed_in_as(client).is_anonymous


def test_an_account_closed_meanwhile_ends_the_visit(client, ana):
    sign_in(client)
    ana.is_active = False
    ana.save()
    assert client.get("/").url == f"{SIGN_IN}?next=/"


def test_whoever_comes_from_a_page_is_told_and_brought_back(client, ana):
    wanted = "/rounds/new/?country=LAO"
    asked = client.get(wanted)
    assert asked.url == f"{SIGN_IN}?next=/rounds/new/%3Fcountry%3DLAO"
    page = client.get(asked.url)
    assert "You will come back to the page you asked for." in page.text
    assert sign_in(client, next=page.context["next"]).url == wanted


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere"],
)
def test_nobody_is_sent_to_another_site(client, ana, elsewhere):
    page = client.get(SIGN_IN, {"next": elsewhere})
    assert elsewhere not in page.text
    assert sign_in(client, next=elsewhere).url == reverse("home")


def test_signing_in_gives_the_session_a_new_key(client, ana):
    client.session["visited"] = True
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_the_session_cookie_is_out_of_reach_of_scripts(client, ana):
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_ends_the_visit(client, ana):
    sign_in(client)
    response = client.post("/account/sign-out/")
    assert response.url == SIGN_IN
    assert signed_in_as(client).is_anonymous
    assert client.get("/").status_code == 302


def test_a_link_cannot_sign_somebody_out(client, ana):
    sign_in(client)
    assert client.get("/account/sign-out/").status_code == 405
    assert signed_in_as(client) == ana


def test_signing_in_from_another_site_is_refused(ana):
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "This form is too old" in response.text
    assert signed_in_as(client).is_anonymous
