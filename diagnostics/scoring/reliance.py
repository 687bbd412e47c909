"""How far the stage of a theme can be relied on, as plain values (method.md sections 4 to 6)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from countries.content.sentences import _
from diagnostics.scoring import agreement as agreeing
from diagnostics.scoring import phases
from diagnostics.scoring.certainty import Line, certainty, firmness, swing_items
from diagnostics.scoring.contested import contested, knowledge_gaps, panel_gaps
from diagnostics.scoring.instrument import Instrument, Sheet, Theme
from diagnostics.scoring.levels import State, level, state
from diagnostics.scoring.ratings import Ratings, ratings, touched
from diagnostics.scoring.stages import Tally
from diagnostics.scoring.witness import Observation, diverges, evidence

NO_STAGE = _("Without a stage there is nothing to re-score.")
NO_DRAWS = _("The round was scored without re-scorings.")


def agreement(
    instrument: Instrument,
    themes: Sequence[Theme],
    sheets: Iterable[Sheet],
    *,
    seed: int,
    code: str,
) -> dict[str, Any]:
    """Return the agreement over the items of `themes` that carry weight; `code` seeds it."""
    carrying = [item.code for theme in themes for item in theme.items if item.weight > 0]
    matrix = ratings(instrument, themes, sheets).matrix(carrying)
    found = agreeing.agreement(matrix, instrument.levels, seed=seed, code=code)
    interval = None if found.alpha_interval is None else list(found.alpha_interval)
    return asdict(found) | {"alpha_interval": interval}


def reliance(
    instrument: Instrument,
    theme: Theme,
    counted: Tally,
    stage: int | None,
    sheets: Sequence[Sheet],
    *,
    draws: int,
    seed: int,
    settled: Collection[str],
) -> dict[str, Any]:
    """Return panels, agreement, contested items, gaps, re-scorings and firmness of a theme.

    `counted` is the tally of the scored sheet and `stage` what it gave; a contested item not
    `settled` is open.
    """
    found = ratings(instrument, [theme], sheets)
    disputed = [
        asdict(one) | {"why": list(one.why), "open": one.item not in settled}
        for one in contested(found)
    ]
    carrying = {item.code for item in counted.counted}
    pending = [one["item"] for one in disputed if one["open"] and one["item"] in carrying]
    return {
        "panels": found.panel_counts(),
        "agreement": agreement(instrument, [theme], sheets, seed=seed, code=theme.code),
        "contested": disputed,
        "gaps": _gaps(found),
        **_rescoring(theme, counted, stage, sheets, found.panel_counts(), pending, draws, seed),
    }


def settled_items(scored: Sheet, *, built: bool) -> set[str]:
    """Return the items that a settled sheet answers; one built from the raters settles none."""
    return (
        set()
        if built
        else {code for code, response in scored.responses.items() if touched(response)}
    )


def witnesses(
    instrument: Instrument,
    theme: Theme,
    counted: Tally,
    observations: Sequence[Observation],
    end_year: int,
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the evidence on each item by its code, and the divergences from known levels."""
    by_item: dict[str, dict[str, Any]] = {}
    divergences = []
    for item in theme.items:
        found = evidence(
            item, observations, end_year=end_year, max_age_years=instrument.max_age_years
        )
        plain = {
            "level": found.level,
            "testimonies": [asdict(one) for one in found.testimonies],
        }
        by_item[item.code] = plain
        answers = counted.answers.get(item.code)
        if answers is None or state(answers, item.marks) != State.KNOWN:
            continue
        if diverges(level(answers), found):
            divergences.append({"item": item.code, "agreed": level(answers), **plain})
    return by_item, divergences


def _gaps(found: Ratings) -> dict[str, Any]:
    """Sheets are counted, not named: what one sheet does not know is not for publication."""
    return {
        "knowledge": [
            {"item": gap.item, "unknown": len(gap.unknown), "unanswered": len(gap.unanswered)}
            for gap in knowledge_gaps(found)
        ],
        "government_independent": [asdict(gap) for gap in panel_gaps(found)],
    }


def _rescoring(
    theme: Theme,
    counted: Tally,
    stage: int | None,
    sheets: Sequence[Sheet],
    panels: dict[str, int],
    pending: Sequence[str],
    draws: int,
    seed: int,
) -> dict[str, Any]:
    reason = NO_STAGE if stage is None else NO_DRAWS
    if stage is None or not draws:
        return {
            "rescoring": None,
            "rescoring_reason": reason,
            "firm": None,
            "firm_because": reason,
        }
    marks = counted.counted[0].marks
    rescored, swinging = (
        (phases.certainty, phases.swing_items) if marks else (certainty, swing_items)
    )
    found = rescored(counted, theme, sheets, draws=draws, seed=seed)
    firm, because = firmness(found.measurement, stage, panels, pending, classifies=marks)
    return {
        "rescoring": {
            "measurement": _line(found.measurement),
            "rules": _line(found.rules),
            "sources": {name: _line(line) for name, line in found.sources.items()},
            "swing_items": [asdict(one) for one in swinging(counted)],
        },
        "rescoring_reason": None,
        "firm": firm,
        "firm_because": because,
    }


def _line(line: Line) -> dict[str, Any]:
    draws = sum(line.counts)
    by_stage = {str(stage): count for stage, count in enumerate(line.counts, start=1)}
    return {
        "counts": by_stage,
        "shares": {stage: count / draws for stage, count in by_stage.items()},
        "modal": line.modal,
        "interval_90": list(line.interval_90),
    }
