"""Looking after people: who invites whom where, what a link is good for, how somebody leaves."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, Membership, Organisation, User
from accounts.refusals import Refused
from accounts.roles import Administrator, Assessor, Coordinator, Donor, Officer
from activity import events
from activity.models import Event
from diagnostics.queries import sheets_filled_by
from tests.factories import people, rounds
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "new.person@example.org"
NEW_PASSWORD = "seven green rivers"
PEOPLE, INVITE = reverse("accounts:people"), reverse("accounts:invite")


@pytest.fixture
def abroad(team) -> Organisation:
    """An organisation of another country, where nobody of the team but the administrator rules."""
    return team.stranger.memberships.get().organisation


@pytest.fixture
def coordinator(team, signed_in) -> Client:
    return signed_in(team.coordinator)


@pytest.fixture
def administrator(team, signed_in) -> Client:
    return signed_in(team.administrator)


def offer(role: type, organisation: Organisation, country: object, email: str = NEW) -> dict:
    place = country.pk if country else ""
    return {"email": email, "role": role.code, "organisation": organisation.pk, "country": place}


def invited(by: User | None, organisation: Organisation, email: str = NEW) -> tuple:
    """An invitation as officer in the organisation's country, and the path of its link."""
    made, token = actions.invite(
        email=email, role=Officer.code, organisation=organisation,
        country=organisation.country, by=by,
    )  # fmt: skip
    return made, reverse("accounts:invitation", args=[token])


def told() -> list[str]:
    return [events.in_words(event) for event in Event.objects.filter(topic="people")]


def leave(client: Client, who: User, password: str = PASSWORD, successor: User | None = None):
    data = {"password": password, "successor": successor.pk if successor else ""}
    return client.post(reverse("accounts:person", args=[who.pk]), data)


# ---- who may give what, where ----


@pytest.mark.parametrize("role", [Officer, Assessor, Donor])
def test_a_coordinator_invites_those_who_answer_and_review_at_home(team, coordinator, role):
    page = coordinator.post(INVITE, offer(role, team.organisation, team.country))
    made = Invitation.objects.get()
    assert (made.role, made.country, made.invited_by) == (role.code, team.country, team.coordinator)
    assert page.context["link"] in page.text
    assert told() == [
        f"{team.coordinator} invited somebody as {role.title} for {team.organisation}."
    ]


@pytest.mark.parametrize("role", [Coordinator, Administrator])
def test_a_coordinator_makes_neither_coordinators_nor_administrators(team, coordinator, role):
    page = coordinator.post(INVITE, offer(role, team.organisation, team.country))
    assert "role" in page.context["form"].errors
    with pytest.raises(Refused, match="may not give or take this role"):
        actions.invite(email=NEW, role=role.code, organisation=team.organisation,
                       country=team.country, by=team.coordinator)  # fmt: skip
    assert not Invitation.objects.exists()


def test_a_coordinator_invites_neither_abroad_nor_for_all_countries(team, coordinator, abroad):
    for country in (abroad.country, None):
        page = coordinator.post(INVITE, offer(Officer, team.organisation, country))
        assert "country" in page.context["form"].errors
        with pytest.raises(Refused):
            actions.invite(email=NEW, role=Officer.code, organisation=team.organisation,
                           country=country, by=team.coordinator)  # fmt: skip
    assert not Invitation.objects.exists()


def test_a_coordinator_cannot_use_an_organisation_of_another_country(team, coordinator, abroad):
    page = coordinator.post(INVITE, offer(Officer, abroad, team.country))
    assert "organisation" in page.context["form"].errors
    assert abroad.name not in page.text
    with pytest.raises(Refused, match="for an organisation of another"):
        actions.invite(email=NEW, role=Officer.code, organisation=abroad,
                       country=team.country, by=team.coordinator)  # fmt: skip
    assert not Invitation.objects.exists()


def test_who_coordinates_two_countries_does_not_mix_them(team, coordinator, abroad):
    people.MembershipFactory(user=team.coordinator, role=Coordinator.code, organisation=abroad)
    page = coordinator.post(INVITE, offer(Officer, abroad, team.country))
    assert "for an organisation of another" in page.text
    assert not Invitation.objects.exists()
    coordinator.post(INVITE, offer(Officer, abroad, abroad.country))
    assert Invitation.objects.get().country == abroad.country


