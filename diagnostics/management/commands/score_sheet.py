"""`manage.py score_sheet`: score the sheets of a round from files, with no database."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diagnostics.authoring.reading import InstrumentFault, read_instrument
from diagnostics.scoring.change import Scored, changes
from diagnostics.scoring.instrument import Instrument, Sheet
from diagnostics.scoring.rounds import DRAWS, SEED, score_round
from diagnostics.scoring.severity import severity
from diagnostics.scoring.sheets_csv import SheetsFault, read_sheets


class Command(BaseCommand):
    help = "Score the sheets of a round from an instrument file and a CSV file."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--instrument", required=True, type=Path, help="instrument (YAML)")
        parser.add_argument("--sheets", required=True, type=Path, help="answers (CSV)")
        parser.add_argument("--parent", type=Path, help="the instrument it is an edition of (YAML)")
        parser.add_argument("--previous", type=Path, help="answers of an earlier round (CSV)")
        parser.add_argument(
            "--previous-instrument", type=Path, help="that round's instrument, if another (YAML)"
        )
        parser.add_argument("--draws", type=whole, default=DRAWS, help="re-scorings; 0 for none")
        parser.add_argument("--seed", type=whole, default=SEED, help="seed of the re-scorings")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(
        self,
        *,
        instrument: Path,
        sheets: Path,
        parent: Path | None,
        previous: Path | None,
        previous_instrument: Path | None,
        draws: int,
        seed: int,
        json: bool,
        **options: Any,
    ) -> None:
        if previous_instrument and not previous:
            raise CommandError("--previous-instrument needs --previous, the answers on it.")
        derived_from = _instrument(parent) if parent else None
        own = _instrument(instrument, derived_from)
        newer = Scored(own, _sheets(sheets, own))
        older = None
        if previous:
            then = _instrument(previous_instrument) if previous_instrument else own
            older = Scored(then, _sheets(previous, then))
        result = scored(newer, derived_from, older, draws=draws, seed=seed)
        self.stdout.write(as_json(result) if json else summary(result))


def whole(text: str) -> int:
    """Read a whole number from 0. Raises ArgumentTypeError with a sentence."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ArgumentTypeError(f'"{text}" is not a whole number from 0.')
    return int(text)


def _instrument(file: Path, parent: Instrument | None = None) -> Instrument:
    try:
        return read_instrument(file, parent)
    except InstrumentFault as fault:
        raise CommandError(str(fault)) from None


def _sheets(file: Path, instrument: Instrument) -> list[Sheet]:
    try:
        return read_sheets(file.read_bytes(), instrument)
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}.") from None
    except SheetsFault as fault:
        raise CommandError(f"{file} cannot be used.\n{fault}") from None


def scored(
    round: Scored, parent: Instrument | None, older: Scored | None, *, draws: int, seed: int
) -> dict[str, Any]:
    """Return the scored round, each theme with the severity of its sheets and, with an `older`
    round, every theme's change since.

    Raises CommandError for sheets that do not fit the instrument.
    """
    try:
        result = score_round(round.instrument, round.sheets, draws=draws, seed=seed, parent=parent)
    except ValueError as fault:
        raise CommandError(str(fault)) from None
    # Here and not in score_round: severity is for coordinators, whose files these are.
    for theme, found in zip(round.instrument.themes, result["themes"], strict=True):
        rows, reason = severity(round.instrument, theme, round.sheets)
        found["severity"] = [asdict(row) for row in rows]
        found["severity_reason"] = reason
    found_changes = changes(older, round, draws=draws, seed=seed) if older else None
    result["change"] = found_changes and [asdict(one) for one in found_changes]
    result["change_reason"] = None if older else "No earlier round is given."
    return result


def as_json(result: dict[str, Any]) -> str:
    """Return the scored round as JSON, in ASCII so that every terminal can take it."""
    return json.dumps(result, indent=2, allow_nan=False)


