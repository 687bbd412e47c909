"""How far a theme can be brought in one year and in five (method.md section 7)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from diagnostics.scoring import mix
from diagnostics.scoring.instrument import Instrument, Sheet, Theme
from diagnostics.scoring.roadmap import CheapestSet, approaches, cheapest_set
from diagnostics.scoring.stages import (
    SMALLEST_STAGED_GROUP,
    Tally,
    stage_at,
    standing_levels,
    tally,
)

SHORT, LONG = 1, 5


def targets(stage: int, top: int) -> dict[int, int]:
    """Return the stage to aim at by years: the next in one, in five L-1, or L from L-1 on.

    Nothing is left to aim at from the highest stage.
    """
    if stage >= top:
        return {}
    return {SHORT: stage + 1, LONG: top - 1 if stage <= top - 2 else top}


def horizons(
    instrument: Instrument,
    theme: Theme,
    scored: Sheet,
    counted: Tally,
    stages: Mapping[str, int | None],
) -> list[dict[str, Any]]:
    """Return what each horizon asks of a theme, as plain values; none without a stage.

    `counted` is the theme's tally of the `scored` sheet, `stages` those of all themes and groups.
    The five-year set contains the one-year set. With each: its items, cost and statements, the
    approaches of the stages passed on the way, and as prerequisites the mix rules that read this
    theme and hold now or would hold once it alone has been raised.
    """
    stage = stages[theme.code]
    if stage is None:
        return []
    found: list[dict[str, Any]] = []
    chosen = CheapestSet()
    for years, target in targets(stage, instrument.levels).items():
        chosen = cheapest_set(counted, target, including=chosen.items)
        raised = _raised(instrument, theme, scored, counted, chosen, target, stages)
        found.append(
            {
                "years": years,
                "target": target,
                "items": list(chosen.items),
                "cost": chosen.cost,
                "statements": [asdict(step) for step in chosen.statements],
                "approaches": [
                    {"stage": passed, **approach}
                    for passed in range(stage, target)
                    for approach in approaches(instrument, theme.code, passed)
                ],
                "prerequisites": _prerequisites(instrument, theme, stages, raised),
            }
        )
    return found


def _raised(
    instrument: Instrument,
    theme: Theme,
    scored: Sheet,
    counted: Tally,
    chosen: CheapestSet,
    target: int,
    stages: Mapping[str, int | None],
) -> dict[str, int | None]:
    """The stages of all themes and groups once the chosen items stand at the target."""
    levels = standing_levels(counted) | dict.fromkeys(chosen.items, target)
    raised = dict(stages) | {theme.code: stage_at(counted, levels)}
    for group in theme.groups:
        items = tuple(item for item in theme.items if item.group == group.code)
        name = f"{theme.code}.{group.code}"
        if stages[name] is not None and len(items) >= SMALLEST_STAGED_GROUP:
            inside = tally(instrument, items, (), scored)
            # Its own weights: an item may count inside a group that counts for nothing outside.
            reached = {code: levels.get(code, at) for code, at in standing_levels(inside).items()}
            raised[name] = stage_at(inside, reached)
    return raised


def _prerequisites(
    instrument: Instrument,
    theme: Theme,
    stages: Mapping[str, int | None],
    raised: Mapping[str, int | None],
) -> list[dict[str, Any]]:
    reading = [
        rule
        for rule in instrument.mix_rules
        if any(name.partition(".")[0] == theme.code for name in mix.names(rule.when))
    ]
    now, _ = mix.judge(reading, stages)
    then, _ = mix.judge(reading, raised)
    return [
        {
            "code": rule.code,
            "advice": rule.advice,
            "because": rule.because,
            "now": rule in now,
            "then": rule in then,
        }
        for rule in reading
        if rule in now or rule in then
    ]
