"""What the check-sheet pages show, put together from the instrument and the answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diagnostics.models import Response, Sheet
from diagnostics.scoring import levels
from diagnostics.scoring.instrument import Answer, Item, Status, Theme

ANSWERS = [Answer.YES, Answer.PARTLY, Answer.NO, Answer.UNKNOWN]


@dataclass(frozen=True)
class Rung:
    """One line of an item's ladder. The lowest has no statement: level 1 is where nothing holds."""

    level: int
    text: str
    answer: str
    is_current: bool


@dataclass(frozen=True)
class ItemOnPage:
    item: Item
    response: Response
    level: int
    state: levels.State
    rungs: list[Rung]

    @property
    def anchor(self) -> str:
        return self.item.code.replace(".", "-")

    @property
    def applies(self) -> bool:
        return self.response.status != Status.NOT_APPLICABLE

    @property
    def out_of_order(self) -> bool:
        return levels.out_of_order(self.response.value.answers)

    @property
    def gap(self) -> str:
        """What is missing here, in words; empty when nothing is."""
        if not self.applies:
            return "" if self.response.reason else _("Say why it does not apply")
        if not any(self.response.answers):
            return _("Not answered")
        if self.state == levels.State.UNANSWERED:
            return _("Answered in part: the level stops at a blank statement")
        return ""


@dataclass(frozen=True)
class ThemeOnPage:
    theme: Theme
    items: list[ItemOnPage]

    @property
    def done(self) -> int:
        return sum(not item.gap for item in self.items)

    @property
    def missing(self) -> list[ItemOnPage]:
        return [item for item in self.items if item.gap]


def themes_of(sheet: Sheet, responses: Iterable[Response]) -> list[ThemeOnPage]:
    """The themes of a sheet with its answers, in instrument order."""
    instrument = sheet.round.instrument_version.instrument
    by_code = {response.item.code: response for response in responses}
    return [
        ThemeOnPage(theme, [_item(i, by_code[i.code]) for i in theme.items if i.code in by_code])
        for theme in instrument.themes
        if theme.code in sheet.themes
    ]


def counts(items: Iterable[ItemOnPage]) -> dict[str, int]:
    """How many items are known, unknown, unanswered and not applicable."""
    states = Counter(str(item.state) if item.applies else "not_applicable" for item in items)
    return {k: states[k] for k in ("known", "unknown", "unanswered", "not_applicable")}


def _item(item: Item, response: Response) -> ItemOnPage:
    answers = response.value.answers
    begun, level = any(response.answers), levels.level(answers)
    lowest = Rung(1, _("None of the statements below is true yet."), "", begun and level == 1)
    rungs = [
        Rung(number, text, answers[number - 2], begun and level == number)
        for number, text in enumerate(item.statements, start=2)
    ]
    return ItemOnPage(item, response, level, levels.state(answers), [lowest, *rungs])