@pytest.mark.parametrize("role", [Officer, Assessor, Coordinator, Donor, Administrator])
@pytest.mark.parametrize("place", ["own", "other", "all"])
def test_an_administrator_gives_every_role_everywhere(team, administrator, abroad, role, place):
    country = {"own": team.country, "other": abroad.country, "all": None}[place]
    page = administrator.post(INVITE, offer(role, abroad, country))
    assert page.context["link"]
    assert Invitation.objects.get().country == country


@pytest.mark.parametrize("who", ["officer", "donor", "stranger"])
def test_nobody_else_invites(team, signed_in, who):
    one = getattr(team, who)
    answer = signed_in(one).post(INVITE, offer(Officer, team.organisation, team.country))
    assert answer.status_code == 403
    with pytest.raises(Refused):
        invited(one, team.organisation)
    assert not Invitation.objects.exists()


def test_a_bad_address_is_refused_on_the_form(team, coordinator):
    page = coordinator.post(INVITE, offer(Officer, team.organisation, team.country, "nobody@"))
    assert "email" in page.context["form"].errors
    assert not Invitation.objects.exists()


def test_each_sees_the_people_they_look_after(team, coordinator, administrator, abroad):
    invited(team.administrator, abroad, "there@example.org")
    invited(team.coordinator, team.organisation, "here@example.org")
    here, all_over = coordinator.get(PEOPLE).text, administrator.get(PEOPLE).text
    for known in (team.officer.email, team.donor.email, "here@example.org"):
        assert known in here
        assert known in all_over
    for unknown in (team.stranger.email, team.administrator.email, "there@example.org"):
        assert unknown not in here
        assert unknown in all_over
    stranger = reverse("accounts:person", args=[team.stranger.pk])
    assert coordinator.get(stranger).status_code == 404
    assert administrator.get(stranger).status_code == 200


# ---- the link ----


def test_the_link_goes_by_mail_and_opens_the_door_once(team, coordinator, client):
    page = coordinator.post(INVITE, offer(Officer, team.organisation, team.country, NEW.upper()))
    (letter,) = mail.outbox
    assert letter.to == [NEW]
    assert page.context["link"] in letter.body
    link = page.context["link"]
    assert str(team.organisation) in client.get(link).text
    given = {"name": " New Person ", "password": NEW_PASSWORD}
    assert client.post(link, given).url == reverse("home")
    made = get_user(client)
    assert (made.email, made.name, made.check_password(NEW_PASSWORD)) == (NEW, "New Person", True)
    held = made.memberships.get()
    assert (held.role, held.organisation, held.country) == (
        Officer.code, team.organisation, team.country,
    )  # fmt: skip
    assert told()[0] == f"New Person joined {team.organisation}."
    for again in (client.get(link), Client().post(link, given)):
        assert again.status_code == 404
        assert "ask for a new one" in again.text
    assert "Invitations not taken up" not in coordinator.get(PEOPLE).text


def test_an_expired_or_invented_link_opens_nothing(team, client):
    made, link = invited(team.coordinator, team.organisation)
    assert made.expires_at - made.invited_at > timedelta(days=13)
    Invitation.objects.update(expires_at=timezone.now())
    invented = reverse("accounts:invitation", args=["invented"])
    for path in (link, invented):
        answer = client.post(path, {"name": "New", "password": NEW_PASSWORD})
        assert answer.status_code == 404
    assert not User.objects.filter(email=NEW).exists()


def test_a_withdrawn_link_opens_nothing(team, coordinator, administrator, client):
    made, link = invited(team.coordinator, team.organisation)
    page = coordinator.post(reverse("accounts:invitation_withdraw", args=[made.pk]), follow=True)
    assert "The invitation is withdrawn" in page.text
    assert NEW not in page.text
    assert client.get(link).status_code == 404
    assert told()[0] == (
        f"{team.coordinator} withdrew an invitation as Officer for {team.organisation}."
    )
    again = coordinator.post(reverse("accounts:invitation_withdraw", args=[made.pk]))
    assert again.status_code == 404


