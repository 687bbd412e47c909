"""What is wrong with a cell, and where; and what there is to tell."""

from dataclasses import dataclass

import polars as pl

from . import messages

ERROR = "error"
WARNING = "warning"
WARNINGS = ("jump",)


@dataclass(frozen=True, slots=True)
class Fault:
    """A wrong cell: `row` from 1 and `column` as a spreadsheet shows them."""

    severity: str
    sheet: str
    row: int
    column: str
    code: str
    found: str
    expected: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                f"sheet {self.sheet}" if self.sheet else "",
                f"row {self.row}",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about the file that asks for no mending."""

    code: str
    message: str


FAULT_SCHEMA = pl.Schema(
    {
        "sheet": pl.String,
        "row": pl.UInt32,
        "column": pl.String,
        "code": pl.String,
        "found": pl.String,
        "expected": pl.String,
        "other": pl.String,
    }
)
"""Faults on their way, as the checks return them; `faults` makes the sentences."""


def no_faults() -> pl.DataFrame:
    """A frame of faults without any."""
    return FAULT_SCHEMA.to_frame()


def tell(code: str, **values: object) -> Told:
    """A Told with its sentence."""
    return Told(code, messages.TOLD[code].format(**values))


def fault(
    sheet: str, row: int, column: str, code: str, found: str, expected: str = "", other: str = ""
) -> Fault:
    """A Fault with its sentence."""
    return Fault(
        severity=WARNING if code in WARNINGS else ERROR,
        sheet=sheet,
        row=row,
        column=column,
        code=code,
        found=found,
        expected=expected or messages.EXPECTED.get(code, ""),
        message=messages.FAULTS[code].format(found=messages.quoted(found), other=other),
    )


def found_at(
    cells: pl.DataFrame,
    code: str,
    *,
    column: str | pl.Expr = "column",
    found: str | pl.Expr = "text",
    expected: str | pl.Expr = "",
    other: str | pl.Expr = "",
) -> pl.DataFrame:
    """The faults of these cells, all of one code; texts are literal except `column`, `found`."""
    return cells.select(
        "sheet",
        "row",
        _expression(column, named=True).alias("column"),
        pl.lit(code).alias("code"),
        _expression(found, named=True).alias("found"),
        _expression(expected).alias("expected"),
        _expression(other).alias("other"),
    ).cast(FAULT_SCHEMA)


def faults(frame: pl.DataFrame) -> list[Fault]:
    """The frame's faults as a person reads them, in the order of the file."""
    return [
        fault(sheet, row, column or "", code, found or "", expected or "", other or "")
        for sheet, row, column, code, found, expected, other in frame.iter_rows()
    ]


def _expression(value: str | pl.Expr, *, named: bool = False) -> pl.Expr:
    if isinstance(value, pl.Expr):
        return value
    return pl.col(value) if named else pl.lit(value)
