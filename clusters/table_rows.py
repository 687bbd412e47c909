"""Reading tables of text cells, row by row, with what is wrong in them by line.

Lines are counted as an editor shows them, from 1. A table copied from a spreadsheet has tabs where
a CSV file has commas; the first line tells which.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from countries.content.sentences import Sentence, _
from countries.headings import meanings

FAULTS_SHOWN = 200


class TableFault(ValueError):
    """A file that cannot be used: one sentence a fault, by line; `shown` are the first 200."""

    def __init__(self, faults: Iterable[Sentence]) -> None:
        every = tuple(faults)
        self.shown = every[:FAULTS_SHOWN]
        if more := len(every) - len(self.shown):
            self.shown = (*self.shown, _("And %(more)s more.", more=more))
        super().__init__("\n".join(self.shown))


@dataclass(slots=True)
class Row:
    """One row by column; collects what is wrong with them."""

    line: int
    cells: dict[str, str]
    faults: list[Sentence] = field(default_factory=list)

    def fault(self, what: Sentence) -> None:
        self.faults.append(at_line(self.line, what))

    def name(self, column: str) -> str:
        if not self.cells[column]:
            self.fault(_("%(column)s is blank.", column=column))
        return self.cells[column]


def at_line(line: int, what: Sentence) -> Sentence:
    """What is wrong on a line."""
    return _("Line %(line)s: %(what)s", line=str(line), what=what)


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
                    raise TableFault(at_line(line, fault) for fault in faults)
            elif any(cells):
                row = Row(line, {})
                if len(cells) == len(header):
                    row.cells.update(zip(header, cells, strict=True))
                else:
                    row.fault(
                        _(
                            "the row has %(found)s cells; %(expected)s are expected.",
                            found=len(cells),
                            expected=len(header),
                        )
                    )
                yield row
            line = reader.line_num + 1
    except csv.Error as fault:
        what = _("the row cannot be read as CSV (%(fault)s).", fault=str(fault))
        raise TableFault([at_line(line, what)]) from None
    if not header:
        columns = ",".join(needed)
        raise TableFault(
            [_("The file is empty; the columns %(columns)s are expected.", columns=columns)]
        )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        what = _("this is not UTF-8 text; save the file as CSV in UTF-8.")
        raise TableFault([at_line(line, what)]) from None


def _called(name: str, columns: Sequence[str]) -> str:
    """The column that a header names, be it in another language, or the header itself."""
    if name.lower() in columns:
        return name.lower()
    return next((column for column in meanings(name) if column in columns), name)


def _header_faults(
    header: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> Iterator[Sentence]:
    expected = ",".join((*needed, *optional))
    for name in needed:
        if name not in header:
            yield _(
                'the column "%(column)s" is missing; the columns %(expected)s are expected.',
                column=name,
                expected=expected,
            )
    for name in dict.fromkeys(header):
        if name not in (*needed, *optional):
            yield _(
                'the column "%(column)s" is unknown; the columns %(expected)s are expected.',
                column=name,
                expected=expected,
            )
        elif header.count(name) > 1:
            yield _('the column "%(column)s" stands there more than once.', column=name)
