"""What the re-scorings are worth: made-up countries whose true levels are known.

Run from the top of the checkout, in about a minute: .venv/bin/python -m docs.simulation.certainty
It prints the tables of docs/certainty.md.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from diagnostics.scoring.certainty import certainty, firmness
from diagnostics.scoring.change import Scored, changes
from diagnostics.scoring.contested import contested
from diagnostics.scoring.instrument import Answer, Instrument, Item, ItemAnswers, Sheet, Theme
from diagnostics.scoring.panels import PANELS, built_agreed
from diagnostics.scoring.ratings import ratings
from diagnostics.scoring.stages import position_at, stage_at, standing_levels, tally

TOP, ITEMS, DRAWS, SEED = 5, 16, 1000, 1
COUNTRIES, PAIRS = 600, 300
ROUNDS = ((1, "one sheet"), (3, "3 sheets"), (6, "6 sheets"), (12, "12 sheets"))

CODES = tuple(f"i{at}" for at in range(ITEMS))
THEME = Theme("t", "Theme", tuple(Item(code, code, ("",) * (TOP - 1)) for code in CODES))
NAMES = tuple(f"Level {at}" for at in range(1, TOP + 1))
INSTRUMENT = Instrument("made-up", "1", "Made up", "country", TOP, NAMES, (THEME,))


def sheet(levels: Iterable[int], name: str, panel: str) -> Sheet:
    return Sheet(
        name,
        panel,
        {
            code: ItemAnswers((Answer.YES,) * (level - 1) + (Answer.NO,) * (TOP - level))
            for code, level in zip(CODES, levels, strict=True)
        },
    )


def country(rng: np.random.Generator) -> np.ndarray:
    """True levels: items of one theme lie around a level of their country."""
    return np.clip(np.rint(rng.normal(rng.uniform(1.5, 4.5), 0.9, ITEMS)), 1, TOP).astype(int)


def rated(rng: np.random.Generator, true: np.ndarray, raters: int) -> list[Sheet]:
    """Sheets that miss the truth: each rater severe, neutral or lenient, each item by chance."""
    sheets = []
    for at in range(raters):
        down, up = ((0.2, 0.0), (0.1, 0.1), (0.0, 0.2))[rng.integers(3)]
        chance = rng.random(ITEMS)
        moved = true - (chance < down) + (chance >= 1 - up)
        panel = PANELS[at % len(PANELS)]
        sheets.append(sheet(np.clip(moved, 1, TOP).tolist(), f"s{at}", panel))
    return sheets


def place(agreed: Sheet) -> tuple[int, float]:
    counted = tally(INSTRUMENT, THEME.items, (), agreed)
    levels = standing_levels(counted)
    return stage_at(counted, levels), position_at(counted, levels)


def one_round(rng: np.random.Generator, raters: int) -> dict[str, float]:
    """A country rated twice by new raters; the first round is re-scored."""
    true = country(rng)
    true_stage, true_position = place(sheet(true.tolist(), "true", "agreed"))
    sheets = rated(rng, true, raters)
    agreed = built_agreed(INSTRUMENT, sheets)
    stage, _position = place(agreed)
    again, other = place(built_agreed(INSTRUMENT, rated(rng, true, raters)))
    counted = tally(INSTRUMENT, THEME.items, (), agreed)
    found = certainty(counted, THEME, sheets, draws=DRAWS, seed=SEED).measurement
    side_by_side = ratings(INSTRUMENT, [THEME], sheets)
    pending = [one.item for one in contested(side_by_side)]
    low, high = found.interval_90
    return {
        "modal": found.modal == stage,
        "sure": found.counts[stage - 1] >= 0.80 * DRAWS,
        "firm": firmness(found, stage, side_by_side.panel_counts(), pending)[0],
        "again": again == stage,
        "right": true_stage == stage,
        "covers_true": low - 1e-9 <= true_position <= high + 1e-9,
        "covers_again": low - 1e-9 <= other <= high + 1e-9,
        "width": high - low,
    }


def mean(rows: list[dict[str, float]], key: str) -> float:
    return float(np.mean([row[key] for row in rows])) if rows else float("nan")


def centring() -> Iterator[tuple[str, ...]]:
    """Where the draws lie, and what their 90 % interval of the position covers."""
    yield ("round", "modal stage = published", "covers a second round", "covers the truth", "width")
    for raters, words in ROUNDS:
        rows = rounds_of(raters)
        yield (
            words,
            *(f"{mean(rows, key):.0%}" for key in ("modal", "covers_again", "covers_true")),
            f"{mean(rows, 'width'):.2f}",
        )


def firm() -> Iterator[tuple[str, ...]]:
    """How often a verdict is given, and how often a second round and the truth bear it out."""
    yield ("round", "verdict", "rounds", "second round agrees", "stage is the true one")
    for raters, words in ROUNDS:
        rows = rounds_of(raters)
        groups: dict[str, list[dict[str, float]]] = defaultdict(list)
        for row in rows:
            groups["firm" if row["firm"] else "provisional"].append(row)
            groups["80 % or more" if row["sure"] else "less than 80 %"].append(row)
        for verdict in ("firm", "provisional", "80 % or more", "less than 80 %"):
            if group := groups[verdict]:
                yield (
                    words,
                    verdict,
                    f"{len(group) / len(rows):.0%}",
                    f"{mean(group, 'again'):.0%}",
                    f"{mean(group, 'right'):.0%}",
                )


def power() -> Iterator[tuple[str, ...]]:
    """How often a change is called real; with 0 items up that is a false alarm."""
    raised = (0, 2, 4, 8, 16)
    yield ("round", *(f"{count} of {ITEMS} items up" for count in raised))
    for raters, words in ROUNDS:
        cells = []
        for count in raised:
            rng = np.random.default_rng([raters, count, 2])
            cells.append(f"{np.mean([is_real(rng, raters, count) for _ in range(PAIRS)]):.0%}")
        yield (words, *cells)


def is_real(rng: np.random.Generator, raters: int, count: int) -> bool:
    """Two rounds, `count` items truly one level higher in the second."""
    before = np.minimum(country(rng), TOP - 1)
    after = before.copy()
    after[rng.permutation(ITEMS)[:count]] += 1
    older, newer = (Scored(INSTRUMENT, rated(rng, true, raters)) for true in (before, after))
    return bool(changes(older, newer, draws=DRAWS, seed=SEED)[0].real)


def rounds_of(raters: int) -> list[dict[str, float]]:
    rng = np.random.default_rng([raters, 1])
    return [one_round(rng, raters) for _ in range(COUNTRIES)]


if __name__ == "__main__":
    for table in (centring, firm, power):
        for row in table():
            sys.stdout.write(f"| {' | '.join(row)} |\n")
        sys.stdout.write("\n")
