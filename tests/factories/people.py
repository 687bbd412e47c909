from functools import cache

import factory
from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Organisation, User
from accounts.roles import Administrator, Assessor, Coordinator, Donor, Officer
from countries.models import Country

PASSWORD = "correct horse battery staple"


@cache
def hashed_password() -> str:
    """PASSWORD as it is stored; hashed once, because hashing is slow on purpose."""
    return make_password(PASSWORD)


class CountryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "LAO"
    name = factory.LazyAttribute(lambda country: f"Country {country.code}")
    time_zone = "Asia/Vientiane"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    country = factory.SubFactory(CountryFactory)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.LazyFunction(hashed_password)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    country = factory.SelfAttribute("organisation.country")
    role = Officer.code


def member(role: type, organisation: Organisation, country: Country | None = None) -> User:
    """A person with a role in an organisation, in its country unless another is given."""
    country = country or organisation.country
    return MembershipFactory(role=role.code, organisation=organisation, country=country).user


def officer(organisation: Organisation) -> User:
    return member(Officer, organisation)


def assessor(organisation: Organisation) -> User:
    return member(Assessor, organisation)


def coordinator(country: Country) -> User:
    return member(Coordinator, OrganisationFactory(country=country))


def donor(country: Country) -> User:
    return member(Donor, OrganisationFactory(country=None), country)


def administrator() -> User:
    organisation = OrganisationFactory(country=None)
    return MembershipFactory(role=Administrator.code, organisation=organisation, country=None).user
