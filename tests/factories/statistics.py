import factory
import numpy as np
from django.core.files.base import ContentFile
from django.utils import timezone

from activity.models import File
from indicators.indices.chain import build
from indicators.indices.figures import Figures
from indicators.indices.output import as_data
from indicators.indices.reading import read_specification_text
from indicators.models import CompositeIndex, Dataset, Import, Indicator, Observation


class DatasetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dataset
        django_get_or_create = ("code",)

    code = "figures"
    title = factory.LazyAttribute(lambda dataset: f"Dataset {dataset.code}")


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator
        django_get_or_create = ("dataset", "code")

    dataset = factory.SubFactory(DatasetFactory)
    code = "A.B"
    title = factory.LazyAttribute(lambda indicator: f"Indicator {indicator.code}")


class CompositeIndexFactory(factory.django.DjangoModelFactory):
    """An index that was built from one value."""

    class Meta:
        model = CompositeIndex

    code = "trial"
    title = "A trial index"
    dataset = factory.SubFactory(DatasetFactory)
    text = "code: trial\ndata: {dataset: figures}\nindicators: [{code: A.B}]\n"

    @factory.lazy_attribute
    def result(self) -> dict:
        index = build(
            read_specification_text(self.text, "trial"),
            Figures(("LAO",), ("2015",), ("A.B",), np.ones((1, 1, 1))),
        )
        return as_data(index)


class FileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = File

    name = "figures.csv"
    content_type = "text/csv"
    content = factory.LazyFunction(lambda: ContentFile(b"country,year,value\n", "figures.csv"))
    size = 19
    sha256 = factory.Sequence(lambda n: f"{n:064x}")


class ImportFactory(factory.django.DjangoModelFactory):
    """A committed import, the newest of its dataset."""

    class Meta:
        model = Import

    dataset = factory.SubFactory(DatasetFactory)
    file = factory.SubFactory(FileFactory)
    state = Import.State.COMMITTED
    committed_at = factory.LazyFunction(timezone.now)
    number = factory.LazyAttribute(lambda row: row.dataset.imports.count() + 1)


def observe(
    indicator: Indicator, country: str, period: str, value: float | None, *, by: Import, **fields
) -> Observation:
    """One observation, which is current if the key has no other."""
    facts = {"indicator": indicator, "country_id": country, "period": period, "breakdown": ""}
    facts |= {"frequency": "A", "year": int(period[:4]), "value": value, "origin": by, **fields}
    return Observation.objects.create(**facts)
