"""A table whose header was found: where each thing stands, and its rows one figure below the other.

A long table has its figures in one column. Where they stand side by side under years, industries
or regions, each column (or those of one heading) is a `Block`, and the blocks are put below each
other.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import polars as pl

from indicators.importing.checks.values import SPACES
from indicators.importing.faults import FAULT_SCHEMA, found_at
from indicators.importing.missing import CONFIDENTIAL, MARKS
from indicators.importing.tables import ROW, Table, letter

# Offices put it where a number would tell of a few people: "<5", "less than 3".
BELOW = r"^(?:<|≤|<=|(?i:less than|fewer than|under|below))\s*[0-9]+$"
_BELOW = re.compile(BELOW)
_PIECE = 500_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns of a file: words and numbers; a file may lack those that are `optional`.

    `counts` are the numbers that are whole: a lone 1,234 among them is a thousand and more, unless
    others of the file have four digits without a sign. `across` are the words that may stand in the
    header, with the figures (the first of the numbers) side by side below them.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    across: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        return self.words + self.numbers

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(what for what in self.every if what not in self.optional)


@dataclass(frozen=True, slots=True)
class Heading:
    """A text of the header, or beside the table, and the number of the row to look at for it."""

    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that belong together: where each thing stands, and what is `said` of all rows."""

    places: dict[str, int]
    said: dict[str, Heading] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its header; `header` is the number of the header's last row, from 1.

    `across` are the words that stand in the header; `dated` is the year that is said beside the
    table only, by the sheet's name or in a line above it.
    """

    table: Table
    header: int
    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    across: frozenset[str] = frozenset()
    dated: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What people call the columns: a workbook's by their letters."""
        return tuple(map(letter, range(len(self.labels)))) if self.table.lettered else self.labels

    @property
    def unread(self) -> list[str]:
        """The headers of columns that are not read."""
        read = self.read
        return [label for at, label in enumerate(self.labels) if label and at not in read]

    @property
    def read(self) -> set[int]:
        """The places of the columns that are read."""
        return {place for block in self.blocks for place in block.places.values()}

    def place(self, what: str, block: int = 0) -> tuple[int | None, str]:
        """Where it stands: the row where the header says it, else None; and the column's name."""
        of = self.blocks[block]
        said, at = of.said.get(what), of.places.get(what)
        if said and self.across:
            at = max(of.places.values())
        return said.row if said else None, "" if at is None else self.names[at]

    def rows(self, chunk: pl.DataFrame, wanted: Wanted) -> Iterator[pl.DataFrame]:
        """The rows of a piece of the table that hold anything, in bounded frames.

        Columns `sheet`, `row`, `block`, those wanted as texts with single spaces, blank where
        nothing stands, and `n_...` with the cells that a workbook has as numbers. `alone` is true
        where words in one cell are all that stands in the row, be it in several merged cells.
        """
        for body in self._body(chunk, wanted).iter_slices(max(_PIECE // len(self.blocks), 1)):
            yield pl.concat(
                body.select(
                    pl.lit(self.table.name).alias("sheet"),
                    pl.col(ROW).cast(pl.UInt32).alias("row"),
                    pl.lit(number, pl.UInt32).alias("block"),
                    "alone",
                    *(_text(what, block) for what in wanted.every),
                    *(_number(what, block, body) for what in wanted.numbers),
                )
                for number, block in enumerate(self.blocks)
            )

    def long_rows(self, chunk: pl.DataFrame) -> pl.DataFrame:
        """The faults of rows of a text with more cells than the header: 1,234 without quotes."""
        last = max(n for n, label in enumerate(self.labels) if label)
        beyond = [name for name in chunk.columns if name.isdigit() and int(name) > last]
        if self.table.lettered or not beyond:
            return FAULT_SCHEMA.to_frame()
        filled = [pl.when(pl.col(name).str.strip_chars() != "").then(name) for name in beyond]
        rows = (
            chunk.filter(pl.col(ROW) > self.header)
            .select(sheet=pl.lit(self.table.name), row=pl.col(ROW), text=pl.coalesce(filled))
            .drop_nulls("text")
        )
        return found_at(rows, "row_long", column=pl.lit(letter(last + 1)))

    def _body(self, chunk: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
        """The columns that are read, of the rows below the header that hold anything."""
        body = chunk.filter(pl.col(ROW) > self.header)
        read = [str(place) for place in sorted(self.read)]
        own = [f"n{name}" for name in read if f"n{name}" in body.columns]
        body = body.select(
            ROW,
            *(_clean(name) if name in body.columns else pl.lit("").alias(name) for name in read),
            *own,
        )
        filled = pl.sum_horizontal(pl.col(name) != "" for name in read)
        body = body.with_columns(filled.alias("_filled")).filter(pl.col("_filled") > 0)
        figures = [str(at) for at in self._places((*wanted.numbers, "year"))]
        words = [str(at) for at in self._places(wanted.words)]
        alone = (pl.col("_filled") == 1) & _any_filled(words)
        if self.table.lettered and figures:
            # A note in merged cells stands in each of them; a name may be region and industry.
            text = pl.coalesce(pl.when(pl.col(name) != "").then(name) for name in read)
            same = [(pl.col(name) == "") | (pl.col(name) == text) for name in read]
            over = _any_filled(figures) & _any_filled({*words} - {*figures})
            bare = [pl.col(name).is_null() for name in own]
            merged = body.select(pl.all_horizontal(~alone, over, *same, *bare)).to_series()
            if merged.any():
                body = body.with_columns(
                    pl.when(~merged).then(name).otherwise(pl.lit("")).alias(name)
                    for name in figures
                )
                alone |= merged
        return body.with_columns(alone.alias("alone")).drop("_filled")

    def _places(self, of: Collection[str]) -> set[int]:
        """Where the columns of these stand."""
        return {at for block in self.blocks for what, at in block.places.items() if what in of}


def is_mark(text: str) -> bool:
    """Whether a text stands where there is no number to tell."""
    low = text.lower()
    return low in MARKS or low in CONFIDENTIAL or _BELOW.match(text) is not None


def _any_filled(names: Collection[str]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(pl.col(name) != "" for name in names))


def _clean(name: str) -> pl.Expr:
    text = pl.col(name).fill_null("").str.replace_all(SPACES, " ")
    return text.str.strip_chars(" \ufeff\u200e\u200f")


def _text(what: str, block: Block) -> pl.Expr:
    if what in block.places:
        return pl.col(str(block.places[what])).alias(what)
    said = block.said.get(what)
    return pl.lit(said.text if said else "").alias(what)


def _number(what: str, block: Block, body: pl.DataFrame) -> pl.Expr:
    own = f"n{block.places.get(what, '')}"
    number = pl.col(own) if own in body.columns else pl.lit(None, pl.Float64)
    return number.alias(f"n_{what}")
