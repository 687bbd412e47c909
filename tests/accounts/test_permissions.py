"""Roles are data: who may do what in which country."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from accounts.queries import countries_allowing, in_countries_of, memberships_allowing
from accounts.roles import (
    CLUSTER_ROLES,
    COUNTRY_ROLES,
    Coordinator,
    Donor,
    Officer,
    Permission,
    codes_with,
)
from tests.factories import people

ROLES = COUNTRY_ROLES + CLUSTER_ROLES
PERMISSIONS = {value for name, value in vars(Permission).items() if name.isupper()}


def test_every_role_has_its_own_code_and_known_permissions():
    assert len({role.code for role in ROLES}) == len(ROLES)
    for role in ROLES:
        assert role.title
        assert role.permissions
        assert role.permissions <= PERMISSIONS, role.code


def test_every_permission_is_given_by_some_role():
    assert {given for role in ROLES for given in role.permissions} == PERMISSIONS


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.SHEET_FILL, {"officer", "assessor", "cluster_agent"}),
        (Permission.ROUND_RUN, {"coordinator"}),
        (Permission.INSTRUMENT_EDIT, {"administrator"}),
    ],
)
def test_who_answers_does_not_settle_and_who_settles_does_not_answer(permission, roles):
    assert set(codes_with(permission)) == roles


def test_a_permission_that_does_not_exist_is_given_by_nobody():
    assert codes_with("sheet.burn") == []


@pytest.fixture
def two_countries(db):
    return people.CountryFactory(code="LAO"), people.CountryFactory(code="VNM")


def allowed(user, permission: str = Permission.ROUND_READ) -> set[str]:
    return {country.code for country in countries_allowing(user, permission)}


def test_a_role_in_one_country_opens_that_country_only(two_countries):
    assert allowed(people.coordinator(two_countries[0])) == {"LAO"}


def test_a_role_in_all_countries_opens_every_one(two_countries):
    organisation = people.OrganisationFactory(country=None)
    user = people.MembershipFactory(
        role=Coordinator.code, organisation=organisation, country=None
    ).user
    assert allowed(user) == {"LAO", "VNM"}


def test_the_country_of_the_organisation_opens_nothing(two_countries):
    here, elsewhere = two_countries
    user = people.member(Donor, people.OrganisationFactory(country=here), elsewhere)
    assert allowed(user) == {"VNM"}


def test_a_role_opens_only_what_it_allows(two_countries):
    user = people.coordinator(two_countries[0])
    assert allowed(user, Permission.ROUND_RUN) == {"LAO"}
    assert allowed(user, Permission.SHEET_FILL) == set()


def test_different_roles_in_different_countries_do_not_mix(two_countries):
    here, elsewhere = two_countries
    user = people.coordinator(here)
    organisation = people.OrganisationFactory(country=elsewhere)
    people.MembershipFactory(user=user, role=Officer.code, organisation=organisation)
    assert allowed(user, Permission.ROUND_RUN) == {"LAO"}
    assert allowed(user, Permission.SHEET_FILL) == {"VNM"}
    assert allowed(user) == {"LAO", "VNM"}
    assert memberships_allowing(user, Permission.ROUND_RUN).get().country == here


def test_somebody_without_memberships_may_do_nothing(two_countries):
    user = people.UserFactory()
    assert not any(allowed(user, permission) for permission in PERMISSIONS)


def test_the_memberships_of_others_open_nothing(two_countries):
    people.administrator()
    people.coordinator(two_countries[0])
    assert allowed(people.officer(people.OrganisationFactory(country=two_countries[1]))) == {"VNM"}


def test_rows_of_no_country_belong_to_those_with_a_role_in_all(two_countries):
    people.OrganisationFactory(name="Of no country", country=None)
    manages = Permission.PEOPLE_MANAGE
    everywhere = Organisation.objects.filter(in_countries_of(people.administrator(), manages))
    assert everywhere.filter(name="Of no country").exists()
    here = people.coordinator(two_countries[0])
    somewhere = Organisation.objects.filter(in_countries_of(here, Permission.ROUND_READ))
    assert {organisation.country for organisation in somewhere} == {two_countries[0]}


def test_the_question_is_one_query_for_however_many_memberships(two_countries):
    user = people.coordinator(two_countries[0])
    for code in ("KHM", "MMR", "THA"):
        organisation = people.OrganisationFactory(country=people.CountryFactory(code=code))
        people.MembershipFactory(user=user, role=Coordinator.code, organisation=organisation)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert allowed(user) == {"LAO", "KHM", "MMR", "THA"}
    assert len(queries) == 1
