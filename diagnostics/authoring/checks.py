"""The rules an instrument keeps beyond its shape: the head, themes, groups and items.

Every check takes the shape and yields findings; none stops at the first. A code that is missing
is reported once, by the shape, so checks that lean on a code stay quiet when it is empty.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from keyword import iskeyword

from countries.content.faults import WARNING, Finding, Path, cut, path_text, shown, unknown
from diagnostics.scoring.instrument import Rule

from .references import approach_findings, mix_findings, renamed_findings
from .shape import (
    ApproachShape,
    GroupShape,
    InstrumentShape,
    ItemShape,
    MixRuleShape,
    SourceShape,
    ThemeShape,
)
from .witnesses import indicator_findings
from .wording import repeated, statement_faults

FEWEST_LEVELS, MOST_LEVELS = 3, 7
MOST_CORE = 2
LONGEST_TITLE, LONGEST_CODE = 200, 100

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DASHED = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_MIX_FUNCTIONS = ("min", "max", "spread")


def findings_in(sheet: InstrumentShape) -> Iterator[Finding]:
    """Everything wrong or doubtful in the instrument (docs/instrument-format.md)."""
    yield from _head(sheet)
    for at, theme in enumerate(sheet.themes):
        yield from _theme(sheet, theme, ("themes", at))
    yield from _codes([(("themes", at), theme.code) for at, theme in enumerate(sheet.themes)])
    yield from _codes(
        [
            (("themes", at, "items", i), item.code)
            for at, theme in enumerate(sheet.themes)
            for i, item in enumerate(theme.items)
        ]
    )
    yield from _rows("approaches", sheet.approaches)
    yield from _rows("mix_rules", sheet.mix_rules)
    yield from approach_findings(sheet, levels_of(sheet))
    yield from mix_findings(sheet)
    yield from renamed_findings(sheet)
    yield from _edition(sheet)


def levels_of(sheet: InstrumentShape) -> range:
    """The levels 1..L; empty when `levels` is not usable, so that what needs it stays quiet."""
    usable = FEWEST_LEVELS <= sheet.levels <= MOST_LEVELS
    return range(1, sheet.levels + 1) if usable else range(0)


def _steps_of(sheet: InstrumentShape) -> range:
    """The levels or phases of which an item has a statement."""
    levels = levels_of(sheet)
    return levels if sheet.rule == Rule.CLASSIFY else levels[1:]


def _rows(key: str, rows: Sequence[ApproachShape | MixRuleShape]) -> Iterator[Finding]:
    yield from _codes([((key, at), row.code) for at, row in enumerate(rows)])
    for at, row in enumerate(rows):
        yield from _code(row.code, _DASHED, (key, at))
        yield from _source(row.source, (key, at))


def _head(sheet: InstrumentShape) -> Iterator[Finding]:
    yield from _code(sheet.code, _DASHED, ())
    if not _VERSION.fullmatch(sheet.version):
        message = f'Expected a version such as "1.0", found {shown(sheet.version)}.'
        yield Finding(("version",), message)
    yield from _text("title", sheet.title, ())
    if len(sheet.title) > LONGEST_TITLE:
        message = f"The title has {len(sheet.title)} characters; {LONGEST_TITLE} are the most."
        yield Finding(("title",), message)
    for key, value, known in (
        ("subject", sheet.subject, ["country", "cluster", "firm"]),
        ("rule", sheet.rule, [rule.value for rule in Rule]),
    ):
        if value not in known:
            yield Finding((key,), unknown(key, value, known))
    levels = levels_of(sheet)
    if not levels:
        message = f"Expected {FEWEST_LEVELS} to {MOST_LEVELS} levels, found {sheet.levels}."
        yield Finding(("levels",), message)
    elif len(sheet.level_names) != sheet.levels:
        message = f"Expected {sheet.levels} names, one a level; found {len(sheet.level_names)}."
        yield Finding(("level_names",), message)
    for at, name in enumerate(sheet.level_names[:MOST_LEVELS]):
        yield from _text(at, name, ("level_names",))
        if name and name in sheet.level_names[:at]:
            yield Finding(("level_names", at), f'"{cut(name)}" names an earlier level already.')
    for key, share in (("pass_mark", sheet.pass_mark), ("completeness", sheet.completeness)):
        if not 0 < share <= 1:
            message = f"Expected a share above 0 and at most 1, found {share}."
            yield Finding((key,), message)
    if not 0 <= sheet.max_age_years <= 100:
        message = f"Expected 0 to 100 years, found {sheet.max_age_years}."
        yield Finding(("max_age_years",), message)
    if not sheet.themes:
        yield Finding(("themes",), "The instrument has no themes.")


def _edition(sheet: InstrumentShape) -> Iterator[Finding]:
    """What can be seen of an edition without its parent."""
    parent = sheet.edition_of
    if sheet.country and not _COUNTRY.fullmatch(sheet.country):
        message = f"Expected a country's code of three capitals, found {shown(sheet.country)}."
        yield Finding(("country",), message)
    if parent is None:
        if sheet.country:
            message = 'Only an edition is for one country; say of what in "edition_of".'
            yield Finding(("country",), message)
        return
    yield from _code(parent.code, _DASHED, ("edition_of",))
    if not _VERSION.fullmatch(parent.version):
        message = f'Expected a version such as "1.0", found {shown(parent.version)}.'
        yield Finding(("edition_of", "version"), message)
    if parent.code and parent.code == sheet.code:
        message = f'An edition has a code of its own, not "{cut(sheet.code)}" as its parent.'
        yield Finding(("edition_of", "code"), message)


def _theme(sheet: InstrumentShape, theme: ThemeShape, path: Path) -> Iterator[Finding]:
    yield from _code(theme.code, _NAME, path)
    if iskeyword(theme.code) or theme.code in _MIX_FUNCTIONS:
        message = f'"{theme.code}" is a word of mix rules; choose another code.'
        yield Finding((*path, "code"), message)
    yield from _text("title", theme.title, path)
    yield from _groups(theme, path)
    for at, item in enumerate(theme.items):
        yield from _item(sheet, theme, item, (*path, "items", at))
    if not theme.items:
        yield Finding((*path, "items"), "The theme has no items.")
        return
    if all(item.weight == 0 for item in theme.items):
        yield Finding((*path, "items"), "All items have weight 0; at least one must count.")
    core = [at for at, item in enumerate(theme.items) if item.core]
    for at in core[MOST_CORE:]:
        message = f"The theme has {len(core)} core items; {MOST_CORE} are the most."
        yield Finding((*path, "items", at, "core"), message)
    counting = sum(item.weight > 0 for item in theme.items)
    if theme.staged and sheet.rule == Rule.LADDER and sheet.pass_mark == 0.75 and counting % 4:
        message = (
            f"The theme has {counting} items that count, not a multiple of four; "
            "the pass mark 0.75 then asks for another share than in other themes."
        )
        yield Finding((*path, "items"), message, WARNING)


def _groups(theme: ThemeShape, path: Path) -> Iterator[Finding]:
    yield from _codes([((*path, "groups", at), g.code) for at, g in enumerate(theme.groups)])
    weighted = [group.weight is not None for group in theme.groups]
    for at, group in enumerate(theme.groups):
        here = (*path, "groups", at)
        yield from _code(group.code, _NAME, here)
        yield from _text("title", group.title, here)
        members = [item for item in theme.items if item.group == group.code]
        if group.code and not members:
            yield Finding(here, f'No item belongs to the group "{group.code}".')
        if group.weight is None:
            if any(weighted):
                message = "The group has no weight though others have; give all a weight or none."
                yield Finding(here, message)
        else:
            yield from _group_weight(group, members, (*here, "weight"))
    if theme.groups and all(group.weight == 0 for group in theme.groups):
        yield Finding((*path, "groups"), "All groups have weight 0; at least one must count.")
    if any(weighted):
        for at, item in enumerate(theme.items):
            if not item.group:
                message = "The item is in no group though the groups have weights."
                yield Finding((*path, "items", at, "group"), message)


def _group_weight(group: GroupShape, members: list[ItemShape], path: Path) -> Iterator[Finding]:
    if group.weight is not None and group.weight < 0:
        yield Finding(path, f"Expected a weight of at least 0, found {group.weight}.")
    elif group.weight == 0 and any(item.core for item in members):
        yield Finding(path, "The group has weight 0 but holds a core item.")
    elif group.weight and members and all(item.weight == 0 for item in members):
        yield Finding(path, "The group has a weight but all its items have weight 0.")


def _item(
    sheet: InstrumentShape, theme: ThemeShape, item: ItemShape, path: Path
) -> Iterator[Finding]:
    yield from _item_code(theme.code, item.code, (*path, "code"))
    yield from _text("title", item.title, path)
    for key, text in (("question", item.question), ("evidence", item.evidence)):
        if not text:
            yield Finding((*path, key), f'The item has no "{key}".', WARNING)
    groups = [group.code for group in theme.groups]
    if item.group and item.group not in groups:
        message = unknown(f'group of the theme "{theme.code}"', item.group, groups)
        yield Finding((*path, "group"), message)
    yield from _weight(item, path)
    if item.effort <= 0:
        message = f"Expected an effort above 0, found {item.effort}."
        yield Finding((*path, "effort"), message)
    yield from _source(item.source, path)
    levels = levels_of(sheet)
    yield from _statements(item.statements, _steps_of(sheet), (*path, "statements"))
    if sheet.rule == Rule.CLASSIFY:
        yield from _of_marks(item, path)
    yield from indicator_findings(item.indicators, levels, (*path, "indicators"))


def _item_code(theme: str, code: str, path: Path) -> Iterator[Finding]:
    if not theme or not code:
        return
    start, dot, name = code.partition(".")
    if start != theme or not dot:
        message = f'Expected a code that begins with "{theme}.", found {shown(code)}.'
        yield Finding(path, message)
    elif len(code) > LONGEST_CODE:
        message = f"The code has {len(code)} characters; {LONGEST_CODE} are the most."
        yield Finding(path, message)
    elif not _NAME.fullmatch(name):
        message = f"Expected lower-case letters, digits and _ after the dot, found {shown(code)}."
        yield Finding(path, message)


def _weight(item: ItemShape, path: Path) -> Iterator[Finding]:
    if item.weight < 0:
        message = f"Expected a weight of at least 0, found {item.weight}."
        yield Finding((*path, "weight"), message)
    elif item.weight != 1 and not item.weight_because:
        message = f'The weight is {item.weight}, not 1; give the reason in "weight_because".'
        yield Finding((*path, "weight"), message, WARNING)
    if item.core and item.weight == 0:
        yield Finding((*path, "weight"), "A core item may not have weight 0.")
    if item.core and not item.core_because:
        message = 'A core item needs its reason in "core_because".'
        yield Finding((*path, "core_because"), message)
    if item.core_because and not item.core:
        message = 'The reason has no effect: the item is not "core: true".'
        yield Finding((*path, "core_because"), message, WARNING)


def _of_marks(item: ItemShape, path: Path) -> Iterator[Finding]:
    """What has no meaning where an item's statements are the marks of phases."""
    if item.core:
        yield Finding((*path, "core"), "Marks of phases have no level a core item could hold.")
    if item.indicators:
        yield Finding((*path, "indicators"), "Marks of phases have no level to bind indicators to.")


