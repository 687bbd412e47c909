"""People, organisations and memberships: what the database holds and refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import Membership, Organisation, User
from accounts.roles import Officer
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any():
    user = User.objects.create_user(" Ana.Sok@Example.ORG ", "secret words", name="Ana Sok")
    assert user.email == "ana.sok@example.org"
    assert user.check_password("secret words")
    assert User.objects.get_by_natural_key(" ANA.SOK@example.org ") == user


def test_without_an_address_nobody_is_made():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("", "secret words")


def test_without_a_password_nobody_can_sign_in():
    assert not User.objects.create_user("ana@example.org").has_usable_password()


def test_a_superuser_may_look_at_the_tables():
    user = User.objects.create_superuser("root@example.org", "secret words")
    assert user.is_staff
    assert user.is_superuser


def test_a_second_person_with_the_same_address_is_refused_with_a_sentence():
    people.UserFactory(email="ana@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ANA@example.org")
    with pytest.raises(ValidationError, match=r"Somebody with this e-mail address exists\."):
        User(email="ana@example.org", name="Ana").full_clean(exclude=["password"])


def test_the_database_refuses_an_address_in_capitals():
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"), transaction.atomic():
        people.UserFactory(email="Ana@example.org")


@pytest.mark.parametrize("country", ["LAO", None])
def test_an_organisation_has_its_name_once_in_a_country_and_once_in_none(country):
    place = people.CountryFactory(code=country) if country else None
    people.OrganisationFactory(name="Ministry of Trade", country=place)
    people.OrganisationFactory(name="Ministry of Trade", country=people.CountryFactory(code="VNM"))
    with pytest.raises(IntegrityError, match="is_unique_in_country"), transaction.atomic():
        Organisation.objects.create(name="Ministry of Trade", country=place)


@pytest.mark.parametrize("everywhere", [False, True])
def test_the_same_membership_is_held_once(team, everywhere):
    fields = {
        "user": team.officer,
        "role": Officer.code,
        "organisation": people.OrganisationFactory(),
        "country": None if everywhere else team.country,
    }
    Membership.objects.create(**fields)
    with pytest.raises(IntegrityError, match="membership_is_unique"), transaction.atomic():
        Membership.objects.create(**fields)


@pytest.mark.parametrize("name", ["Ana\u202eSok", "Ana\nSok", "Ana\u2066"])
def test_names_of_people_and_organisations_have_no_character_that_is_not_seen(name):
    for one in (User(email="ana@example.org", name=name), Organisation(name=name)):
        with pytest.raises(ValidationError, match="a character that is not seen"):
            one.full_clean(exclude=["password"])


@pytest.mark.parametrize("role", ["emperor", "cluster_agent", ""])
def test_the_database_refuses_a_role_that_no_country_has(team, role):
    with pytest.raises(IntegrityError, match="membership_role_is_known"), transaction.atomic():
        people.MembershipFactory(role=role, organisation=team.organisation)


def test_what_people_belong_to_is_not_deleted_under_them(team):
    for kept in (team.organisation, team.country):
        with pytest.raises(ProtectedError):
            kept.delete()


def test_a_membership_says_who_is_what_where(team):
    here = team.officer.memberships.get()
    assert str(here) == f"{team.officer}, Officer, {team.organisation}, {team.country}"
    everywhere = team.administrator.memberships.get()
    assert str(everywhere).endswith("all countries")
