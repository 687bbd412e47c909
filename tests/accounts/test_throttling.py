"""Guessing is slowed down, over all processes and without Redis."""

import socket

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/sign-in/"


@pytest.fixture
def ana(db):
    return people.UserFactory(email="ana@example.org", name="Ana Sok")


def sign_in(email="ana@example.org", password=PASSWORD, **options):
    return Client(**options).post(SIGN_IN, {"login": email, "password": password})


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(ana):
    for _ in range(5):
        assert sign_in(password="wrong").status_code == 200
    refused = sign_in()
    assert refused.status_code == 429
    assert "There were too many attempts. Wait five minutes" in refused.text
    assert get_user(refused.client).is_anonymous


def test_who_is_kept_waiting_keeps_nobody_else_waiting(ana):
    other = people.UserFactory()
    for _ in range(6):
        sign_in(password="wrong")
    assert sign_in(other.email).status_code == 302


def test_an_unknown_address_is_throttled_like_a_known_one(ana):
    for _ in range(5):
        assert sign_in("nobody@example.org").status_code == 200
    assert sign_in("nobody@example.org").status_code == 429


def test_many_attempts_from_one_address_get_a_page_that_says_so(ana, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _ in range(3):
        assert sign_in().status_code == 302
    refused = sign_in()
    assert refused.status_code == 429
    assert "This was tried too often in a short time." in refused.text


@pytest.mark.parametrize(
    ("header", "second"), [(None, 429), ("X-Forwarded-For", 302)], ids=["not trusted", "trusted"]
)
def test_the_address_in_a_header_counts_only_if_the_settings_say_so(ana, settings, header, second):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = header
    first = sign_in(headers={"X-Forwarded-For": "192.0.2.1"})
    assert first.status_code == 302
    assert sign_in(headers={"X-Forwarded-For": "192.0.2.2"}).status_code == second


def test_without_any_address_signing_in_works(ana):
    assert sign_in(REMOTE_ADDR="").status_code == 302


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/account/password/reset/", {"email": "ana@example.org"}),
        ("/account/password/", {"old_password": "wrong"}),
    ],
)
def test_passwords_are_not_asked_for_or_guessed_without_end(ana, signed_in, address, data):
    client = signed_in(ana)
    statuses = {client.post(address, data).status_code for _ in range(11)}
    assert 429 in statuses
    assert statuses <= {200, 302, 429}


def test_counts_are_shared_by_all_processes():
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"


def test_redis_may_be_away(ana, settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        away = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
    settings.REDIS_URL = settings.CELERY_BROKER_URL = away
    assert sign_in(password="wrong").status_code == 200
    response = sign_in()
    assert response.status_code == 302
    assert get_user(response.client) == ana
