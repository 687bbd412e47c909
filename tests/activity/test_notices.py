"""Notifications: written with the step, mailed as each person chooses, in the person's language."""

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from activity import notices
from activity.models import Notification, NotificationChoice
from tests.factories import people

pytestmark = pytest.mark.django_db
KIND = "round.opened"


def tell(*to, but=None) -> None:
    notices.tell(KIND, to=to, but=but, url="/rounds/1/", round="Spring")


def choose(user, how: str) -> None:
    NotificationChoice.objects.create(user=user, kind=KIND, how=how)


def test_everybody_is_told_once_but_the_one_who_did_it_and_who_left(team):
    gone = people.UserFactory(is_active=False)
    tell(team.officer, team.officer, team.colleague, team.coordinator, gone, but=team.coordinator)
    told = Notification.objects.values_list("to", flat=True)
    assert sorted(told) == sorted([team.officer.pk, team.colleague.pk])
    assert notices.in_words(Notification.objects.first()) == (
        "The round Spring is open for your answers."
    )


def test_an_unknown_kind_is_an_error(team):
    with pytest.raises(LookupError):
        notices.tell("nothing.known", to=[team.officer], url="/")


@pytest.mark.parametrize(
    ("how", "here", "at_once", "daily"),
    [
        ("both", 1, 1, 0),
        ("app", 1, 0, 0),
        ("mail", 0, 1, 0),
        ("digest", 1, 0, 1),
        ("neither", 0, 0, 0),
    ],
)
def test_each_person_chooses_per_kind(team, how, here, at_once, daily):
    choose(team.officer, how)
    tell(team.officer)
    assert notices.unread(team.officer) == here
    assert notices.send_waiting() == at_once
    assert notices.send_digests() == daily
    assert notices.send_waiting() == notices.send_digests() == 0


def test_one_mail_a_person_with_every_sentence_and_links_that_lead_here(team):
    tell(team.officer)
    tell(team.officer)
    assert notices.send_waiting() == 1
    (sent,) = mail.outbox
    assert sent.to == [team.officer.email]
    assert sent.body.count("The round Spring is open for your answers.") == 2
    assert f"{settings.ADDRESS}/rounds/1/" in sent.body


def test_a_mail_is_written_in_the_persons_language(team, monkeypatch):
    spoken = []
    monkeypatch.setattr(notices.translation, "override", _listening(spoken))
    team.officer.language = "fr"
    team.officer.save()
    tell(team.officer, team.colleague)
    notices.send_waiting()
    assert sorted(spoken) == ["en", "fr"]


def _listening(spoken: list[str]):
    from contextlib import contextmanager

    @contextmanager
    def override(language: str):
        spoken.append(language)
        yield

    return override


def test_a_mail_server_that_is_down_loses_nothing(team, monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionRefusedError("made to fail")

    tell(team.officer)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", down)
        assert notices.send_waiting() == 0
    assert notices.send_waiting() == 1


def test_the_page_shows_counts_opens_and_marks_as_read(team, signed_in):
    tell(team.officer)
    tell(team.officer)
    client = signed_in(team.officer)
    page = client.get("/notifications/").content.decode()
    assert page.count("The round Spring is open for your answers.") == 2
    assert '<span class="count">2' in page
    first = Notification.objects.first()
    assert client.get(f"/notifications/{first.pk}/").url == "/rounds/1/"
    assert notices.unread(team.officer) == 1
    client.post("/notifications/")
    assert notices.unread(team.officer) == 0


def test_nobody_opens_anothers(team, signed_in):
    tell(team.officer)
    first = Notification.objects.first()
    assert signed_in(team.colleague).get(f"/notifications/{first.pk}/").status_code == 404
    assert signed_in(team.colleague).get("/api/notifications/").json() == []


def test_the_choices_are_kept_with_the_language(team, signed_in):
    fields = dict.fromkeys((code.replace(".", "_") for code in notices.kinds()), "app")
    client = signed_in(team.officer)
    client.post("/notifications/choices/", {**fields, "language": "en", "round_opened": "digest"})
    team.officer.refresh_from_db()
    assert team.officer.language == "en"
    assert team.officer.notification_choices.get(kind=KIND).how == "digest"
    page = client.get("/notifications/choices/").content.decode()
    assert '<option value="digest" selected>' in page


def test_the_api_tells_the_same_in_words(team, signed_in):
    tell(team.officer)
    client = signed_in(team.officer)
    (one,) = client.get("/api/notifications/").json()
    assert one["text"] == "The round Spring is open for your answers."
    client.post("/api/notifications/", content_type="application/json")
    assert client.get("/api/notifications/").json()[0]["read_at"]
