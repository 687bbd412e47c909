"""The chain of an index: denominate, screen, impute, treat, normalise, weigh, aggregate.

Every step's table is kept; whatever a step did, could not do or left out is a line of the log.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .aggregation import Tree, aggregate, tree_of
from .figures import Figures
from .specification import Specification
from .statistics import Bools, Floats, ranks
from .steps import denominate, impute, normalise, screen, treat

NOT_ASKED = "Not asked for."


@dataclass(frozen=True)
class Note:
    """A line of the log: the step and what it says."""

    step: str
    message: str


@dataclass(frozen=True)
class Scored:
    """Scores of indicators, ready to be weighed: the tables of the steps so far and their log.

    `kept` tells which units were not screened out; those have NaN from there on.
    """

    tables: dict[str, Floats]
    kept: Bools
    log: tuple[Note, ...]

    @property
    def values(self) -> Floats:
        return self.tables["normalise"]


@dataclass(frozen=True)
class Index:
    """An index with every table; `aggregates` and `ranks` are units x aggregates, index last."""

    specification: Specification
    figures: Figures
    tree: Tree
    scored: Scored
    aggregates: Floats
    ranks: Floats
    log: tuple[Note, ...]


def build(specification: Specification, figures: Figures) -> Index:
    """The index of a specification from its figures. Raises IndexFault in words."""
    tree = tree_of(specification)
    scored = prepare(specification, figures)
    units = figures.units
    aggregates = aggregate(scored.values, tree, tree.weights[None, :], units)[0]
    log = (
        *scored.log,
        *_weigh_notes(specification),
        *_aggregate_notes(tree, aggregates, scored.kept, units),
    )
    return Index(specification, figures, tree, scored, aggregates, ranks(aggregates.T).T, log)


def prepare(specification: Specification, figures: Figures) -> Scored:
    """All steps before weighing."""
    indicators, units = specification.indicators, figures.units
    columns = [figures.columns.index(one.code) for one in indicators]
    tables: dict[str, Floats] = {"data": figures.values[-1][:, columns]}
    log = [Note("data", message) for message in figures.notes]

    def done(step: str, values: Floats, notes: list[str], nothing: str) -> None:
        tables[step] = values
        log.extend(Note(step, message) for message in notes or [nothing])

    every, notes = denominate(figures, indicators)
    values = every[-1]
    done("denominate", values, notes, "Nothing is divided or scaled.")
    kept, notes = np.ones(len(units), dtype=bool), [NOT_ASKED]
    if specification.screen:
        kept, notes = screen(values, units, specification.screen)
        values = np.where(kept[:, None], values, np.nan)
    done("screen", values, notes, "All units have enough data.")
    notes = [NOT_ASKED]
    if specification.impute:
        values, notes = impute(values, kept, every, figures, indicators, specification.impute)
    done("impute", values, notes, "No value is missing.")
    notes = [NOT_ASKED]
    if specification.treat:
        values, notes = treat(values, indicators, specification.treat)
    done("treat", values, notes, "No indicator passes both marks.")
    notes = [NOT_ASKED]
    if specification.normalise:
        values, notes = normalise(values, units, indicators, specification.normalise)
    done("normalise", values, notes, "")
    return Scored(tables, kept, tuple(log))


def _weigh_notes(specification: Specification) -> Iterator[Note]:
    if specification.weights == "equal":
        yield Note("weigh", "Children of one parent weigh the same; weights given are not used.")
        return
    rows = specification.members()
    if not any("weight" in row.model_fields_set for row in rows):
        yield Note("weigh", "No weight is given: children of one parent weigh the same.")
    else:
        for row in rows:
            if row.weight == 0:
                yield Note("weigh", f"{row.code}: weight 0, counts for nothing.")
        yield Note("weigh", "Weights as given; where none is, 1.")


def _aggregate_notes(tree: Tree, made: Floats, kept: Bools, units: Sequence[str]) -> Iterator[Note]:
    for at, node in enumerate(tree.aggregates):
        share = f", with {node.availability:.0%} of it there" if node.availability else ""
        of = ", ".join(tree.codes[child] for child in node.children)
        yield Note("aggregate", f"{node.code}: {node.method} mean of {of}{share}.")
        lost = np.isnan(made[:, at]) & kept
        if lost.any():
            who = ", ".join(units[row] for row in np.flatnonzero(lost).tolist())
            yield Note("aggregate", f"{node.code}: missing for {who}: too little data.")
