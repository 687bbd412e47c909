"""OpenID Connect: off unless the settings name a server; it signs in people we know, no others."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User
from accounts.openid import OpenIDAdapter
from tests.accounts.test_second_factor import CODE, code_now, give_second_factor
from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

START = "/account/openid/"
BACK = "/account/openid/back/"
ISSUER = "https://id.example"
CONFIGURATION = {
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
}


class Server:
    """What the OpenID Connect server says; stands in for the session of requests."""

    def __init__(self) -> None:
        self.person = {"sub": "17", "email": "Ana@example.org", "email_verified": True}
        self.away = False
        self.asked: list[str] = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def get(self, url: str, **rest):
        return self.request("GET", url, **rest)

    def request(self, method: str, url: str, **rest):
        if self.away:
            raise requests.ConnectionError
        self.asked.append(url)
        says = {
            f"{ISSUER}/.well-known/openid-configuration": CONFIGURATION,
            CONFIGURATION["token_endpoint"]: {"access_token": "a token"},
            CONFIGURATION["userinfo_endpoint"]: self.person,
        }
        response = requests.Response()
        response.status_code = 200
        response.headers["content-type"] = "application/json"
        response.json = lambda: says[url]
        return response


@pytest.fixture
def server(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.accounts.openid_urls"
    settings.OIDC_ISSUER, settings.OIDC_NAME = ISSUER, "the ministry"
    app = {
        "provider_id": "openid",
        "name": "the ministry",
        "client_id": "stages",
        "secret": "a secret",
        "settings": {"server_url": ISSUER},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    one = Server()
    monkeypatch.setattr(OpenIDAdapter, "get_requests_session", lambda self: one)
    return one


@pytest.fixture
def ana(db):
    return people.UserFactory(email="ana@example.org", name="Ana Sok")


def come_back(client: Client, start: str = START):
    """Go to the server and come back with its word."""
    gone = client.get(start)
    assert gone.url.startswith(CONFIGURATION["authorization_endpoint"])
    sent = parse_qs(urlsplit(gone.url).query)
    assert sent["redirect_uri"] == [f"http://testserver{BACK}"]
    assert "code_challenge" in sent
    return client.get(BACK, {"code": "a code", "state": sent["state"][0]})


def test_without_a_server_in_the_settings_there_is_no_such_door(client):
    assert client.get(START).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "openid" not in client.get("/account/sign-in/").text


def test_the_sign_in_page_leads_to_the_server_and_back_to_the_page_asked_for(client, server, ana):
    page = client.get("/account/sign-in/?next=/rounds/new/")
    assert "Sign in with the ministry" in page.text
    assert f'href="{START}?next=%2Frounds%2Fnew%2F"' in page.text
    assert come_back(client, f"{START}?next=/rounds/new/").url == "/rounds/new/"
    assert get_user(client) == ana


def test_nothing_is_stored_and_the_password_still_opens(client, server, ana):
    come_back(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


@pytest.mark.parametrize(
    "says",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": None},
    ],
    ids=str,
)
def test_whom_we_do_not_know_for_certain_stays_outside_and_is_not_created(
    client, server, ana, says
):
    server.person |= says
    refused = come_back(client)
    assert refused.status_code == 403
    assert "People come in by invitation" in refused.text
    assert get_user(client).is_anonymous
    assert list(User.objects.all()) == [ana]


def test_a_closed_account_does_not_open_this_way_either(client, server, ana):
    come_back(client)
    assert get_user(client) == ana
    User.objects.update(is_active=False)
    other = Client()
    assert come_back(other).status_code == 403
    assert get_user(other).is_anonymous


def test_the_second_factor_is_asked_for_here_too(client, server, ana):
    secret = give_second_factor(ana)
    assert come_back(client).url == CODE
    assert get_user(client).is_anonymous
    client.post(CODE, {"code": code_now(secret)})
    assert get_user(client) == ana


def test_accounts_are_never_linked(client, server, ana):
    other = people.UserFactory()
    client.force_login(other)
    come_back(client, f"{START}?process=connect")
    assert get_user(client) == ana
    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_signs_nobody_in(client, server, ana):
    for query in ({"code": "a code", "state": "made up"}, {"code": "a code"}, {}):
        assert client.get(BACK, query).status_code == 401
    assert get_user(client).is_anonymous
    assert server.asked == []


def test_who_turns_back_there_is_told_so(client, server, ana):
    gone = client.get(START)
    state = parse_qs(urlsplit(gone.url).query)["state"][0]
    response = client.get(BACK, {"error": "access_denied", "state": state})
    assert response.status_code == 401
    assert "did not succeed, or you left it" in response.text


def test_a_server_that_does_not_answer_is_not_our_fault(client, server, ana):
    server.away = True
    refused = client.get(START)
    assert refused.status_code == 502
    assert "Use your password here" in refused.text
