"""From scores of indicators to aggregates, level by level, for many sets of weights at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from .specification import Aggregate, Specification
from .statistics import Floats
from .steps import reaches

Setting = TypeVar("Setting", str, float)


class IndexFault(ValueError):
    """An index that cannot be computed from these figures; the message says why."""


@dataclass(frozen=True)
class Node:
    """An aggregate: its direct children as places among all nodes, and how it is made of them."""

    code: str
    children: tuple[int, ...]
    method: str
    availability: float


@dataclass(frozen=True)
class Tree:
    """Indicators first, then aggregates, each after its children; the last one is the index."""

    codes: tuple[str, ...]
    aggregates: tuple[Node, ...]
    weights: Floats

    @property
    def indicators(self) -> int:
        return len(self.codes) - len(self.aggregates)


def tree_of(specification: Specification) -> Tree:
    """The tree of a sound specification; without aggregates all indicators make one, `index`."""
    indicators = specification.indicators
    aggregates = specification.aggregates or [Aggregate(code="index")]
    only = aggregates[0].code if len(aggregates) == 1 else ""
    parents = [(one.code, one.parent or only) for one in indicators]
    parents += [(one.code, one.parent) for one in aggregates]
    top = next(one.code for one in aggregates if not one.parent)
    levels = _levels(top, parents[len(indicators) :])
    about = {one.code: one for one in aggregates}
    order = [about[code] for code in levels]
    codes = (*(one.code for one in indicators), *levels)
    weights = np.array([one.weight for one in (*indicators, *order)])
    if specification.weights == "equal":
        weights = (weights > 0).astype(float)
    means = specification.aggregate
    nodes = [
        Node(
            one.code,
            tuple(codes.index(child) for child, parent in parents if parent == one.code),
            one.method or _of_level(means.method, levels[one.code]),
            _of_level(means.availability, levels[one.code])
            if one.availability is None
            else one.availability,
        )
        for one in order
    ]
    return Tree(codes, tuple(nodes), weights)


def _levels(top: str, parents: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The level of each aggregate (1: only indicators below), each after its children."""
    levels: dict[str, int] = {}

    def visit(code: str) -> int:
        level = 1 + max((visit(child) for child, parent in parents if parent == code), default=0)
        levels[code] = level
        return level

    visit(top)
    return levels


def _of_level(settings: Sequence[Setting], level: int) -> Setting:
    """The setting of a level; the last one is of all levels above."""
    return settings[min(level, len(settings)) - 1]


def aggregate(values: Floats, tree: Tree, weights: Floats, units: Sequence[str] = ()) -> Floats:
    """Runs x units x aggregates, from units x indicators and runs x nodes.

    A parent is the mean of its direct children that are there, missing where their share is below
    the mark; weight 0 counts for nothing. Raises IndexFault for a geometric or harmonic mean of
    what is not above 0.
    """
    runs = len(weights)
    nodes: list[Floats] = [np.broadcast_to(column, (runs, len(values))) for column in values.T]
    for node in tree.aggregates:
        children = [place for place in node.children if tree.weights[place] > 0]
        if not children:  # left when one is removed beside others of weight 0
            nodes.append(np.full((runs, len(values)), np.nan))
            continue
        below = np.stack([nodes[place] for place in children], axis=2)
        there = ~np.isnan(below)
        if node.method != "arithmetic" and (below[there] <= 0).any():
            _run, row, child = np.argwhere(there & (below <= 0))[0]
            who = units[row] if len(units) else f"unit {row + 1}"
            raise IndexFault(
                f"{node.code}: a {node.method} mean needs values above 0, but "
                f"{tree.codes[children[child]]} of {who} is {below[_run, row, child]:g}; "
                "normalise to a range above 0."
            )
        share = np.where(there, weights[:, None, children], 0.0)
        total = share.sum(axis=2)
        with np.errstate(divide="ignore", invalid="ignore"):
            made = _mean(np.where(there, below, 1.0), share, total, node.method)
        enough = reaches(there.mean(axis=2), node.availability) & (total > 0)
        nodes.append(np.where(enough, made, np.nan))
    return np.stack(nodes[tree.indicators :], axis=2)


def _mean(values: Floats, share: Floats, total: Floats, method: str) -> Floats:
    if method == "geometric":
        return np.asarray(np.exp((share * np.log(values)).sum(axis=2) / total))
    if method == "harmonic":
        return np.asarray(total / (share / values).sum(axis=2))
    return np.asarray((share * values).sum(axis=2) / total)


def without(specification: Specification, code: str) -> Specification | None:
    """The specification without an indicator or an aggregate and all below it.

    Aggregates left without children go too; None where nothing is left.
    """
    gone, count = {code}, 0
    while count < len(gone):
        count = len(gone)
        gone |= {one.code for one in specification.members() if one.parent in gone}
    indicators = [one for one in specification.indicators if one.code not in gone]
    aggregates = [one for one in specification.aggregates if one.code not in gone]
    single, count = len(specification.aggregates) <= 1, 0
    while not single and count != len(aggregates):
        count = len(aggregates)
        parents = {one.parent for one in (*indicators, *aggregates)}
        aggregates = [one for one in aggregates if one.code in parents]
    if not indicators or (specification.aggregates and not aggregates):
        return None
    return specification.model_copy(update={"indicators": indicators, "aggregates": aggregates})
