"""A survey's actors and ties as files: codes, dates in ISO 8601, nothing where nothing is said.

Their first columns are those that `clusters.reading.linkages` takes, so that what was saved can be
entered again as it is, in any language.
"""

from collections.abc import Sequence
from typing import NamedTuple

from clusters.linkages.words import Found, busiest_first, part, rounded
from clusters.reading.linkages import ACTORS, TIES

MEASURES = (
    "deals_with", "in_degree", "out_degree", "gives_to", "takes_from", "betweenness", "broker",
    "component",
)  # fmt: skip


class File(NamedTuple):
    """The columns of a file and its rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def actors(shown: Found) -> File:
    """The actors as they were entered, then their measures; the busiest first."""
    rows = [
        [
            one.actor.name,
            one.kind,
            _truth(one.inside),
            _truth(one.answered),
            dealing,
            measured.in_degree,
            measured.out_degree,
            measured.gives_to,
            measured.takes_from,
            rounded(measured.betweenness),
            _truth(measured.broker),
            part(measured),
        ]
        for one, dealing, measured in busiest_first(shown)
    ]
    return File([*ACTORS.words, *MEASURES], rows)


def ties(shown: Found) -> File:
    """The ties as they were entered."""
    rows = [
        [
            tie.source.name,
            tie.target.name,
            tie.kind,
            tie.strength,
            tie.direction,
            tie.since,
            tie.note,
        ]
        for tie in shown.ties
    ]
    return File(TIES.words, rows)


def _truth(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
