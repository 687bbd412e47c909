"""A warning where a value is far from the series' past."""

import polars as pl

from ..faults import FAULT_SCHEMA, found_at
from .known import Checked, Known

_SERIES = ["indicator", "country", "breakdown", "frequency"]
FEWEST = 3
STEPS = 5.0
SHARE = 0.5


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """A jump: of at least three past values, the nearest in time differs by more than five times
    the largest step between two that follow each other, and by more than half of the larger one.
    """
    past = known.reference.past
    if past.is_empty() or cells.is_empty():
        return cells, FAULT_SCHEMA.to_frame()
    here = cells.filter(~pl.col("wrong") & pl.col("value").is_not_null())
    # Only the past of the series in this part is put in order, so that many parts take no longer.
    past = past.join(here.select(_SERIES).unique(), on=_SERIES, how="semi")
    past = past.filter(pl.col("value").is_not_null()).sort("period")
    steps = past.group_by(_SERIES).agg(
        pl.col("value").diff().abs().max().alias("_step"), pl.len().alias("_count")
    )
    steps = steps.filter(pl.col("_count") >= FEWEST)
    near = here.join(steps, on=_SERIES, how="inner").sort("period")
    if near.is_empty():
        return cells, FAULT_SCHEMA.to_frame()
    others = past.select(*_SERIES, "period", pl.col("value").alias("_past"))
    others = others.with_columns(pl.col("period").alias("_when"))
    near = _nearest(near, others)
    change = (pl.col("value") - pl.col("_past")).abs()
    larger = pl.max_horizontal(pl.col("value").abs(), pl.col("_past").abs())
    jumps = near.filter((change > STEPS * pl.col("_step")) & (change > SHARE * larger))
    faults = found_at(
        jumps.sort("sheet", "row"),
        "jump",
        facts={"past": pl.col("_past").cast(pl.String), "when": pl.col("_when")},
    )
    return cells, faults


def _nearest(cells: pl.DataFrame, past: pl.DataFrame) -> pl.DataFrame:
    """Beside each cell the newest past value not after it, or else the oldest after it.

    The value of the same period is what the new one replaces; it counts as the past too.
    """
    before = _beside(cells, past, "backward")
    after = _beside(cells.join(before, on=["sheet", "row", "column"], how="anti"), past, "forward")
    return pl.concat([before, after])


def _beside(cells: pl.DataFrame, past: pl.DataFrame, where: str) -> pl.DataFrame:
    # Periods of one frequency sort by time as text; a number per period lets asof join them.
    order = pl.concat([cells["period"], past["period"]]).unique().sort()
    ranks = pl.DataFrame({"period": order, "_rank": range(len(order))})
    left = cells.join(ranks, on="period").sort("_rank")
    right = past.join(ranks, on="period").sort("_rank").drop("period")
    joined = left.join_asof(
        right,
        on="_rank",
        by=_SERIES,
        strategy="backward" if where == "backward" else "forward",
        check_sortedness=False,
    )
    return joined.filter(pl.col("_past").is_not_null()).drop("_rank")
