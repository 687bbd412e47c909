"""What the sheets say of each item, side by side: the ground of agreement, contested items, gaps
and severity (method.md section 4).

A level held down by an `unknown` or a blank is no rating here; it is a knowledge gap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from diagnostics.scoring.instrument import (
    Answer,
    Instrument,
    Item,
    ItemAnswers,
    Sheet,
    Status,
    Theme,
)
from diagnostics.scoring.levels import State, level, state
from diagnostics.scoring.panels import raters

Levels = NDArray[np.int64]
"""Levels 1..L, items x sheets; 0 where there is no rating."""


@dataclass(frozen=True, slots=True)
class ItemRatings:
    """One item over the sheets to which its theme is assigned, all named by sheet.

    `levels` holds the known levels; `unknown` and `unanswered` are the sheets that leave a gap;
    `applies` and `not_applicable` those that say whether the item applies at all (a sheet that
    left it blank says neither). `marks` holds, of an item of marks, the phases whose mark is yes.
    """

    item: str
    levels: dict[str, int]
    unknown: tuple[str, ...]
    unanswered: tuple[str, ...]
    applies: tuple[str, ...]
    not_applicable: tuple[str, ...]
    marks: dict[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ratings:
    """The sheets that rate a theme (or several), their panels, and what they say of each item."""

    sheets: tuple[str, ...]
    panels: dict[str, str]
    items: tuple[ItemRatings, ...]

    def matrix(self, codes: Iterable[str] | None = None) -> Levels:
        """Return the known levels, items x sheets, 0 where there is none; `codes` picks items."""
        wanted = None if codes is None else set(codes)
        rows = [
            [found.levels.get(name, 0) for name in self.sheets]
            for found in self.items
            if wanted is None or found.item in wanted
        ]
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(self.sheets))

    def panel_counts(self) -> dict[str, int]:
        """Return the number of sheets in each panel."""
        names = [self.panels[name] for name in self.sheets]
        return {panel: names.count(panel) for panel in sorted(set(names))}


def ratings(instrument: Instrument, themes: Sequence[Theme], sheets: Iterable[Sheet]) -> Ratings:
    """Lay the raters' sheets side by side over the items of `themes`.

    A sheet that answers nothing of these themes is no rater of them and is left out.
    """
    blank = instrument.blank
    rating = [sheet for sheet in raters(sheets) if rates(sheet, themes)]
    rows = []
    for theme in themes:
        assigned = [sheet for sheet in rating if sheet.themes is None or theme.code in sheet.themes]
        for item in theme.items:
            responses = {one.name: one.responses.get(item.code, blank) for one in assigned}
            rows.append(_item(item, responses))
    return Ratings(
        sheets=tuple(sheet.name for sheet in rating),
        panels={sheet.name: sheet.panel for sheet in rating},
        items=tuple(rows),
    )


def touched(response: ItemAnswers) -> bool:
    """Tell whether the sheet says anything of the item."""
    return response.status == Status.NOT_APPLICABLE or any(response.answers)


def rates(sheet: Sheet, themes: Sequence[Theme]) -> bool:
    """Tell whether the sheet says anything of these themes, of those that are assigned to it."""
    return any(
        touched(sheet.responses[item.code])
        for theme in themes
        if sheet.themes is None or theme.code in sheet.themes
        for item in theme.items
        if item.code in sheet.responses
    )


def _item(item: Item, responses: dict[str, ItemAnswers]) -> ItemRatings:
    away = {
        name for name, response in responses.items() if response.status == Status.NOT_APPLICABLE
    }
    states = {
        name: state(response.answers, item.marks)
        for name, response in responses.items()
        if name not in away
    }

    def held(wanted: State) -> tuple[str, ...]:
        return tuple(name for name, found in states.items() if found == wanted)

    return ItemRatings(
        item=item.code,
        levels={
            name: reached
            for name in held(State.KNOWN)
            if (reached := level(responses[name].answers, item.marks))
        },
        unknown=held(State.UNKNOWN),
        unanswered=held(State.UNANSWERED),
        applies=tuple(name for name in states if touched(responses[name])),
        not_applicable=tuple(name for name in responses if name in away),
        marks={name: _true(responses[name]) for name in held(State.KNOWN) if item.marks},
    )


def _true(response: ItemAnswers) -> frozenset[int]:
    return frozenset(n for n, answer in enumerate(response.answers, 1) if answer == Answer.YES)
