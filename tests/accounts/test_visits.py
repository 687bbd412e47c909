"""How long a visit lasts, and what asks for the password again."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import sessions
from accounts.models import Invitation
from diagnostics import actions
from diagnostics.models import Round
from tests.factories import rounds
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

SESSION = "/account/session/"
HOURS = 12 * 3600


@pytest.fixture
def later(monkeypatch):
    """The clock of what counts a visit: it stands still until the test lets time pass."""
    begun, passed = sessions.time.time(), timedelta()

    class Clock:
        @staticmethod
        def time():
            return begun + passed.total_seconds()

    monkeypatch.setattr(sessions, "time", Clock)

    def go(**by: int) -> None:
        nonlocal passed
        passed += timedelta(**by)

    return go


def left(client: Client) -> int:
    return client.get(SESSION).json()["seconds"]


def test_pages_tell_the_browser_how_long_the_visit_lasts(team, signed_in, later):
    client = signed_in(team.officer)
    assert f'data-seconds="{HOURS}"' in client.get("/").text
    assert "data-session" not in Client().get("/account/sign-in/").text


def test_asking_how_long_makes_it_no_longer(team, signed_in, later):
    client = signed_in(team.officer)
    later(hours=11)
    assert left(client) == left(client) == HOURS - 11 * 3600


def test_the_button_makes_it_last_its_whole_length_again(team, signed_in, later):
    client = signed_in(team.officer)
    later(hours=11)
    assert client.post(SESSION).json() == {"seconds": HOURS}
    assert left(client) == HOURS


def test_working_makes_it_last_and_writes_the_session_now_and_then(team, signed_in, later):
    client = signed_in(team.officer)

    def expiry():
        return Session.objects.get().expire_date

    begun = expiry()
    later(minutes=4)
    client.get("/")
    assert (expiry(), left(client)) == (begun, HOURS - 240)
    later(minutes=2)
    client.get("/")
    assert expiry() > begun
    assert left(client) == HOURS


def test_who_is_signed_out_hears_so_and_is_not_led_elsewhere():
    for method in ("get", "post"):
        response = getattr(Client(), method)(SESSION)
        assert response.status_code == 401
        assert response.json() == {"error": "You are signed out."}


def test_only_our_own_pages_make_a_visit_last(team):
    client = Client(enforce_csrf_checks=True)
    client.force_login(team.officer)
    assert client.post(SESSION).status_code == 403


@pytest.fixture
def coordinator(team):
    return team.coordinator


def close(client: Client, round: Round):
    return client.post(reverse("diagnostics:round_step", args=[round.pk, "close"]))


@pytest.fixture
def round(team):
    """Ready to be closed, with a sheet handed in."""
    sheet = rounds.sheet_of(team.organisation)
    actions.submit_sheet(sheet=sheet, by=None)
    actions.end_collecting(round=sheet.round, by=None)
    return sheet.round


def is_open(round: Round) -> bool:
    round.refresh_from_db()
    return round.state == Round.State.SETTLING


def test_closing_a_round_soon_after_signing_in_asks_nothing(coordinator, signed_in, round, later):
    client = signed_in(coordinator)
    later(minutes=9)
    close(client, round)
    assert not is_open(round)


def test_closing_a_round_later_asks_for_the_password_and_then_does_it(
    coordinator, signed_in, round, later
):
    client = signed_in(coordinator)
    later(minutes=11)
    asked = close(client, round)
    assert asked.url.startswith("/account/again/?next=")
    assert is_open(round)
    assert "Is it you?" in client.get(asked.url).text
    assert "This is not your password." in client.post(asked.url, {"password": "wrong"}).text
    assert is_open(round)
    assert client.post(asked.url, {"password": PASSWORD}).status_code == 302
    assert not is_open(round)


def test_making_an_administrator_later_asks_for_the_password(team, signed_in, later):
    client = signed_in(team.administrator)
    later(minutes=11)
    place = team.administrator.memberships.get().organisation
    data = {"email": "new@example.org", "role": "administrator", "organisation": place.pk}
    asked = client.post(reverse("accounts:invite"), data)
    assert asked.url.startswith("/account/again/")
    assert not Invitation.objects.exists()
    done = client.post(asked.url, {"password": PASSWORD})
    assert "hand over this link" in done.text
    assert Invitation.objects.get().role == "administrator"


def test_ending_a_role_later_asks_for_the_password(team, signed_in, later):
    membership = team.officer.memberships.get()
    client = signed_in(team.coordinator)
    later(minutes=11)
    address = reverse("accounts:membership_end", args=["country", membership.pk])
    asked = client.post(address)
    assert asked.url.startswith("/account/again/")
    assert team.officer.memberships.exists()
    client.post(asked.url, {"password": PASSWORD})
    assert not team.officer.memberships.exists()


def test_who_may_not_do_it_is_told_so_and_not_asked(team, signed_in, round, later):
    client = signed_in(team.officer)
    later(minutes=11)
    assert close(client, round).status_code == 403
