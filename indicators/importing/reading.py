"""From a file to the flat form: one row a cell that holds something."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from . import messages
from .cells import CELLS, Columns, cells_of, columns_of, long_rows
from .faults import Told, column_ignored, no_faults, tell
from .layout import Layout, SheetLayout
from .limits import Limits
from .numbers import Style, style_of
from .recognising import recognised
from .refusals import Refused
from .sdmx_messages import sdmx_table
from .sources import CSV, KIND_NAMES, WORKBOOKS, ZIP, Source, kind_of, members, source_of
from .tables import Copied, Table
from .text import delimiter_of, encoding_of, text_table
from .workbooks import workbook_tables

_SAMPLE_CELLS = 20_000
_SAMPLE_ROWS = 30


class Unrecognised(Refused):
    """A file whose layout nobody has told yet; `layout` and `samples` help to tell it."""

    def __init__(self, layout: Layout, samples: dict[str, list[list[str]]]) -> None:
        super().__init__(messages.NO_TABLE)
        self.layout = layout
        self.samples = samples


@dataclass(frozen=True, slots=True)
class Part:
    """A bounded piece of the flat form, with the faults of its rows."""

    cells: pl.DataFrame
    faults: pl.DataFrame


@dataclass(frozen=True)
class Reading:
    """A file as it was read: its layout, what there is to tell, and its cells.

    `samples` are the first rows of every table as texts, by sheet, to correct the layout by.
    """

    layout: Layout
    told: tuple[Told, ...]
    samples: dict[str, list[list[str]]]
    tables: dict[str, Table] = field(repr=False)

    @property
    def cells(self) -> pl.DataFrame:
        """The whole flat form (`CELLS`); for large files go through `parts` instead."""
        return pl.concat([CELLS.to_frame(), *(part.cells for part in self.parts())])

    def parts(self) -> Iterator[Part]:
        """The flat form in pieces, in the order of the file."""
        for sheet in self.layout.sheets:
            if not sheet.used:
                continue
            table = self.tables[sheet.sheet]
            columns = columns_of(table, sheet)
            first = table.faults
            for chunk in table.chunks():
                faults = no_faults() if table.lettered else long_rows(chunk, columns)
                yield Part(cells_of(chunk, columns), pl.concat([first, faults]))
                first = no_faults()

    def copied(self) -> dict[str, Copied]:
        """The tables, to be marked (`marking.error_workbook`)."""
        columns = self.columns()
        return {
            name: Copied(table, columns[name].shown, columns[name].body - 1)
            if name in columns
            else Copied(table)
            for name, table in self.tables.items()
        }

    def columns(self) -> dict[str, Columns]:
        """Where things stand in each table that is read, by sheet."""
        return {
            sheet.sheet: columns_of(self.tables[sheet.sheet], sheet)
            for sheet in self.layout.sheets
            if sheet.used
        }


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of a file by sheet, whatever they hold; `layout` says how the file is written."""

    layout: Layout
    tables: dict[str, Table]
    told: tuple[Told, ...]


def opened(given: Path | str | bytes, *, limits: Limits | None = None) -> Opened:
    """The tables of a file, or of its content, by their headers. Raises Refused as `read` does."""
    limits = limits or Limits()
    tables: dict[str, Table] = {}
    told: list[Told] = []
    with whole_packages():
        source = source_of(given, limits)
        seen = _add_tables(source, Layout(kind_of(source, limits)), None, limits, tables, told)
    return Opened(seen, tables, tuple(told))


