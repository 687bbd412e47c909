"""What readers get: the newest value in the years asked for, with its provenance, in one query."""

import pytest

from indicators import queries
from tests.factories import people
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    for code in ("LAO", "VNM"):
        CountryFactory(code=code)
    indicator, by = IndicatorFactory(), ImportFactory(vintage="2021-09")
    for country, year, value in [
        ("LAO", "2008", 1.0), ("LAO", "2010", 2.0), ("LAO", "2011", None), ("LAO", "2015", 9.0),
        ("VNM", "2009", 3.0),
    ]:  # fmt: skip
        observe(indicator, country, year, value, by=by)
    observe(indicator, "LAO", "2010-12", 7.0, by=by, frequency="M")
    observe(IndicatorFactory(code="C.D"), "VNM", "2001", 5.0, by=by)
    return indicator


def newest(**between) -> dict[str, dict[str, tuple[str, float]]]:
    found = queries.newest_values(["A.B", "C.D", "E.F"], ["LAO", "VNM"], **between)
    return {
        code: {country: (row.period, row.value) for country, row in rows.items()}
        for code, rows in found.items()
    }


def test_the_newest_value_within_the_years_counts_and_a_missing_one_does_not(loaded):
    assert newest(first_year=2007, last_year=2012) == {
        "A.B": {"LAO": ("2010", 2.0), "VNM": ("2009", 3.0)}
    }
    assert newest(first_year=2001, last_year=2008) == {
        "A.B": {"LAO": ("2008", 1.0)},
        "C.D": {"VNM": ("2001", 5.0)},
    }
    assert newest(first_year=2016, last_year=2020) == {}


def test_of_two_datasets_with_one_code_the_newer_value_is_taken_and_named(loaded):
    other = DatasetFactory(code="other", publisher="Another office", note="Ended in 2021.")
    elsewhere = IndicatorFactory(dataset=other, unit="%")
    observe(elsewhere, "LAO", "2012", 4.0, by=ImportFactory(dataset=other))
    found = queries.newest_values(["A.B"], ["LAO"], first_year=2007, last_year=2012)
    value = found["A.B"]["LAO"]
    assert (value.value, value.dataset, value.source, value.unit, value.dataset_note) == (
        4.0, "other", "Another office", "%", "Ended in 2021.",
    )  # fmt: skip


def test_each_question_is_one_query(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        newest(first_year=2001, last_year=2012)
    with django_assert_num_queries(1):
        found = queries.series(loaded)
    assert [row.value for row in found["LAO"]] == [1.0, 2.0, 7.0, None, 9.0]
    with django_assert_num_queries(1):
        assert queries.coverage([loaded]) == {loaded.pk: queries.Coverage(5, 2, 2008, 2015)}
    assert list(queries.series(loaded, ["VNM"])) == ["VNM"]


def test_only_an_administrator_of_all_countries_loads_datasets(team):
    assert queries.may_load(team.administrator)
    of_one = people.member(people.Administrator, team.organisation)
    for person in (of_one, team.officer, team.coordinator, team.donor):
        assert not queries.may_load(person)
