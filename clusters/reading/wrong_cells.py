"""What is wrong with the cells of a file read by its headers, told as faults with their places."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import polars as pl

from clusters.reading import messages
from clusters.reading.columns import Named
from countries.content.sentences import Fact, Sentence, Template, filled
from indicators.importing import ERROR, Fault, error_workbook
from indicators.importing.faults import faults
from indicators.importing.messages import quoted
from indicators.importing.tables import Copied

SHOWN = 500
KEPT = 10_000  # of each kind, to be marked

Telling: TypeAlias = "Fact | Callable[[dict[str, Any]], Fact]"


class WrongCells(ValueError):
    """A file with `count` wrong cells: of each kind the first 10,000 are `faults`."""

    def __init__(self, faults: list[Fault], count: int, sheets: Mapping[str, Copied]) -> None:
        self.faults, self.count, self._sheets = faults, count, sheets
        more = [f"And {count - SHOWN} more."] if count > SHOWN else []
        said = [f"{one} Expected: {one.expected}." for one in self.shown]
        super().__init__("\n".join([*said, *more]))

    @property
    def shown(self) -> list[Fault]:
        """The first 500, in the order of the file."""
        return self.faults[:SHOWN]

    def marked(self, spoken: Callable[[Sentence], str]) -> bytes:
        """The tables as a workbook, the wrong cells marked; `spoken` says a sentence."""
        return error_workbook(self._sheets, self.faults, spoken)


class Wrong:
    """Collects what is wrong with a file, in the order of its rows."""

    def __init__(self, file: Named) -> None:
        self.file = file
        self.found: list[Fault] = []
        self.count = 0

    def take(self, frame: pl.DataFrame) -> None:
        """Add what reading itself found."""
        self.count += frame.height
        found = faults(frame.head(KEPT), messages.FAULTS)
        self.found += [replace(one, sheet=self.file.called(one.sheet)) for one in found]

    def add(
        self, rows: pl.DataFrame, what: str, code: str, expected: Template, **facts: Telling
    ) -> None:
        """Add these rows, whose column is wrong; a fact may be found from the row.

        The fact `found` is what stands there, unless it is told otherwise.
        """
        if rows.is_empty():
            return
        rows = self.file.placed(rows, what)
        self.count += rows.height
        kept = rows.head(KEPT).with_columns(pl.col(pl.Categorical()).cast(pl.String))
        for row in kept.iter_rows(named=True):
            self._tell(row, what, code, expected, **facts)

    def at(
        self, row: dict[str, Any], what: str, code: str, expected: Template, **facts: Telling
    ) -> None:
        """Add one row likewise."""
        self.count += 1
        if len(self.found) < KEPT:
            column = self.file.sheets[row["sheet"]].place(what)[1]
            self._tell({**row, "column": column}, what, code, expected, **facts)

    def _tell(
        self, row: dict[str, Any], what: str, code: str, expected: Template, **facts: Telling
    ) -> None:
        said = {name: fact(row) if callable(fact) else fact for name, fact in facts.items()}
        found = str(said.pop("found", _text(row[what])))
        self.found.append(
            Fault(
                severity=ERROR,
                sheet=self.file.called(row["sheet"]),
                row=row["row"],
                column=row["column"],
                code=code,
                found=found,
                expected=filled(expected, **said),
                message=filled(messages.FAULTS[code], found=quoted(found), **said),
            )
        )

    def first(self, what: str) -> Callable[[dict[str, Any]], Sentence]:
        """A fact: where the column stands in a row's `first_sheet`, `_row` and `_block`."""
        return lambda row: self.file.where(
            what, row["first_sheet"], row["first_row"], row["first_block"]
        )

    def raise_any(self) -> None:
        """Raise WrongCells where anything is wrong."""
        if self.count:
            order = {self.file.called(sheet): n for n, sheet in enumerate(self.file.sheets)}
            self.found.sort(key=lambda one: (order.get(one.sheet, 0), one.row))
            raise WrongCells(self.found, self.count, self.file.copied())


def _text(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
