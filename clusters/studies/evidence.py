"""What a line of a study may point to, and where a reader finds it.

A higher floor registers what it knows in `ready()`. A key is the code of a kind and what that kind
needs to find the thing again: "figure 7", "network 3 0".
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import SOURCE
from accounts.refusals import Refused
from clusters.models import Cluster, Study, SwotLine
from countries.models import Document

CITED = "document"  # the kind of what is cited by its place: alone, or with the document's code
LONGEST = 500

Offered = Iterable[tuple[str, str]]  # a key that stays, and the evidence in words
Groups = Iterable[tuple[str | Promise, Offered]]  # under the titles by which a form parts them


class Readers(IntEnum):
    """Who may open what a line points to."""

    ANYBODY = 0
    SIGNED_IN = 1
    INSIDE = 2  # members of the cluster and of its country


@dataclass(frozen=True)
class Kind:
    """`offer` gives what a cluster has of it; `address` finds the rest of a key again.

    What a key of a kind that `stays` names is never taken away while a line points to it, though of
    what no line points to only the newest is offered.
    """

    offer: Callable[[Cluster], Groups]
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


def under(title: str | Promise, offer: Callable[[Cluster], Offered]) -> Callable[[Cluster], Groups]:
    """The offer of a kind that is one group."""
    return lambda cluster: [(title, offer(cluster))]


def grouped(cluster: Cluster) -> dict[str, dict[str, str]]:
    """Everything that lines of the cluster's study may point to: by group, words by key."""
    groups: dict[str, dict[str, str]] = {}
    for kind in _kinds.values():
        for title, offer in kind.offer(cluster):
            kept = {key: words[:LONGEST] for key, words in offer}
            if kept:
                groups.setdefault(str(title), {}).update(kept)
    there = {key for kept in groups.values() for key in kept}
    older = {line.evidence_key: line.evidence_told for line in _rested(cluster)
             if line.evidence_key not in there}  # fmt: skip
    return groups | ({_("Older, and a study rests on it"): older} if older else {})


def offered(cluster: Cluster) -> dict[str, str]:
    """The same in one: words by key."""
    return {key: words for kept in grouped(cluster).values() for key, words in kept.items()}


def _rested(cluster: Cluster) -> Iterator[SwotLine]:
    """The lines of the cluster's studies that point to what stays, those of the newest first."""
    lines = SwotLine.objects.filter(study__cluster=cluster).order_by("-study__number", "pk")
    return (line for line in lines if _code(line) in _kinds and _kinds[_code(line)].stays)


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
    if key == line.evidence_key:
        return {}
    former = next((one for one in _rested(cluster) if one.evidence_key == key), None)
    if former is None:
        raise Refused(_NOTHING)
    return {"evidence_key": key, "evidence": former.evidence,
            "evidence_words": former.evidence_words}  # fmt: skip


def words_of(cluster: Cluster, key: str) -> str:
    """What a key names, in words; empty where there is no such thing."""
    kind = _kinds.get(key.partition(" ")[0])
    return _all(kind, cluster).get(key, "")[:LONGEST] if kind else ""


def _all(kind: Kind, cluster: Cluster) -> dict[str, str]:
    return {key: words for _title, offer in kind.offer(cluster) for key, words in offer}


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
        for key in _all(_kinds[code], study.cluster)
    }
    return [line for line in lines if line.evidence_key not in there]


def _code(line: SwotLine) -> str:
    return line.evidence_key.partition(" ")[0]


def _stays(code: str) -> bool:
    return code == CITED or (code in _kinds and _kinds[code].stays)
