"""What the check-sheet pages show, put together from the instrument and the answers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diagnostics.models import Item as InstrumentItem
from diagnostics.models import Response, Sheet
from diagnostics.scoring import levels
from diagnostics.scoring.instrument import Answer, Item, ItemAnswers, Status, Theme
from diagnostics.witnesses import ItemWitnesses

ANSWERS = [Answer.YES, Answer.PARTLY, Answer.NO, Answer.UNKNOWN]


@dataclass(frozen=True)
class Rung:
    """One line of an item's ladder. The lowest has no statement: level 1 is where nothing holds.
    The marks of phases are no ladder; each true one is current and bears the name of its phase.
    """

    level: int
    name: str
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
    last: ItemAnswers | None = None
    witness: ItemWitnesses | None = None

    @property
    def last_level(self) -> int | None:
        """The agreed level of the last round; None where there was none or it did not apply."""
        if self.last is None or not self.last_answered:
            return None
        return levels.level(self.last.answers, self.item.marks) or None

    @property
    def last_answered(self) -> bool:
        """Whether a statement was answered in the last round."""
        applied = self.last is not None and self.last.status != Status.NOT_APPLICABLE
        return applied and any(self.last.answers)

    @property
    def last_answers(self) -> list[tuple[Rung, str]]:
        """Each statement's rung with the agreed answer of the last round."""
        stated = self.rungs[-len(self.item.steps) :]
        return list(zip(stated, self.last.answers, strict=False)) if self.last else []

    @property
    def last_phases(self) -> str:
        """The phases whose marks were true in the last round."""
        return ", ".join(rung.name for rung, answer in self.last_answers if answer == Answer.YES)

    @property
    def anchor(self) -> str:
        return self.item.code.replace(".", "-")

    @property
    def applies(self) -> bool:
        return self.response.status != Status.NOT_APPLICABLE

    @property
    def out_of_order(self) -> bool:
        return not self.item.marks and levels.out_of_order(self.response.value.answers)

    @property
    def gap(self) -> str:
        """What is missing here, in words; empty when nothing is."""
        if not self.applies:
            return "" if self.response.reason else _("Say why it does not apply")
        if not any(self.response.answers):
            return _("Not answered")
        if self.state == levels.State.UNANSWERED and self.item.marks:
            return _("Answered in part: each statement needs an answer")
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


def themes_of(
    sheet: Sheet,
    responses: Iterable[Response],
    last: Mapping[str, ItemAnswers] | None = None,
    witnesses: Mapping[str, ItemWitnesses] | None = None,
) -> list[ThemeOnPage]:
    """The themes of a sheet with its answers and those of the last round, in instrument order."""
    before, heard = last or {}, witnesses or {}
    instrument = sheet.round.instrument_version.told
    by_code = {response.item.code: response for response in responses}
    return [
        ThemeOnPage(
            theme,
            [
                _item(
                    i,
                    by_code[i.code],
                    instrument.level_names,
                    before.get(i.code),
                    heard.get(i.code),
                )
                for i in theme.items
                if i.code in by_code
            ],
        )
        for theme in instrument.themes
        if theme.code in sheet.themes
    ]


def blank_theme(theme: Theme, level_names: Sequence[str]) -> ThemeOnPage:
    """A theme as a sheet has it before anybody answers, with answers that are stored nowhere."""
    nowhere = Sheet(pk=0)
    shown = []
    for item in theme.items:
        blank = [""] * len(item.statements)
        row = InstrumentItem(pk=0, code=item.code, theme=theme.code)
        response = Response(pk=0, sheet=nowhere, item=row, answers=blank, made=blank)
        shown.append(_item(item, response, level_names))
    return ThemeOnPage(theme, shown)


def counts(items: Iterable[ItemOnPage]) -> dict[str, int]:
    """How many items are known, unknown, unanswered and not applicable."""
    states = Counter(str(item.state) if item.applies else "not_applicable" for item in items)
    return {k: states[k] for k in ("known", "unknown", "unanswered", "not_applicable")}


def _item(
    item: Item,
    response: Response,
    level_names: Sequence[str],
    last: ItemAnswers | None = None,
    witness: ItemWitnesses | None = None,
) -> ItemOnPage:
    answers = response.value.answers
    level, state = levels.level(answers, item.marks), levels.state(answers, item.marks)
    if item.marks:
        names = dict(enumerate(level_names, start=1))  # a draft may lack some yet
        rungs = [
            Rung(phase, names.get(phase, str(phase)), text, answer, answer == Answer.YES)
            for (phase, text), answer in zip(item.steps.items(), answers, strict=True)
        ]
        return ItemOnPage(item, response, level, state, rungs, last, witness)
    begun = any(response.answers)
    said = _("Level %(level)s")
    nothing = _("None of the statements below is true yet.")
    lowest = Rung(1, said % {"level": 1}, nothing, "", begun and level == 1)
    rungs = [
        Rung(number, said % {"level": number}, text, answers[number - 2], begun and level == number)
        for number, text in item.steps.items()
    ]
    return ItemOnPage(item, response, level, state, [lowest, *rungs], last, witness)