def test_nobody_withdraws_what_they_could_not_offer(team, coordinator, abroad):
    there, _link = invited(team.administrator, abroad)
    address = reverse("accounts:invitation_withdraw", args=[there.pk])
    assert coordinator.post(address).status_code == 404
    higher, token = actions.invite(
        email=NEW, role=Coordinator.code, country=team.country,
        organisation=team.organisation, by=team.administrator,
    )  # fmt: skip
    page = coordinator.post(reverse("accounts:invitation_withdraw", args=[higher.pk]), follow=True)
    assert "may not give or take this role" in page.text
    assert actions.open_invitation(token) == higher


def test_the_database_does_not_hold_the_link(team):
    made, link = invited(team.coordinator, team.organisation)
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert token not in str(Invitation.objects.filter(pk=made.pk).values().get())


def test_a_weak_password_makes_nobody(team, client):
    _made, link = invited(team.coordinator, team.organisation)
    page = client.post(link, {"name": "New Person", "password": "12345678"})
    assert "password" in page.context["form"].errors
    assert not User.objects.filter(email=NEW).exists()
    assert client.get(link).status_code == 200


def test_a_name_with_a_character_that_is_not_seen_makes_nobody(team, coordinator, client):
    _made, link = invited(team.coordinator, team.organisation)
    page = client.post(link, {"name": "New\u202ePerson", "password": NEW_PASSWORD})
    assert "It has a character that is not seen (U+202E)." in page.text
    assert not User.objects.filter(email=NEW).exists()
    new = {"name": "Trade\u202eOffice", "country": "LAO"}
    page = coordinator.post(reverse("accounts:organisation_new"), new)
    assert "U+202E" in page.context["form"].errors["name"][0]
    assert "Office" not in Organisation.objects.values_list("name", flat=True)


