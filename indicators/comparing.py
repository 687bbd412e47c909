"""What rows say that the current values do not: new, changed, gone, with samples."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl
from django.db import transaction
from django.db.backends.utils import CursorWrapper

from indicators import statements
from indicators.models import Dataset, Import
from indicators.rows import KEY, numbered, staged

SAMPLES = 20


@dataclass(frozen=True)
class Counts:
    """Rows by what they would do, or did, to the current values."""

    new: int
    changed: int
    same: int
    gone: int


def compare(
    rows: pl.DataFrame, dataset: Dataset, *, is_complete: bool
) -> tuple[Counts, dict[str, list[dict[str, Any]]]]:
    """How many rows are new, changed, same and (of a complete file) gone, and some of each.

    A sample has indicator, country, period, breakdown, value and, where there was one, before.
    """
    if is_first(dataset):
        samples = {"new": rows.select(*KEY, "value").head(SAMPLES).to_dicts()}
        counts = Counts(new=rows.height, changed=0, same=0, gone=0)
        return counts, samples | {"changed": [], "gone": []}
    indicators = numbered(rows, dataset)
    with (
        transaction.atomic(),
        difference(rows, indicators, dataset, is_complete=is_complete) as (cursor, counts),
    ):
        samples = {
            "new": _some(cursor, statements.NEW, "value"),
            "changed": _some(cursor, statements.CHANGED, "value, before"),
            "gone": _some(cursor, statements.GONE, "value, before"),
        }
    codes = {number: code for code, number in indicators.items()}
    codes |= dict(dataset.indicators.values_list("id", "code"))
    for row in chain.from_iterable(samples.values()):
        row["indicator"] = codes[row.pop("indicator_id")]
    return counts, samples


def is_first(dataset: Dataset) -> bool:
    """Whether nothing is loaded of the dataset, so that all its rows are new."""
    return not dataset.imports.filter(state=Import.State.COMMITTED).exists()


@contextmanager
def difference(
    rows: pl.DataFrame, indicators: Mapping[str, int], dataset: Dataset, *, is_complete: bool
) -> Iterator[tuple[CursorWrapper, Counts]]:
    """What the rows say that the current values do not, in the temporary table `difference`.

    `indicators` gives the id of each indicator code (`rows.numbered`).
    """
    with staged(rows, indicators) as cursor:
        cursor.execute(statements.MAKE_DIFFERENCE)
        if is_complete:
            cursor.execute(statements.ADD_GONE, [dataset.pk])
        cursor.execute(statements.COUNTED)
        new, changed, gone = cursor.fetchone()
        yield cursor, Counts(new, changed, rows.height - new - changed, gone)
        cursor.execute("DROP TABLE difference")


def _some(cursor: CursorWrapper, what: str, values: str) -> list[dict[str, Any]]:
    cursor.execute(statements.some(what, values, SAMPLES))
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
