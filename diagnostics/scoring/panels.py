"""From the raters' sheets to the one that is scored (method.md section 4)."""

from collections.abc import Iterable, Mapping, Sequence

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

AGREED = "agreed"
PANELS = ("government", "independent", "private")
ORDER = (Answer.NO, Answer.UNKNOWN, Answer.PARTLY, Answer.YES)


def is_agreed(sheet: Sheet) -> bool:
    """Tell whether this is the settled sheet, which is never a rater."""
    return AGREED in (sheet.name, sheet.panel)


def raters(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheets that rate: all but the agreed one."""
    return [sheet for sheet in sheets if not is_agreed(sheet)]


def lower_median(values: Sequence[int]) -> int:
    """Return the middle value, the lower one of the two for an even count."""
    return sorted(values)[(len(values) - 1) // 2]


def double_lower_median(by_panel: Mapping[str, Sequence[int]]) -> int | None:
    """Return the lower median over panels of the lower medians within; None without values."""
    medians = [lower_median(values) for values in by_panel.values() if values]
    return lower_median(medians) if medians else None


def scored_sheet(instrument: Instrument, sheets: Sequence[Sheet]) -> Sheet:
    """Return the agreed sheet, or, where `sheets` has none, the one built from the raters'."""
    given = next((sheet for sheet in sheets if is_agreed(sheet)), None)
    return given or built_agreed(instrument, sheets)


def built_agreed(instrument: Instrument, sheets: Iterable[Sheet]) -> Sheet:
    """Return the sheet from which settlement starts, built from the raters' sheets.

    Each statement takes the double lower median, in the order no, unknown, partly, yes, of the
    sheets that answered it. An item is not applicable only if more than half of the sheets that
    answered it say so. An item of a theme not assigned to a sheet is missing there.
    """
    rating = raters(sheets)
    responses: dict[str, ItemAnswers] = {}
    for theme in instrument.themes:
        assigned = _assigned(theme, rating)
        for item in theme.items:
            responses[item.code] = _settled(item, assigned)
    return Sheet(name=AGREED, panel=AGREED, responses=responses)


def panel_levels(theme: Theme, item: Item, sheets: Iterable[Sheet]) -> dict[str, int]:
    """Return the lower median level of an item in each panel that answered it.

    A level held by an `unknown` counts as it stands; blank and not applicable are no rating, nor
    are marks of which none is yes.
    The item's level over panels is `double_lower_median` of these.
    """
    found: dict[str, list[int]] = {}
    for sheet, response in _responses(item, _assigned(theme, raters(sheets))):
        if response.status == Status.NOT_APPLICABLE:
            continue
        reached = level(response.answers, item.marks)
        if reached and state(response.answers, item.marks) != State.UNANSWERED:
            found.setdefault(sheet.panel, []).append(reached)
    return {panel: lower_median(levels) for panel, levels in sorted(found.items())}


def _assigned(theme: Theme, sheets: Iterable[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.themes is None or theme.code in sheet.themes]


def _responses(item: Item, sheets: Iterable[Sheet]) -> list[tuple[Sheet, ItemAnswers]]:
    return [(sheet, sheet.responses[item.code]) for sheet in sheets if item.code in sheet.responses]


def _settled(item: Item, sheets: Iterable[Sheet]) -> ItemAnswers:
    answering = [
        (sheet, response)
        for sheet, response in _responses(item, sheets)
        if response.status == Status.NOT_APPLICABLE or any(response.answers)
    ]
    applying = [pair for pair in answering if pair[1].status == Status.ANSWERED]
    blank = (Answer.BLANK,) * len(item.statements)
    if 2 * len(applying) < len(answering):
        return ItemAnswers(blank, Status.NOT_APPLICABLE)
    settled = list(blank)
    for place in range(len(blank)):
        ranks: dict[str, list[int]] = {}
        for sheet, response in applying:
            answer = response.answers[place]
            if answer != Answer.BLANK:
                ranks.setdefault(sheet.panel, []).append(ORDER.index(answer))
        rank = double_lower_median(ranks)
        if rank is not None:
            settled[place] = ORDER[rank]
    return ItemAnswers(tuple(settled))
