"""Reading tables of text cells, row by row, with what is wrong in them by line.

Lines are counted as an editor shows them, from 1. A table copied from a spreadsheet has tabs where
a CSV file has commas; the first line tells which.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from countries.headings import meanings

FAULTS_SHOWN = 200
CALLED = {"period": "year", "country_name": "country"}


class TableFault(ValueError):
    """A file that cannot be used: one sentence a fault, by line; `shown` are the first 200."""

    def __init__(self, faults: Iterable[str]) -> None:
        every = tuple(faults)
        self.shown = every[:FAULTS_SHOWN]
        if more := len(every) - len(self.shown):
            self.shown = (*self.shown, f"And {more} more.")
        super().__init__("\n".join(self.shown))


@dataclass(slots=True)
class Row:
    """One row by column; collects what is wrong with them."""

    line: int
    cells: dict[str, str]
    faults: list[str] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        self.faults.append(f"Line {self.line}: {sentence}")

    def name(self, column: str) -> str:
        if not self.cells[column]:
            self.fault(f"the {column} is blank.")
        return self.cells[column]


def rows(content: bytes, needed: Sequence[str], optional: Sequence[str]) -> Iterator[Row]:
    """Every row that holds anything; one that does not fit the columns has no cells, but a fault.

    Raises TableFault where the file is no such table.
    """
    text = _text(content)
    delimiter = "\t" if "\t" in text.lstrip().partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells) and not header:
                header = [_called(name, (*needed, *optional)) for name in cells]
                if faults := list(_header_faults(header, needed, optional)):
                    raise TableFault(f"Line {line}: {fault}" for fault in faults)
            elif any(cells):
                row = Row(line, {})
                if len(cells) == len(header):
                    row.cells.update(zip(header, cells, strict=True))
                else:
                    row.fault(f"the row has {len(cells)} cells; {len(header)} are expected.")
                yield row
            line = reader.line_num + 1
    except csv.Error as fault:
        raise TableFault([f"Line {line}: the row cannot be read as CSV ({fault})."]) from None
    if not header:
        raise TableFault([f"The file is empty; the columns {','.join(needed)} are expected."])


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        message = f"Line {line}: this is not UTF-8 text; save the file as CSV in UTF-8."
        raise TableFault([message]) from None


def _called(name: str, columns: Sequence[str]) -> str:
    """The column that a header names, be it in another language, or the header itself."""
    if name.lower() in columns:
        return name.lower()
    meant = [CALLED.get(what, what) for what in meanings(name)]
    return next((column for column in meant if column in columns), name)


def _header_faults(
    header: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> Iterator[str]:
    expected = ",".join(needed) + "".join(f",{name}" for name in optional)
    for name in needed:
        if name not in header:
            yield f'the column "{name}" is missing; the columns {expected} are expected.'
    for name in dict.fromkeys(header):
        if name not in (*needed, *optional):
            yield f'the column "{name}" is unknown; the columns {expected} are expected.'
        elif header.count(name) > 1:
            yield f'the column "{name}" stands there {header.count(name)} times.'
