"""When things run, as a document's schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from diagnostics.planning.schedule import Bar, half_years
from reports.rendering.document import Run, Schedule


@dataclass(frozen=True)
class Running:
    """One thing with its first and last day; `state` is in words."""

    title: str
    start: date
    end: date
    state: str = ""
    tone: str = "level-4"
    hatched: bool = False


def schedule(caption: str, head: str, running: Sequence[Running]) -> Schedule:
    """The things by half-years, in the order given; dates in the active language."""
    bars = [Bar(at, one.start, one.end) for at, one in enumerate(running)]
    spans = half_years(bars)
    return Schedule(
        caption,
        head,
        years=list(dict.fromkeys(span.year for span in spans)),
        runs=[
            Run(one.title, _note(one), [span.holds(bar) for span in spans], one.tone, one.hatched)
            for one, bar in zip(running, bars, strict=True)
        ],
    )


def _note(one: Running) -> str:
    dates = " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in (one.start, one.end))
    return f"{dates} · {one.state}" if one.state else dates
