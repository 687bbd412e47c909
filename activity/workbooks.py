"""Tables as an Excel file: one sheet each, numbers as numbers, and no text can be a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MOST_LETTERS = 32_767  # Excel takes no more in a cell
LONGEST_NAME = 31  # nor of a sheet's name
WIDEST = 70
HEAD = 4  # the row with the columns' labels, as a spreadsheet counts
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


@dataclass(frozen=True)
class Formula:
    """A number the spreadsheet computes; `value` is what it comes to, for readers that do not."""

    text: str
    value: Decimal | int


Cell = str | int | float | Decimal | Formula | None


@dataclass(frozen=True)
class Page:
    """One sheet: a table under its caption. `decimals` is how amounts look: a Decimal, or a formula
    that comes to one."""

    name: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    decimals: str = "General"

    def column(self, at: int) -> str:
        """The address of all cells of a column, counted from 0, for a formula anywhere."""
        letter = xl_col_to_name(at)
        last = HEAD + max(1, len(self.rows))
        return f"{quote_sheetname(self.name)}!${letter}${HEAD + 1}:${letter}${last}"


@dataclass(frozen=True)
class About:
    """What the file is: `said` stands at the head of every sheet, for one may be sent on alone."""

    title: str
    said: str
    record: str = ""
    made_at: datetime | None = None


def workbook(about: About, pages: Sequence[Page]) -> bytes:
    """The file, beginning with a sheet that says what it is and lists the others."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True} | SAFE) as book:
        book.set_properties(
            {
                "title": about.title,
                "comments": about.record,
                "created": about.made_at.replace(tzinfo=None) if about.made_at else None,
            }
        )
        bold = book.add_format({"bold": True, "font_size": 14})
        first = book.add_worksheet(_("Contents"))
        first.set_column(0, 0, 26)
        first.set_column(1, 1, WIDEST)
        for at, text in enumerate((about.title, about.said, about.record)):
            first.write_string(at, 0, text, bold if at == 0 else None)
        for at, page in enumerate(pages, start=HEAD):
            first.write_url(at, 0, f"internal:{quote_sheetname(page.name)}!A1", string=page.name)
            first.write_string(at, 1, page.caption)
        for page in pages:
            _sheet(book, page, about.said)
    return out.getvalue()


def _sheet(book: Workbook, page: Page, said: str) -> None:
    sheet = book.add_worksheet(page.name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top"})
    exact = book.add_format({"valign": "top", "num_format": page.decimals})
    sheet.write_string(0, 0, page.caption, book.add_format({"bold": True, "font_size": 12}))
    sheet.write_string(1, 0, said)
    for at, label in enumerate(page.columns):
        sheet.write_string(HEAD - 1, at, label, head)
        sheet.set_column(at, at, _width(label, [row[at] for row in page.rows]))
    for line, row in enumerate(page.rows, start=HEAD):
        for at, cell in enumerate(row):
            _cell(sheet, line, at, cell, words, number, exact)
    sheet.freeze_panes(HEAD, 1)
    sheet.autofilter(HEAD - 1, 0, HEAD - 1 + len(page.rows), len(page.columns) - 1)
    sheet.repeat_rows(HEAD - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cell(
    sheet: Worksheet, line: int, at: int, cell: Cell, words: Format, number: Format, exact: Format
) -> None:
    match cell:
        case None | "":
            pass
        case Formula(text=text, value=value):
            look = number if isinstance(value, int) else exact
            sheet.write_formula(line, at, text, look, float(value))
        case Decimal():
            sheet.write_number(line, at, cell, exact)
        case int() | float():
            sheet.write_number(line, at, cell, number)
        case _:
            sheet.write_string(line, at, str(cell)[:MOST_LETTERS], words)


def _width(label: str, cells: Sequence[Cell]) -> float:
    shown = (cell.value if isinstance(cell, Formula) else cell for cell in cells)
    longest = max([len(label) * 0.6, *(len(str(cell)) for cell in shown if cell is not None)])
    return min(WIDEST, max(9, longest + 2))
