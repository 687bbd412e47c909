"""One theme drawn again and again: the levels of its items in every draw (method.md section 6).

All randomness is uniform numbers from `random`, in one fixed order per draw: one for each sheet,
severity, one for each item with noise, the share of the unknowns, one for each unknown statement
(and then, for the rules, one for each item and one for the pass mark). A row of the matrix of
uniforms is a draw, so results do not depend on how many draws are made at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.scoring.instrument import Answer, Sheet, Status, Theme
from diagnostics.scoring.levels import State, level, state
from diagnostics.scoring.panels import raters
from diagnostics.scoring.ratings import rates
from diagnostics.scoring.stages import TOLERANCE, Tally, coverage, standing_levels

Numbers = NDArray[np.float64]
Levels = NDArray[np.int8]

FEW_SHEETS = 3
"""Items rated in fewer sheets get noise."""

SEVERE_BELOW, NEUTRAL_BELOW = 1 / 3, 2 / 3
# For severe, neutral and lenient raters: a uniform number below the first moves an item one level
# down, one at or above the second one level up.
DOWN_BELOW = np.array([0.2, 0.1, 0.0])
UP_FROM = np.array([1.0, 0.9, 0.8])

DECIMALS = 12
"""Shares are rounded to these, so that no machine's order of adding decides a count."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme's counted items as arrays (n items), and all that may vary about them.

    `base` are the levels of the agreed sheet; `panels` the rated levels, sheets x items with 0 for
    missing, one array a panel; `full` the panel levels from all sheets, 0 where none; `noisy` the
    places of the items that get noise; `open_items` the places of those held by an unknown, with
    `open_yes` (items x statements) their yes answers and `open_unknown` their unknown ones.
    """

    top: int
    base: Levels
    weights: Numbers
    core: NDArray[np.bool_]
    published: Numbers
    panels: tuple[Levels, ...]
    full: Levels
    noisy: NDArray[np.int64]
    open_items: NDArray[np.int64]
    open_yes: NDArray[np.bool_]
    open_unknown: NDArray[np.bool_]

    @property
    def sheets(self) -> int:
        return sum(len(panel) for panel in self.panels)

    @property
    def uniforms(self) -> int:
        """How many uniform numbers one draw of the levels takes."""
        return self.sheets + 1 + len(self.noisy) + 1 + int(self.open_unknown.sum())


@dataclass(frozen=True, slots=True)
class Moves:
    """What the draws do to the items, draws x n: shifts by other sheets, noise, and the levels
    with the unknowns resolved. None where there is nothing to move.
    """

    shift: Levels | None
    noise: Levels | None
    resolved: Levels | None


def subject(tally: Tally, theme: Theme, sheets: Sequence[Sheet]) -> Subject:
    """Prepare a theme: `tally` is that of the agreed sheet, `sheets` those of the round.

    The order of sheets and the names of sheets and panels are of no consequence.
    """
    counted = tally.counted
    levels = standing_levels(tally)
    answers = [tally.answers[item.code] for item in counted]
    panels = _panels(tally, theme, sheets)
    rated_in = np.zeros(len(counted), dtype=np.int64)
    for panel in panels:
        rated_in += (panel > 0).sum(axis=0)
    held = np.array([state(found) == State.UNKNOWN for found in answers], dtype=bool)
    core = np.array([item.core for item in counted], dtype=bool)
    open_items = np.flatnonzero(held)
    statements = np.array(
        [[str(answer) for answer in answers[at]] for at in open_items], dtype=object
    ).reshape(len(open_items), tally.top - 1)
    full = _double_median([np.ones((1, len(panel))) for panel in panels], panels, tally.top)
    return Subject(
        top=tally.top,
        base=np.array([levels[item.code] for item in counted], dtype=np.int8),
        weights=np.array([tally.weights[item.code] for item in counted]),
        core=core,
        published=np.array([coverage(tally, levels, step) for step in range(2, tally.top + 1)]),
        panels=panels,
        full=np.zeros(len(counted), dtype=np.int8) if full is None else full[0],
        noisy=np.flatnonzero((rated_in < FEW_SHEETS) & ~core & ~held),
        open_items=open_items,
        open_yes=statements == Answer.YES.value,
        open_unknown=statements == Answer.UNKNOWN.value,
    )


def moves(subject: Subject, uniforms: Numbers) -> Moves:
    """Return what each row of `uniforms` (draws x `subject.uniforms`) does to the items."""
    at = subject.sheets
    shift = _shifts(subject, uniforms[:, :at])
    noise = _noise(subject, uniforms[:, at], uniforms[:, at + 1 : at + 1 + len(subject.noisy)])
    at += 1 + len(subject.noisy)
    return Moves(shift, noise, _resolved(subject, uniforms[:, at], uniforms[:, at + 1 :]))


def moved(
    subject: Subject, shift: Levels | None, noise: Levels | None, resolved: Levels | None
) -> Levels:
    """Return the levels in the draws, clipped to 1..L; one row if nothing moves."""
    levels = subject.base[None, :] if resolved is None else resolved
    for change in (shift, noise):
        if change is not None:
            levels = levels + change
    return np.clip(levels, 1, subject.top)


def shares(subject: Subject, levels: Levels, weights: Numbers | None = None) -> Numbers:
    """Return C(2)..C(L) of each draw; `weights` (draws x n) each row's own, else the theme's."""
    steps = range(2, subject.top + 1)
    if weights is None:
        found = [(levels >= step) @ subject.weights for step in steps]
    elif len(levels) == 1:
        found = [weights @ (levels[0] >= step) for step in steps]
    else:
        found = [np.einsum("dn,dn->d", levels >= step, weights) for step in steps]
    return np.stack(found, axis=1).round(DECIMALS)


def reweighted(given: Numbers, uniforms: Numbers, spread: float) -> Numbers:
    """Return the weights times U(1 - spread, 1 + spread), each draw's scaled to sum to 1."""
    weights: Numbers = uniforms * (2 * spread)
    weights += 1 - spread
    weights *= given
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def lowest_core(subject: Subject, levels: Levels) -> Levels:
    """Return the lowest level of a core item in each draw, L without core items."""
    found: Levels = levels[:, subject.core].min(axis=1, initial=subject.top)
    return found


