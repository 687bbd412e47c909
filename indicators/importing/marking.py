"""A copy of the sheets with the wrong cells marked, to be mended in a spreadsheet."""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from countries.content.sentences import Sentence, filled

from . import messages
from .faults import ERROR, Fault
from .tables import ROW, Copied, Table, letter

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_WHOLE = 20_000
_COMMENTS = 2_000
_LONGEST = 32_000

_Marks = dict[tuple[int, int], list[Fault]]
_Spoken = Callable[[Sentence], str]


def error_workbook(
    sheets: Mapping[str, Copied], faults: Iterable[Fault], spoken: _Spoken = str
) -> bytes:
    """An XLSX file: a list of the faults, then each table that has any, its wrong cells marked.

    `sheets` are by the names that the faults call them; `spoken` says a sentence in the reader's
    language; without it, English.

    Rows keep their numbers. Of a table of more than 20,000 rows only the header and the wrong rows
    are copied. Texts stay texts: nothing in the file is a formula.
    """
    faults = list(faults)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    formats = {
        "error": book.add_format({"bg_color": "#F8CBAD", "bold": True}),
        "warning": book.add_format({"bg_color": "#FFE699"}),
        "heading": book.add_format({"bold": True}),
    }
    taken: set[str] = set()
    listed = book.add_worksheet(_sheet_name(spoken(messages.FAULTS_LISTED), taken))
    _list(listed, faults, formats["heading"], spoken)
    for name, copied in sheets.items():
        if marks := _marks(name, faults, copied.shown):
            sheet = book.add_worksheet(_sheet_name(name, taken))
            _copy(sheet, copied.table, marks, copied.header, formats, spoken)
    book.close()
    return buffer.getvalue()


def _list(sheet: Worksheet, faults: list[Fault], heading: Format, spoken: _Spoken) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(4, 5, 30)
    sheet.set_column(6, 6, 90)
    for column, text in enumerate(messages.FAULT_HEADINGS):
        sheet.write_string(0, column, spoken(text), heading)
    for row, fault in enumerate(faults[: _MOST_ROWS - 1], start=1):
        sheet.write_string(row, 0, fault.sheet)
        sheet.write_number(row, 1, fault.row)
        severity = spoken(messages.SEVERITIES[fault.severity])
        expected, message = spoken(fault.expected), spoken(fault.message)
        texts = (fault.column, severity, fault.found, expected, message)
        for column, shown in enumerate(texts, start=2):
            sheet.write_string(row, column, shown[:_LONGEST])


def _marks(name: str, faults: list[Fault], shown: tuple[str, ...]) -> _Marks:
    places = {column: index for index, column in reversed([*enumerate(shown)])}
    places |= {letter(index): index for index in range(len(shown)) if letter(index) not in places}
    marks: _Marks = defaultdict(list)
    for fault in faults:
        if fault.sheet == name:
            marks[fault.row, places.get(fault.column, len(shown) if shown else 0)].append(fault)
    return marks


def _copy(
    sheet: Worksheet,
    table: Table,
    marks: _Marks,
    header: int,
    formats: dict[str, Format],
    spoken: _Spoken,
) -> None:
    wrong = {row for row, _ in marks}
    noted = 0
    kept = pl.Series([*wrong], dtype=pl.UInt32).implode()
    for chunk in table.chunks():
        few = (pl.col(ROW) <= max(header, _WHOLE)) | pl.col(ROW).is_in(kept)
        for values in chunk.filter(few).iter_rows(named=True):
            row = values[ROW]
            if row > _MOST_ROWS:
                return
            for name, text in values.items():
                if not name.isdigit() or (column := int(name)) >= _MOST_COLUMNS:
                    continue
                of = marks.get((row, column), [])
                if not of and not text:
                    continue
                style = formats[_worst(of)] if of else None
                number = values.get(f"n{name}")
                if number is not None:
                    sheet.write_number(row - 1, column, number, style)
                else:
                    sheet.write_string(row - 1, column, (text or "")[:_LONGEST], style)
                if of and noted < _COMMENTS:
                    note = "\n".join(spoken(_note(fault)) for fault in of)[:_LONGEST]
                    sheet.write_comment(row - 1, column, note, {"x_scale": 2})
                    noted += 1


def _worst(faults: list[Fault]) -> str:
    return ERROR if any(fault.severity == ERROR for fault in faults) else "warning"


def _note(fault: Fault) -> Sentence:
    if not fault.expected:
        return fault.message
    return filled(messages.MARKED, message=fault.message, expected=fault.expected)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that a spreadsheet takes: 31 characters, without some signs, not yet there."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("'") or "Table"
    short, number = plain[:31], 1
    while short.casefold() in taken or short.casefold() == "history":
        number += 1
        short = f"{plain[: 28 - len(str(number))]} ({number})"
    taken.add(short.casefold())
    return short
