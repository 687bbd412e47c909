"""A table of cells as readers of text, workbooks and SDMX hand it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl

from .faults import no_faults

ROW = "_row"
HEAD_ROWS = 60


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `head` its first rows as texts, `chunks` all rows in bounded frames.

    A chunk has the row's number from 1 (`_row`) and the columns `0`, `1`, ... as texts; a
    workbook's also `n0`, `n1`, ... with the cells that are numbers themselves. `lettered` tables
    have columns that people call A, B, C. `faults` are what reading itself found wrong.
    """

    name: str
    head: list[list[str]]
    chunks: Callable[[], Iterator[pl.DataFrame]]
    lettered: bool = False
    hidden: bool = False
    faults: pl.DataFrame = field(default_factory=no_faults)


@dataclass(frozen=True, slots=True)
class Copied:
    """A table to be copied: what its columns are called, and the number of its last header row."""

    table: Table
    shown: tuple[str, ...] = ()
    header: int = 0


def letter(index: int) -> str:
    """The spreadsheet's name of the column counted from 0: A, B, ... Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
