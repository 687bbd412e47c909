"""What a line of a study may point to, and where a reader finds it.

A higher floor registers what it knows in `ready()`. A key is the code of a kind and what that kind
needs to find the thing again: "figure 7", "network 3 0".
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import polars as pl
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import SOURCE
from accounts.refusals import Refused
from activity.templatetags.numbers import number
from clusters import maps
from clusters.linkages import found, whole
from clusters.models import Cluster, EmploymentTable, Study, SwotLine
from clusters.positions.standing import LEVELS, Standing
from countries.models import Document

CITED = "document"  # the kind of what is cited by its place: alone, or with the document's code
MOST_CELLS = 20
LONGEST = 500

Offered = Iterable[tuple[str, str]]  # a key that stays, and the evidence in words


class Readers(IntEnum):
    """Who may open what a line points to."""

    ANYBODY = 0
    SIGNED_IN = 1
    INSIDE = 2  # members of the cluster and of its country


@dataclass(frozen=True)
class Kind:
    """`offer` gives what a cluster has of it; `address` finds the rest of a key again.

    What a key of a kind that `stays` names is never taken away, though only the newest is offered.
    """

    title: str | Promise
    offer: Callable[[Cluster], Offered]
    address: Callable[[int, Sequence[str]], str]
    readers: Readers
    stays: bool = False


_kinds: dict[str, Kind] = {}
_NOTHING = gettext_lazy(
    "Every line points to evidence: choose something on record or name a document."
)


def register(code: str, kind: Kind) -> None:
    """Add a kind of evidence; its keys begin with its code."""
    _kinds[code] = kind


def grouped(cluster: Cluster) -> list[tuple[str, dict[str, str]]]:
    """Everything that lines of the cluster's study may point to: by kind, words by key."""
    return [
        (str(kind.title), {key: words[:LONGEST] for key, words in kind.offer(cluster)})
        for kind in _kinds.values()
    ]


def offered(cluster: Cluster) -> dict[str, str]:
    """The same in one: words by key."""
    return {key: words for _title, kept in grouped(cluster) for key, words in kept.items()}


def pointed_to(
    line: SwotLine, cluster: Cluster, *, on_record: str, document: Document | None, place: str
) -> dict[str, Any]:
    """The fields of a line that say what it points to: on record by its key, or a document's place.

    What it points to already and is gone meanwhile may stay. Raises Refused where it is neither or
    both.
    """
    if document and not place:
        raise Refused(_("Say where in the document it is."))
    if bool(on_record) == bool(place):
        raise Refused(_NOTHING)
    if on_record:
        return _on_record(line, cluster, on_record)
    cited = f"{document.citation}, {place}"[:LONGEST] if document else place
    key = f"{CITED} {document.pk}" if document else CITED
    return {"evidence_key": key, "evidence": cited, "evidence_words": {}}


def _on_record(line: SwotLine, cluster: Cluster, key: str) -> dict[str, Any]:
    said = {}
    for language, _its_name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = words_of(cluster, key)
    if all(said.values()):
        return {"evidence_key": key, "evidence": said[SOURCE], "evidence_words": said}
    if key != line.evidence_key:
        raise Refused(_NOTHING)
    return {}


def words_of(cluster: Cluster, key: str) -> str:
    """What a key names, in words; empty where there is no such thing."""
    kind = _kinds.get(key.partition(" ")[0])
    return dict(kind.offer(cluster)).get(key, "")[:LONGEST] if kind else ""


def address(key: str, cluster: int, reader: Readers) -> str:
    """Where this reader finds what the key names; empty where they may not, or there is no page."""
    code, *rest = key.split(" ")
    kind = _kinds.get(code)
    if kind is None or kind.readers > reader:
        return ""
    return kind.address(cluster, rest)


def gone(study: Study) -> list[SwotLine]:
    """Lines of a draft that point to what is no longer there."""
    lines = [line for line in study.swot.all() if not _stays(_code(line))]
    there = {
        key
        for code in {*map(_code, lines)} & _kinds.keys()
        for key, _words in _kinds[code].offer(study.cluster)
    }
    return [line for line in lines if line.evidence_key not in there]


def _code(line: SwotLine) -> str:
    return line.evidence_key.partition(" ")[0]


def _stays(code: str) -> bool:
    return code == CITED or (code in _kinds and _kinds[code].stays)


def figures(cluster: Cluster) -> Offered:
    """Its figures with year and source."""
    for one in cluster.figures.all():
        year = f", {one.year}" if one.year else ""
        value = f"{number(one.value.normalize())} {cluster.told(one.unit)}"
        source = cluster.told(one.source)
        yield f"figure {one.pk}", f"{one.get_measure_display()}: {value}{year} ({source})"


def network(cluster: Cluster) -> Offered:
    """The measures of its newest survey of who deals with whom."""
    survey = cluster.linkage_surveys.first()
    if survey is None:
        return
    for at, row in enumerate(whole(found(survey), None).rows):
        yield f"network {survey.pk} {at}", f"{row[0]}: {row[1]} ({survey})"


def position(cluster: Cluster) -> Offered:
    """What it is capable of in products and processes."""
    standing = Standing(cluster)
    if standing.kept is None:
        return
    for code, (name, level, _statements) in zip(
        ("product", "process"), standing.answers, strict=True
    ):
        words = f"{name}: {LEVELS[level]}, {standing.kept.year} ({standing.kept.source})"
        yield f"position {code}", words


def cells(cluster: Cluster) -> Offered:
    """Cells of the newest map of employment: its own, and the most special ones of its regions."""
    mapped = cluster.country.employment_tables.filter(state=EmploymentTable.State.MAPPED)
    table = mapped.filter(pk=cluster.table_id).first() or mapped.first()
    if table is None:
        return
    regions = [*cluster.regions.values_list("name", flat=True)]
    own = (pl.col("region") == cluster.table_region) & (
        pl.col("industry") == cluster.table_industry
    )
    year = maps.year_of(table).year
    known = maps.ranked(maps.cells(table, year)).filter(own | pl.col("region").is_in(regions))
    for row in known.head(MOST_CELLS).iter_rows(named=True):
        words = _("%(industry)s in %(region)s: location quotient %(lq)s, stars: %(stars)s") % {
            "industry": row["industry"],
            "region": row["region"],
            "lq": localize(round(row["lq"], 2)),
            "stars": row["stars"],
        }
        yield _cell_key(table, year, row), f"{words}, {year} ({table})"


def _cell_key(table: EmploymentTable, year: int, row: dict[str, str]) -> str:
    """Names of regions and industries are longer than a key may be."""
    named = hashlib.sha256(f"{row['region']}\0{row['industry']}".encode()).hexdigest()
    return f"cell {table.pk} {year} {named[:16]}"


def figure_address(cluster: int, _rest: Sequence[str]) -> str:
    return f"{reverse('clusters:cluster', args=[cluster])}#figures"


def network_address(_cluster: int, rest: Sequence[str]) -> str:
    return f"{reverse('clusters:network', args=rest[:1])}#measures"


def position_address(cluster: int, _rest: Sequence[str]) -> str:
    return reverse("clusters:position", args=[cluster])


def cell_address(_cluster: int, rest: Sequence[str]) -> str:
    table, year, _named = rest
    return f"{reverse('clusters:employment', args=[table])}?year={year}"
