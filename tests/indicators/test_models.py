"""What the database itself holds to."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from indicators.models import Dataset, Import, Observation
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe

pytestmark = pytest.mark.django_db


def test_observations_are_appended_and_never_altered():
    CountryFactory(code="LAO")
    observe(IndicatorFactory(), "LAO", "2010", 1.5, by=ImportFactory())
    stored = Observation.objects.all()
    with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
        stored.update(value=2.5)
    with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
        stored.delete()
    assert stored.get().value == 1.5


def test_nothing_of_an_observation_may_change_but_its_mark():
    CountryFactory(code="LAO")
    observe(IndicatorFactory(), "LAO", "2010", 1.5, by=ImportFactory())
    columns = {field.attname for field in Observation._meta.concrete_fields} - {"pk"}
    stored = Observation.objects.all()
    for column in columns - {"is_superseded"}:
        with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
            stored.update(**{column: F(column)})
    assert stored.update(is_superseded=True) == 1


def test_two_imports_keep_two_observations_of_one_key():
    CountryFactory(code="LAO")
    indicator, first, second = IndicatorFactory(), ImportFactory(), ImportFactory()
    observe(indicator, "LAO", "2010", 1.5, by=first)
    key = {"indicator": indicator, "country_id": "LAO", "period": "2010", "breakdown": ""}
    again = Observation(**key, origin=second, frequency="A", year=2010, value=2.5)
    again.save(force_insert=True)
    assert Observation.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation(**key, origin=second, frequency="A", year=2010).save(force_insert=True)


@pytest.mark.parametrize("code", ["", "a b", "../x", "ü", "-a"])
def test_a_dataset_code_suits_an_address(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dataset.objects.create(code=code, title="A dataset")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Import.State.UPLOADED},
        {"number": None},
        {"state": Import.State.UNDONE, "undone_because": "wrong unit"},
    ],
)
def test_an_import_is_numbered_when_and_only_when_committed(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportFactory(dataset=DatasetFactory(), **fields)
