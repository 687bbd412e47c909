"""What every check may look at, and what they tell together."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from ..cells import Columns
from ..layout import Layout
from ..reference import Definition, Reference, Undecided


@dataclass(frozen=True, slots=True)
class Known:
    """The layout, the reference, and tallies that grow from part to part."""

    layout: Layout
    reference: Reference
    columns: dict[str, Columns]
    tallies: dict[str, Counter[str]] = field(default_factory=dict)
    new_indicators: dict[str, Definition] = field(default_factory=dict)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    below_zero: set[str] = field(default_factory=set)  # indicators with other values than -1 there

    def count(self, what: str, names: pl.Series) -> None:
        """Add each name as often as it stands in the series."""
        tally = self.tallies.setdefault(what, Counter())
        counts = names.value_counts(name="n")
        tally.update(dict(zip(counts.to_series(0).to_list(), counts["n"].to_list(), strict=True)))

    def ask(self, found: str, offered: tuple[str, ...], values: int) -> None:
        """Note a name that a person has to decide on, and how many values hang on it."""
        before = self.undecided.get(found)
        self.undecided[found] = Undecided(found, offered, values + (before.values if before else 0))

    def column(self, *roles: str) -> pl.Expr:
        """What the column with one of these roles is called in each cell's sheet.

        Where the table has no such column, the cell's own.
        """
        names = {
            sheet: name
            for sheet, columns in self.columns.items()
            if (name := columns.shown_for(*roles))
        }
        if not names:
            return pl.col("column")
        return pl.col("sheet").replace_strict(
            names, default=pl.col("column"), return_dtype=pl.String
        )

    def once(self, cells: pl.DataFrame, *wanted: str) -> pl.DataFrame:
        """One cell for each thing that is wrong with what these roles say.

        A row where a column says it, a column where its header says it, and the table where
        nothing does.
        """
        said = {}
        for sheet, columns in self.columns.items():
            in_header = any(role in of for _, of in columns.values for role in wanted)
            in_rows = any(role in columns.index for role in wanted)
            said[sheet] = "rows" if in_rows else "header" if in_header else "nowhere"
        where = pl.col("sheet").replace_strict(said, return_dtype=pl.String)
        at = (
            pl.when(where == "rows")
            .then(pl.col("row").cast(pl.String))
            .when(where == "header")
            .then("column")
        )
        return cells.unique(["sheet", at.alias("_at")], keep="first", maintain_order=True)


Checked = tuple[pl.DataFrame, pl.DataFrame]
"""The cells with new columns, and the faults."""


def decided(
    cells: pl.DataFrame, on: list[str], answers: list[dict[str, object]], schema: pl.Schema
) -> pl.DataFrame:
    """The cells with the answers about each combination of the columns `on` beside them."""
    return cells.join(
        pl.DataFrame(answers, schema=schema), on=on, how="left", maintain_order="left"
    )


def once_a_row(cells: pl.DataFrame) -> pl.DataFrame:
    """One cell for each row of the file: what is wrong with a row is said once."""
    return cells.unique(["sheet", "row"], keep="first", maintain_order=True)


def wrong_where(condition: pl.Expr) -> pl.Expr:
    """The mark of cells that fail, with those that fail here added."""
    return (pl.col("wrong") | condition.fill_null(value=False)).alias("wrong")
