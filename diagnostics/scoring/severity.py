"""How severe or lenient each sheet is (method.md section 4). For coordinators only: a sensitivity
line beside the mean level, from which no stage is derived again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from countries.content.sentences import Sentence, _
from diagnostics.scoring.instrument import Instrument, Sheet, Theme
from diagnostics.scoring.levels import state
from diagnostics.scoring.ratings import Levels, ratings
from diagnostics.scoring.stages import mean_level, tally

Numbers = NDArray[np.float64]

SHRINKING = 3
NO_LEVELS = _("Severity compares levels; phases have none.")
ONE_SHEET = _("Severity compares sheets; fewer than two rated this theme.")


@dataclass(frozen=True, slots=True)
class SheetSeverity:
    """One sheet: its effect on levels (above 0: lenient), the same shrunk, and what it rests on.

    `shared_items` are those that another sheet rated too. `adjusted` is the sheet's mean level
    less the shrunk effect; both None where the sheet has no mean level.
    """

    sheet: str
    panel: str
    effect: float
    shrunk: float
    shared_items: int
    mean_level: float | None
    adjusted: float | None


def severity(
    instrument: Instrument, theme: Theme, sheets: list[Sheet]
) -> tuple[list[SheetSeverity], Sentence | None]:
    """Return the severity of every sheet with a known level in the theme; or none, and why.

    Items of weight 0 count for nothing here either.
    """
    if instrument.classifies:
        return [], NO_LEVELS
    found = ratings(instrument, [theme], sheets)
    matrix = found.matrix(item.code for item in theme.items if item.weight > 0)
    rated = np.flatnonzero(matrix.any(axis=0))
    names = [found.sheets[at] for at in rated]
    matrix = matrix[:, rated]
    if len(names) < 2:
        return [], ONE_SHEET
    if reason := _apart(matrix, names):
        return [], reason
    effects = rater_effects(matrix)
    shared = shared_items(matrix)
    shrunk = effects * shared / (shared + SHRINKING)
    by_name = {sheet.name: sheet for sheet in sheets}
    means = [_mean_level(instrument, theme, by_name[name]) for name in names]
    return [
        SheetSeverity(
            sheet=name,
            panel=found.panels[name],
            effect=float(effects[at]),
            shrunk=float(shrunk[at]),
            shared_items=int(shared[at]),
            mean_level=mean,
            adjusted=None if mean is None else mean - float(shrunk[at]),
        )
        for at, (name, mean) in enumerate(zip(names, means, strict=True))
    ], None


def rater_effects(levels: Levels) -> Numbers:
    """Return the least-squares rater effects of level = mean + item + rater, summing to zero.

    `levels` is items x raters, 0 where missing. Raises ValueError unless the ratings connect
    every rater with every other through items they share.
    """
    if len(groups(levels)) != 1:
        raise ValueError("The raters are not connected through items that they share.")
    given = levels > 0
    counts = given.sum(axis=1)
    levels, given, counts = levels[counts > 0], given[counts > 0], counts[counts > 0]
    # The item effects taken out, what remains is a graph Laplacian over the raters; its
    # pseudo-inverse gives the solution that sums to zero.
    overlap = given.T @ (given / counts[:, None])
    laplacian = np.diag(given.sum(axis=0)) - overlap
    means = levels.sum(axis=1) / counts
    residuals = ((levels - means[:, None]) * given).sum(axis=0)
    effects: Numbers = np.linalg.pinv(laplacian, hermitian=True) @ residuals
    effects -= effects.mean()
    return effects


def shared_items(levels: Levels) -> NDArray[np.int64]:
    """Return, for each rater, the number of items that another one rated too."""
    given = levels > 0
    found: NDArray[np.int64] = given[given.sum(axis=1) >= 2].sum(axis=0)
    return found


def groups(levels: Levels) -> list[list[int]]:
    """Return the raters that are connected through shared items, group by group."""
    given = levels > 0
    linked = given.T.astype(np.int64) @ given > 0
    left = set(range(levels.shape[1]))
    found = []
    while left:
        group, frontier = set(), {min(left)}
        while frontier:
            group |= frontier
            frontier = {int(other) for at in frontier for other in np.flatnonzero(linked[at])}
            frontier -= group
        left -= group
        found.append(sorted(group))
    return found


def _apart(matrix: Levels, names: list[str]) -> Sentence | None:
    found = groups(matrix)
    if len(found) == 1:
        return None
    return _(
        "Severity cannot be told from the items: these groups of sheets "
        "share no item whose level both know: %(groups)s.",
        groups=tuple(tuple(names[at] for at in group) for group in found),
    )


def _mean_level(instrument: Instrument, theme: Theme, sheet: Sheet) -> float | None:
    counted = tally(instrument, theme.items, theme.groups, sheet)
    return mean_level(
        counted, {item.code: state(counted.answers[item.code]) for item in counted.counted}
    )
