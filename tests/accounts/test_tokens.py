"""Tokens: made and taken back by their person, shown once, and good for that person's doors."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import tokens
from accounts.models import Token
from accounts.refusals import Refused
from activity import events
from activity.models import Event
from tests.factories import people

pytestmark = pytest.mark.django_db

PAGE = "/account/tokens/"


@pytest.fixture
def ana(db):
    return people.UserFactory(name="Ana Sok")


def ask(secret: str, path: str = "/api/notifications/", **headers: str):
    return Client().get(path, headers={"Authorization": f"Bearer {secret}", **headers})


def test_a_token_is_shown_once_and_only_its_hash_is_kept(ana, signed_in):
    client = signed_in(ana)
    page = client.post(PAGE, {"name": " The ministry's statistics "})
    secret = page.context["secret"]
    assert secret in page.text
    token = Token.objects.get()
    assert token.name == "The ministry's statistics"
    assert secret not in str(vars(token))
    again = client.get(PAGE)
    assert "The ministry's statistics".replace("'", "&#x27;") in again.text
    assert secret not in again.text
    assert events.in_words(Event.objects.latest("pk")) == (
        "Ana Sok made the access token The ministry's statistics."
    )


def test_a_program_with_a_token_acts_for_its_person(ana):
    secret = tokens.make(name="A program", by=ana)
    assert ask(secret).status_code == 200
    posted = Client(enforce_csrf_checks=True).post(
        "/api/notifications/",
        content_type="application/json",
        headers={"Authorization": f"bearer {secret}"},
    )
    assert posted.status_code == 204


def test_the_last_use_is_known_to_some_minutes_and_costs_few_writes(ana):
    secret = tokens.make(name="A program", by=ana)
    ask(secret)
    first = Token.objects.get().last_used_at
    ask(secret)
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=6))
    ask(secret)
    assert Token.objects.get().last_used_at >= first


def test_a_token_opens_the_api_only(ana):
    secret = tokens.make(name="A program", by=ana)
    assert ask(secret, PAGE).status_code == 302


def test_a_token_taken_back_opens_nothing(ana, signed_in):
    secret = tokens.make(name="A program", by=ana)
    response = signed_in(ana).post(f"{PAGE}{Token.objects.get().pk}/take-back/")
    assert response.status_code == 302
    refused = ask(secret)
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.json() == {"error": "This token is unknown, too old or was taken back."}


def test_nobody_takes_back_the_token_of_another(ana, signed_in):
    tokens.make(name="A program", by=ana)
    address = f"{PAGE}{Token.objects.get().pk}/take-back/"
    assert signed_in(people.UserFactory()).post(address).status_code == 404
    assert Token.objects.exists()


def test_old_tokens_and_those_of_closed_accounts_open_nothing(ana):
    secret = tokens.make(name="A program", by=ana)
    Token.objects.update(expires_at=timezone.now())
    assert ask(secret).status_code == 401
    Token.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert ask(secret).status_code == 200
    ana.is_active = False
    ana.save()
    assert ask(secret).status_code == 401


@pytest.mark.parametrize("secret", ["", "stages_", "Bearer", "\N{SNOWMAN}", "x" * 5000])
def test_what_is_no_token_is_401(ana, secret):
    assert ask(secret).status_code == 401


def test_who_must_have_a_second_factor_and_lacks_it_is_told(settings, team):
    secret = tokens.make(name="A program", by=team.administrator)
    settings.SECOND_FACTOR = "required"
    refused = ask(secret)
    assert (refused.status_code, refused.json()) == (
        403, {"error": "Your role asks for a second factor; set it up first."},
    )  # fmt: skip


def test_a_name_is_needed_and_tokens_are_not_without_number(ana, signed_in):
    assert "This field is required" in signed_in(ana).post(PAGE, {"name": " "}).text
    for n in range(tokens.MOST):
        tokens.make(name=str(n), by=ana)
    with pytest.raises(Refused, match="You have 20 tokens"):
        tokens.make(name="One more", by=ana)


def test_a_program_that_asks_too_often_waits_and_its_person_does_not(ana, signed_in, settings):
    settings.API_CALLS_BY_TOKEN = 2
    first, second = (tokens.make(name=name, by=ana) for name in ("One", "Two"))
    assert [ask(secret).status_code for secret in (first, second, first)] == [200, 200, 429]
    refused = ask(first)
    assert 0 < int(refused["Retry-After"]) <= 60
    assert set(refused.json()) == {"error"}
    page = signed_in(ana)
    assert [page.get("/api/notifications/").status_code for _ in range(4)] == [200] * 4
    other = tokens.make(name="Another's", by=people.UserFactory())
    assert ask(other).status_code == 200


def test_strangers_share_the_calls_of_their_address(db, settings):
    settings.API_CALLS_ANONYMOUS = 2
    client = Client()
    assert [client.get("/api/reports/").status_code for _ in range(3)] == [200, 200, 429]
    assert Client(REMOTE_ADDR="203.0.113.9").get("/api/reports/").status_code == 200


def test_what_is_unchanged_is_304_without_a_body(ana):
    secret = tokens.make(name="A program", by=ana)
    first = ask(secret)
    again = ask(secret, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = ask(secret, **{"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)
