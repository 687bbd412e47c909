"""Small specifications and figures for the tests."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from indicators.indices.chain import Index, build
from indicators.indices.figures import Figures
from indicators.indices.reading import examine
from indicators.indices.specification import Specification


def specification(columns: Sequence[str] = ("a",), **settings: Any) -> Specification:
    data = {"code": "test", "data": "test.csv", "indicators": [{"code": c} for c in columns]}
    made, findings = examine(data | settings)
    assert made is not None, findings
    return made


def figures(
    rows: Sequence[Sequence[float | None]], columns: Sequence[str] = ("a",), **more: Any
) -> Figures:
    values = np.array([[np.nan if x is None else x for x in row] for row in rows], dtype=float)
    units = tuple(f"U{at}" for at in range(len(rows)))
    return Figures(units, ("",), tuple(columns), values[None], **more)


def built(rows: Sequence[Sequence[float | None]], **settings: Any) -> Index:
    columns = [chr(97 + at) for at in range(len(rows[0]))]
    settings.setdefault("indicators", [{"code": c} for c in columns])
    return build(specification(columns, **settings), figures(rows, columns))


def column(index: Index, step: str, at: int = 0) -> list[float | None]:
    values = index.scored.tables[step][:, at]
    return [None if np.isnan(x) else float(x) for x in values]


def scores(index: Index) -> list[float | None]:
    return [None if np.isnan(x) else float(x) for x in index.aggregates[:, -1]]


def ranks(index: Index) -> list[int | None]:
    return [None if np.isnan(x) else int(x) for x in index.ranks[:, -1]]


def said(index: Index, step: str) -> str:
    return " ".join(note.message for note in index.log if note.step == step)
