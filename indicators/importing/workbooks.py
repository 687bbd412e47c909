"""Tables in workbooks: XLSX, XLSB, XLS and ODS through calamine."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import polars as pl
from defusedxml import ElementTree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from . import messages
from .faults import FAULT_SCHEMA, no_faults
from .limits import Limits
from .refusals import Refused
from .sources import KIND_NAMES, ODS, XLSX, Source, megabytes
from .tables import HEAD_ROWS, ROW, Table

_BATCH = 50_000
_TOP = 15
_CELL = re.compile(rb"<c\b([^>]*?)(/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_COLUMNS = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,4})[0-9]')
_ROWS = re.compile(rb'<row\b[^>]*?\br="([0-9]+)"')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_ROWS = re.compile(rb'number-rows-repeated="([0-9]+)"')
_ODS_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]+)"')
_STORED = re.compile(rb"<v>[^<]|<is>")


def workbook_tables(source: Source, kind: str, limits: Limits) -> Iterator[Table]:
    """The sheets with cells, hidden ones marked. Raises Refused where it cannot be opened."""
    with source.open() as stream:
        content = stream.read(limits.workbook + 1)
    if len(content) > limits.workbook:
        raise Refused(messages.TOO_LARGE_OF_KIND, most=megabytes(limits.workbook))
    faults = _sheet_faults(content, limits) if kind == XLSX else {}
    if kind == ODS:
        _bounded_ods(content, limits)
    try:
        book = load_workbook(io.BytesIO(content))
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                yield _table(
                    book,
                    about.name,
                    about.visible != SheetVisibleEnum.Visible,
                    faults.get(about.name, no_faults()),
                    limits,
                )
    except PasswordError:
        raise Refused(messages.PASSWORD) from None
    except CalamineError:
        raise Refused(messages.BROKEN, what=KIND_NAMES[kind]) from None


def _table(
    book: CalamineWorkbook, name: str, hidden: bool, faults: pl.DataFrame, limits: Limits
) -> Table:
    sheet = book.get_sheet_by_name(name)
    cells = sheet.total_height * sheet.total_width
    if cells > limits.cells:
        raise Refused(messages.CELLS, sheet=name, n=cells, most=limits.cells)

    def chunks() -> Iterator[pl.DataFrame]:
        rows, first = _rows(sheet), 1
        while batch := list(islice(rows, _BATCH)):
            yield _frame(batch, first)
            first += len(batch)

    head = [[_text(cell) for cell in row] for row in islice(_rows(sheet), HEAD_ROWS)]
    return Table(name, head, chunks, lettered=True, hidden=hidden, faults=faults)


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """The rows from the first, with what merged cells hold in each cell of theirs."""
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]
    merged: dict[int, list[tuple[int, int, int, int]]] = {}
    for (top, start), (bottom, end) in sheet.merged_cell_ranges or ():
        for row in range(top, bottom + 1):
            merged.setdefault(row, []).append((top, start, bottom, end))
    held: dict[tuple[int, int], Any] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        cells = [*left, *cells]
        for top, start, _, end in merged.get(number, ()):
            if number == top:
                held[top, start] = cells[start] if start < len(cells) else ""
            value = held.get((top, start), "")
            # A number merged over several data cells is one value, not several.
            if isinstance(value, str) or top < _TOP:
                for column in range(start, min(end + 1, len(cells))):
                    cells[column] = value
        yield cells


def _frame(rows: list[list[Any]], first: int) -> pl.DataFrame:
    columns = {}
    for index, values in enumerate(zip(*rows, strict=True)):
        kinds = set(map(type, values))
        numbers = None
        if float in kinds or int in kinds:
            only = values if kinds <= {float, int} else map(_number, values)
            numbers = pl.Series(only if isinstance(only, tuple) else list(only), dtype=pl.Float64)
        texts = list(map(_text, values)) if kinds - {float, int} else None
        if texts is None and numbers is not None:
            column = _texts_of(numbers)
        else:
            column = pl.Series(texts, dtype=pl.String)
        columns[str(index)] = column
        if numbers is not None:
            columns[f"n{index}"] = numbers
    frame = pl.DataFrame(columns)
    return frame.with_row_index(ROW, first).with_columns(pl.col(ROW).cast(pl.UInt32))


def _texts_of(numbers: pl.Series) -> pl.Series:
    whole = (numbers == numbers.round()) & (numbers.abs() < 1e15)
    texts = numbers.to_frame("n").select(
        pl.when(whole)
        .then(pl.col("n").cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.col("n").cast(pl.String))
    )
    return texts.to_series()


def _number(value: Any) -> float | None:
    return float(value) if type(value) in (float, int) else None


def _text(value: Any) -> str:
    """A cell as text: whole numbers without decimals, dates in ISO form."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return (value.date() if value.time() == time() else value).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case None:
            return ""
        case _:
            return str(value)


