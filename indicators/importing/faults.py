"""What is wrong with a cell, and where; and what there is to tell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from countries.content.sentences import Fact, Sentence, Template, filled

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
    expected: Sentence
    message: Sentence

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
    message: Sentence


FAULT_SCHEMA = pl.Schema(
    {
        "sheet": pl.String,
        "row": pl.UInt32,
        "column": pl.String,
        "code": pl.String,
        "found": pl.String,
        "expected": pl.String,
        "facts": pl.String,
    }
)
"""Faults on their way, as the checks return them; `faults` makes the sentences.

`expected` is a template, blank for the one of the code; `facts` is JSON or blank.
"""


def no_faults() -> pl.DataFrame:
    """A frame of faults without any."""
    return FAULT_SCHEMA.to_frame()


def tell(code: str, **facts: Fact) -> Told:
    """A Told with its sentence."""
    return Told(code, filled(messages.TOLD[code], **facts))


def column_ignored(column: str, sheet: str) -> Told:
    """That nothing of a column was taken; a text has no sheet to name."""
    if not sheet:
        return tell("column_unread", column=column)
    return tell("column_ignored", column=column, sheet=sheet)


def place(sheet: str, row: int, column: str) -> Sentence:
    """A place as part of a sentence."""
    text = messages.PLACE_IN_SHEET if sheet else messages.PLACE
    return filled(text, sheet=sheet, row=str(row), column=column)


def in_place(fault: Fault) -> Sentence:
    """A fault in one: where it is, what is wrong, what was expected."""
    there = place(fault.sheet, fault.row, fault.column)
    message, expected = fault.message, fault.expected
    if expected:
        message = filled(messages.MARKED, message=message, expected=expected)
    return filled(messages.IN_PLACE, place=there, message=message)


def fault(
    sheet: str,
    row: int,
    column: str,
    code: str,
    found: str,
    expected: str = "",
    facts: str = "",
    says: Mapping[str, Template] = messages.FAULTS,
) -> Fault:
    """A Fault with its sentences; `says` has the template of each code."""
    known = {name: _fact(fact) for name, fact in json.loads(facts or "{}").items()}
    return Fault(
        severity=WARNING if code in WARNINGS else ERROR,
        sheet=sheet,
        row=row,
        column=column,
        code=code,
        found=found,
        expected=filled(expected or messages.EXPECTED.get(code, ""), **known),
        message=filled(says[code], found=messages.quoted(found), **known),
    )


def _fact(fact: Any) -> Fact:
    """A fact out of JSON: a place as its columns, an absent value as null, else text or a count."""
    if fact is None:
        return messages.NO_VALUE
    found: Fact = place(**fact) if isinstance(fact, dict) else fact
    return found


def found_at(
    cells: pl.DataFrame,
    code: str,
    *,
    column: str | pl.Expr = "column",
    found: str | pl.Expr = "text",
    expected: str | pl.Expr = "",
    facts: Mapping[str, pl.Expr] | pl.Expr | None = None,
) -> pl.DataFrame:
    """The faults of these cells, all of one code; texts are literal except `column`, `found`.

    `facts` fill the sentences: an expression each, or JSON of all.
    """
    return cells.select(
        "sheet",
        "row",
        _expression(column, named=True).alias("column"),
        pl.lit(code).alias("code"),
        _expression(found, named=True).alias("found"),
        _expression(expected).alias("expected"),
        _as_json(facts).alias("facts"),
    ).cast(FAULT_SCHEMA)


def faults(frame: pl.DataFrame, says: Mapping[str, Template] = messages.FAULTS) -> list[Fault]:
    """The frame's faults as a person reads them, in the order of the file."""
    return [
        fault(sheet, row, column or "", code, found or "", expected or "", facts or "", says)
        for sheet, row, column, code, found, expected, facts in frame.iter_rows()
    ]


def _as_json(facts: Mapping[str, pl.Expr] | pl.Expr | None) -> pl.Expr:
    if isinstance(facts, Mapping):
        named = [one.alias(name) for name, one in facts.items()]
        return pl.struct(named).struct.json_encode()
    return pl.lit("") if facts is None else facts


def _expression(value: str | pl.Expr, *, named: bool = False) -> pl.Expr:
    if isinstance(value, pl.Expr):
        return value
    return pl.col(value) if named else pl.lit(value)
