"""A draft in parts, each taken out, written anew and put back whole.

A part is the head (the instrument without what has a page of its own), a theme (without its
items), an item, an approach or a mix rule. Codes are made once, for a new part, and never again.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from countries.content.faults import ERROR, Finding, Path
from diagnostics.scoring.instrument import (
    Approach,
    EditionOf,
    Group,
    Instrument,
    Item,
    MixRule,
    Source,
    Theme,
)

from .canonical import plain

LONGEST_NAME = 30
HEAD_CODE = "head"


class Kind(StrEnum):
    HEAD = "head"
    THEME = "theme"
    ITEM = "item"
    APPROACH = "approach"
    RULE = "rule"


R = TypeVar("R", Theme, Item, Approach, MixRule)
Part = Instrument | Theme | Item | Approach | MixRule


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding at its part; `field` is the way on from there, as `statements-3`."""

    kind: Kind
    code: str
    field: str
    message: str
    severity: str

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR


def parts(instrument: Instrument, kind: Kind) -> dict[str, Part]:
    """All parts of a kind by their code; the head is called `head`."""
    match kind:
        case Kind.HEAD:
            return {HEAD_CODE: replace(instrument, themes=(), approaches=(), mix_rules=())}
        case Kind.THEME:
            return {theme.code: replace(theme, items=()) for theme in instrument.themes}
        case Kind.ITEM:
            return {**instrument.items()}
        case Kind.APPROACH:
            return {one.code: one for one in instrument.approaches}
        case Kind.RULE:
            return {one.code: one for one in instrument.mix_rules}


