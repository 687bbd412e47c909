"""What a line of a study may point to, and where a reader finds it.

A higher floor registers what it knows in `ready()`. A key is the code of a kind and what that kind
needs to find the thing again: "figure 7", "network 3 0".
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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

CITED = "document"  # the kind of what is cited: alone, or with the code of a document known here
ROW = "[0-9]{1,18}"  # of a table, as the database counts them
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

    `rest` is the pattern of what follows the code in a key. Its named groups are handed to `offer`
    where one thing alone is asked for: it then makes no more than that needs, and knows also what
    is no longer offered but still there. What a key of a kind that `stays` names is never taken
    away while a line points to it.
    """

    rest: str
    offer: Callable[..., Groups]
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


def under(title: str | Promise, offer: Callable[..., Offered]) -> Callable[..., Groups]:
    """The offer of a kind that is one group."""
    return lambda cluster, **one: [(title, offer(cluster, **one))]


def grouped(cluster: Cluster) -> dict[str, dict[str, str]]:
    """Everything that lines of the cluster's study may point to: by group, words by key.

    Of maps and networks the newest, and what lines of its studies rest on already.
    """
    groups: dict[str, dict[str, str]] = {}
    for kind in _kinds.values():
        for title, offer in kind.offer(cluster):
            kept = {key: words[:LONGEST] for key, words in offer}
            if kept:
                groups.setdefault(str(title), {}).update(kept)
    there = {key for kept in groups.values() for key in kept}
    lines = SwotLine.objects.filter(study__cluster=cluster).order_by("-study__number", "pk")
    rested = dict.fromkeys(lines.values_list("evidence_key", flat=True))
    staying = (key for key in rested if key not in there and _stays(key))
    older = {key: words for key in staying if (words := words_of(cluster, key))}
    return groups | ({_("Older, and a study rests on it"): older} if older else {})


def words_of(cluster: Cluster, key: str) -> str:
    """What a key names, in the language of now; empty where there is no such thing."""
    kind, parts = _read(key)
    groups = kind.offer(cluster, **parts) if kind else ()
    named = (words for _title, offer in groups for one, words in offer if one == key)
    return next(named, "")[:LONGEST]


def told(cluster: Cluster, key: str, languages: Iterable[str]) -> dict[str, str]:
    """The same by language; nothing where there is no such thing."""
    said = {}
    for language in languages:
        with translation.override(language):
            said[language] = words_of(cluster, key)
    return said if all(said.values()) else {}


def pointed_to(
    line: SwotLine,
    cluster: Cluster,
    *,
    on_record: str = "",
    document: Document | None = None,
    title: str = "",
    place: str = "",
) -> dict[str, Any]:
    """The fields of a line that say what it points to.

    That is something on record, by its key; a document known here, with the place in it; or another
    one by its title, which may be of a single page. What it points to already and is gone meanwhile
    may stay. Raises Refused where it is none of these or more than one.
    """
    if place and not (on_record or document or title):
        raise Refused(_("Name the document too: a place alone leads nowhere."))
    if document and not place:
        raise Refused(_("Say where in the document it is."))
    if sum(map(bool, (on_record, document, title))) != 1 or (on_record and place):
        raise Refused(_NOTHING)
    if on_record:
        return _on_record(line, cluster, on_record)
    cited = ", ".join(filter(None, (document.citation if document else title, place)))
    key = f"{CITED} {document.pk}" if document else CITED
    return {"evidence_key": key, "evidence": cited[:LONGEST], "evidence_words": {}}


def _on_record(line: SwotLine, cluster: Cluster, key: str) -> dict[str, Any]:
    said = told(cluster, key, [code for code, _its_name in settings.LANGUAGES])
    if said:
        return {"evidence_key": key, "evidence": said[SOURCE], "evidence_words": said}
    if key == line.evidence_key:
        return {}
    raise Refused(_NOTHING)


def address(key: str, cluster: int, reader: Readers) -> str:
    """Where this reader finds what the key names; empty where they may not, or there is no page."""
    kind, _parts = _read(key)
    if kind is None or kind.readers > reader:
        return ""
    return kind.address(cluster, key.split(" ")[1:])


def gone(study: Study) -> list[SwotLine]:
    """Lines of a draft that point to what is no longer there."""
    return [
        line
        for line in study.swot.all()
        if not _stays(line.evidence_key) and not words_of(study.cluster, line.evidence_key)
    ]


def _stays(key: str) -> bool:
    kind, _parts = _read(key)
    return kind is not None and kind.stays


def _read(key: str) -> tuple[Kind | None, Mapping[str, str]]:
    """The kind of a key and the parts of its rest by name; none of what is no key."""
    code, _space, rest = key.partition(" ")
    kind = _kinds.get(code)
    parts = re.fullmatch(kind.rest, rest) if kind else None
    return (kind, parts.groupdict()) if parts else (None, {})
