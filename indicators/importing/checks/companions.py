"""What stands beside a value fits: standard error, sample size, lengths of texts, SDMX actions."""

import polars as pl

from .. import layout as roles
from ..faults import FAULT_SCHEMA, found_at
from ..missing import MARKS
from ..numbers import numbers
from .known import Checked, Known, once_a_row, wrong_where

LONGEST = {"flag": 20, "unit": 100, "breakdown": 300, "note": 10_000}
_ADDING = ("", "A", "R", "I", "M")
_MOST_SAMPLED = 2_147_483_647


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Replaces `standard_error` and `sample_size` by numbers."""
    faults = [FAULT_SCHEMA.to_frame()]
    layout = known.layout
    for role, fault in (
        (roles.STANDARD_ERROR, "standard_error_unclear"),
        (roles.SAMPLE_SIZE, "sample_size_unclear"),
    ):
        number = numbers(pl.col(role), layout.decimal, layout.thousands)
        right = number >= 0
        if role == roles.SAMPLE_SIZE:
            right &= (number == number.round()) & (number <= _MOST_SAMPLED)
        wrong = ~right.fill_null(value=False) & ~pl.col(role).str.to_lowercase().is_in([*MARKS])
        faults.append(found_at(cells.filter(wrong), fault, column=known.column(role), found=role))
        cells = cells.with_columns(wrong_where(wrong), pl.when(right).then(number).alias(role))
    cells = cells.with_columns(pl.col(roles.SAMPLE_SIZE).cast(pl.Int64))
    for name, most in LONGEST.items():
        long = pl.col(name).str.len_chars() > most
        faults.append(
            found_at(
                cells.filter(long),
                "text_long",
                column=known.column(name),
                found=name,
                facts={"n": pl.lit(most)},
            )
        )
        cells = cells.with_columns(wrong_where(long))
    other = ~pl.col("action").str.to_uppercase().is_in(_ADDING)
    faults.append(
        found_at(
            once_a_row(cells.filter(other)),
            "action_unknown",
            column=known.column(roles.ACTION),
            found="action",
        )
    )
    return cells.with_columns(wrong_where(other)), pl.concat(faults)
