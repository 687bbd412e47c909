"""Reading the actors and ties of a survey from a table, pasted or as a file.

Actors: columns `name,kind` and optionally `inside,answered`. Ties: columns `source,target,kind` and
optionally `strength,direction,since,note`. What is blank, or a column that is not there, is not
said: None. Names stand as among the actors; two that differ in capitals or spaces only are refused.
What a column may say comes as words, `plain`, with the code each stands for. Lines are counted as
an editor shows them, from 1.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from unicodedata import category

from clusters.network import Kind
from clusters.table_rows import Row, TableFault, at_line, rows
from countries.content.sentences import Sentence, _
from countries.headings import plain

ACTOR_COLUMNS = ("name", "kind")
ACTOR_OPTIONAL = ("inside", "answered")
TIE_COLUMNS = ("source", "target", "kind")
TIE_OPTIONAL = ("strength", "direction", "since", "note")
LONGEST_NAME, LONGEST_NOTE = 150, 300
T = TypeVar("T")
Words = Mapping[str, str]
YES = frozenset({"yes", "1", "true", "oui", "да", "co"})
NO = frozenset({"no", "0", "false", "non", "нет", "khong"})
SINCE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# Marks that turn the order of what follows them: a name with one would turn the words around it.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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
    direction: str | None
    since: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class TieWords:
    """In which words a table of ties may say its kinds, strengths (1 to 3) and directions."""

    kinds: Words
    strengths: Words
    directions: Words


def read_actors(content: bytes, kinds: Words, known: Collection[str] = ()) -> list[ActorRow]:
    """Return the actors of a table; `known` are the names of the cluster's actors.

    Raises TableFault with every fault in it.
    """
    found: list[ActorRow] = []
    lines: dict[str, int] = {}
    alike = {same_name(name): name for name in known}
    faults: list[Sentence] = []
    for row in _filled(content, ACTOR_COLUMNS, ACTOR_OPTIONAL, faults):
        name = _short(row, "name", LONGEST_NAME)
        kind = _word(row, "kind", kinds)
        inside, answered = _truth(row, "inside"), _truth(row, "answered")
        other = alike.setdefault(same_name(name), name)
        if name != other and name not in known:
            row.fault(
                _(
                    '"%(name)s" and "%(other)s" differ in capitals or spaces only; write the same '
                    "actor the same way.",
                    name=name,
                    other=other,
                )
            )
        first = lines.setdefault(name, row.line)
        if name and first != row.line:
            row.fault(
                _(
                    'the actor "%(name)s" stands here a second time; the first is on line '
                    "%(first)s.",
                    name=name,
                    first=str(first),
                )
            )
        if not row.faults:
            found.append(ActorRow(row.line, name, Kind(kind), inside, answered))
        faults += row.faults
    return _whole(found, faults)


def read_ties(
    content: bytes, answered: Mapping[str, bool], words: TieWords, day: date
) -> list[TieRow]:
    """Return the ties of a table; `answered` are the survey's actors and whether each answered.

    `day` is the survey's: no tie began after it. Raises TableFault with every fault in it.
    """
    found: list[TieRow] = []
    lines: dict[tuple[str, str, str], int] = {}
    alike = {same_name(name): name for name in answered}
    faults: list[Sentence] = []
    for row in _filled(content, TIE_COLUMNS, TIE_OPTIONAL, faults):
        source, target = row.name("source"), row.name("target")
        kind = _word(row, "kind", words.kinds)
        strength = _word(row, "strength", words.strengths) if row.cells.get("strength") else ""
        direction = _word(row, "direction", words.directions) if row.cells.get("direction") else ""
        since = _since(row, day)
        note = _short(row, "note", LONGEST_NOTE) if row.cells.get("note") else None
        for end in {source: None, target: None}:
            if end and end not in answered:
                row.fault(_not_there(end, alike.get(same_name(end))))
        if answered.get(source) is False:
            row.fault(
                _('"%(name)s" did not answer in this survey, so it told of no tie.', name=source)
            )
        if source and source == target:
            row.fault(_('"%(name)s" has a tie with itself.', name=source))
        first = lines.setdefault((source, target, kind), row.line)
        if first != row.line:
            row.fault(
                _(
                    "this tie stands here a second time; the first is on line %(first)s.",
                    first=str(first),
                )
            )
        if not row.faults:
            said = (int(strength or 0) or None, direction or None, since, note)
            found.append(TieRow(row.line, source, target, kind, *said))
        faults += row.faults
    return _whole(found, faults)


def same_name(name: str) -> str:
    """A name without what must not tell two actors apart: capitals and the number of spaces."""
    return " ".join(name.split()).casefold()


def unprintable(name: str) -> str:
    """The code of a character that a name cannot bear (U+202E), or nothing."""
    odd = next((c for c in name if category(c) == "Cc" or c in TURNING), "")
    return f"U+{ord(odd):04X}" if odd else ""


def _not_there(name: str, meant: str | None) -> Sentence:
    if meant is None:
        return _(
            '"%(name)s" is not among the actors of this survey; enter it there first.', name=name
        )
    return _(
        '"%(name)s" is not among the actors of this survey; it stands there as "%(meant)s".',
        name=name,
        meant=meant,
    )


def _filled(
    content: bytes, needed: tuple[str, ...], optional: tuple[str, ...], faults: list[Sentence]
) -> Iterator[Row]:
    """Rows that fit the columns; the faults of others go into the list."""
    for row in rows(content, needed, optional):
        if row.cells:
            yield row
        else:
            faults += row.faults


def _whole(found: list[T], faults: list[Sentence]) -> list[T]:
    if not found and not faults:
        faults = [at_line(2, _("there are no rows below the columns."))]
    if faults:
        raise TableFault(faults)
    return found


def _short(row: Row, column: str, longest: int) -> str:
    text = row.name(column)
    if len(text) > longest:
        row.fault(
            _(
                "%(column)s has %(n)s characters; at most %(longest)s are expected.",
                column=column,
                n=len(text),
                longest=longest,
            )
        )
    if odd := unprintable(text):
        row.fault(
            _(
                "%(column)s has a character that is not seen (%(odd)s); take it out.",
                column=column,
                odd=odd,
            )
        )
    return text


def _word(row: Row, column: str, words: Words) -> str:
    text = row.cells[column]
    if plain(text) not in words:
        codes = ", ".join(dict.fromkeys(words.values()))
        row.fault(
            _(
                '%(column)s is "%(found)s"; one of %(codes)s is expected.',
                column=column,
                found=text,
                codes=codes,
            )
        )
    return words.get(plain(text), "")


def _since(row: Row, day: date) -> str | None:
    text = row.cells.get("since", "")
    if not text:
        return None
    if not SINCE.fullmatch(text) or not _is_day(text):
        row.fault(
            _(
                'since is "%(found)s"; a year, a month or a day is expected (2019-05-31).',
                found=text,
            )
        )
    elif text > day.isoformat()[: len(text)]:
        row.fault(
            _(
                "the tie is said to be there since %(since)s, after the survey's date (%(day)s).",
                since=text,
                day=day.isoformat(),
            )
        )
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _truth(row: Row, column: str) -> bool | None:
    text = plain(row.cells.get(column, ""))
    if text and text not in YES | NO:
        row.fault(
            _(
                '%(column)s is "%(found)s"; yes or no is expected.',
                column=column,
                found=row.cells[column],
            )
        )
    return text in YES if text else None
