"""The value lies in the range its indicator can have."""

import polars as pl

from ..faults import FAULT_SCHEMA, found_at
from .known import Checked, Known, wrong_where


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Adds nothing; an indicator without a range is not looked at."""
    ranges = [
        (code, each.minimum, each.maximum)
        for code, each in known.reference.indicators.items()
        if each.minimum is not None or each.maximum is not None
    ]
    if not ranges:
        return cells, FAULT_SCHEMA.to_frame()
    schema = {"indicator": pl.String, "_least": pl.Float64, "_most": pl.Float64}
    cells = cells.join(
        pl.DataFrame(ranges, schema=schema, orient="row"),
        on="indicator",
        how="left",
        maintain_order="left",
    )
    below, above = pl.col("value") < pl.col("_least"), pl.col("value") > pl.col("_most")
    faults = [
        found_at(
            cells.filter(beyond & ~pl.col("wrong")),
            fault,
            facts={"bound": pl.col(bound).cast(pl.String)},
        )
        for fault, beyond, bound in (
            ("value_below", below, "_least"),
            ("value_above", above, "_most"),
        )
    ]
    cells = cells.with_columns(wrong_where(below | above)).drop("_least", "_most")
    return cells, pl.concat([FAULT_SCHEMA.to_frame(), *faults])