def _sheet_faults(content: bytes, limits: Limits) -> dict[str, pl.DataFrame]:
    """By sheet, formulas that fail or have no stored result; calamine shows both as blank.

    Raises Refused for a sheet whose outermost cells span more than the limit: calamine would take
    memory for all of them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {
                name: _faults_in(packed.read(member), name, limits)
                for name, member in _sheet_members(packed).items()
                if member in packed.namelist()
            }
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(messages.BROKEN, what=KIND_NAMES[XLSX]) from None


def _bounded_ods(content: bytes, limits: Limits) -> None:
    """Raises Refused where a few repeated cells would stretch over more than the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            body = packed.read("content.xml")
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        raise Refused(messages.BROKEN, what=KIND_NAMES[ODS]) from None
    cells = 0
    for row in _ODS_ROW.finditer(body):
        filled = row[2][: max(row[2].rfind(b"office:value"), row[2].rfind(b"<text:p")) + 1]
        if filled:
            # Blank cells repeated to the sheet's right edge, as every program writes them, are cut.
            columns = filled.count(b"<table:table-cell") + sum(
                map(int, _ODS_COLUMNS.findall(filled))
            )
            rows = _ODS_ROWS.search(row[1])
            cells += columns * (int(rows[1]) if rows else 1)
    if cells > limits.cells:
        raise Refused(messages.CELLS, sheet="", n=cells, most=limits.cells)


def _sheet_members(packed: zipfile.ZipFile) -> dict[str, str]:
    """Where in the package each sheet stands, by its name."""
    relations = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"), forbid_dtd=True)
    members = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            of = next((value for key, value in sheet.items() if key.endswith("}id")), "")
            target = targets.get(of, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            members[sheet.get("name", "")] = member
    return members


def _faults_in(sheet: bytes, name: str, limits: Limits) -> pl.DataFrame:
    columns = max((_index(letters) for letters in set(_COLUMNS.findall(sheet))), default=0)
    last = max(map(int, _ROWS.findall(sheet)), default=0)
    if columns * last > limits.cells:
        raise Refused(messages.CELLS, sheet=name, n=columns * last, most=limits.cells)
    if b"<f" not in sheet and b't="e"' not in sheet:
        return no_faults()
    found: list[tuple[str, int, str, str, str]] = []
    for match in _CELL.finditer(sheet):
        attributes, inner = match[1], match[3] or b""
        failed = b't="e"' in attributes
        if not failed and not (b"<f" in inner and not _STORED.search(inner)):
            continue
        # A formula whose stored result is an empty text has a type; one never computed has none.
        if not failed and b't="str"' in attributes:
            continue
        if place := _PLACE.search(attributes):
            shown = re.sub(rb"<f\b.*?(/>|</f>)|<[^>]*>", b"", inner, flags=re.DOTALL)
            text = shown.decode("utf-8", errors="replace")
            code = "value_error" if failed else "value_formula"
            found.append((name, int(place[2]), place[1].decode(), code, text))
    frame = pl.DataFrame(
        found, schema=["sheet", "row", "column", "code", "found"], orient="row"
    ).with_columns(expected=pl.lit(""), facts=pl.lit(""))
    return frame.select(FAULT_SCHEMA.names()).cast(FAULT_SCHEMA)


def _index(letters: bytes) -> int:
    number = 0
    for character in letters:
        number = number * 26 + character - 64
    return number
