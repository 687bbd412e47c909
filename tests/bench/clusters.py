"""Measures mapping and networks of clusters against the bare arithmetic.

The bare pass beside the mapping computes location quotients of the same cells with numpy and
nothing else: no stars, no indices, no changes, no suppression. Beside reading the file with every
check stands polars, which only parses it. Beside the network stand the calls
of networkx for the same measures.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import networkx as nx
import numpy as np
import polars as pl

from clusters.mapping import Employment, mapped
from clusters.network import Actor, Kind, Tie, measures
from clusters.reading.employment import read_employment

REGIONS, INDUSTRIES, YEARS = 300, 600, 10
ACTORS, TIES = 2_000, 20_000
HEAD = ("what", "size", "ms", "bare ms", "ratio")

Row = tuple[str, str, float, float, float]


def run() -> list[Row]:
    """Return the rows of the table `HEAD`."""
    table = employment()
    size = f"{REGIONS} regions, {INDUSTRIES} industries, {YEARS} years"
    rows = [row("mapping", size, lambda: mapped(table), lambda: quotients(table), 5)]
    with TemporaryDirectory() as folder:
        path = written(table, Path(folder, "employment.csv"))
        rows.append(
            row("reading", size, lambda: read_employment(path), lambda: pl.read_csv(path), 1)
        )
    actors, ties = network()
    size = f"{ACTORS:,} actors, {TIES:,} ties"
    rows.append(row("network", size, lambda: measures(actors, ties), lambda: bare(ties), 1))
    return rows


def row(
    what: str, size: str, ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> Row:
    a, b = (median(_ms(work) for _ in range(times)) for work in (ours, theirs))
    return what, size, a, b, a / b


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def employment() -> Employment:
    """Every cell of every year, one in twenty suppressed."""
    rng = np.random.default_rng(0)
    year, region, industry = (
        part.ravel() for part in np.indices((YEARS, REGIONS, INDUSTRIES), dtype=np.int64)
    )
    workers = np.round(rng.lognormal(4, 1.5, year.size))
    workers[rng.random(year.size) < 0.05] = np.nan
    return Employment(
        regions=tuple(f"r{n}" for n in range(REGIONS)),
        industries=tuple(f"i{n}" for n in range(INDUSTRIES)),
        years=tuple(range(2010, 2010 + YEARS)),
        region=region,
        industry=industry,
        year=year,
        employment=workers,
        establishments=np.ceil(workers / 10),
        area=np.full((YEARS, REGIONS), 100.0),
        population=np.full((YEARS, REGIONS), 1000.0),
        plant_herfindahl={},
    )


def written(table: Employment, path: Path) -> Path:
    """The table as its office would send it."""
    names = {"region": table.regions, "industry": table.industries, "year": table.years}
    columns = {what: [of[at] for at in getattr(table, what)] for what, of in names.items()}
    workers = pl.Series(table.employment).fill_nan(None)
    pl.DataFrame(columns | {"employment": workers}).write_csv(path)
    return path


def quotients(table: Employment) -> np.ndarray:
    cube = np.nan_to_num(table.employment).reshape(YEARS, REGIONS, INDUSTRIES)
    of_region = cube.sum(axis=2, keepdims=True)
    of_industry = cube.sum(axis=1, keepdims=True)
    whole = cube.sum(axis=(1, 2), keepdims=True)
    return (cube / of_industry) / (of_region / whole)


def network() -> tuple[list[Actor], list[Tie]]:
    rng = np.random.default_rng(0)
    actors = [Actor(str(n), list(Kind)[n % len(Kind)]) for n in range(ACTORS)]
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, ACTORS, (TIES + 500, 2)) if a != b}
    return actors, [Tie(str(a), str(b)) for a, b in sorted(pairs)[:TIES]]


def bare(ties: list[Tie]) -> object:
    graph = nx.DiGraph((tie.source, tie.target) for tie in ties)
    both_ways = graph.to_undirected()
    return (
        nx.density(graph),
        nx.overall_reciprocity(graph),
        list(nx.weakly_connected_components(graph)),
        dict(graph.in_degree()),
        dict(graph.out_degree()),
        nx.betweenness_centrality(both_ways),
        list(nx.articulation_points(both_ways)),
    )
