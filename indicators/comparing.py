"""What rows say that the current values do not: new, changed, gone, with samples."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl
from django.db import transaction
from django.db.backends.utils import CursorWrapper

from indicators import statements
from indicators.models import Dataset
from indicators.rows import numbered, staged

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
    indicators = numbered(rows, dataset)
    with transaction.atomic(), staged(rows, indicators) as cursor:
        new, changed = count(cursor, statements.NEW), count(cursor, statements.CHANGED)
        gone = count(cursor, statements.GONE, dataset.pk) if is_complete else 0
        samples = {
            "new": _some(cursor, statements.NEW, "s.value"),
            "changed": _some(cursor, statements.CHANGED, "s.value, c.value AS before"),
            "gone": _some(cursor, statements.GONE, "NULL AS value, s.value AS before", dataset.pk)
            if is_complete
            else [],
        }
    codes = {number: code for code, number in indicators.items()}
    codes |= dict(dataset.indicators.values_list("id", "code"))
    for row in chain.from_iterable(samples.values()):
        row["indicator"] = codes[row.pop("indicator_id")]
    counts = Counts(new=new, changed=changed, same=rows.height - new - changed, gone=gone)
    return counts, samples


def count(cursor: CursorWrapper, what: str, *arguments: object) -> int:
    """How many rows are `statements.NEW`, `CHANGED` or `GONE`, while rows are staged."""
    cursor.execute(statements.counted(what), arguments)
    return cursor.fetchone()[0]


def _some(
    cursor: CursorWrapper, what: str, values: str, *arguments: object
) -> list[dict[str, Any]]:
    cursor.execute(statements.some(what, values, SAMPLES), arguments)
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
