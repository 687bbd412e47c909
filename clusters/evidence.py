"""What a line of a study may point to. A higher floor registers what it knows in `ready()`."""

from collections.abc import Callable, Iterable

from activity.templatetags.numbers import number
from clusters.linkages import found, whole
from clusters.models import Cluster, Study, SwotLine

CITED = "document"  # the key of what is cited freely
Offered = Iterable[tuple[str, str]]  # a key that stays, and the evidence in words
_offers: dict[str, Callable[[Cluster], Offered]] = {}


def register(kind: str, offer: Callable[[Cluster], Offered]) -> None:
    """Add a kind of evidence; `offer` gives what a cluster has of it."""
    _offers[kind] = offer


def offered(cluster: Cluster) -> dict[str, str]:
    """Everything that lines of the cluster's study may point to: words by key."""
    return {key: words[:500] for offer in _offers.values() for key, words in offer(cluster)}


def gone(study: Study) -> list[SwotLine]:
    """Lines of a draft that point to what is no longer there."""
    there = offered(study.cluster)
    return [one for one in study.swot.all() if one.evidence_key not in {CITED, *there}]


def figures(cluster: Cluster) -> Offered:
    """Its figures with year and source."""
    for one in cluster.figures.all():
        year = f", {one.year}" if one.year else ""
        value = f"{number(one.value.normalize())} {one.unit}"
        yield f"figure {one.pk}", f"{one.get_measure_display()}: {value}{year} ({one.source})"


def network(cluster: Cluster) -> Offered:
    """The measures of its newest survey of who deals with whom."""
    survey = cluster.linkage_surveys.first()
    if survey is None:
        return
    for at, row in enumerate(whole(found(survey), None).rows):
        yield f"network {survey.pk} {at}", f"{row[0]}: {row[1]} ({survey})"