@contextmanager
def whole_packages() -> Iterator[None]:
    """Reading a package that is damaged raises Refused."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise Refused(messages.BROKEN, what=KIND_NAMES[ZIP]) from None


def read(
    path: Path | str, *, layout: Layout | None = None, limits: Limits | None = None
) -> Reading:
    """The file in the flat form, its layout recognised or as given.

    A given layout may know fewer sheets than the file has; the others are recognised. Raises
    Refused with one sentence for a file that cannot be read, Unrecognised where no table was found.
    """
    limits = limits or Limits()
    with whole_packages():
        return _read(source_of(path, limits), layout, limits)


def _read(source: Source, layout: Layout | None, limits: Limits) -> Reading:
    told: list[Told] = []
    seen = Layout(kind_of(source, limits))
    tables: dict[str, Table] = {}
    seen = _add_tables(source, seen, layout, limits, tables, told)
    sheets = _sheet_layouts(tables, layout, told)
    samples = {name: table.head[:_SAMPLE_ROWS] for name, table in tables.items()}
    seen = replace(
        seen,
        sheets=sheets,
        missing=layout.missing if layout else (),
    )
    if not any(sheet.used for sheet in sheets):
        raise Unrecognised(seen, samples)
    reading = Reading(seen, (), samples, tables)
    if not any(part.cells.height or part.faults.height for part in reading.parts()):
        raise Refused(messages.HEADER_ONLY)
    if layout and layout.kind == seen.kind:
        seen = replace(seen, decimal=layout.decimal, thousands=layout.thousands)
    else:
        seen = _with_style(reading, told)
    return replace(reading, layout=seen, told=tuple(told))


def _add_tables(
    source: Source,
    seen: Layout,
    given: Layout | None,
    limits: Limits,
    tables: dict[str, Table],
    told: list[Told],
) -> Layout:
    """Put the source's tables in; returns what was seen of how it is written."""
    if seen.kind in WORKBOOKS:
        for table in workbook_tables(source, seen.kind, limits):
            name = f"{source.name}/{table.name}" if source.name else table.name
            tables[name] = replace(table, name=name)
        return seen
    if seen.kind == CSV:
        encoding, guessed = encoding_of(source)
        if given and given.encoding and given.kind != ZIP:
            encoding, guessed = given.encoding, False
        if guessed:
            told.append(tell("encoding_guessed", encoding=encoding))
        delimiter = delimiter_of(source, encoding)
        if given and given.delimiter and given.kind != ZIP:
            delimiter = given.delimiter
        tables[source.name] = text_table(source, encoding, delimiter, limits)
        return replace(seen, encoding=encoding, delimiter=delimiter)
    if seen.kind == ZIP:
        for member in members(source, limits):
            try:
                inner = Layout(kind_of(member, limits))
                if inner.kind == ZIP:
                    raise Refused(messages.ZIP_NESTED, name=member.name)
                _add_tables(member, inner, None, limits, tables, told)
            except Refused as refusal:
                told.append(tell("member_unread", name=member.name, reason=refusal.sentence))
        if not tables:
            raise Refused(messages.ZIP_EMPTY)
        return seen
    tables[source.name] = sdmx_table(source, seen.kind, limits)
    return seen


def _sheet_layouts(
    tables: dict[str, Table], given: Layout | None, told: list[Told]
) -> tuple[SheetLayout, ...]:
    if given:
        for sheet in given.sheets:
            if sheet.used and sheet.sheet not in tables:
                raise Refused(messages.NO_SHEET, sheet=sheet.sheet)
    sheets = []
    for name, table in tables.items():
        known = given.sheet(name) if given else None
        if known is None and table.hidden:
            told.append(tell("sheet_hidden", sheet=name))
            known = SheetLayout(name, used=False)
        if known is None:
            known = recognised(table)
        if known is None:
            if any(any(row) for row in table.head):
                told.append(tell("sheet_unused", sheet=name))
            known = SheetLayout(name, used=False)
        if known.used:
            told += [column_ignored(column, name) for column in known.ignored]
        sheets.append(known)
    return tuple(sheets)


def _with_style(reading: Reading, told: list[Told]) -> Layout:
    """The layout with the number style that the first cells of each table need."""
    texts: list[str] = []
    for sheet in reading.layout.sheets:
        if sheet.used:
            only = replace(reading.layout, sheets=(sheet,))
            part = next(replace(reading, layout=only).parts(), None)
            if part is not None:
                words = part.cells.filter(pl.col("number").is_null())["text"]
                texts += words.head(_SAMPLE_CELLS).to_list()
    style = style_of(texts, comma_is_delimiter=reading.layout.delimiter in (",", ""))
    if style.unclear:
        told.append(style_told(style))
    return replace(reading.layout, decimal=style.decimal, thousands=style.thousands)


def style_told(style: Style) -> Told:
    """How an unclear sign was read."""
    sign = "," if "," in style.unclear else "."
    as_what = messages.DECIMAL_SIGN if style.decimal == sign else messages.THOUSANDS_SIGN
    return tell("number_style", sign=f'"{sign}"', found=f'"{style.unclear}"', read=as_what)
