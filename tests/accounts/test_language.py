"""In which language pages speak to whom."""

import pytest
from django.conf import settings as configured
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

CHOOSE, START = reverse("accounts:language"), reverse("public:start")


@pytest.fixture(autouse=True)
def _two_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]


def spoken(client, **headers: str) -> str:
    page = client.get(START, headers=headers).content.decode()
    return page.partition('<html lang="')[2].partition('"')[0]


def test_a_stranger_is_answered_in_the_browsers_language(client):
    assert spoken(client) == "en"
    assert spoken(client, **{"accept-language": "fr-CH, en;q=0.5"}) == "fr"


def test_what_is_not_spoken_is_answered_in_english(client):
    assert spoken(client, **{"accept-language": "ru"}) == "en"


def test_a_stranger_chooses_and_comes_back_to_the_page(client):
    answer = client.post(CHOOSE, {"language": "fr", "next": START})
    assert (answer.status_code, answer.url) == (302, START)
    assert spoken(client, **{"accept-language": "en"}) == "fr"


def test_nobody_is_led_to_another_site(client):
    assert client.post(CHOOSE, {"language": "fr", "next": "https://elsewhere.org/"}).url == "/"


def test_an_own_language_goes_before_cookie_and_browser(client, team):
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(team.officer)
    client.post(CHOOSE, {"language": "fr", "next": START})
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
    assert User.objects.get(pk=team.officer.pk).language == "fr"
    assert spoken(client, **{"accept-language": "en"}) == "fr"


def test_a_language_that_is_not_spoken_is_not_kept(client, team):
    client.force_login(team.officer)
    client.post(CHOOSE, {"language": "de", "next": START})
    assert User.objects.get(pk=team.officer.pk).language == ""
    assert spoken(client) == "en"


def test_the_switch_names_each_language_in_itself(client):
    page = client.get(START).content.decode()
    assert 'value="fr" lang="fr">Français</button>' in page
    assert 'value="en" lang="en" aria-current="true">English</button>' in page


def test_the_page_of_languages_says_what_nobody_has_reviewed(client, monkeypatch):
    french = {"accept-language": "fr"}
    mark = "Traduction pas encore relue par un locuteur nommé"
    assert mark in client.get(START, headers=french).content.decode()
    assert mark not in client.get(START).content.decode()
    page = client.get(CHOOSE).content.decode()
    assert "not yet reviewed by a named speaker" in page

    monkeypatch.setattr("accounts.languages.reviewer", lambda _code: "A reader")
    assert mark not in client.get(START, headers=french).content.decode()
    assert "reviewed by A reader" in client.get(CHOOSE).content.decode()
