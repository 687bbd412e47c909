"""Measures the re-scorings and the coefficients of agreement, and how they grow.

The bare kernel beside the re-scorings does the same arithmetic on the same random numbers and
nothing else: no sheets, no instrument, no words; it must come to the same counts.
"""

import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from zlib import crc32

import numpy as np

from diagnostics.scoring.agreement import agreement, gwet_ac2, krippendorff_alpha, value_counts
from diagnostics.scoring.certainty import CHUNK, Certainty, certainty
from diagnostics.scoring.instrument import Answer, Instrument, Item, ItemAnswers, Sheet, Theme
from diagnostics.scoring.panels import PANELS, built_agreed
from diagnostics.scoring.ratings import ratings
from diagnostics.scoring.stages import Tally, tally
from tests.bench.timing import compared

TOP = 5
ITEMS, RATERS, DRAWS, COUNTRIES = 60, 20, 10_000, 200
HEAD = ("what", "size", "ms", "bare ms", "ratio", "quartiles", "slope", "peak MB")

Row = tuple[str, str, float | str, float | str, float | str, str, float | str, float | str]


@dataclass(frozen=True)
class Case:
    """A made-up country's round: what the product takes and what the kernel takes."""

    tally: Tally
    theme: Theme
    sheets: list[Sheet]
    panels: list[np.ndarray]

    def scored(self, draws: int = DRAWS) -> Certainty:
        return certainty(self.tally, self.theme, self.sheets, draws=draws, seed=1)

    def bare(self, draws: int = DRAWS) -> np.ndarray:
        return kernel(self.panels, self.tally.pass_mark, draws)


def run() -> list[Row]:
    """Return the rows of the table `HEAD`; cells that do not apply are empty."""
    one = case(ITEMS, RATERS)
    same(one)
    size = f"{ITEMS} items, {RATERS} raters, {DRAWS:,} draws"
    rows = [ratio("re-scoring a theme", size, one.scored, one.bare, 30)]
    many = [case(ITEMS, RATERS, seed) for seed in range(COUNTRIES)]
    rows.append(
        ratio(
            "re-scoring countries",
            f"{COUNTRIES} countries at once",
            lambda: [each.scored() for each in many],
            lambda: [each.bare() for each in many],
            3,
        )
    )
    for count in (1, COUNTRIES):
        peak = peak_mb(lambda count=count: [each.scored() for each in many[:count]])
        rows.append(("memory of re-scoring", f"{count} countries", "", "", "", "", "", peak))
    forty = ratings(*rating_case(60, 40)).matrix()
    rows.append(alone("alpha", "60 items, 40 raters", lambda: krippendorff_alpha(counts(forty))))
    rows.append(alone("AC2", "60 items, 40 raters", lambda: gwet_ac2(counts(forty))))
    rows.append(alone("agreement with interval", "60 items, 40 raters", lambda: agreed(forty)))
    rows += growth("re-scoring", "draws", (2_500, 5_000, 10_000, 20_000, 40_000), one.scored)
    rows += growth(
        "re-scoring", "items", (15, 30, 60, 120, 240), *prepared(lambda n: case(n, RATERS).scored)
    )
    rows += growth(
        "re-scoring", "raters", (5, 10, 20, 40, 80), *prepared(lambda n: case(ITEMS, n).scored)
    )
    for name, measure in (("alpha and AC2", coefficients), ("agreement with interval", agreed)):
        rows += growth(
            name,
            "items",
            (15, 30, 60, 120, 240),
            *prepared(lambda n, of=measure: bound(of, ratings(*rating_case(n, 40)).matrix())),
        )
        rows += growth(
            name,
            "raters",
            (5, 10, 20, 40, 80),
            *prepared(lambda n, of=measure: bound(of, ratings(*rating_case(60, n)).matrix())),
        )
    return rows


def kernel(panels: Sequence[np.ndarray], mark: float, draws: int) -> np.ndarray:
    """Count the draws of each line per stage, 7 x L, for items of equal weight, all known, none
    core, each rated in three sheets or more; `panels` hold levels, sheets x items, one each.
    """
    items = panels[0].shape[1]
    weights = np.full(items, 1 / items)
    steps = range(2, TOP + 1)
    ones = [np.ones((1, len(panel)), dtype=np.float32) for panel in panels]
    above = [[(panel >= step).astype(np.float32) for step in steps] for panel in panels]
    half = (len(panels) - 1) // 2

    def medians(times: Sequence[np.ndarray]) -> np.ndarray:
        found = np.ones((len(times[0]), items), dtype=np.int8)
        for at in range(TOP - 1):
            passing = np.zeros((len(times[0]), items), dtype=np.int8)
            for count, panel in zip(times, above, strict=True):
                passing += 2 * (count @ panel[at]) > count.shape[1]
            found += passing > len(panels) - 1 - half
        return found

    base = medians(ones)
    published = np.array([(base[0] >= step) @ weights for step in steps])
    sheets = sum(len(panel) for panel in panels)
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([1, crc32(b"t")])))
    kept = np.empty((7, draws, TOP - 1))
    marks = np.empty(draws)
    for start in range(0, draws, CHUNK):
        rows = slice(start, min(start + CHUNK, draws))
        count = rows.stop - start
        uniforms = stream.random((count, sheets + 2 + items + 1))
        times, at = [], 0
        for panel in panels:
            of = len(panel)
            chosen = (uniforms[:, at : at + of] * of).astype(np.int64)
            chosen += np.arange(count)[:, None] * of
            found = np.bincount(chosen.ravel(), minlength=count * of).reshape(count, of)
            times.append(found.astype(np.float32))
            at += of
        levels = np.clip(base + (medians(times) - base), 1, TOP)
        own = weights * (0.75 + 0.5 * uniforms[:, sheets + 2 : -1])
        own /= own.sum(axis=1, keepdims=True)
        marks[rows] = mark - 0.1 + 0.2 * uniforms[:, -1]
        for at, step in enumerate(steps):
            reached = levels >= step
            kept[0, rows, at] = kept[2, rows, at] = reached @ weights
            kept[1, rows, at] = np.einsum("dn,dn->d", reached, own)
            kept[3:5, rows, at] = kept[6, rows, at] = published[at]
            kept[5, rows, at] = own @ (base[0] >= step)
    kept = kept.round(12)
    kept += (published - kept.mean(axis=1))[:, None, :]
    counts = np.zeros((7, TOP), dtype=int)
    for at, shares in enumerate(kept):
        needed = marks if at in (1, 6) else np.full(draws, mark)
        stages = np.where(shares >= needed[:, None] - 1e-9, np.arange(2, TOP + 1), 1).max(axis=1)
        ahead = np.hstack([shares, np.zeros((draws, 1))])[np.arange(draws), stages - 1]
        np.sort(stages + np.clip(ahead / needed, 0, 0.99))
        counts[at] = np.bincount(stages, minlength=TOP + 1)[1:]
    return counts


