"""Values that stand there more than once: merged where they agree, refused where they differ."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from ..faults import FAULT_SCHEMA, found_at

KEY = ["indicator", "country", "period", "breakdown"]
_SAID = ["value", "flag", "unit", "standard_error", "sample_size"]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """`dropped` are the rows to take out, by part and place in it; `agreeing` their places."""

    dropped: pl.DataFrame
    faults: pl.DataFrame
    conflicting: int
    agreeing: pl.DataFrame


def hashes(observations: pl.DataFrame) -> pl.Series:
    """One number a key: equal keys have equal numbers, so most rows need no second look."""
    return observations.select(KEY).hash_rows(seed=0)


def repeated(parts: list[pl.Series]) -> pl.Series:
    """The numbers that occur more than once, over all parts."""
    every = pl.concat(parts).sort()
    return every.filter(every == every.shift(1)).unique()


def duplicates(suspects: Iterable[pl.DataFrame]) -> Duplicates:
    """What to do with the rows whose numbers occur more than once.

    `suspects` are observations with `_part` and `_at`, where they stand.
    """
    rows = pl.concat(suspects, how="vertical").sort("_part", "_at")
    rows = rows.filter(pl.len().over(KEY) > 1)
    same = pl.all_horizontal(pl.col(name).n_unique().over(KEY) == 1 for name in _SAID)
    rows = rows.with_columns(
        _same=same,
        _place=pl.struct("sheet", "row", "column"),
        _value=pl.col("value").cast(pl.String),
    ).with_columns(_first=pl.col("_place").first().over(KEY))
    agreeing = rows.filter(pl.col("_same") & (pl.col("_place") != pl.col("_first")))
    conflicting = rows.filter(~pl.col("_same"))
    faults = found_at(
        conflicting,
        "conflict",
        found="_value",
        facts={
            "mine": pl.col("_value"),
            "value": _other("_value"),
            "place": _other("_place"),
        },
    )
    return Duplicates(
        dropped=pl.concat([agreeing, conflicting]).select("_part", "_at"),
        faults=pl.concat([FAULT_SCHEMA.to_frame(), faults]),
        conflicting=conflicting.height,
        agreeing=agreeing.select("_place", "_first"),
    )


def _other(name: str) -> pl.Expr:
    """The column of the other row: the first names the second, every other one the first."""
    return (
        pl.when(pl.int_range(pl.len()).over(KEY) == 0)
        .then(pl.col(name).shift(-1).over(KEY))
        .otherwise(pl.col(name).first().over(KEY))
    )
