"""Changing a password, and setting a new one by mail."""

import re

import pytest
from django.contrib.auth import get_user
from django.test import Client

from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

CHANGE = "/account/password/"
RESET = "/account/password/reset/"
NEW = "seven green umbrellas"


@pytest.fixture
def ana(db):
    return people.UserFactory(email="ana@example.org", name="Ana Sok")


def opens(email: str, password: str) -> bool:
    return Client().login(username=email, password=password)


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": again})


def test_a_changed_password_opens_and_the_old_one_does_not(ana, signed_in):
    client = signed_in(ana)
    assert change(client).url == "/"
    assert get_user(client) == ana, "the one who changed it stays signed in"
    assert opens(ana.email, NEW)
    assert not opens(ana.email, PASSWORD)


def test_a_changed_password_ends_the_visits_elsewhere(ana, signed_in):
    elsewhere = signed_in(ana)
    change(signed_in(ana))
    assert get_user(elsewhere).is_anonymous


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"old": "wrong"}, "old_password"),
        ({"again": "other words"}, "new_password2"),
        ({"new": "short", "again": "short"}, "new_password2"),
        ({"new": "password123", "again": "password123"}, "new_password2"),
        ({"new": "8914372605", "again": "8914372605"}, "new_password2"),
        ({"new": "ana@example.org", "again": "ana@example.org"}, "new_password2"),
    ],
    ids=["wrong old one", "two different", "short", "common", "digits only", "the address"],
)
def test_a_poor_change_is_refused_at_its_field(ana, signed_in, parts, field):
    response = change(signed_in(ana), **parts)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert opens(ana.email, PASSWORD)


def test_only_who_is_signed_in_changes_a_password(client):
    assert client.get(CHANGE).url == f"/account/sign-in/?next={CHANGE}"


def link_in(mail) -> str:
    (link,) = re.findall(r"http://testserver(/\S+)", mail.body)
    return link


def ask(client: Client, email: str = "ana@example.org"):
    return client.post(RESET, {"email": email}, follow=True)


def test_a_new_password_is_set_by_a_link_that_works_once(client, ana, mailoutbox):
    assert client.get(RESET).status_code == 200
    assert "a link is on its way" in ask(client, "Ana@Example.org").text
    (mail,) = mailoutbox
    assert mail.to == ["ana@example.org"]
    assert mail.subject == "A new password for Stages"
    assert "ana@example.org" in mail.body

    link = link_in(mail)
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.text
    where = form.redirect_chain[-1][0]
    assert link != where, "the token leaves the address, where other sites could read it"
    response = client.post(where, {"new_password1": NEW, "new_password2": NEW})
    assert response.url == "/account/sign-in/"
    assert get_user(client).is_anonymous
    assert opens(ana.email, NEW)

    again = Client().get(link, follow=True)
    assert "This link has been used or is too old." in again.text
    assert RESET in again.text


def test_a_poor_new_password_is_refused_and_the_link_still_works(client, ana, mailoutbox):
    ask(client)
    where = client.get(link_in(mailoutbox[0])).url
    refused = client.post(where, {"new_password1": "short", "new_password2": "short"})
    assert refused.context["form"].errors
    assert client.post(where, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert opens(ana.email, NEW)


def test_a_link_is_worth_nothing_once_the_password_was_changed(client, ana, mailoutbox, signed_in):
    ask(client)
    change(signed_in(ana))
    assert "too old" in client.get(link_in(mailoutbox[0]), follow=True).text


@pytest.mark.parametrize("link", ["MQ/nonsense", "nonsense/x-y", "OTk5/set-password"])
def test_a_made_up_link_is_answered_like_an_old_one(client, ana, link):
    response = client.get(f"{RESET}{link}/", follow=True)
    assert response.status_code == 200
    assert "This link has been used or is too old." in response.text


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, ana, mailoutbox):
    assert ask(client, "nobody@example.org").text == ask(client).text
    assert [mail.to for mail in mailoutbox] == [["ana@example.org"]]


def test_a_closed_account_gets_no_mail(client, ana, mailoutbox):
    ana.is_active = False
    ana.save()
    ask(client)
    assert mailoutbox == []
