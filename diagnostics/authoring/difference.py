"""What changed between two instruments, part by part and word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from diagnostics.scoring.instrument import Instrument

from .canonical import plain
from .editing import Kind, Part, parts

SAME, OUT, IN = "same", "out", "in"
NUMBERS = (
    "weight", "effort", "core", "group", "pass_mark", "completeness", "max_age_years", "staged",
)  # fmt: skip
NOT_TOLD = ("code", "version", "country", "edition_of")


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Told:
    """One field before and after; `at` is a level or the place in a list, "" where there is none.

    `counts` says that the field is a number or mark from which stages follow, no wording.
    """

    field: str
    at: str
    before: str
    after: str
    counts: bool

    @property
    def words(self) -> list[tuple[str, str]]:
        """The text in pieces: what stays, what goes out, what comes in."""
        return compared(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that was added, removed or changed, with the fields that changed."""

    how: How
    kind: Kind
    code: str
    title: str
    told: tuple[Told, ...] = ()

    @property
    def reworded(self) -> list[Told]:
        return [one for one in self.told if not one.counts]

    @property
    def means_anew(self) -> bool:
        """Whether statements changed, so that the item may mean something else."""
        return any(one.field == "statements" for one in self.told)

    @property
    def reweighed(self) -> list[Told]:
        return [one for one in self.told if one.counts]


def differences(before: Instrument, after: Instrument) -> list[Difference]:
    """What `after` changes, kind by kind, what it lacks last. Order alone is no change."""
    return [one for kind in Kind for one in _of_kind(before, after, kind)]


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts as pieces of words: pairs of same, out or in with the words."""
    old, new = before.split(), after.split()
    pieces = []
    for _tag, i, to_i, j, to_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:to_i] == new[j:to_j]:
            pieces.append((SAME, " ".join(old[i:to_i])))
            continue
        pieces += [(OUT, " ".join(old[i:to_i]))] if i < to_i else []
        pieces += [(IN, " ".join(new[j:to_j]))] if j < to_j else []
    return pieces


def _of_kind(before: Instrument, after: Instrument, kind: Kind) -> Iterator[Difference]:
    was, now = parts(before, kind), parts(after, kind)
    for code, part in now.items():
        if code not in was:
            yield Difference(How.ADDED, kind, code, name(part))
        elif told := tuple(_told(plain(was[code]), plain(part))):
            yield Difference(How.CHANGED, kind, code, name(part), told)
    for code, part in was.items():
        if code not in now:
            yield Difference(How.REMOVED, kind, code, name(part))


def name(part: Part) -> str:
    """What a reader knows the part by: its title, or its text where it has none."""
    return str(
        getattr(part, "title", "") or getattr(part, "text", "") or getattr(part, "advice", "")
    )


def _told(was: dict[str, Any], now: dict[str, Any]) -> Iterator[Told]:
    old, new = (dict(_flat(data)) for data in (was, now))
    for key in dict.fromkeys([*new, *old]):
        field, at = key
        before, after = old.get(key, ""), new.get(key, "")
        if before != after and field.partition(".")[0] not in NOT_TOLD:
            yield Told(field, at, before, after, field.split(".")[-1] in NUMBERS)


def _flat(data: dict[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Each value as text under its field and place; rows of groups and the like by their code."""
    for field, value in data.items():
        match value:
            case dict():
                nested = field != "statements"
                for key, one in value.items():
                    yield ((f"{field}.{key}", "") if nested else (field, key)), _text(one)
            case [{"code": _}, *_]:
                for row in value:
                    for key, one in row.items():
                        if key != "code":
                            yield (f"{field}.{key}", row["code"]), _text(one)
            case list():
                for at, one in enumerate(value, start=1):
                    yield (field, str(at)), _text(one)
            case _:
                yield (field, ""), _text(value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case None:
            return ""
        case list():
            return ", ".join(map(_text, value))
        case _:
            return str(value)
