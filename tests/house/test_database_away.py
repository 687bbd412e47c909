"""A database that does not answer is told as that: 503 and when to come again, never 500."""

from unittest.mock import patch

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from config.errors import RETRY_SECONDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(team) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(team.officer)
    return client


def asked(person: Client, path: str, error: Exception):
    with patch.object(SessionStore, "load", side_effect=error):
        return person.get(path)


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_page_says_that_the_database_is_away(person, kind):
    answer = asked(person, reverse("home"), kind("terminating connection"))
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_SECONDS))
    assert "Please try again in a moment" in answer.text
    assert "terminating" not in answer.text


def test_the_api_says_it_as_json(person):
    answer = asked(person, reverse("api:reports"), OperationalError("terminating connection"))
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_SECONDS))
    assert list(answer.json()) == ["error"]


def test_a_fault_of_ours_stays_500(person):
    answer = asked(person, reverse("home"), RuntimeError("a fault"))
    assert (answer.status_code, "Retry-After" in answer) == (500, False)
    assert "Something broke here" in answer.text
    api = asked(person, reverse("api:reports"), RuntimeError("a fault"))
    assert (api.status_code, list(api.json())) == (500, ["error"])
