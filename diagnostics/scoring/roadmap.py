"""What moves a theme to a higher stage, and the assistance at its stage (method.md section 7)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from diagnostics.scoring.instrument import Answer, Approach, Instrument, Item, Source
from diagnostics.scoring.levels import State, level, state
from diagnostics.scoring.stages import (
    TOLERANCE,
    Tally,
    coverage,
    reaches,
    stage_at,
    standing_levels,
)

# The solver takes a row as met when it is missed by this much; rows are loosened by it, so that
# no true solution is lost, and false ones are refused by the exact check.
SOLVER_SLACK = 1e-6
# The solver stops at an absolute gap of 1e-6; scaled objectives bring that to the tolerance.
OBJECTIVE_SCALE = 1e3

Choice = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement that stands in the way, with the answer it has ("" while blank)."""

    item: str
    level: int
    statement: str
    answer: str


@dataclass(frozen=True, slots=True)
class CheapestSet:
    """The items to raise, in instrument order; `cost` is effort times statements to be met."""

    items: tuple[str, ...] = ()
    cost: float = 0.0
    statements: tuple[Step, ...] = ()


def blocked_by(tally: Tally, target: int) -> tuple[Step, ...]:
    """Return the statements up to `target` that are not yes, of the items that stand below it."""
    return tuple(step for item in _below(tally, target) for step in _steps(tally, item, target))


def first_open_steps(tally: Tally, *states: State) -> tuple[Step, ...]:
    """Return, of the counted items in one of `states`, the first statement that is not yes."""
    return tuple(
        _step(tally, item, level(tally.answers[item.code]) + 1)
        for item in tally.counted
        if state(tally.answers[item.code]) in states
    )


def held_by_core(tally: Tally, target: int) -> tuple[str, ...]:
    """Return the core items below `target` if the pass mark is met there, so they alone hold."""
    levels = standing_levels(tally)
    if not reaches(coverage(tally, levels, target), tally.pass_mark):
        return ()
    return tuple(item.code for item in _below(tally, target) if item.core)


def cheapest_set(tally: Tally, target: int, including: Collection[str] = ()) -> CheapestSet:
    """Return the cheapest items to raise to `target` so that the stage is at least `target`.

    The items `including`, by code, are among them. Of equally cheap sets the heavier one is taken,
    then the one first in instrument order. The set is empty if the stage is reached already.
    """
    items = _below(tally, target)
    levels = standing_levels(tally)
    if not items or stage_at(tally, levels) >= target:
        return CheapestSet()

    def lifts(choice: Choice) -> bool:
        raised = {item.code: target for item, taken in zip(items, choice, strict=True) if taken}
        return stage_at(tally, levels | raised) >= target

    costs = np.array([item.effort * _unmet(tally, item, target) for item in items])
    gains = np.array([tally.weights[item.code] for item in items])
    fixed = np.array([float(item.core or item.code in including) for item in items])
    lacking = tally.pass_mark - coverage(tally, levels, target)
    choice = _best_choice(costs, gains, fixed, lacking, lifts)
    chosen = [item for item, taken in zip(items, choice, strict=True) if taken]
    return CheapestSet(
        items=tuple(item.code for item in chosen),
        cost=fsum(item.effort * _unmet(tally, item, target) for item in chosen),
        statements=tuple(step for item in chosen for step in _steps(tally, item, target)),
    )


def approaches(instrument: Instrument, theme: str, stage: int) -> list[dict[str, Any]]:
    """Return the approaches of a theme's stage, each with the earlier ones that it continues."""
    by_code = {approach.code: approach for approach in instrument.approaches}
    return [
        {
            "code": approach.code,
            "addressee": approach.addressee,
            "text": approach.text,
            "pathway": approach.pathway,
            "category": approach.category,
            "continues": [_continued(by_code[code]) for code in approach.continues],
            "source": source_dict(approach.source),
        }
        for approach in instrument.approaches
        if approach.theme == theme and approach.stage == stage
    ]


def source_dict(source: Source | None) -> dict[str, str] | None:
    """Return where a text rests as plain values."""
    if source is None:
        return None
    return {
        "tag": source.tag,
        "document": source.document,
        "place": source.place,
        "because": source.because,
    }


def _continued(approach: Approach) -> dict[str, Any]:
    return {"code": approach.code, "stage": approach.stage, "text": approach.text}


def _below(tally: Tally, target: int) -> list[Item]:
    levels = standing_levels(tally)
    return [item for item in tally.counted if levels[item.code] < target]


def _unmet(tally: Tally, item: Item, target: int) -> int:
    return sum(answer != Answer.YES for answer in tally.answers[item.code][: target - 1])


def _steps(tally: Tally, item: Item, target: int) -> list[Step]:
    answers = tally.answers[item.code]
    unmet = [step for step in range(2, target + 1) if answers[step - 2] != Answer.YES]
    # All yes up to the target and still below it: the next statement is blank and holds the item.
    return [_step(tally, item, step) for step in unmet or [level(answers) + 1]]


def _step(tally: Tally, item: Item, step: int) -> Step:
    answer = tally.answers[item.code][step - 2]
    return Step(item.code, step, item.statements[step - 2], Answer(answer).value)


def _best_choice(
    costs: Numbers, gains: Numbers, fixed: Numbers, lacking: float, lifts: Callable[[Choice], bool]
) -> Choice:
    """Least cost first, then most weight, then the first in order, each with the others kept."""
    rows, floors = [gains], [lacking]
    low, high = fixed.copy(), np.ones_like(fixed)
    choice = _solve(costs, rows, floors, low, high, lifts)
    assert choice is not None, "raising every item reaches any target"

    least_cost = fsum(costs[choice])

    def is_cheapest(choice: Choice) -> bool:
        return lifts(choice) and fsum(costs[choice]) <= least_cost + TOLERANCE

    rows, floors = [*rows, -costs], [*floors, -least_cost]
    choice = _solve(-gains, rows, floors, low, high, is_cheapest)
    assert choice is not None, "the choice of least cost is one of these"

    most_weight = fsum(gains[choice])

    def is_best(choice: Choice) -> bool:
        return is_cheapest(choice) and reaches(fsum(gains[choice]), most_weight)

    rows, floors = [*rows, gains], [*floors, most_weight]
    for place in range(len(costs)):
        if not choice[place]:
            low[place] = 1.0
            earlier = _solve(np.zeros_like(costs), rows, floors, low, high, is_best)
            choice = choice if earlier is None else earlier
        low[place] = high[place] = float(choice[place])
    return choice


def _solve(
    objective: Numbers,
    rows: list[Numbers],
    floors: list[float],
    low: Numbers,
    high: Numbers,
    accept: Callable[[Choice], bool],
) -> Choice | None:
    """Minimise over 0/1 choices with rows @ x >= floors that `accept` confirms; None if none."""
    rows, floors = list(rows), list(floors)
    while True:
        result = milp(
            objective * OBJECTIVE_SCALE,
            constraints=LinearConstraint(np.array(rows), lb=np.array(floors) - SOLVER_SLACK),
            integrality=np.ones_like(objective),
            bounds=Bounds(low, high),
            options={"mip_rel_gap": 0.0},
        )
        if result.status == 2:  # infeasible
            return None
        if not result.success:
            raise RuntimeError(f"The cheapest set could not be solved: {result.message}")
        choice: Choice = result.x > 0.5
        if accept(choice):
            return choice
        # Cut off exactly this choice: at least one item must change sides.
        rows.append(np.where(choice, -1.0, 1.0))
        floors.append(1.0 - float(choice.sum()))
