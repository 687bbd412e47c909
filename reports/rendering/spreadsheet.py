"""A report's tables as an Excel file: one sheet a table, numbers as numbers, no cell a formula."""

import io
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.rendering.document import Cell, Cover, Table

MOST_LETTERS = 32_767  # Excel takes no more in a cell
WIDEST = 70
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def workbook(
    cover: Cover, tables: list[tuple[str, Table]], sha256: str, made_at: datetime | None = None
) -> bytes:
    """The file, beginning with a sheet that says what it is and lists the others."""
    out = io.BytesIO()
    # What the answers are stands at the head of every sheet: one may be sent on alone.
    said = " · ".join(
        filter(None, (cover.title, cover.period, cover.version, cover.state, cover.label))
    )
    with xlsxwriter.Workbook(out, {"in_memory": True} | SAFE) as book:
        book.set_properties(
            {
                "title": f"{cover.title}: {cover.subtitle}",
                "comments": f"SHA-256 {sha256}",
                "created": made_at.replace(tzinfo=None) if made_at else None,
            }
        )
        bold = book.add_format({"bold": True, "font_size": 14})
        first = book.add_worksheet(_("Contents"))
        first.set_column(0, 0, 26)
        first.set_column(1, 1, WIDEST)
        first.write_string(0, 0, f"{cover.title}: {cover.subtitle}", bold)
        first.write_string(1, 0, said)
        first.write_string(2, 0, f"SHA-256 {sha256}")
        for at, (name, table) in enumerate(tables, start=4):
            first.write_url(at, 0, f"internal:'{name}'!A1", string=name)
            first.write_string(at, 1, table.caption)
        for name, table in tables:
            _sheet(book, name, table, said)
    return out.getvalue()


def _sheet(book: Workbook, name: str, table: Table, said: str) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top"})
    sheet.write_string(0, 0, table.caption, book.add_format({"bold": True, "font_size": 12}))
    sheet.write_string(1, 0, said)
    for at, column in enumerate(table.columns):
        sheet.write_string(3, at, column.label, head)
        sheet.set_column(at, at, _width(column.label, [row[at] for row in table.rows]))
    for line, row in enumerate(table.rows, start=4):
        for at, cell in enumerate(row):
            _cell(sheet, line, at, cell, number if isinstance(cell, int | float) else words)
    sheet.freeze_panes(4, 1)
    sheet.autofilter(3, 0, 3 + len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cell(sheet: Worksheet, line: int, at: int, cell: Cell, look: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float | Decimal):
        sheet.write_number(line, at, cell, look)
    else:
        sheet.write_string(line, at, str(cell)[:MOST_LETTERS], look)


def _width(label: str, cells: list[Cell]) -> float:
    longest = max([len(label) * 0.6, *(len(str(cell)) for cell in cells if cell is not None)])
    return min(WIDEST, max(9, longest + 2))
