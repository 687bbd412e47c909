"""The submitted sheets of a round side by side, for the coordinator who settles them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from diagnostics.models import Sheet
from diagnostics.queries import plain_sheets
from diagnostics.scoring import levels
from diagnostics.scoring.instrument import Instrument, Item, ItemAnswers, Status, Theme
from diagnostics.scoring.rounds import score_round
from diagnostics.scoring.severity import SheetSeverity, severity
from diagnostics.witnesses import Heard


@dataclass(frozen=True)
class Cell:
    """One sheet's level of one item; `state` is known, unknown, unanswered or not_applicable."""

    level: int | None
    state: str


@dataclass(frozen=True)
class Row:
    item: Item
    cells: list[Cell]
    why: list[str]
    evidence: int | None = None
    diverges: bool = False

    @property
    def spread(self) -> int:
        """Highest minus lowest known level."""
        known = [cell.level for cell in self.cells if cell.level and cell.state == "known"]
        return max(known) - min(known) if known else 0


@dataclass(frozen=True)
class ThemeCompared:
    theme: Theme
    rows: list[Row]
    agreement: dict[str, Any]
    severity: list[SheetSeverity]
    severity_reason: str | None


def compared(
    instrument: Instrument, sheets: Sequence[Sheet], witness: Heard
) -> list[ThemeCompared]:
    """Each theme with every item's level by sheet: contested items first, then by spread.

    `evidence` is the level that the indicators give the item; it diverges where that lies two or
    more from the level of the majority.
    """
    names = {str(sheet.pk): str(sheet) for sheet in sheets}
    plain = [replace(one, name=names[one.name]) for one in plain_sheets(sheets)]
    found = score_round(
        instrument, plain, draws=0, observations=witness.observations, end_year=witness.end_year
    )
    themes = []
    for theme, result in zip(instrument.themes, found["themes"], strict=True):
        if not any(theme.code in (sheet.themes or ()) for sheet in plain):
            continue
        why = {one["item"]: one["why"] for one in result["contested"]}
        evidence = {one["code"]: (one["evidence"] or {}).get("level") for one in result["items"]}
        divergent = {one["item"] for one in result["divergences"]}
        rows = [
            Row(
                item,
                [_cell(item, sheet.responses.get(item.code)) for sheet in plain],
                why.get(item.code, []),
                evidence[item.code],
                item.code in divergent,
            )
            for item in theme.items
        ]
        rows.sort(key=lambda row: (not row.why, -row.spread))
        lines, reason = severity(instrument, theme, plain)
        themes.append(ThemeCompared(theme, rows, result["agreement"], lines, reason))
    return themes


def _cell(item: Item, response: ItemAnswers | None) -> Cell:
    if response is None:
        return Cell(None, "not_assigned")
    if response.status == Status.NOT_APPLICABLE:
        return Cell(None, "not_applicable")
    state = str(levels.state(response.answers, item.marks))
    level = levels.level(response.answers, item.marks) or None
    return Cell(level if state != "unanswered" else None, state)
