"""A workbook's formulas computed anew from its cells, independently of what the file says.

Knows what our files use: SUMPRODUCT, SUM, MAX, ISNUMBER, comparison, products and ranges.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

RANGE = re.compile(r"(?:'((?:[^']|'')+)'!|([^\W\d]\w*)!)?(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    """The sheet and address of every cell that is computed."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


def stored(content: bytes) -> dict[tuple[str, str], float]:
    """What the file says each formula comes to."""
    book, values = load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)
    return {(sheet, at): values[sheet][at].value for sheet, at in formulas(book)}


def computed(book: Workbook) -> dict[tuple[str, str], float]:
    """What each formula comes to."""
    return {(sheet, at): float(_value(book, sheet, at)) for sheet, at in formulas(book)}


def _value(book: Workbook, sheet: str, at: str) -> Any:
    cell = book[sheet][at]
    if cell.data_type != "f":
        return cell.value
    ranges: list[Any] = []

    def noted(found: re.Match[str]) -> str:
        quoted, plain, area = found.groups()
        name = (quoted or "").replace("''", "'") or plain or sheet
        ranges.append(_cells(book, name, area.replace("$", "")))
        return f"ranges[{len(ranges) - 1}]"

    text = RANGE.sub(noted, cell.value.removeprefix("=")).replace("=", "==")
    names = {
        "ranges": ranges,
        "SUMPRODUCT": lambda first, second=1: np.sum(first * _numbers(second)),
        "SUM": lambda cells: np.sum(_numbers(cells)),
        "MAX": lambda one, other: max(np.sum(_numbers(one)), other),
        "ISNUMBER": lambda cells: np.vectorize(lambda one: isinstance(one, int | float))(cells),
    }
    return eval(text, {"__builtins__": {}}, names)


def _cells(book: Workbook, sheet: str, area: str) -> Any:
    left, top, right, bottom = range_boundaries(area)
    found = [
        _value(book, sheet, book[sheet].cell(row, column).coordinate)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    return found[0] if ":" not in area else np.array(found, dtype=object)


def _numbers(cells: Any) -> Any:
    """As a spreadsheet adds: texts and empty cells are 0."""
    if not isinstance(cells, np.ndarray):
        return cells if isinstance(cells, int | float) else 0
    return np.array([one if isinstance(one, int | float) else 0 for one in cells])
