"""How far an index depends on choices: re-runs under alternatives, Sobol indices, remove-one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .aggregation import IndexFault, Tree, aggregate, tree_of, without
from .chain import Index, prepare
from .figures import Figures
from .reading import varied
from .specification import Alternative, Specification, Uncertainty
from .statistics import Floats, ranks

WEIGHT_SETS = 500
PREPARING = ("screen", "impute", "treat", "normalise")


@dataclass(frozen=True)
class RankInterval:
    """A unit's rank as built, and over the re-runs: median, mean, 5 and 95 %, best, worst.

    None where it has no score; quantiles are ranks that occur (inverse distribution).
    """

    unit: str
    rank: int | None
    median: int | None
    mean: float | None
    low: int | None
    high: int | None
    best: int | None
    worst: int | None


@dataclass(frozen=True)
class Effect:
    """Sobol indices of one alternative on the mean change of rank, with 95 % half widths."""

    what: str
    first: float
    first_margin: float
    total: float
    total_margin: float


@dataclass(frozen=True)
class Removed:
    """The change of ranks when one indicator or aggregate is left out; None: nothing is left."""

    code: str
    mean_change: float | None
    largest_change: int | None
    unit: str
    reason: str = ""


@dataclass(frozen=True)
class Doubt:
    """What the re-runs say. `effects` is empty where `reason` says why."""

    runs: int
    not_computed: int
    seed: int
    intervals: tuple[RankInterval, ...]
    effects: tuple[Effect, ...]
    sobol_runs: int
    reason: str
    notes: tuple[str, ...]


class Rerunner:
    """Scores of an index under alternatives; what runs have in common is computed once."""

    def __init__(self, specification: Specification, figures: Figures, settings: Uncertainty):
        self.specification, self.figures, self.settings = specification, figures, settings
        self.base = tree_of(specification)
        self.faults: dict[str, int] = {}
        self._values: dict[str, Floats] = {}
        by = next((one.by for one in settings.vary if one.by), 0.0)
        stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([settings.seed, 0])))
        moves = stream.random((WEIGHT_SETS, len(self.base.codes)))
        self.moves = 1.0 + by * (2.0 * moves - 1.0)

    def scores(self, design: Floats) -> Floats:
        """Runs x units, from runs x alternatives in [0, 1); NaN where a run cannot be computed."""
        vary = self.settings.vary
        sizes = np.array([len(one.among) if one.among else WEIGHT_SETS for one in vary])
        picks = np.minimum((design * sizes).astype(int), sizes - 1)
        discrete = [at for at, one in enumerate(vary) if one.among]
        moved = next((at for at, one in enumerate(vary) if one.by), None)
        found = np.full((len(design), len(self.figures.units)), np.nan)
        together: dict[tuple[int, ...], list[int]] = {}
        for run, combination in enumerate(picks[:, discrete].tolist()):
            together.setdefault(tuple(combination), []).append(run)
        for combination, runs in together.items():
            changes = [
                (vary[place], vary[place].among[pick])
                for place, pick in zip(discrete, combination, strict=True)
            ]
            try:
                found[runs] = self._scores(changes, None if moved is None else picks[runs, moved])
            except IndexFault as fault:
                self.faults[str(fault)] = self.faults.get(str(fault), 0) + len(runs)
        return found

    def _scores(
        self, changes: Sequence[tuple[Alternative, object]], sets: np.ndarray | None
    ) -> Floats:
        made, wrong = varied(self.specification, changes)
        if made is None:
            raise IndexFault(wrong[0].message)
        key = "".join(repr(getattr(made, step)) for step in PREPARING)
        if key not in self._values:
            self._values[key] = prepare(made, self.figures).values
        tree = tree_of(made)
        weights = tree.weights[None, :] * (np.ones((1, 1)) if sets is None else self.moves[sets])
        return top(self._values[key], tree, weights, self.figures.units)


def top(values: Floats, tree: Tree, weights: Floats, units: Sequence[str]) -> Floats:
    """Runs x units: the scores of the index alone."""
    return np.asarray(aggregate(values, tree, weights, units)[:, :, -1])


def doubt(index: Index) -> Doubt | None:
    """Rank intervals and Sobol indices as the specification asks; None where it does not."""
    settings = index.specification.uncertainty
    if settings is None:
        return None
    rerunner = Rerunner(index.specification, index.figures, settings)
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([settings.seed, 1])))
    found = ranks(rerunner.scores(stream.random((settings.runs, len(settings.vary)))))
    computed = ~np.isnan(found).all(axis=1)
    notes = [f"{count} runs could not be computed: {why}" for why, count in rerunner.faults.items()]
    rerunner.faults = {}
    effects, reason = _effects(rerunner, index.ranks[:, -1], settings)
    return Doubt(
        settings.runs,
        int((~computed).sum()),
        settings.seed,
        tuple(_interval(index, at, found[computed, at]) for at in range(found.shape[1])),
        effects,
        settings.sobol * (len(settings.vary) + 2) if effects else 0,
        reason,
        tuple(notes),
    )


def _interval(index: Index, at: int, found: Floats) -> RankInterval:
    unit, rank = index.figures.units[at], index.ranks[at, -1]
    held = np.sort(found[~np.isnan(found)])
    nominal = None if np.isnan(rank) else int(rank)
    if not len(held):
        return RankInterval(unit, nominal, None, None, None, None, None, None)

    def quantile(share: float) -> int:
        return int(held[max(int(np.ceil(share * len(held) - 1e-9)) - 1, 0)])

    low, middle, high = quantile(0.05), quantile(0.5), quantile(0.95)
    best, worst = int(held[0]), int(held[-1])
    return RankInterval(unit, nominal, middle, float(held.mean()), low, high, best, worst)


def _effects(
    rerunner: Rerunner, nominal: Floats, settings: Uncertainty
) -> tuple[tuple[Effect, ...], str]:
    names = [one.what for one in settings.vary]
    if not settings.sobol:
        return (), "No Sobol indices are asked for."
    if len(names) < 2:
        return (), "One alternative alone: the whole variation is its own."
    from SALib.analyze import sobol as analysis  # slow to import, and seldom needed
    from SALib.sample import sobol as sampling

    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    design = sampling.sample(problem, settings.sobol, calc_second_order=False, seed=settings.seed)
    outcome = mean_change(ranks(rerunner.scores(np.minimum(design, 1 - 1e-12))), nominal)
    if np.isnan(outcome).any():
        why = next(iter(rerunner.faults), "no unit is ranked in some runs.")
        return (), f"Some runs could not be computed: {why}"
    if np.ptp(outcome) < 1e-12:
        return (), "The ranks never change by more than in one run: nothing to share out."
    found = analysis.analyze(problem, outcome, calc_second_order=False, seed=settings.seed)
    columns = (found["S1"], found["S1_conf"], found["ST"], found["ST_conf"])
    return tuple(Effect(n, *map(float, row)) for n, *row in zip(names, *columns, strict=True)), ""


def mean_change(found: Floats, nominal: Floats) -> Floats:
    """The mean absolute change of rank of each run, over the units ranked in both."""
    change = np.abs(found - nominal)
    there = ~np.isnan(change)
    count = there.sum(axis=1)
    total = np.where(there, change, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def remove_one(index: Index) -> tuple[Removed, ...]:
    """The effect on ranks of leaving out each indicator and each aggregate but the index."""
    return tuple(_removed(index, code) for code in index.tree.codes[:-1])


def _removed(index: Index, code: str) -> Removed:
    rest = without(index.specification, code)
    if rest is None:
        return Removed(code, None, None, "", "Nothing is left without it.")
    try:
        tree = tree_of(rest)
        values = prepare(rest, index.figures).values
        scores = top(values, tree, tree.weights[None, :], index.figures.units)
    except IndexFault as fault:
        return Removed(code, None, None, "", str(fault))
    nominal, found = index.ranks[:, -1], ranks(scores)
    change = np.abs(found[0] - nominal)
    if np.isnan(change).all():
        return Removed(code, None, None, "", "No unit is ranked without it.")
    at = int(np.nanargmax(change))
    mean = float(mean_change(found, nominal)[0])
    return Removed(code, mean, int(change[at]), index.figures.units[at] if change[at] else "")
