"""The record of a round in words: every answer saved, every decision, every other step.

The rows are those that the database lets nobody alter (answers, decisions, events); nothing here
is kept a second time.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.events import in_words
from activity.models import Event
from activity.translated import of_now
from diagnostics.models import ResponseChange, Round, Settlement
from diagnostics.scoring import levels
from diagnostics.scoring.instrument import Answer, Status

KINDS = {
    "answer": gettext_lazy("Answers"),
    "decision": gettext_lazy("Decisions"),
    "step": gettext_lazy("Steps"),
}
PAGE = 100


@dataclass(frozen=True)
class Asked:
    """What of the record is wanted; "" and None mean all."""

    kind: str = ""
    item: str = ""
    person: int | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One row of the record; `who`, `sheet` and `item` are words."""

    at: datetime
    kind: str
    who: str
    sheet: str
    item: str
    what: str


def page(round: Round, asked: Asked) -> list[Entry]:
    """The newest entries, one page of them."""
    return list(islice(entries(round, asked), PAGE))


def entries(round: Round, asked: Asked) -> Iterator[Entry]:
    """All entries that are asked for, the newest first."""
    sources = {"answer": _answers, "decision": _decisions, "step": _steps}
    wanted = [sources[asked.kind]] if asked.kind else sources.values()
    rows = [source(round, asked) for source in wanted]
    return heapq.merge(*rows, key=lambda entry: entry.at, reverse=True)


def in_short(content: dict, *, marks: bool) -> str:
    """One saved answer in words: its statements, its level, what else is said.

    Of `marks` there is no level; each statement stands for itself.
    """
    if content["status"] == Status.NOT_APPLICABLE:
        parts = [_("does not apply: %(reason)s") % {"reason": content["reason"]}]
    elif not any(content["answers"]):
        parts = [_("blank")]
    else:
        answers = [Answer(one) for one in content["answers"]]
        said = ", ".join(str(WORDS[one]) for one in answers)
        level = {"said": said, "level": levels.level(answers)}
        parts = [said if marks else _("%(said)s; level %(level)s") % level]
    if content["comment"]:
        parts.append(_("comment: %(text)s") % {"text": content["comment"]})
    for row in content["evidence"]:
        place = f"{row['link']}, {row['page']}" if row["page"] else row["link"]
        parts.append(_("evidence: %(place)s") % {"place": place})
    return ". ".join(parts)


WORDS = {
    Answer.YES: gettext_lazy("yes"),
    Answer.PARTLY: gettext_lazy("partly"),
    Answer.NO: gettext_lazy("no"),
    Answer.UNKNOWN: gettext_lazy("unknown"),
    Answer.BLANK: "–",
}


def _answers(round: Round, asked: Asked) -> Iterator[Entry]:
    rows = ResponseChange.objects.filter(response__sheet__round=round).select_related(
        "by", "response__item", "response__sheet__organisation"
    )
    if asked.item:
        rows = rows.filter(response__item__code=asked.item)
    titles = _titles(round)
    marks = round.instrument_version.instrument.classifies
    for row in _narrowed(rows, asked):
        response = row.response
        yield Entry(
            row.at,
            "answer",
            _who(row),
            str(response.sheet),
            titles[response.item.code],
            in_short(row.content, marks=marks),
        )


def _decisions(round: Round, asked: Asked) -> Iterator[Entry]:
    rows = Settlement.objects.filter(response__sheet__round=round).select_related(
        "by", "response__item"
    )
    if asked.item:
        rows = rows.filter(response__item__code=asked.item)
    titles = _titles(round)
    marks = round.instrument_version.instrument.classifies
    for row in _narrowed(rows, asked):
        facts = {
            "kind": row.get_kind_display(),
            "before": in_short(row.before, marks=marks),
            "after": in_short(row.after, marks=marks),
            "reason": row.reason,
        }
        what = _("%(kind)s. Before: %(before)s. After: %(after)s. Reason: %(reason)s") % facts
        item = titles[row.response.item.code]
        yield Entry(row.at, "decision", _who(row), str(_("Agreed sheet")), item, what)


def _steps(round: Round, asked: Asked) -> Iterator[Entry]:
    """Events on the round, but those of decisions: they stand there with more."""
    kinds = [f"item.{kind}" for kind in Settlement.Kind.values]
    rows = Event.objects.filter(topic=round.topic).exclude(kind__in=kinds).select_related("by")
    if asked.item:
        item = round.instrument_version.instrument.items().get(asked.item)
        rows = rows.filter(facts__item=item.title if item else "")
    for row in _narrowed(rows, asked):
        facts = of_now(row.facts)
        sheet, item = facts.get("sheet", ""), facts.get("item", "")
        yield Entry(row.at, "step", _who(row), sheet, item, in_words(row))


def _narrowed(rows: QuerySet, asked: Asked) -> Iterator:
    if asked.person is not None:
        rows = rows.filter(by=asked.person)
    if asked.before is not None:
        rows = rows.filter(at__lt=asked.before)
    return rows.order_by("-at", "-pk").iterator(chunk_size=PAGE)


def _titles(round: Round) -> dict[str, str]:
    items = round.instrument_version.told.items()
    return {code: item.title for code, item in items.items()}


def _who(row: ResponseChange | Settlement | Event) -> str:
    return str(row.by or _("The system"))
