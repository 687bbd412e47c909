"""Reading the actors and ties of a survey from a table, pasted or as a file.

Actors: columns name, kind and optionally inside, answered. Ties: source, target, kind and
optionally strength, direction, since, note; in any order and in any of the languages of
`countries.headings`. What is blank, or a column that is not there, is not said: None. Names stand
as among the actors; two that differ in capitals only are refused. What a column may say comes as
words, `plain`, with the code each stands for.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from activity.formulas import unguarded
from clusters.network import Kind
from clusters.reading import messages
from clusters.reading.columns import Named, named
from clusters.reading.sheets import Wanted
from clusters.reading.wrong_cells import Wrong
from countries.headings import plain
from countries.seen import same_name, unseen
from indicators.importing import Limits, Refused, Told
from indicators.importing.periods import DAY, MONTH, YEAR, period_of

ACTORS = Wanted(words=("name", "kind", "inside", "answered"), optional=("inside", "answered"))
TIES = Wanted(
    words=("source", "target", "kind", "strength", "direction", "since", "note"),
    optional=("strength", "direction", "since", "note"),
)
LIMITS = Limits(file=5_000_000, unpacked=50_000_000, workbook=5_000_000, cells=1_000_000)
LONGEST_NAME, LONGEST_NOTE = 150, 300
Words = Mapping[str, str]
Row = dict[str, Any]
YES = frozenset(
    {
        *("yes", "y", "1", "true", "oui", "vrai", "si", "да", "тийм", "co", "ya", "ใช่", "ແມ່ນ"),
        *("បាទ", "ចាស", "是", "نعم"),
    }
)
NO = frozenset(
    {
        *("no", "n", "0", "false", "non", "faux", "нет", "үгүй", "khong", "tidak", "ไม่", "ไม่ใช่"),
        *("ບໍ່", "ບໍ່ແມ່ນ", "ទេ", "否", "لا"),
    }
)
DASHES = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class ActorRow:
    name: str
    kind: Kind
    inside: bool | None
    answered: bool | None


@dataclass(frozen=True, slots=True)
class TieRow:
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


def read_actors(
    content: bytes, kinds: Words, known: Collection[str] = (), told_of_ties: Collection[str] = ()
) -> tuple[list[ActorRow], tuple[Told, ...]]:
    """Return the actors of a table, and what there is to tell of it.

    `known` are the names of the cluster's actors; those who told of ties did answer. Raises
    Refused with one sentence for what cannot be read, WrongCells with all that is wrong with cells.
    """
    reading = _Reading(content, ACTORS)
    found: list[ActorRow] = []
    firsts: dict[str, Row] = {}
    alike = {same_name(name): name for name in known}
    for row in reading.rows():
        before = reading.wrong.count
        name = reading.short(row, "name", LONGEST_NAME)
        kind = reading.word(row, "kind", kinds)
        inside, answered = reading.truth(row, "inside"), reading.truth(row, "answered")
        other = alike.setdefault(same_name(name), name)
        if name != other and name not in known:
            reading.fault(row, "name", "actor_alike", messages.ALIKE, other=f'"{other}"')
        reading.once(row, "name", "actor_twice", firsts.setdefault(name, row))
        if answered is False and name in told_of_ties:
            reading.fault(row, "answered", "answered_told", messages.YES_OR_BLANK, actor=name)
        if reading.wrong.count == before:
            found.append(ActorRow(name, Kind(kind), inside, answered))
    return reading.whole(found)


def read_ties(
    content: bytes, answered: Mapping[str, bool], words: TieWords, day: date
) -> tuple[list[TieRow], tuple[Told, ...]]:
    """Return the ties of a table, and what there is to tell of it.

    `answered` are the survey's actors and whether each answered; `day` is the survey's: no tie
    began after it. Raises as `read_actors`.
    """
    reading = _Reading(content, TIES)
    found: list[TieRow] = []
    firsts: dict[tuple[str, str, str], Row] = {}
    alike = {same_name(name): name for name in answered}
    for row in reading.rows():
        before = reading.wrong.count
        source, target = row["source"], row["target"]
        kind = reading.word(row, "kind", words.kinds)
        strength = reading.said_word(row, "strength", words.strengths)
        direction = reading.said_word(row, "direction", words.directions)
        since = reading.since(row, day)
        note = reading.short(row, "note", LONGEST_NOTE) if row["note"] else None
        for what in ("source", "target"):
            reading.actor(row, what, answered, alike)
        if answered.get(source) is False:
            reading.fault(row, "source", "actor_silent", messages.WHO_ANSWERED)
        if source and source == target:
            reading.fault(row, "target", "tie_own", messages.ANOTHER)
        first = firsts.setdefault((source, target, kind), row)
        reading.once(row, "source", "tie_twice", first)
        if reading.wrong.count == before:
            said = (int(strength) if strength else None, direction, since, note)
            found.append(TieRow(source, target, kind, *said))
    return reading.whole(found)


class _Reading:
    """The cells of a table's rows, and what is wrong with them."""

    def __init__(self, content: bytes, wanted: Wanted) -> None:
        self.file: Named = named(content, wanted, limits=LIMITS)
        self.wrong = Wrong(self.file)

    def rows(self) -> Iterator[Row]:
        for part in self.file.parts():
            self.wrong.take(part.faults)
            for row in part.rows.iter_rows(named=True):
                yield row | {what: unguarded(row[what]) for what in self.file.wanted.words}

    def whole(self, found: list[Any]) -> tuple[list[Any], tuple[Told, ...]]:
        """The rows, if nothing is wrong with any. Raises as `read_actors`."""
        self.wrong.raise_any()
        if not found:
            raise Refused(messages.NO_ROWS)
        return found, self.file.told

    def fault(self, row: Row, what: str, code: str, expected: Any, **facts: Any) -> None:
        self.wrong.at(row, what, code, expected, **facts)

    def once(self, row: Row, what: str, code: str, first: Row) -> None:
        if first is not row:
            there = self.file.where(what, first["sheet"], first["row"], first["block"])
            self.fault(row, what, code, messages.STANDS_ONCE, place=there)

    def filled(self, row: Row, what: str, expected: Any, **facts: Any) -> str:
        text: str = row[what]
        if not text:
            self.fault(row, what, "cell_blank", expected, **facts)
        return text

    def short(self, row: Row, what: str, longest: int) -> str:
        text = self.filled(row, what, messages.NAME)
        if len(text) > longest:
            self.fault(row, what, "text_long", messages.SHORT, most=str(longest))
        if odd := unseen(text):
            self.fault(row, what, "character_unseen", messages.WITHOUT, odd=odd)
        return text

    def actor(
        self, row: Row, what: str, known: Mapping[str, bool], alike: Mapping[str, str]
    ) -> None:
        name = self.filled(row, what, messages.NAME)
        if name and name not in known:
            meant = alike.get(same_name(name))
            expected = messages.MEANT if meant else messages.ENTERED
            self.fault(row, what, "actor_unknown", expected, meant=f'"{meant}"')

    def word(self, row: Row, what: str, words: Words) -> str:
        offered = ", ".join(dict.fromkeys(words.values()))
        text = self.filled(row, what, messages.ONE_OF, offered=offered)
        if text and plain(text) not in words:
            self.fault(row, what, "word_unknown", messages.ONE_OF, offered=offered)
        return words.get(plain(text), "")

    def said_word(self, row: Row, what: str, words: Words) -> str | None:
        """The code of a word that may be left out."""
        return None if row[what] in DASHES else self.word(row, what, words) or None

    def truth(self, row: Row, what: str) -> bool | None:
        text = plain(row[what])
        if text in DASHES:
            return None
        if text not in YES | NO:
            self.fault(row, what, "truth_unclear", messages.YES_OR_NO)
        return text in YES

    def since(self, row: Row, day: date) -> str | None:
        """The year, month or day in ISO 8601."""
        if row["since"] in DASHES:
            return None
        period = period_of(row["since"])
        if period is None or period.frequency not in (YEAR, MONTH, DAY):
            self.fault(row, "since", "since_unclear", messages.SINCE)
            return None
        if period.text > day.isoformat()[: len(period.text)]:
            until = day.isoformat()
            self.fault(row, "since", "since_late", messages.UNTIL, day=until)
        return period.text
