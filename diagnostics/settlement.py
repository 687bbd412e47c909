"""What is to be settled in a round: the agreed sheet, contested items first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from activity.translated import Translated
from diagnostics.models import Dissent, Objection, Response, Round, Settlement, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import plain_sheets, raters
from diagnostics.scoring import levels
from diagnostics.scoring.contested import contested
from diagnostics.scoring.instrument import Item, Status, Theme
from diagnostics.scoring.panels import panel_levels
from diagnostics.scoring.ratings import ratings
from diagnostics.witnesses import ItemWitnesses


@dataclass(frozen=True)
class ToSettle:
    """One item of the agreed sheet; `why` says why it is contested, `decision` is the newest."""

    theme: Theme
    item: Item
    response: Response
    why: tuple[str, ...]
    decision: Settlement | None
    panels: dict[str, int]
    objections: int = 0  # to what is agreed, not answered yet
    witness: ItemWitnesses | None = None

    @property
    def contested(self) -> bool:
        return bool(self.why)

    @property
    def decided(self) -> bool:
        return self.decision is not None and self.decision.decides

    @property
    def reopened(self) -> bool:
        return self.decision is not None and self.decision.kind == Settlement.Kind.REOPENED

    @property
    def matters(self) -> bool:
        """Whether the round can only close once it is decided."""
        return self.contested or self.reopened

    @property
    def pending(self) -> bool:
        return self.matters and not self.decided

    @property
    def blocks(self) -> bool:
        """Whether it keeps the round from closing."""
        return self.pending or bool(self.objections)

    @property
    def level(self) -> int | None:
        """The agreed level, as `standing` has it."""
        return standing(self.response, self.item)[0]

    @property
    def diverges(self) -> bool:
        """Whether the indicators say something two or more levels from what is agreed."""
        return bool(self.witness and self.level and self.witness.diverges_from(self.level))

    @property
    def status(self) -> str:
        """Its state in one word: for the mark where there is no level."""
        return standing(self.response, self.item)[1]

    @property
    def panel_lines(self) -> list[tuple[str, int]]:
        return [(str(Panel(panel).label), level) for panel, level in self.panels.items()]


@dataclass(frozen=True)
class Board:
    """All items of a round, those that must be decided first, each part in instrument order."""

    items: list[ToSettle]

    @cached_property
    def matter(self) -> list[ToSettle]:
        return [one for one in self.items if one.matters]

    @property
    def rest(self) -> list[ToSettle]:
        return [one for one in self.items if not one.matters]

    @property
    def pending(self) -> list[ToSettle]:
        return [one for one in self.items if one.pending]

    @property
    def blocking(self) -> list[ToSettle]:
        return [one for one in self.items if one.blocks]

    @property
    def done(self) -> int:
        return len(self.matter) - len(self.pending)

    def around(self, code: str) -> tuple[ToSettle | None, ToSettle, ToSettle | None]:
        """The item between its neighbours. Raises KeyError where there is no such item."""
        codes = [one.item.code for one in self.items]
        if code not in codes:
            raise KeyError(code)
        at = codes.index(code)
        before = self.items[at - 1] if at else None
        after = self.items[at + 1] if at + 1 < len(codes) else None
        return before, self.items[at], after

    def next_pending(self, code: str) -> ToSettle | None:
        """The first undecided item after this one, or before it, but not itself."""
        codes = [one.item.code for one in self.items]
        at = codes.index(code)
        return next((one for one in self.items[at + 1 :] + self.items[:at] if one.pending), None)


def board(
    round: Round, agreed: Sheet, witnesses: Mapping[str, ItemWitnesses] | None = None
) -> Board:
    """The round's items with what its submitted sheets say; a constant number of queries.

    `witnesses` are what the indicators say, by item, where that is to be shown.
    """
    instrument = round.instrument_version.told
    sheets = plain_sheets(raters(round).filter(state=Sheet.State.SUBMITTED))
    why = {one.item: one.why for one in contested(ratings(instrument, instrument.themes, sheets))}
    decisions = {one.response_id: one for one in newest(agreed)}
    unanswered = round.objections.filter(
        about=Objection.About.ANSWER, state=Objection.State.OPEN
    ).values_list("item__code", flat=True)
    objected = Counter(unanswered)
    responses = agreed.responses.select_related("item").prefetch_related("evidence")
    by_code = {response.item.code: response for response in responses}
    items = [
        ToSettle(
            theme,
            item,
            by_code[item.code],
            why.get(item.code, ()),
            decisions.get(by_code[item.code].pk),
            panel_levels(theme, item, sheets),
            objected.get(item.code, 0),
            (witnesses or {}).get(item.code),
        )
        for theme in instrument.themes
        for item in theme.items
        if item.code in by_code
    ]
    return Board(sorted(items, key=lambda one: not one.matters))


def standing(response: Response, item: Item) -> tuple[int | None, str]:
    """The level of a response, and its state in one word; no level where the item does not apply,
    is blank or shows no mark.
    """
    if response.status == Status.NOT_APPLICABLE:
        return None, "not_applicable"
    answers = response.value.answers
    level = levels.level(answers, item.marks) if any(answers) else None
    return level or None, str(levels.state(answers, item.marks))


def newest(agreed: Sheet) -> Iterable[Settlement]:
    """The newest decision on each item that has one."""
    decisions = Settlement.objects.filter(response__sheet=agreed).select_related(
        "by", "response__item"
    )
    return decisions.order_by("response_id", "-revision").distinct("response_id")


def dissents_by_item(agreed: Sheet) -> dict[str, list[Dissent]]:
    """The dissents that stand, by item code."""
    found: dict[str, list[Dissent]] = {}
    standing = Dissent.objects.filter(response__sheet=agreed, withdrawn_at=None)
    for one in standing.select_related("organisation", "response__item", "by"):
        found.setdefault(one.response.item.code, []).append(one)
    return found


def annex(round: Round) -> dict[str, Any]:
    """How the differences were settled, for the report: organisations are named, never officers.

    Keys: decisions (the newest on each item: kind, reason, answers before and after, evidence),
    dissents (organisation, text) and objections to what is agreed (organisation, text, evidence,
    state, answer), each by item code.
    """
    agreed = round.sheets.get(panel=Panel.AGREED)
    decisions = {
        one.response.item.code: {
            "kind": one.kind,
            "reason": one.reason,
            "before": one.before["answers"],
            "after": one.after["answers"],
            "evidence": [
                {key: row[key] for key in ("link", "page", "quote")}
                for row in one.after["evidence"]
            ],
        }
        for one in newest(agreed)
    }
    dissents = {
        code: [{"organisation": one.organisation.name, "text": one.text} for one in standing]
        for code, standing in dissents_by_item(agreed).items()
    }
    objections: dict[str, list[dict[str, str]]] = {}
    filed = round.objections.filter(about=Objection.About.ANSWER)
    for one in filed.select_related("organisation", "item"):
        objections.setdefault(one.item.code, []).append(
            {
                "organisation": one.organisation.name,
                "text": one.text,
                "evidence": {"link": one.link, "page": one.page, "quote": one.quote},
                "state": one.state,
                "answer": one.answer,
            }
        )
    return {"decisions": decisions, "dissents": dissents, "objections": objections}


def title_of(response: Response) -> Translated:
    """The item's title, to be kept; `response.sheet.round.instrument_version` is at hand."""
    version = response.sheet.round.instrument_version
    return version.translated(version.instrument.items()[response.item.code].title)
