"""`manage.py invite_administrator`: how the first person comes in."""

from io import StringIO

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import Invitation, Organisation
from accounts.roles import Administrator
from activity import events
from activity.models import Event

pytestmark = pytest.mark.django_db

OFFICE = "SME Promotion Office (fictional)"


def invite(email: str = "First@example.org", organisation: str = OFFICE) -> str:
    printed = StringIO()
    call_command(
        "invite_administrator", email, organisation=organisation, stdout=printed, stderr=StringIO()
    )
    return printed.getvalue().strip()


def test_the_printed_link_makes_an_administrator_of_all_countries(client):
    link = invite()
    assert client.post(link, {"name": "First", "password": "seven green rivers"}).status_code == 302
    first = get_user(client)
    assert first.email == "first@example.org"
    held = first.memberships.get()
    assert (held.role, held.organisation.name, held.country) == (Administrator.code, OFFICE, None)
    assert client.get(reverse("accounts:people")).status_code == 200
    assert client.get(link).status_code == 404


def test_whoever_runs_the_server_is_the_system_in_the_record():
    invite()
    assert [events.in_words(one) for one in Event.objects.order_by("pk")] == [
        f"The system added the organisation {OFFICE}.",
        f"The system invited somebody as Administrator for {OFFICE}.",
    ]
    assert Invitation.objects.get().invited_by is None


def test_an_organisation_that_is_there_is_taken():
    invite()
    invite("second@example.org", f" {OFFICE} ")
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "organisation", "sentence"),
    [
        ("first@", OFFICE, r"email: Enter a valid email address\."),
        ("a@example.org", " ", "--org"),
        ("a@example.org", "Office\u202e", r"--organisation: It has .* not seen \(U\+202E\)\."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(email, organisation, sentence):
    with pytest.raises(CommandError, match=sentence):
        invite(email, organisation)
    assert not Organisation.objects.exists()
    assert not Invitation.objects.exists()