def same(one: Case) -> None:
    """Make sure that kernel and product do the same work."""
    found = one.scored()
    lines = [found.measurement, found.rules, *found.sources.values()]
    assert [line.counts for line in lines] == [tuple(row) for row in one.bare().tolist()]


def case(items: int, raters: int, seed: int = 0) -> Case:
    """A made-up theme whose sheets differ by a level here and there."""
    whole, themes, sheets = rating_case(items, raters, seed)
    (theme,) = themes
    agreed_sheet = built_agreed(whole, sheets)
    found = ratings(whole, themes, sheets)
    levels = found.matrix().T
    by_panel = [
        sorted(
            tuple(row)
            for row, name in zip(levels.tolist(), found.sheets, strict=True)
            if found.panels[name] == panel
        )
        for panel in sorted(set(found.panels.values()))
    ]
    return Case(
        tally=tally(whole, theme.items, (), agreed_sheet),
        theme=theme,
        sheets=sheets,
        panels=[np.array(rows) for rows in sorted(by_panel)],
    )


def rating_case(
    items: int, raters: int, seed: int = 0
) -> tuple[Instrument, tuple[Theme, ...], list[Sheet]]:
    rng = np.random.default_rng(seed)
    codes = [f"i{at}" for at in range(items)]
    theme = Theme("t", "Theme", tuple(Item(code, code, ("",) * (TOP - 1)) for code in codes))
    names = tuple(f"Level {at}" for at in range(1, TOP + 1))
    whole = Instrument("bench", "1", "Bench", "country", TOP, names, (theme,))
    true = rng.integers(1, TOP + 1, size=items)
    moves = rng.choice([-1, 0, 0, 1], size=(raters, items))
    given = np.clip(true + moves, 1, TOP)
    return (
        whole,
        whole.themes,
        [
            Sheet(
                name=f"s{at}",
                panel=PANELS[at % len(PANELS)],
                responses={
                    code: ItemAnswers(ladder(level))
                    for code, level in zip(codes, row.tolist(), strict=True)
                },
            )
            for at, row in enumerate(given)
        ],
    )


def ladder(level: int) -> tuple[Answer, ...]:
    return (Answer.YES,) * (level - 1) + (Answer.NO,) * (TOP - level)


def counts(levels: np.ndarray) -> np.ndarray:
    return value_counts(levels, TOP)


def coefficients(levels: np.ndarray) -> None:
    krippendorff_alpha(counts(levels))
    gwet_ac2(counts(levels))


def agreed(levels: np.ndarray) -> None:
    agreement(levels, TOP, seed=1, code="t")


def bound(work: Callable[[Any], object], given: Any) -> Callable[[], object]:
    return lambda: work(given)


def prepared(
    make: Callable[[int], Callable[[], object]],
) -> tuple[Callable[[int], object], Callable[[int], None]]:
    """Work that is made ready for each size before the clock starts."""
    ready: dict[int, Callable[[], object]] = {}
    return lambda size: ready[size](), lambda size: ready.setdefault(size, make(size)) and None


def ratio(
    what: str, size: str, work: Callable[[], object], bare: Callable[[], object], rounds: int
) -> Row:
    found = compared(work, bare, rounds)
    quartiles = f"{found.low:.2f} to {found.high:.2f}"
    return (what, size, found.a, found.b, found.times, quartiles, "", "")


def alone(what: str, size: str, work: Callable[[], object]) -> Row:
    return (what, size, timed(work), "", "", "", "", "")


def growth(
    what: str,
    by: str,
    sizes: Sequence[int],
    work: Callable[[int], object],
    prepare: Callable[[int], None] = lambda size: None,
) -> list[Row]:
    """The slope of the line through the times on log-log paper: 1 is in proportion."""
    for size in sizes:
        prepare(size)
    times = [timed(lambda size=size: work(size)) for size in sizes]
    slope = float(np.polyfit(np.log(sizes), np.log(times), 1)[0])
    span = f"{sizes[0]:,} to {sizes[-1]:,} {by}"
    return [(f"growth of {what}", span, times[-1], "", "", "", slope, "")]


def timed(work: Callable[[], object], rounds: int = 15) -> float:
    """Return the shortest time in milliseconds, the one least disturbed by the machine."""
    work()
    found = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        found.append(1000 * (perf_counter() - start))
    return min(found)


def peak_mb(work: Callable[[], object]) -> float:
    """Return the most memory held at a time while the work is done, in megabytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