def revision(part: Part) -> str:
    """What the part says, as 16 hexadecimal digits: equal texts, equal revision."""
    text = json.dumps(plain(part), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def with_part(instrument: Instrument, part: Part) -> Instrument:
    """The instrument with the part in the place of the one with its code.

    Items of a group that a theme no longer has are then in none. Raises LookupError where there
    is no such part.
    """
    match part:
        case Instrument():
            kept = instrument
            return replace(
                part, themes=kept.themes, approaches=kept.approaches, mix_rules=kept.mix_rules
            )
        case Theme():
            return replace(instrument, themes=_put(instrument.themes, part, _with_items))
        case Item():
            themes = (
                replace(theme, items=_put(theme.items, part))
                if part.code in {item.code for item in theme.items}
                else theme
                for theme in instrument.themes
            )
            if part.code not in instrument.items():
                raise LookupError(part.code)
            return replace(instrument, themes=tuple(themes))
        case Approach():
            return replace(instrument, approaches=_put(instrument.approaches, part))
        case MixRule():
            return replace(instrument, mix_rules=_put(instrument.mix_rules, part))


def without(instrument: Instrument, part: Item | Approach | MixRule) -> Instrument:
    """The instrument without the part; other approaches no longer continue a removed one."""
    match part:
        case Item():
            return replace(
                instrument,
                themes=tuple(
                    replace(theme, items=_less(theme.items, part.code))
                    for theme in instrument.themes
                ),
                renamed=tuple(row for row in instrument.renamed if row.code != part.code),
            )
        case Approach():
            return replace(
                instrument,
                approaches=tuple(
                    replace(one, continues=tuple(c for c in one.continues if c != part.code))
                    for one in _less(instrument.approaches, part.code)
                ),
            )
        case MixRule():
            return replace(instrument, mix_rules=_less(instrument.mix_rules, part.code))


def with_item(
    instrument: Instrument, theme: str, title: str, group: str, taken: Collection[str]
) -> tuple[Instrument, str]:
    """The instrument with a new item at the end of the group, or of the theme, and its code.

    `taken` are codes that it may not have though the instrument does not use them: those of the
    version it comes from. Raises LookupError where there is no such theme.
    """
    home = next((one for one in instrument.themes if one.code == theme), None)
    if home is None:
        raise LookupError(theme)
    known = {*taken, *instrument.items(), *(row.was for row in instrument.renamed)}
    code = f"{theme}.{new_name(title, {one.partition('.')[2] for one in known})}"
    item = Item(
        code=code,
        title=title,
        statements=("",) * len(instrument.steps),
        marks=instrument.classifies,
        group=group,
        source=Source("added", "", ""),
    )
    members = [at for at, one in enumerate(home.items, start=1) if one.group == group]
    at = members[-1] if members else len(home.items)
    grown = replace(home, items=(*home.items[:at], item, *home.items[at:]))
    themes = tuple(grown if one.code == theme else one for one in instrument.themes)
    return replace(instrument, themes=themes), code


def with_approach(
    instrument: Instrument, theme: str, stage: int, taken: Collection[str]
) -> tuple[Instrument, str]:
    """The instrument with an empty approach for a stage of the theme, and the approach's code."""
    known = {*taken, *(one.code for one in instrument.approaches)}
    code = _numbered(f"{theme[:LONGEST_NAME]}-{stage}", known)
    approach = Approach(code, theme, stage, "government", "", source=Source("added", "", ""))
    return replace(instrument, approaches=(*instrument.approaches, approach)), code


def with_rule(instrument: Instrument, taken: Collection[str]) -> tuple[Instrument, str]:
    """The instrument with an empty mix rule, and the rule's code."""
    code = _numbered("rule", {*taken, *(one.code for one in instrument.mix_rules)})
    rule = MixRule(code, "", "", source=Source("added", "", ""))
    return replace(instrument, mix_rules=(*instrument.mix_rules, rule)), code


def moved(instrument: Instrument, code: str, by: int) -> Instrument:
    """The instrument with the item `by` places further down its theme (negative: up)."""
    themes = []
    for theme in instrument.themes:
        codes = [item.code for item in theme.items]
        if code in codes:
            items = list(theme.items)
            at = codes.index(code)
            items.insert(min(max(at + by, 0), len(items) - 1), items.pop(at))
            theme = replace(theme, items=tuple(items))
        themes.append(theme)
    return replace(instrument, themes=tuple(themes))


def grouped(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups, each new one, which has no code yet, with one made of its title."""
    made: list[Group] = []
    given = list(groups)
    taken = {group.code for group in given}
    for group in given:
        code = group.code or new_name(group.title, {*taken, *(one.code for one in made)})
        made.append(replace(group, code=code))
    return tuple(made)


def edition(parent: Instrument, *, version: str, title: str, country: str) -> Instrument:
    """A country's edition of the instrument, as yet word for word the same."""
    return replace(
        parent,
        code=f"{parent.code[: 60 - 1 - len(country)]}-{country.lower()}",
        version=version,
        title=title,
        edition_of=EditionOf(parent.code, parent.version),
        country=country,
        renamed=(),
    )


def new_name(title: str, taken: Collection[str]) -> str:
    """A code made of the title: lower-case letters, digits and _, beginning with a letter."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")
    name = re.sub(r"^[^a-z]+", "", words)[:LONGEST_NAME].strip("_") or "new"
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def placed(instrument: Instrument, findings: Iterable[Finding]) -> list[Placed]:
    """The findings, each at the part of the instrument on whose page it is mended."""
    return [Placed(*_place(instrument, one.path), one.message, one.severity) for one in findings]


def _place(instrument: Instrument, path: Path) -> tuple[Kind, str, str]:
    match path:
        case ("themes", int(at), "items", int(i), *rest):
            return Kind.ITEM, instrument.themes[at].items[i].code, _field(rest)
        case ("themes", int(at), *rest):
            return Kind.THEME, instrument.themes[at].code, _field(rest)
        case ("approaches", int(at), *rest):
            return Kind.APPROACH, instrument.approaches[at].code, _field(rest)
        case ("mix_rules", int(at), *rest):
            return Kind.RULE, instrument.mix_rules[at].code, _field(rest)
    return Kind.HEAD, HEAD_CODE, _field(path)


def _field(rest: Iterable[str | int]) -> str:
    return "-".join(map(str, rest))


def _with_items(new: Theme, old: Theme) -> Theme:
    groups = {group.code for group in new.groups}
    items = (item if item.group in groups else replace(item, group="") for item in old.items)
    return replace(new, items=tuple(items))


def _put(rows: tuple[R, ...], part: R, join: Callable[[R, R], R] | None = None) -> tuple[R, ...]:
    if all(one.code != part.code for one in rows):
        raise LookupError(part.code)
    return tuple(
        one if one.code != part.code else part if join is None else join(part, one) for one in rows
    )


def _less(rows: tuple[R, ...], code: str) -> tuple[R, ...]:
    return tuple(one for one in rows if one.code != code)


def _numbered(start: str, taken: Collection[str]) -> str:
    number = 1
    while f"{start}-{number}" in taken:
        number += 1
    return f"{start}-{number}"
