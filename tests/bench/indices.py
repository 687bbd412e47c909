"""Measures a composite index of 51 countries and 49 indicators, and its re-runs.

The size is that of the example of the R package COINr, whose whole chain takes about 0.1 s a run
on a two-core machine. A run here is the same chain: denominate, screen, impute by group, treat,
normalise, aggregate on three levels, ranks. Measured is processor time, which other work on the
machine does not change.
"""

from time import process_time

import numpy as np

from indicators.indices.chain import build
from indicators.indices.figures import Figures
from indicators.indices.reading import examine
from indicators.indices.specification import Specification
from indicators.indices.statistics import ranks
from indicators.indices.uncertainty import Rerunner

COUNTRIES, INDICATORS, RUNS = 51, 49, 1000
COINR_MS = 100.0
HEAD = ("what", "runs", "ms a run", "times faster than 0.1 s")

Row = tuple[str, int, float, float]


def run() -> list[Row]:
    """Return the rows of the table `HEAD`."""
    made, figures = case()
    rows = []
    start = process_time()
    for _ in range(RUNS):
        build(made, figures)
    rows.append(row("the whole chain, nothing kept from run to run", process_time() - start))
    assert made.uncertainty is not None
    design = np.random.default_rng(1).random((RUNS, len(made.uncertainty.vary)))
    start = process_time()
    found = ranks(Rerunner(made, figures, made.uncertainty).scores(design))
    rows.append(row("re-runs under five alternatives", process_time() - start))
    assert not np.isnan(found).any()
    return rows


def row(what: str, seconds: float) -> Row:
    each = 1000 * seconds / RUNS
    return what, RUNS, each, COINR_MS / each


def case() -> tuple[Specification, Figures]:
    """Made-up figures: a third of the columns skewed, five percent of the values missing."""
    rng = np.random.default_rng(0)
    values = rng.normal(50, 10, (COUNTRIES, INDICATORS + 1))
    values[:, ::3] = np.exp(rng.normal(0, 1.5, values[:, ::3].shape))
    values[rng.random(values.shape) < 0.05] = np.nan
    values[:, -1] = rng.uniform(1, 100, COUNTRIES)
    codes = [f"i{at}" for at in range(INDICATORS)]
    data = {
        "code": "bench",
        "data": "bench.csv",
        "indicators": [
            {"code": code, "parent": f"p{at % 8}", "direction": 1 if at % 4 else -1}
            | ({"denominator": "size"} if at % 7 == 0 else {})
            for at, code in enumerate(codes)
        ],
        "aggregates": [
            *({"code": f"p{at}", "parent": f"s{at % 2}"} for at in range(8)),
            {"code": "s0", "parent": "index"},
            {"code": "s1", "parent": "index"},
            {"code": "index"},
        ],
        "screen": 0.5,
        "impute": {"method": "group_mean", "group": "region"},
        "treat": {},
        "normalise": {"method": "min_max", "range": [1, 100]},
        "uncertainty": {
            "vary": [
                {"what": "impute", "among": ["mean", "median", "group_mean"]},
                {"what": "treat.winsorise", "among": [0, 3, 5]},
                {"what": "normalise", "among": ["min_max", "percentile_rank"]},
                {"what": "normalise.range", "among": [[1, 100], [10, 100]]},
                {"what": "weights", "by": 0.25},
            ]
        },
    }
    made, findings = examine(data)
    assert made is not None, findings
    groups = {"region": tuple("abcd"[at % 4] for at in range(COUNTRIES))}
    units = tuple(f"U{at}" for at in range(COUNTRIES))
    return made, Figures(units, ("",), (*codes, "size"), values[None], groups)
