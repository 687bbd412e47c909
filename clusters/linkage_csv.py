"""Reading the actors and ties of a survey from a table, pasted or as a file.

Actors: columns `name,kind` and optionally `inside,answered`. Ties: columns `source,target,kind` and
optionally `strength,mutual,note`. What is blank, or a column that is not there, is not said: None.
Names stand as among the actors; two that differ in capitals or spaces only are refused. Lines are
counted as an editor shows them, from 1.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from clusters.network import Kind
from clusters.table_rows import Row, TableFault, rows

ACTOR_COLUMNS = ("name", "kind")
ACTOR_OPTIONAL = ("inside", "answered")
TIE_COLUMNS = ("source", "target", "kind")
TIE_OPTIONAL = ("strength", "mutual", "note")
LONGEST_NAME, LONGEST_NOTE = 150, 300
T = TypeVar("T")
YES, NO = ("yes", "1", "true"), ("no", "0", "false")


@dataclass(frozen=True, slots=True)
class ActorRow:
    line: int
    name: str
    kind: Kind
    inside: bool | None
    answered: bool | None


@dataclass(frozen=True, slots=True)
class TieRow:
    line: int
    source: str
    target: str
    kind: str
    strength: int | None
    mutual: bool | None
    note: str | None


def read_actors(content: bytes, known: Collection[str] = ()) -> list[ActorRow]:
    """Return the actors of a table; `known` are the names of the cluster's actors.

    Raises TableFault with every fault in it.
    """
    found: list[ActorRow] = []
    lines: dict[str, int] = {}
    alike = {_plain(name): name for name in known}
    faults: list[str] = []
    for row in _filled(content, ACTOR_COLUMNS, ACTOR_OPTIONAL, faults):
        name = _short(row, "name", LONGEST_NAME)
        kind = _word(row, "kind", list(Kind))
        inside, answered = _truth(row, "inside"), _truth(row, "answered")
        other = alike.setdefault(_plain(name), name)
        if name != other and name not in known:
            row.fault(
                f'"{name}" and "{other}" differ in capitals or spaces only; write the same actor '
                "the same way."
            )
        first = lines.setdefault(name, row.line)
        if name and first != row.line:
            row.fault(
                f'the actor "{name}" stands here a second time; the first is on line {first}.'
            )
        if not row.faults:
            found.append(ActorRow(row.line, name, Kind(kind), inside, answered))
        faults += row.faults
    return _whole(found, faults)


def read_ties(content: bytes, answered: Mapping[str, bool], kinds: Collection[str]) -> list[TieRow]:
    """Return the ties of a table; `answered` are the survey's actors and whether each answered.

    Raises TableFault with every fault in it.
    """
    found: list[TieRow] = []
    lines: dict[tuple[str, str, str], int] = {}
    faults: list[str] = []
    for row in _filled(content, TIE_COLUMNS, TIE_OPTIONAL, faults):
        source, target = row.name("source"), row.name("target")
        kind = _word(row, "kind", kinds)
        strength = _word(row, "strength", ("1", "2", "3")) if row.cells.get("strength") else ""
        mutual = _truth(row, "mutual")
        note = _short(row, "note", LONGEST_NOTE) if row.cells.get("note") else None
        for end in {source: None, target: None}:
            if end and end not in answered:
                row.fault(f'"{end}" is not among the actors of this survey; enter it there first.')
        if answered.get(source) is False:
            row.fault(f'"{source}" did not answer in this survey, so it told of no tie.')
        if source and source == target:
            row.fault(f'"{source}" has a tie with itself.')
        first = lines.setdefault((source, target, kind), row.line)
        if first != row.line:
            row.fault(f"this tie stands here a second time; the first is on line {first}.")
        if not row.faults:
            found.append(
                TieRow(row.line, source, target, kind, int(strength or 0) or None, mutual, note)
            )
        faults += row.faults
    return _whole(found, faults)


def _filled(
    content: bytes, needed: tuple[str, ...], optional: tuple[str, ...], faults: list[str]
) -> Iterator[Row]:
    """Rows that fit the columns; the faults of others go into the list."""
    for row in rows(content, needed, optional):
        if row.cells:
            yield row
        else:
            faults += row.faults


def _whole(found: list[T], faults: list[str]) -> list[T]:
    if not found and not faults:
        faults = ["Line 2: there are no rows below the columns."]
    if faults:
        raise TableFault(faults)
    return found


def _short(row: Row, column: str, longest: int) -> str:
    text = row.name(column)
    if len(text) > longest:
        row.fault(f"the {column} has {len(text)} characters; at most {longest} are expected.")
    if "\0" in text:
        row.fault(f"the {column} has a character that cannot be stored.")
    return text


def _word(row: Row, column: str, allowed: Collection[str]) -> str:
    text = row.cells[column].lower()
    if text not in allowed:
        row.fault(f'the {column} is "{text}"; one of {", ".join(allowed)} is expected.')
    return text


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _truth(row: Row, column: str) -> bool | None:
    text = row.cells.get(column, "").lower()
    if text and text not in YES + NO:
        row.fault(f'"{column}" is "{text}"; yes or no is expected.')
    return text in YES if text else None
