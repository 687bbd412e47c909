"""The second factor: setting it up, signing in with it, losing the telephone."""

import base64
import importlib
import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.apps import apps
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import actions, sealing
from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Administrator
from activity.events import in_words
from activity.models import Event
from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

SET_UP = "/account/second-factor/set-up/"
CODE = "/account/sign-in/code/"


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_second_factor(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_codes(user) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def begin(user, **more) -> Client:
    """A browser that has given the right password."""
    client = Client()
    data = {"login": user.email, "password": PASSWORD, **more}
    response = client.post("/account/sign-in/", data)
    assert response.url == CODE
    assert get_user(client).is_anonymous
    return client


def test_the_whole_path_from_setting_up_to_signing_in(team, signed_in):
    officer, client = team.officer, signed_in(team.officer)
    page = client.get(SET_UP)
    (secret,) = re.findall(r'<code class="hash">([A-Z2-7]+)</code>', page.text)
    (picture,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page.text)
    assert b"<svg" in base64.b64decode(picture)

    wrong = client.post(SET_UP, {"code": "no"})
    assert "This code is not right" in wrong.text
    assert secret in wrong.text, "a slip of the finger does not change the key"
    done = client.post(SET_UP, {"code": code_now(secret)}, follow=True)
    codes = recovery_codes(officer)
    assert len(codes) == 10
    assert all(code in done.text for code in codes)
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert "attachment" in saved["Content-Disposition"]
    assert all(code in saved.text for code in codes)

    client = begin(officer, next="/rounds/new/")
    assert client.get(CODE).status_code == 200
    assert "This code is not right" in client.post(CODE, {"code": "000"}).text
    assert client.post(CODE, {"code": code_now(secret)}).url == "/rounds/new/"
    assert get_user(client) == officer


def test_one_code_signs_in_once(team):
    code = code_now(give_second_factor(team.officer))
    assert begin(team.officer).post(CODE, {"code": code}).status_code == 302
    again = begin(team.officer)
    assert again.post(CODE, {"code": code}).status_code == 200
    assert get_user(again).is_anonymous


def test_a_recovery_code_signs_in_once(team):
    give_second_factor(team.officer)
    first, second, *_ = recovery_codes(team.officer)
    client = begin(team.officer)
    assert client.post(CODE, {"code": first}).status_code == 302
    assert get_user(client) == team.officer
    assert first not in recovery_codes(team.officer)
    again = begin(team.officer)
    assert again.post(CODE, {"code": first}).status_code == 200
    assert get_user(again).is_anonymous
    assert again.post(CODE, {"code": second}).status_code == 302


def test_new_recovery_codes_replace_the_old_ones(team, signed_in):
    give_second_factor(team.officer)
    old, client = recovery_codes(team.officer), signed_in(team.officer)
    address = reverse("mfa_generate_recovery_codes")
    assert "The 10 codes that are left stop working." in client.get(address).text
    client.post(address)
    assert not set(old) & set(recovery_codes(team.officer))


def test_codes_cannot_be_guessed_without_end(team):
    give_second_factor(team.officer)
    client = begin(team.officer)
    statuses = [client.post(CODE, {"code": "no"}).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_code_alone_is_worth_nothing(team):
    code = code_now(give_second_factor(team.officer))
    assert Client().post(CODE, {"code": code}).url == "/account/sign-in/"


def test_the_person_before_is_out_while_the_next_is_asked_for_a_code(team, signed_in):
    give_second_factor(team.colleague)
    client = signed_in(team.officer)
    client.post("/account/sign-in/", {"login": team.colleague.email, "password": PASSWORD})
    assert get_user(client).is_anonymous
    assert client.get(CODE).status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_where_it_is_required_nothing_else_opens_before_it_is_set_up(
    team, signed_in, settings, role
):
    settings.SECOND_FACTOR = "required"
    user = getattr(team, role)
    client = signed_in(user)
    assert client.get("/").url == SET_UP
    assert client.post(reverse("accounts:invite")).url == SET_UP
    refused = client.get("/api/schema/")
    assert refused.status_code == 403
    assert "second factor" in refused.json()["error"]
    assert client.get(SET_UP).status_code == 200
    assert client.get("/reports/").status_code == 200, "what is open to all stays open"
    give_second_factor(user)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", ["officer", "donor"])
def test_it_is_required_of_nobody_else(team, signed_in, settings, role):
    settings.SECOND_FACTOR = "required"
    assert signed_in(getattr(team, role)).get("/").status_code == 200


def test_who_looks_at_the_tables_needs_it_too(team, signed_in, settings):
    settings.SECOND_FACTOR = "required"
    team.officer.is_staff = True
    team.officer.save()
    assert signed_in(team.officer).get("/tables/").url == SET_UP


def test_where_it_is_offered_a_coordinator_may_do_without(team, signed_in):
    client = signed_in(team.coordinator)
    assert client.get("/").status_code == 200
    assert "It is not set up." in client.get("/account/second-factor/").text


def test_it_is_removed_to_be_moved_to_another_telephone(team, signed_in, settings):
    settings.SECOND_FACTOR = "required"
    give_second_factor(team.coordinator)
    client = signed_in(team.coordinator)
    assert "It is set up." in client.get("/account/second-factor/").text
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=team.coordinator).exists()
    assert client.get("/").url == SET_UP


def test_who_lost_everything_is_helped_at_the_terminal(team):
    give_second_factor(team.officer)
    call_command("remove_second_factor", team.officer.email.upper(), stdout=StringIO())
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", team.officer.email)
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("remove_second_factor", "nobody@example.org")


def remove(client: Client, user):
    return client.post(reverse("accounts:second_factor_remove", args=[user.pk]), follow=True)


def test_an_administrator_removes_it_on_screen_and_the_person_is_told(team, signed_in):
    give_second_factor(team.coordinator)
    page = remove(signed_in(team.administrator), team.coordinator)
    assert "The second factor is removed; the person was told by mail." in page.text
    assert not Authenticator.objects.exists()
    assert [in_words(event) for event in Event.objects.filter(topic="people")] == [
        f"{team.administrator} removed the second factor of {team.coordinator}."
    ]


def test_the_letter_names_who_removed_it(team, django_capture_on_commit_callbacks):
    give_second_factor(team.officer)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_second_factor(user=team.officer, by=team.administrator)
    (letter,) = mail.outbox
    assert letter.to == [team.officer.email]
    assert team.administrator.email in letter.body


def test_removing_it_asks_for_the_password_again_and_is_done_after_that(team):
    give_second_factor(team.officer)
    client = Client()
    client.post("/account/sign-in/", {"login": team.administrator.email, "password": PASSWORD})
    session = client.session
    session["proved_at"] = 0
    session.save()
    address = reverse("accounts:second_factor_remove", args=[team.officer.pk])
    asked = client.post(address)
    assert asked.url.startswith("/account/again/")
    assert Authenticator.objects.filter(user=team.officer).exists()
    client.post(asked.url, {"password": PASSWORD})
    assert not Authenticator.objects.filter(user=team.officer).exists()


def test_nobody_but_an_administrator_removes_anothers(team, signed_in):
    give_second_factor(team.officer)
    assert remove(signed_in(team.coordinator), team.officer).status_code == 403
    with pytest.raises(Refused, match="Only administrators"):
        actions.remove_second_factor(user=team.officer, by=team.coordinator)
    with pytest.raises(Refused, match="on its own page"):
        actions.remove_second_factor(user=team.administrator, by=team.administrator)
    assert Authenticator.objects.filter(user=team.officer).exists()


def test_the_administrator_of_one_country_reaches_nobody_with_a_role_beyond(team):
    here = people.member(Administrator, team.organisation)
    people.MembershipFactory(user=team.officer, organisation=people.OrganisationFactory(
        country=people.CountryFactory(code="VNM")))  # fmt: skip
    give_second_factor(team.officer)
    give_second_factor(team.colleague)
    with pytest.raises(Refused, match="may not give or take this role"):
        actions.remove_second_factor(user=team.officer, by=here)
    actions.remove_second_factor(user=team.colleague, by=here)
    with pytest.raises(Refused, match="has no second factor"):
        actions.remove_second_factor(user=team.colleague, by=here)


# ---- in the database ----


def stored() -> str:
    return str(list(Authenticator.objects.values_list("data", flat=True)))


def test_the_database_holds_neither_key_nor_seed_in_the_clear(team, monkeypatch):
    monkeypatch.setattr(RecoveryCodes, "generate_seed", lambda: "5eed" * 20)
    secret = give_second_factor(team.officer)
    assert secret not in stored()
    assert "5eed" not in stored()


def test_after_a_change_of_key_the_former_one_reads_and_the_present_one_seals(team, settings):
    give_second_factor(team.officer)
    codes = recovery_codes(team.officer)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert recovery_codes(team.officer) == codes
    call_command("seal_again", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    assert recovery_codes(team.officer) == codes


def test_where_no_key_fits_nobody_comes_in_and_the_way_out_is_said(team, settings, caplog):
    secret = give_second_factor(team.officer)
    settings.SECRET_KEY = "n" * 50
    client = begin(team.officer)
    refused = client.post(CODE, {"code": code_now(secret)})
    assert refused.status_code == 403
    assert "ask an administrator to remove it" in refused.text
    assert get_user(client).is_anonymous
    assert "a key that this server does not have" in caplog.text


def test_what_lay_open_before_is_sealed_by_the_migration(team):
    change = importlib.import_module("accounts.migrations.0004_sealed_second_factors")
    Authenticator.objects.create(user=team.officer, type="totp", data={"secret": "OPEN"})
    change._each_secret(apps, sealing.seal)
    assert "OPEN" not in stored()
    assert sealing.unseal(Authenticator.objects.get().data["secret"]) == "OPEN"


def test_its_secrets_stand_in_no_table_that_anybody_sees(team, signed_in):
    secret = give_second_factor(team.officer)
    client = signed_in(User.objects.create_superuser("root@example.org", PASSWORD))
    index = client.get("/tables/")
    assert "/tables/accounts/" in index.text
    assert "/tables/mfa/" not in index.text
    assert client.get("/tables/mfa/authenticator/").status_code == 404
    assert secret not in index.text
