"""What is wrong with the cells of a file read by its headers, told as faults with their places."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import polars as pl

from clusters import employment_messages as messages
from clusters.named_columns import Named
from countries.content.sentences import Fact, Sentence, Template, filled
from indicators.importing import ERROR, Fault
from indicators.importing.faults import faults, place
from indicators.importing.messages import quoted

KEPT = 500

Telling: TypeAlias = "Fact | Callable[[dict[str, Any]], Fact]"


class WrongCells(ValueError):
    """A file with wrong cells: `shown` are the first 500 of `count`."""

    def __init__(self, shown: list[Fault], count: int) -> None:
        self.shown, self.count = shown, count
        more = [f"And {count - len(shown)} more."] if count > len(shown) else []
        super().__init__("\n".join([*(f"{one} Expected: {one.expected}." for one in shown), *more]))


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
        self.count += rows.height
        for row in (
            rows.head(KEPT).with_columns(pl.col(pl.Categorical()).cast(pl.String)).to_dicts()
        ):
            said = {name: fact(row) if callable(fact) else fact for name, fact in facts.items()}
            found = str(said.pop("found", _text(row[what])))
            self.found.append(
                Fault(
                    severity=ERROR,
                    sheet=self.file.called(row["sheet"]),
                    row=row["row"],
                    column=self.file.sheets[row["sheet"]].shown(what),
                    code=code,
                    found=found,
                    expected=filled(expected, **said),
                    message=filled(messages.FAULTS[code], found=quoted(found), **said),
                )
            )

    def first(self, what: str) -> Callable[[dict[str, Any]], Sentence]:
        """A fact: where the column stands in a row's `first_sheet` and `first_row`."""

        def said(row: dict[str, Any]) -> Sentence:
            sheet = row["first_sheet"]
            column = self.file.sheets[sheet].shown(what)
            return place(self.file.called(sheet), row["first_row"], column)

        return said

    def raise_any(self) -> None:
        """Raise WrongCells where anything is wrong."""
        if self.count:
            order = {self.file.called(sheet): n for n, sheet in enumerate(self.file.sheets)}
            self.found.sort(key=lambda one: (order.get(one.sheet, 0), one.row))
            raise WrongCells(self.found[:KEPT], self.count)


def _text(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
