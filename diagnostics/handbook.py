"""An instrument as a reader's handbook, and what in it is ours and what the source's."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from diagnostics.scoring.instrument import Instrument, Source

TAGS = ("lecture", "adapted", "added")


@dataclass(frozen=True)
class Sourced:
    """One item, approach or mix rule with where it rests."""

    kind: str
    code: str
    text: str
    source: Source


def sourced(instrument: Instrument) -> dict[str, list[Sourced]]:
    """Everything that carries a source, by its tag: lecture, adapted, added."""
    rows = [
        Sourced("item", item.code, item.title, item.source)
        for item in instrument.items().values()
        if item.source
    ]
    rows += [
        Sourced("approach", a.code, a.text, a.source) for a in instrument.approaches if a.source
    ]
    rows += [Sourced("rule", r.code, r.advice, r.source) for r in instrument.mix_rules if r.source]
    return {tag: [row for row in rows if row.source.tag == tag] for tag in TAGS}


def counts(rows: dict[str, list[Sourced]]) -> list[dict[str, Any]]:
    """For each tag, how many items, approaches and rules carry it."""
    return [
        {
            "tag": tag,
            **dict.fromkeys(("item", "approach", "rule"), 0),
            **Counter(r.kind for r in of),
        }
        for tag, of in rows.items()
    ]
