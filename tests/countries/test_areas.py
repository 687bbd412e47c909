"""Countries and aggregates lie in one table and are never taken for each other."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from countries.models import Country, is_fictional

pytestmark = pytest.mark.django_db


def aggregate(code: str, name: str, **more: str) -> Country:
    return Country.areas.create(code=code, name=name, kind=Country.Kind.AGGREGATE, **more)


def test_aggregates_are_not_among_the_countries():
    country = Country.objects.create(code="LAO", name="Lao PDR")
    region = aggregate("EAS", "East Asia & Pacific", grouping=Country.Grouping.BANK_REGION)
    assert list(Country.objects.all()) == [country]
    assert set(Country.areas.all()) == {country, region}


def test_a_key_to_an_aggregate_is_followed():
    region = aggregate("030", "Eastern Asia", grouping=Country.Grouping.UN_SUBREGION)
    country = Country.objects.create(code="MNG", name="Mongolia")
    member = region.members.create(country=country, source="UN M49")
    member.refresh_from_db()
    assert member.group == region
    assert [row.group for row in country.groups.all()] == [region]


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "030"},
        {"code": "lao"},
        {"code": "LA"},
        {"code": "XTA"},
        {"code": "XKX", "is_fictional": True},
        {"code": "LAO", "is_fictional": True},
        {"code": "LAO", "grouping": Country.Grouping.INCOME},
        {"code": "LAO", "kind": "planet"},
    ],
)
def test_the_database_refuses(wrong):
    with pytest.raises(IntegrityError):
        Country.areas.create(name="Somewhere", **wrong)


def test_kosovo_is_real_and_the_rest_of_the_range_is_not():
    codes = ["LAO", "WZZ", "XAA", "XKW", "XKX", "XKY", "XZZ", "YAA"]
    assert [c for c in codes if is_fictional(c)] == ["XAA", "XKW", "XKY", "XZZ"]
    Country.objects.create(code="XKX", name="Kosovo")


def test_a_code_belongs_to_one():
    Country.objects.create(code="LAO", name="Lao PDR", alpha_2="LA", numeric="418")
    with pytest.raises(IntegrityError):
        Country.objects.create(code="KHM", name="Cambodia", alpha_2="LA")


def test_a_page_names_it_in_its_language_and_data_keep_their_name():
    laos = Country.objects.create(code="LAO", name="Lao PDR", alpha_2="LA")
    asia = aggregate("142", "Asia", numeric="142")
    bank = aggregate("EAS", "East Asia & Pacific")
    invented = Country.objects.create(code="XQA", name="Inventia", is_fictional=True)
    with translation.override("ru"):
        told = [str(one) for one in (laos, asia, bank, invented)]
        assert laos.name == "Lao PDR"
    assert told == ["Лаос", "Азия", "East Asia & Pacific", "Inventia"]
    assert str(laos) == "Lao PDR"
