"""Small files and a small world of countries for the tests of reading."""

import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from countries.shipped import gazetteer
from indicators.importing import Checked, Reading, Reference, check, read

REFERENCE = Reference(places=gazetteer())


def text_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file of that text, line breaks as they are."""
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """An XLSX file; a cell is a value, or None for none."""
    path = folder / "table.xlsx"
    path.write_bytes(workbook_bytes(sheets))
    return path


def workbook_bytes(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def checked(path: Path, reference: Reference = REFERENCE) -> Checked:
    return check(read(path), reference)


def triples(found: Reading | Checked) -> set[tuple[object, ...]]:
    """Country, indicator, period and value of what was found right."""
    result = found if isinstance(found, Checked) else check(found, REFERENCE)
    return set(result.observations.select("country", "indicator", "period", "value").rows())


def codes(result: Checked) -> list[tuple[int, str, str]]:
    """Row, column and code of each fault."""
    return [(fault.row, fault.column, fault.code) for fault in result.faults]


def frame(rows: Sequence[Sequence[object]], names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=list(names), orient="row")
