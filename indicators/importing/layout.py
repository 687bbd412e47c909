"""How the tables of a file are laid out: recognised, shown, corrected, kept as a recipe."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from . import messages
from .refusals import Refused

COUNTRY_CODE = "country_code"
COUNTRY_NAME = "country_name"
INDICATOR_CODE = "indicator_code"
INDICATOR_NAME = "indicator_name"
PERIOD = "period"
VALUE = "value"
FREQUENCY = "frequency"
FLAG = "flag"
NOTE = "note"
UNIT = "unit"
MULTIPLIER = "multiplier"
STANDARD_ERROR = "standard_error"
SAMPLE_SIZE = "sample_size"
ACTION = "action"

ROLES = (
    COUNTRY_CODE,
    COUNTRY_NAME,
    INDICATOR_CODE,
    INDICATOR_NAME,
    PERIOD,
    VALUE,
    FREQUENCY,
    FLAG,
    NOTE,
    UNIT,
    MULTIPLIER,
    STANDARD_ERROR,
    SAMPLE_SIZE,
    ACTION,
)
"""What a column can hold. The power of ten (`multiplier`) and `action` are SDMX's."""

HEADINGS = ("", COUNTRY_NAME, INDICATOR_CODE, INDICATOR_NAME, PERIOD, UNIT)
"""What a row of the header can say of the value columns below it."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One table. A column is called by its header text, or by its letter where that is blank.

    `headings` says, a row of the header each, what stands above the value columns; it is empty
    for a long table, whose one value column has the role `value`. `fixed` holds what is the same
    for the whole table, by role.
    """

    sheet: str
    used: bool = True
    header_row: int = 1
    header_rows: int = 1
    columns: dict[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    breakdown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    fixed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file. `thousands` is one sign; a space stands for every kind of space.

    `missing` are marks that mean "no value" in this file beyond the usual ones (-1 where a
    publisher says so); they are compared with the text as found.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = ()
    sheets: tuple[SheetLayout, ...] = ()

    def sheet(self, name: str) -> SheetLayout | None:
        """The layout of the table of that name, if it is known."""
        return next((sheet for sheet in self.sheets if sheet.sheet == name), None)

    def about(self, indicator: str) -> Layout:
        """The layout with this indicator for every table that says nowhere which it is about."""
        named = {INDICATOR_CODE, INDICATOR_NAME}
        return replace(
            self,
            sheets=tuple(
                sheet
                if named & {*sheet.columns, *sheet.headings, *sheet.fixed}
                else replace(sheet, fixed={**sheet.fixed, INDICATOR_CODE: indicator})
                for sheet in self.sheets
            ),
        )

    def to_json(self) -> str:
        """The layout as JSON text; `from_json` reads it back."""
        return json.dumps(self.to_data(), ensure_ascii=False)

    def to_data(self) -> dict[str, Any]:
        """The layout as dictionaries, lists and texts."""
        data: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return data

    @classmethod
    def from_json(cls, text: str) -> Layout:
        """Raises Refused where the text is no layout."""
        try:
            return cls.from_data(json.loads(text))
        except ValueError as fault:
            raise fault if isinstance(fault, Refused) else Refused(messages.NO_LAYOUT) from None

    @classmethod
    def from_data(cls, data: object) -> Layout:
        """Raises Refused where the data is no layout."""
        layout: Layout = _built(cls, data)
        sheets = tuple(_built(SheetLayout, sheet) for sheet in layout.sheets)
        for sheet in sheets:
            if {*sheet.columns, *sheet.fixed} - {*ROLES} or {*sheet.headings} - {*HEADINGS}:
                raise Refused(messages.NO_LAYOUT)
        return replace(layout, sheets=sheets)


def _built(shape: type[Any], data: object) -> Any:
    """A dataclass from a dictionary whose values have the types of the defaults."""
    known = {each.name: str(each.type) for each in fields(shape)}
    if not isinstance(data, dict) or not {*data} <= {*known}:
        raise Refused(messages.NO_LAYOUT)
    values = {}
    for name, value in data.items():
        if known[name].startswith("tuple[str") or known[name].startswith("tuple[Sheet"):
            if not isinstance(value, list | tuple):
                raise Refused(messages.NO_LAYOUT)
            texts = known[name].startswith("tuple[str")
            if texts and not all(isinstance(each, str) for each in value):
                raise Refused(messages.NO_LAYOUT)
            value = tuple(value)
        elif known[name].startswith("dict"):
            if not isinstance(value, dict) or not all(
                isinstance(text, str) for pair in value.items() for text in pair
            ):
                raise Refused(messages.NO_LAYOUT)
        elif type(value).__name__ != known[name]:
            raise Refused(messages.NO_LAYOUT)
        values[name] = value
    try:
        return shape(**values)
    except TypeError:
        raise Refused(messages.NO_LAYOUT) from None
