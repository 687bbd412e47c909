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
    place = pl.concat_str(
        pl.when(pl.col("sheet") != "").then(pl.format("sheet {}, ", "sheet")).otherwise(pl.lit("")),
        pl.format("row {}, column {}", "row", "column"),
    )
    rows = rows.with_columns(
        _same=same, _place=place, _value=pl.col("value").cast(pl.String).fill_null("no value")
    ).with_columns(_first=pl.col("_place").first().over(KEY))
    agreeing = rows.filter(pl.col("_same") & (pl.col("_place") != pl.col("_first")))
    conflicting = rows.filter(~pl.col("_same"))
    conflicting = conflicting.with_columns(_other=_other())
    faults = found_at(
        conflicting,
        "conflict",
        found="_value",
        expected=pl.format("the same value as {}", "_other"),
        other=pl.col("_other"),
    )
    return Duplicates(
        dropped=pl.concat([agreeing, conflicting.drop("_other")]).select("_part", "_at"),
        faults=pl.concat([FAULT_SCHEMA.to_frame(), faults]),
        conflicting=conflicting.height,
        agreeing=agreeing.select("_place", "_first"),
    )


def _other() -> pl.Expr:
    """The first names the second, every other one the first."""
    said = pl.format("{} in {}", "_value", "_place")
    return (
        pl.when(pl.int_range(pl.len()).over(KEY) == 0)
        .then(said.shift(-1).over(KEY))
        .otherwise(said.first().over(KEY))
    )
