"""Rules for what refers to themes and groups: approaches and mix rules (method.md section 7)."""

from collections.abc import Iterator

from countries.content.faults import WARNING, Finding, Path, cut, unknown
from diagnostics.scoring import mix

from .shape import ApproachShape, InstrumentShape

ADDRESSEES = ["government", "business_associations", "donors", "service_providers"]
PATHWAYS = ["competitive", "inclusive"]
FEWEST_TO_STAGE = 4
"""A group with fewer items has no stage (method.md section 1)."""


def approach_findings(sheet: InstrumentShape, levels: range) -> Iterator[Finding]:
    """What is wrong with the approaches; `levels` is 1..L, empty when L is not known."""
    known = {approach.code: approach for approach in sheet.approaches}
    for at, approach in enumerate(sheet.approaches):
        path: Path = ("approaches", at)
        if not approach.text:
            yield Finding((*path, "text"), "The text is empty.")
        if message := _unstaged(sheet, approach.theme):
            yield Finding((*path, "theme"), message)
        if levels and approach.stage not in levels:
            message = f"Expected a stage from 1 to {levels[-1]}, found {approach.stage}."
            yield Finding((*path, "stage"), message)
        if approach.addressee not in ADDRESSEES:
            message = unknown("addressee", approach.addressee, ADDRESSEES)
            yield Finding((*path, "addressee"), message)
        if approach.pathway and approach.pathway not in PATHWAYS:
            yield Finding((*path, "pathway"), unknown("pathway", approach.pathway, PATHWAYS))
        yield from _continues(approach, known, (*path, "continues"))


def mix_findings(sheet: InstrumentShape) -> Iterator[Finding]:
    """What is wrong with the mix rules: what they say, and the themes and groups they read."""
    for at, rule in enumerate(sheet.mix_rules):
        path: Path = ("mix_rules", at)
        if not rule.advice:
            yield Finding((*path, "advice"), "The text is empty.")
        if not rule.because and (rule.source is None or not rule.source.because):
            message = 'The rule has no reason; give it in "because".'
            yield Finding((*path, "because"), message, WARNING)
        try:
            names = mix.names(rule.when)
        except (ValueError, RecursionError) as fault:
            nested = isinstance(fault, RecursionError)
            message = "The condition is nested too deeply." if nested else str(fault)
            yield Finding((*path, "when"), message)
            continue
        for name in names:
            if message := _unreadable(sheet, name):
                yield Finding((*path, "when"), message)


def renamed_findings(sheet: InstrumentShape) -> Iterator[Finding]:
    """What is wrong with the table of items that had another code (method.md section 8)."""
    known = [item.code for theme in sheet.themes for item in theme.items]
    rows: set[tuple[str, str]] = set()
    for at, row in enumerate(sheet.renamed):
        path: Path = ("renamed", at)
        if row.code not in known:
            yield Finding((*path, "code"), unknown("item", row.code, known))
        if not row.was:
            yield Finding((*path, "was"), "The text is empty.")
        elif row.was in known:
            message = f'"{cut(row.was)}" is an item of this file still; it has not been renamed.'
            yield Finding((*path, "was"), message)
        elif (row.code, row.was) in rows:
            yield Finding(path, "The row stands there already.")
        rows.add((row.code, row.was))


def _unstaged(sheet: InstrumentShape, code: str) -> str:
    """Why the theme has no stage to be spoken of, or nothing."""
    themes = {theme.code: theme for theme in sheet.themes}
    if not code or "" in themes:
        return ""
    if code not in themes:
        return unknown("theme", code, list(themes))
    return "" if themes[code].staged else f'The theme "{code}" is not staged.'


def _unreadable(sheet: InstrumentShape, name: str) -> str:
    """Why a mix rule cannot read the stage of the theme or group, or nothing."""
    code, dot, group = name.partition(".")
    if (message := _unstaged(sheet, code)) or not dot:
        return message
    for theme in sheet.themes:
        groups = [known.code for known in theme.groups]
        if theme.code != code or "" in groups:
            continue
        if group not in groups:
            return unknown(f'group of the theme "{code}"', group, groups)
        count = sum(item.group == group for item in theme.items)
        if count < FEWEST_TO_STAGE:
            return (
                f'The group "{name}" has {count} items; '
                f"with fewer than {FEWEST_TO_STAGE} it has no stage to read."
            )
    return ""


def _continues(
    approach: ApproachShape, known: dict[str, ApproachShape], path: Path
) -> Iterator[Finding]:
    for at, code in enumerate(approach.continues):
        if code not in known:
            yield Finding((*path, at), unknown("approach", code, list(known)))
        elif known[code].theme != approach.theme:
            yield Finding((*path, at), f'The approach "{code}" is of another theme.')
        elif known[code].stage >= approach.stage:
            message = (
                f'The approach "{code}" is of stage {known[code].stage}; '
                f"expected one below stage {approach.stage}."
            )
            yield Finding((*path, at), message)
