"""An index as plain values: what `build_index --json` prints and a page keeps."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from .chain import Index
from .statistics import Floats
from .uncertainty import doubt, remove_one

TARGET = "mean absolute change of rank"


def as_data(index: Index) -> dict[str, Any]:
    """The whole index, uncertainty included where the specification asks for it.

    Missing is None. Shape: docs/index-format.md.
    """
    specification, figures, tree = index.specification, index.figures, index.tree
    units = figures.units
    codes = [one.code for one in specification.indicators]
    aggregates = [node.code for node in tree.aggregates]
    kept = [unit for unit, stays in zip(units, index.scored.kept, strict=True) if stays]
    tables = {}
    for step, values in index.scored.tables.items():
        shown = units if step in ("data", "denominate") else kept
        tables[step] = _table(units, codes, values, shown)
    tables["aggregate"] = _table(units, aggregates, index.aggregates, kept)
    found = doubt(index)
    return {
        "code": specification.code,
        "title": specification.title,
        "period": figures.periods[-1] or None,
        "units": list(units),
        "left_out": [unit for unit in units if unit not in kept],
        "indicators": codes,
        "aggregates": aggregates,
        "index": aggregates[-1],
        "titles": {one.code: one.title for one in specification.members() if one.title},
        "tables": tables,
        "weights": _weights(index),
        "scores": _scores(index),
        "ranks": _table(units, aggregates, index.ranks, kept),
        "log": [asdict(note) for note in index.log],
        "uncertainty": None if found is None else {**asdict(found), "target": TARGET},
        "remove_one": (
            [asdict(one) for one in remove_one(index)] if specification.remove_one else None
        ),
    }


def _table(
    units: Sequence[str], columns: Sequence[str], values: Floats, shown: Sequence[str]
) -> dict[str, dict[str, float | None]]:
    rows = dict(zip(units, values.tolist(), strict=True))
    return {
        unit: {
            column: None if np.isnan(value) else value
            for column, value in zip(columns, rows[unit], strict=True)
        }
        for unit in shown
    }


def _weights(index: Index) -> dict[str, dict[str, Any]]:
    """Weight, parent, share within the parent and share in the whole index of every node."""
    tree = index.tree
    rows: dict[str, dict[str, Any]] = {
        tree.codes[-1]: {"parent": None, "weight": None, "share": None, "in_index": 1.0}
    }
    for node in reversed(tree.aggregates):
        total = float(sum(tree.weights[child] for child in node.children))
        for child in node.children:
            weight = float(tree.weights[child])
            rows[tree.codes[child]] = {
                "parent": node.code,
                "weight": weight,
                "share": weight / total,
                "in_index": rows[node.code]["in_index"] * weight / total,
            }
    return {code: rows[code] for code in tree.codes}


def _scores(index: Index) -> list[dict[str, Any]]:
    """Units with their score and rank, best first; those without a score at the end."""
    rows = [
        {
            "unit": unit,
            "score": None if np.isnan(score) else float(score),
            "rank": None if np.isnan(rank) else int(rank),
        }
        for unit, score, rank, kept in zip(
            index.figures.units,
            index.aggregates[:, -1],
            index.ranks[:, -1],
            index.scored.kept,
            strict=True,
        )
        if kept
    ]
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0))
