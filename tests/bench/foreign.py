"""Scores ratings that were made for something else, to see that nothing is made for one sheet.

The file holds {"assessments": [{"id", "assessment_publication_id"}], "scores": [{"assessment_id",
"assessment_indicator_id", "value"}]}, values 1 to 5, anything else missing. It is not shipped. Each
publication becomes an instrument whose themes are runs of its indicators, each assessment a round;
then all assessments of it are taken as the sheets of one round. Every stage and the agreement are
worked out again beside it, in a few lines of numpy.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import krippendorff
import numpy as np

from diagnostics.scoring.instrument import Answer, Instrument, Item, ItemAnswers, Sheet, Theme
from diagnostics.scoring.rounds import score_round

TOP, RUN = 5, 6
DRAWS = 1_000
PASS_MARK, COMPLETENESS = 0.75, 0.70
HEAD = ("publication", "themes", "items", "rounds", "scored", "ms a round", "one of all, ms")

Row = tuple[str, int, int, int, int, float, float]


def run(file: Path) -> tuple[list[Row], list[str]]:
    """Return a row for each publication, and a sentence for each number that is not the same."""
    rows, faults = [], []
    for name, matrix in publications(file):
        codes = [f"t{at // RUN}.i{at}" for at in range(matrix.shape[1])]
        instrument = instrument_of(codes)
        start = perf_counter()
        results = [
            score_round(instrument, [sheet("agreed", "agreed", codes, row)], draws=DRAWS)
            for row in matrix
        ]
        alone = 1000 * (perf_counter() - start) / len(matrix)
        for at, (row, result) in enumerate(zip(matrix, results, strict=True)):
            found = [theme["stage"] for theme in result["themes"]]
            if found != stages(row):
                faults.append(f"{name}, assessment {at}: {found} is not {stages(row)}.")
        sheets = [sheet(f"s{at}", "private", codes, row) for at, row in enumerate(matrix)]
        start = perf_counter()
        together = score_round(instrument, sheets, draws=DRAWS)
        all_ms = 1000 * (perf_counter() - start)
        alpha = krippendorff.alpha(
            np.where(matrix > 0, matrix, np.nan).astype(float), level_of_measurement="ordinal"
        )
        if abs(together["agreement"]["alpha"] - alpha) > 1e-9:
            faults.append(f"{name}: alpha {together['agreement']['alpha']} is not {alpha}.")
        staged = sum(theme["stage"] is not None for one in results for theme in one["themes"])
        count = len(instrument.themes)
        rows.append((name, count, len(codes), len(matrix), staged, alone, all_ms))
    return rows, faults


def publications(file: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Each publication with its levels, assessments x indicators, 0 where there is none."""
    data = json.loads(file.read_text())
    of = {one["id"]: one["assessment_publication_id"] for one in data["assessments"]}
    scores = defaultdict(list)
    for one in data["scores"]:
        scores[of[one["assessment_id"]]].append(one)
    for publication, given in sorted(scores.items()):
        rows = sorted({one["assessment_id"] for one in given})
        columns = sorted({one["assessment_indicator_id"] for one in given})
        matrix = np.zeros((len(rows), len(columns)), dtype=int)
        for one in given:
            if 1 <= one["value"] <= TOP:
                at = columns.index(one["assessment_indicator_id"])
                matrix[rows.index(one["assessment_id"]), at] = one["value"]
        yield str(publication), matrix


def instrument_of(codes: list[str]) -> Instrument:
    items = [Item(code, code, tuple(f"{code} {n}" for n in range(2, TOP + 1))) for code in codes]
    themes = tuple(
        Theme(f"t{at}", f"t{at}", tuple(items[at * RUN : (at + 1) * RUN]))
        for at in range(-(-len(items) // RUN))
    )
    names = tuple(map(str, range(1, TOP + 1)))
    return Instrument("foreign", "1", "Foreign", "country", TOP, names, themes)


def sheet(name: str, panel: str, codes: list[str], levels: np.ndarray) -> Sheet:
    responses = {
        code: ItemAnswers((Answer.YES,) * (level - 1) + (Answer.NO,) * (TOP - level))
        for code, level in zip(codes, levels.tolist(), strict=True)
        if level
    }
    return Sheet(name, panel, responses)


def stages(levels: np.ndarray) -> list[int | None]:
    """The stage of each run of indicators, from the shares of its levels alone."""
    found: list[int | None] = []
    for start in range(0, len(levels), RUN):
        part = levels[start : start + RUN]
        reached = [step for step in range(2, TOP + 1) if (part >= step).mean() >= PASS_MARK]
        known = (part > 0).mean() >= COMPLETENESS
        found.append(max([1, *reached]) if known else None)
    return found