def centred(subject: Subject, drawn: Numbers) -> Numbers:
    """Move the drawn shares so that their mean over the draws is the published coverage."""
    found: Numbers = drawn + (subject.published - drawn.mean(axis=0))
    return found


def stages(shares: Numbers, ceiling: Levels, mark: Numbers | float) -> NDArray[np.int64]:
    """Return the stage of each draw: the highest step whose share meets the mark, within reach
    of the core items (`ceiling`).
    """
    steps = np.arange(2, shares.shape[1] + 2)
    marks = np.broadcast_to(mark, len(shares))[:, None]
    passed = (shares >= marks - TOLERANCE) & (steps <= ceiling[:, None])
    found: NDArray[np.int64] = np.where(passed, steps, 1).max(axis=1)
    return found


def positions(
    shares: Numbers, stages: NDArray[np.int64], mark: Numbers | float, cap: float
) -> Numbers:
    """Return stage plus progress of each draw: the next share by the mark, 0 to `cap`."""
    ahead = np.hstack([shares, np.zeros((len(shares), 1))])
    following = ahead[np.arange(len(shares)), stages - 1]
    progress: Numbers = np.clip(following / mark, 0.0, cap)
    return progress + stages


def _panels(tally: Tally, theme: Theme, sheets: Sequence[Sheet]) -> tuple[Levels, ...]:
    """The levels each panel's sheets give the counted items, in an order that knows no names.

    As in the panel level, a level held by an unknown stands and a blank is no rating.
    """
    by_panel: dict[str, list[tuple[int, ...]]] = {}
    for sheet in raters(sheets):
        if rates(sheet, [theme]):
            row = tuple(_rated(sheet, item.code) for item in tally.counted)
            by_panel.setdefault(sheet.panel, []).append(row)
    ordered = sorted(sorted(rows) for rows in by_panel.values())
    return tuple(np.array(rows, dtype=np.int8).reshape(len(rows), -1) for rows in ordered)


def _rated(sheet: Sheet, code: str) -> int:
    response = sheet.responses.get(code)
    if response is None or response.status == Status.NOT_APPLICABLE:
        return 0
    reached = level(response.answers)
    blank = reached <= len(response.answers) and response.answers[reached - 1] == Answer.BLANK
    return 0 if blank else reached


def _shifts(subject: Subject, uniforms: Numbers) -> Levels | None:
    """Resampled panel level minus full panel level; 0 where no resampled sheet rates the item."""
    if all(len(panel) == 1 for panel in subject.panels):
        return None
    times = []
    start = 0
    for panel in subject.panels:
        count = len(panel)
        chosen = (uniforms[:, start : start + count] * count).astype(np.int64)
        chosen += np.arange(len(chosen))[:, None] * count
        counted = np.bincount(chosen.ravel(), minlength=len(chosen) * count)
        times.append(counted.reshape(len(chosen), count).astype(np.float32))
        start += count
    found = _double_median(times, subject.panels, subject.top)
    assert found is not None, "there is a panel"
    return np.where(found > 0, found - subject.full, np.int8(0))


def _double_median(
    times: Sequence[NDArray[np.floating]], panels: Sequence[Levels], top: int
) -> Levels | None:
    """The lower median over panels of the lower medians within, 0 without a rating.

    `times` says how often each sheet stands in a draw, draws x sheets, a panel each. A lower
    median is at level s or higher exactly if more than half of the values are.
    """
    if not panels:
        return None
    shape = (len(times[0]), panels[0].shape[1])
    having = np.zeros(shape, dtype=np.int8)
    above = np.zeros((top - 1, *shape), dtype=np.int8)
    for count, panel in zip(times, panels, strict=True):
        rated = count @ (panel > 0).astype(np.float32)
        having += rated > 0
        for step in range(2, top + 1):
            above[step - 2] += 2 * (count @ (panel >= step).astype(np.float32)) > rated
    levels = (having > 0).astype(np.int8)
    for passing in above:
        levels += 2 * passing > having
    return levels


def _noise(subject: Subject, mood: Numbers, uniforms: Numbers) -> Levels | None:
    if not len(subject.noisy):
        return None
    kind = (mood >= SEVERE_BELOW).astype(np.int64) + (mood >= NEUTRAL_BELOW)
    found = np.zeros((len(mood), len(subject.base)), dtype=np.int8)
    up = (uniforms >= UP_FROM[kind][:, None]).astype(np.int8)
    found[:, subject.noisy] = up - (uniforms < DOWN_BELOW[kind][:, None])
    return found


def _resolved(subject: Subject, share: Numbers, uniforms: Numbers) -> Levels | None:
    if not len(subject.open_items):
        return None
    truth = np.repeat(subject.open_yes[None, :, :], len(share), axis=0)
    truth[:, subject.open_unknown] = uniforms < share[:, None]
    levels = np.repeat(subject.base[None, :], len(share), axis=0)
    reached = np.logical_and.accumulate(truth, axis=2).sum(axis=2)
    levels[:, subject.open_items] = 1 + reached
    return levels
