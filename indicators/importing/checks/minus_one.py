"""Values of -1 where nothing else is below 0: some publishers write "no value" so."""

import polars as pl

from ..faults import FAULT_SCHEMA
from .known import Checked, Known


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Adds nothing and finds no fault; what it counts is told once the whole file is read."""
    below = cells.filter(pl.col("value") < 0).select("indicator", lone=pl.col("value") == -1)
    if below.height:
        known.count("minus_one", below.filter("lone")["indicator"])
        known.below_zero.update(below.filter(~pl.col("lone"))["indicator"].unique())
    return cells, FAULT_SCHEMA.to_frame()