def summary(result: dict[str, Any]) -> str:
    """Return the scored round in words, a paragraph for each theme."""
    instrument = result["instrument"]
    parts = [f"{instrument['title']} ({instrument['code']} {instrument['version']})"]
    if result["agreed_built"]:
        parts.append("No agreed sheet was given: scored is the majority of the sheets.")
    parts += ["\n".join(_theme_lines(theme, instrument["levels"])) for theme in result["themes"]]
    if result["binding_themes"]:
        binding = ", ".join(result["binding_themes"])
        parts.append(f"Binding: {binding}. Spread: {rounded(result['spread'], 2)}.")
    parts += ["\n".join(lines) for lines in (_common_lines(result), _change_lines(result)) if lines]
    parts += [f"{rule['code']}: {rule['advice']}" for rule in result["mix"]]
    parts += [
        f"{rule['code']}: cannot be judged, without a stage: {', '.join(rule['names'])}."
        for rule in result["cannot_be_judged"]
    ]
    return "\n\n".join(parts)


def rounded(value: float, places: int) -> str:
    """Return a number rounded half up, as it is shown (method.md section 3)."""
    exact = Decimal(repr(round(value, 9)))  # 2.2499999999999996 is a half after all
    return str(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def _theme_lines(theme: dict[str, Any], levels: int) -> list[str]:
    if theme["stage"] is None:
        lines = [f"{theme['title']}: no stage. {theme['reason']}"]
        if theme["bounds"]:
            lines.append(f"  between stage {theme['bounds'][0]} and stage {theme['bounds'][1]}")
        return lines + _steps("find out first", theme["find_out_first"])
    star = " *" if theme["starred"] else ""
    lines = [f"{theme['title']}: stage {theme['stage']}{star} of {levels}"]
    if theme["needs"]:
        lines.append(
            f"  position {rounded(theme['position'], 2)}, "
            f"mean level {rounded(theme['mean_level'], 1)}, needs {theme['needs']} items"
        )
    else:  # a phase by its marks
        shares = (f"{step} {rounded(100 * one, 1)} %" for step, one in theme["coverage"].items())
        lines.append(f"  share of evidence by phase: {', '.join(shares)}")
    if theme["starred"]:
        lines.append("  * lowered for lack of information: unknown answers hold it back")
    if theme["needs_warning"]:
        lines.append(f"  {theme['needs_warning']}")
    if theme["held_by_core"]:
        lines.append(f"  held back only by the core items {', '.join(theme['held_by_core'])}")
    lines.append(f"  {theme['firm_because']}")
    if theme["agreement"]["exact"] is not None:
        lines.append(f"  {theme['agreement']['words']}")
    for one in theme["contested"]:
        lines.append(f"  contested: {one['item']}. {' '.join(one['why'])}")
    cheapest = theme["cheapest_set"]
    if cheapest and cheapest["items"]:
        items = ", ".join(cheapest["items"])
        lines.append(f"  cheapest way to stage {theme['stage'] + 1}: {items}")
        lines.append(f"  at a cost of {cheapest['cost']:g}")
    return lines + _steps("blocked by", theme["blocked_by"])


def _common_lines(result: dict[str, Any]) -> list[str]:
    """What countries are compared by, where the instrument is a national edition."""
    if not result["common"]:
        return []
    lines = [f"On the items of {' '.join(result['instrument']['edition_of'].values())} only:"]
    for one in result["common"]:
        stage = one["reason"] if one["stage"] is None else f"stage {one['stage']}"
        lines.append(f"  {one['theme']}: {stage}")
    return lines


def _change_lines(result: dict[str, Any]) -> list[str]:
    if not result["change"]:
        return []
    return ["Since the earlier round:"] + [
        f"  {one['theme']}: {one['words']}" for one in result["change"]
    ]


def _steps(title: str, steps: list[dict[str, Any]]) -> list[str]:
    if not steps:
        return []
    lines = [
        f"    {step['item']} {step['level']}: {step['statement']} ({step['answer'] or 'blank'})"
        for step in steps
    ]
    return [f"  {title}:", *lines]
