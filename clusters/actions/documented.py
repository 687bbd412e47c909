"""Entering the clusters that documents describe."""

from decimal import Decimal
from pathlib import Path

from django.db import transaction

from clusters import identity
from clusters.actions.registry import add_cluster, add_figure, change_cluster
from clusters.documented.reading import Entry, Known, read_clusters
from clusters.models import Cluster, ClusterFigure
from countries.models import Country, Document, Industry


@transaction.atomic
def load_documented(path: Path) -> int:
    """Enter the clusters of the file. Returns how many.

    Those that are there stay as they are, but take the answers of the test while nobody has
    answered otherwise. Needs countries, industries and documents. Raises ContentFault with every
    fault of the file, ValidationError or Refused for what does not fit the registry.
    """
    known = Known(
        documents=set(Document.objects.values_list("code", flat=True)),
        countries=set(Country.objects.values_list("code", flat=True)),
        industries=set(Industry.objects.exclude(section=None).values_list("code", flat=True)),
        measures=ClusterFigure.Measure.values,
        formations=Cluster.Formation.values,
        questions=identity.QUESTIONS.keys(),
        answers=[answer for answer in identity.ANSWERS if answer != "unknown"],
    )
    entries = read_clusters(path, known)
    for entry in entries:
        there = Cluster.objects.filter(country=entry.country, name=entry.name).first()
        if there is None:
            _enter(entry)
        elif entry.test and not there.grounds and there.test.items() <= entry.answers.items():
            change_cluster(cluster=there, by=None, test=entry.answers, grounds=entry.grounds)
    return len(entries)


def _enter(entry: Entry) -> None:
    cluster = add_cluster(
        country=Country.objects.get(code=entry.country),
        by=None,
        industry=Industry.objects.get(code=entry.industry),
        document=Document.objects.get(code=entry.document),
        test=entry.answers,
        grounds=entry.grounds,
        **entry.model_dump(exclude={"country", "industry", "document", "figures", "test"}),
    )
    for figure in entry.figures:
        said = {**figure.model_dump(), "value": Decimal(str(figure.value))}
        add_figure(cluster=cluster, by=None, **said)