def test_where_mail_fails_the_link_is_shown_all_the_same(team, coordinator, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    page = coordinator.post(INVITE, offer(Officer, team.organisation, team.country))
    assert "The mail could not be sent; hand over the link." in page.text
    assert client.get(page.context["link"]).status_code == 200


def test_who_has_an_account_gets_the_role_added_and_keeps_the_password(team, client):
    other = people.OrganisationFactory(country=team.country)
    _made, link = invited(team.coordinator, other, team.officer.email)
    assert "the role is added to it" in client.get(link).text
    client.post(link, {"name": "Somebody Else", "password": NEW_PASSWORD})
    assert get_user(client).is_anonymous  # whoever has the link has not shown who they are
    name = team.officer.name
    team.officer.refresh_from_db()
    assert team.officer.name == name
    assert team.officer.check_password(PASSWORD)
    assert {held.organisation for held in team.officer.memberships.all()} == {
        team.organisation, other,
    }  # fmt: skip


def test_a_closed_account_is_not_opened_by_an_invitation(team, client):
    _made, link = invited(team.coordinator, team.organisation, team.officer.email)
    User.objects.filter(pk=team.officer.pk).update(is_active=False)
    answer = client.post(link)
    assert answer.status_code == 403
    assert "ask an administrator" in answer.text
    assert Invitation.objects.get().accepted_at is None


# ---- taking a role, leaving ----


def test_a_role_is_taken_only_by_who_may_give_it(team, coordinator):
    officer, own = team.officer.memberships.get(), team.coordinator.memberships.get()
    for held in (officer, own):
        answer = coordinator.post(reverse("accounts:membership_end", args=["country", held.pk]))
        assert answer.url == reverse("accounts:person", args=[held.user_id])
    assert not Membership.objects.filter(pk=officer.pk).exists()
    assert Membership.objects.filter(pk=own.pk).exists()
    assert "may not give or take this role" in coordinator.get(answer.url).text
    assert told() == [f"{team.coordinator} ended the role Officer of {team.officer}."]


def test_a_role_of_a_stranger_is_not_found(team, coordinator):
    held = team.stranger.memberships.get()
    answer = coordinator.post(reverse("accounts:membership_end", args=["country", held.pk]))
    assert answer.status_code == 404
    assert Membership.objects.filter(pk=held.pk).exists()


def test_who_takes_over_gets_the_same_roles_and_so_the_sheets(team, coordinator):
    sheet = rounds.sheet_of(team.organisation)
    heir = people.officer(people.OrganisationFactory(country=team.country))
    assert not sheets_filled_by(heir).exists()
    assert leave(coordinator, team.officer, successor=heir).url == PEOPLE
    team.officer.refresh_from_db()
    assert not team.officer.is_active
    assert heir.memberships.filter(
        role=Officer.code, organisation=team.organisation, country=team.country
    ).exists()
    assert sheets_filled_by(heir).get() == sheet
    assert told() == [
        f"{team.coordinator} closed the account of {team.officer}; successor: {heir}."
    ]
    assert "left" in coordinator.get(reverse("accounts:person", args=[team.officer.pk])).text


def test_a_leaver_is_out_at_once_and_does_not_come_back(team, coordinator, client):
    door = reverse("accounts:signin")

    def sign_in():
        field = next(iter(client.get(door).context["form"].fields))
        return client.post(door, {field: team.officer.email, "password": PASSWORD})

    sign_in()
    assert get_user(client) == team.officer
    leave(coordinator, team.officer)
    assert client.get(reverse("home")).status_code == 302
    sign_in()
    assert get_user(client).is_anonymous
    assert User.objects.filter(pk=team.officer.pk).exists()


def test_closing_an_account_takes_ones_own_right_password(team, coordinator):
    page = leave(coordinator, team.officer, password="wrong")
    assert page.context["form"].errors["password"] == ["This is not your password."]
    team.officer.refresh_from_db()
    assert team.officer.is_active
    assert told() == []


def test_nobody_closes_their_own_account_or_one_with_roles_beyond_theirs(
    team, coordinator, administrator, abroad
):
    people.MembershipFactory(user=team.officer, organisation=abroad)
    for client, who in (
        (coordinator, team.coordinator),
        (coordinator, team.officer),
        (administrator, team.administrator),
    ):
        page = leave(client, who)
        assert page.context["form"].non_field_errors()
        who.refresh_from_db()
        assert who.is_active


def test_nobody_hands_over_to_a_leaver_or_a_stranger(team, coordinator):
    User.objects.filter(pk=team.colleague.pk).update(is_active=False)
    for heir in (team.officer, team.colleague, team.stranger):
        page = leave(coordinator, team.officer, successor=heir)
        assert "successor" in page.context["form"].errors
    with pytest.raises(Refused, match="Somebody else has to take over"):
        actions.deactivate(user=team.officer, successor=team.officer, by=team.coordinator)


def test_a_coordinator_hands_no_role_abroad_on(team, abroad):
    """Such a role was given by an administrator; it can be closed, not given again."""
    held = {"role": Donor.code, "organisation": abroad, "country": team.country}
    leaver = people.MembershipFactory(**held).user
    with pytest.raises(Refused, match="for an organisation of another"):
        actions.deactivate(user=leaver, successor=team.donor, by=team.coordinator)
    leaver.refresh_from_db()
    assert leaver.is_active
    actions.deactivate(user=leaver, successor=None, by=team.coordinator)
    assert not User.objects.get(pk=leaver.pk).is_active


def test_who_has_no_role_left_is_looked_after_by_administrators_only(team):
    alone = people.UserFactory()
    with pytest.raises(Refused, match="do not look after"):
        actions.deactivate(user=alone, successor=None, by=team.coordinator)
    actions.deactivate(user=alone, successor=None, by=team.administrator)
    assert not User.objects.get(pk=alone.pk).is_active


# ---- organisations ----


def test_a_coordinator_adds_organisations_at_home_only(team, coordinator, abroad):
    url = reverse("accounts:organisation_new")
    for country in (abroad.country.pk, ""):
        page = coordinator.post(url, {"name": "Trade Office", "country": country})
        assert "country" in page.context["form"].errors
    assert coordinator.post(url, {"name": " Trade Office ", "country": "LAO"}).url == PEOPLE
    assert Organisation.objects.get(name="Trade Office").country == team.country
    assert told() == [f"{team.coordinator} added the organisation Trade Office."]
    page = coordinator.post(url, {"name": "Trade Office", "country": "LAO"})
    assert page.context["form"].errors