def _statements(statements: dict[str, str], steps: range, path: Path) -> Iterator[Finding]:
    expected = [str(step) for step in steps]
    if expected:
        for level in expected:
            if level not in statements:
                message = f"The statement of level {level} is missing."
                yield Finding((*path, level), message)
        for level in statements:
            if level not in expected:
                there = f"they are {expected[0]} to {expected[-1]}"
                message = f'There is no statement "{cut(level)}"; {there}.'
                yield Finding((*path, level), message)
    for level, text in statements.items():
        for severity, message in statement_faults(text):
            yield Finding((*path, level), message, severity)
    for level, earlier in repeated(statements):
        message = f"The statement says the same as that of level {earlier}."
        yield Finding((*path, level), message)


def _source(source: SourceShape | None, path: Path) -> Iterator[Finding]:
    here = (*path, "source")
    if source is None:
        yield Finding(here, "The source is missing: give tag, document and place.")
        return
    tags = ["lecture", "adapted", "added"]
    if source.tag not in tags:
        yield Finding((*here, "tag"), unknown("source tag", source.tag, tags))
    elif source.tag == "added":
        if not source.because and not source.place:
            message = 'What is "added" has to say in "because" or "place" on what it rests.'
            yield Finding(here, message)
    else:
        for key, text in (("document", source.document), ("place", source.place)):
            if not text:
                message = f'What is "{source.tag}" needs its "{key}".'
                yield Finding((*here, key), message)


def _code(code: str, form: re.Pattern[str], path: Path) -> Iterator[Finding]:
    if not form.fullmatch(code):
        dash = " and -" if form is _DASHED else ""
        message = (
            f"Expected a code of lower-case letters, digits and _{dash}, beginning with a letter, "
            f"at most 60 long; found {shown(code)}."
        )
        yield Finding((*path, "code"), message)


def _codes(places: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, code in places:
        if code and code in first:
            message = f'The code "{code}" is taken by {path_text(first[code])} already.'
            yield Finding((*path, "code"), message)
        first.setdefault(code, path)


def _text(key: str | int, text: str, path: Path) -> Iterator[Finding]:
    if not text:
        yield Finding((*path, key), "The text is empty.")
