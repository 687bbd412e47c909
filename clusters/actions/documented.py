"""Entering the clusters that documents describe."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from activity.models import Event
from clusters import identity
from clusters.actions.registry import add_cluster, add_figure, change_cluster, remove_figure
from clusters.documented.reading import Entry, Known, read_clusters
from clusters.documented.translating import read_translation, words
from clusters.models import Cluster, ClusterFigure
from countries.models import Country, Document, Industry


@transaction.atomic
def load_documented(path: Path, translations: Iterable[Path] = ()) -> int:
    """Enter the clusters of the file, told in the languages of the translations.

    Returns how many. One of the same name that a person has entered is left alone, and one that a
    person has discarded stays out. One that is
    there takes what the file says while nobody has changed it; its words in other languages it
    takes always. Needs countries, industries and documents. Raises ContentFault with every fault of
    a file, ValidationError or Refused for what does not fit the registry.
    """
    entries = read_clusters(path, _known())
    languages = [read_translation(one, entries) for one in translations]
    for entry in entries:
        cluster = _entered(entry)
        if cluster is None:
            continue
        told = {
            one.language: words(entry, one.clusters[entry.code])
            for one in languages
            if entry.code in one.clusters
        }
        Cluster.objects.filter(pk=cluster.pk).update(words=told)
    return len(entries)


def _known() -> Known:
    return Known(
        documents=set(Document.objects.values_list("code", flat=True)),
        countries=set(Country.objects.values_list("code", flat=True)),
        industries=set(Industry.objects.exclude(section=None).values_list("code", flat=True)),
        measures=ClusterFigure.Measure.values,
        formations=Cluster.Formation.values,
        points=[one for one in Cluster.PointOf.values if one],
        phases=[one for one in Cluster.Phase.values if one],
        questions=identity.QUESTIONS.keys(),
        answers=[answer for answer in identity.ANSWERS if answer != "unknown"],
    )


def _entered(entry: Entry) -> Cluster | None:
    """The entry of the registry, new or renewed; one from before there were codes by its name. None
    where a person has one of this name, or has discarded it.
    """
    by_name = Q(code="", country=entry.country, name=entry.name, document=entry.document)
    there = Cluster.objects.filter(Q(code=entry.code) | by_name).first()
    said = _fields(entry)
    if there is None:
        own = Cluster.objects.filter(country=entry.country, name__iexact=entry.name)
        gone = Event.objects.filter(kind="cluster.discarded", facts__code=entry.code)
        if own.exists() or gone.exists():
            return None
        there = add_cluster(by=None, **said)
    elif _somebodys(there):
        return there
    elif changed := {key: value for key, value in said.items() if getattr(there, key) != value}:
        there = change_cluster(cluster=there, by=None, **changed)
    _renew_figures(there, entry)
    return there


def _fields(entry: Entry) -> dict[str, Any]:
    same = ("code", "name", "place", "latitude", "longitude", "point_of", "products", "formation",
            "history", "document_place")  # fmt: skip
    return {key: getattr(entry, key) for key in same} | {
        "country": Country.objects.get(code=entry.country),
        "industry": Industry.objects.get(code=entry.industry),
        "document": Document.objects.get(code=entry.document),
        "test": entry.answers,
        "grounds": entry.grounds,
        "told_phase": entry.phase.phase if entry.phase else "",
        "told_phase_ground": entry.phase.ground if entry.phase else "",
    }


def _somebodys(cluster: Cluster) -> bool:
    """Whether a person has changed the entry or its figures."""
    kinds = ["cluster.changed", "cluster.figure_added", "cluster.figure_removed"]
    changes = Event.objects.filter(topic=cluster.topic, kind__in=kinds)
    return changes.exclude(by=None).exists()


def _renew_figures(cluster: Cluster, entry: Entry) -> None:
    said = [
        {**figure.model_dump(), "value": Decimal(str(figure.value))} for figure in entry.figures
    ]
    there = list(cluster.figures.all())
    for figure in there:
        if not any(_same(figure, one) for one in said):
            remove_figure(figure=figure, by=None)
    for one in said:
        if not any(_same(figure, one) for figure in there):
            add_figure(cluster=cluster, by=None, **one)


def _same(figure: ClusterFigure, said: dict[str, Any]) -> bool:
    return all(getattr(figure, key) == value for key, value in said.items())
