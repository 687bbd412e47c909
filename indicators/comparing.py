"""What rows say that the current values do not: new, changed, gone, with samples."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl
from django.db import transaction
from django.db.backends.utils import CursorWrapper

from indicators import statements
from indicators.models import CurrentValue, Dataset
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
    with transaction.atomic(), staged(rows, indicators) as cursor:
        new, changed = count(cursor, statements.NEW), count(cursor, statements.CHANGED)
        gone = count(cursor, statements.GONE, dataset.pk) if is_complete else 0
        samples = {
            "new": _some(cursor, statements.NEW, "s.value") if new else [],
            "changed": _some(cursor, statements.CHANGED, "s.value, c.value AS before")
            if changed
            else [],
            "gone": _some(cursor, statements.GONE, "NULL AS value, s.value AS before", dataset.pk)
            if gone
            else [],
        }
    codes = {number: code for code, number in indicators.items()}
    codes |= dict(dataset.indicators.values_list("id", "code"))
    for row in chain.from_iterable(samples.values()):
        row["indicator"] = codes[row.pop("indicator_id")]
    counts = Counts(new=new, changed=changed, same=rows.height - new - changed, gone=gone)
    return counts, samples


def is_first(dataset: Dataset) -> bool:
    """Whether nothing is current of the dataset, so that all its rows are new."""
    return not CurrentValue.objects.filter(indicator__dataset=dataset).exists()


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
