"""Reading the sheets of a round from a CSV file (docs/instrument-format.md).

Columns `sheet,panel,item,status,s2..sL`, in any order; one row per sheet and item. Lines are
counted as an editor shows them, from 1.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from diagnostics.scoring.instrument import Answer, Instrument, ItemAnswers, Sheet, Status
from diagnostics.scoring.panels import AGREED, PANELS

ANSWERS = {answer.value: answer for answer in Answer}
ANSWER_WORDS = "yes, partly, no, unknown or an empty cell"
FIXED_COLUMNS = ("sheet", "panel", "item", "status")
STATUSES = {status.value: status for status in Status}


class SheetsFault(ValueError):
    """A file of sheets that cannot be used; `faults` has one sentence each, by line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(slots=True)
class _Found:
    """One sheet while it is read, with the lines that later rows may clash with."""

    panel: str
    line: int
    responses: dict[str, ItemAnswers] = field(default_factory=dict)
    item_lines: dict[str, int] = field(default_factory=dict)


def read_sheets(content: bytes, instrument: Instrument) -> list[Sheet]:
    """Return the sheets of a CSV file, in order of first mention.

    Items that have no row are left out of a sheet's responses. Raises SheetsFault with every
    fault in the file.
    """
    rows = _rows(_text(content))
    header_line, header = next(rows, (1, []))
    columns = _columns(instrument)
    header = [name.lower() for name in header]
    if faults := list(_header_faults(header, columns)):
        raise SheetsFault(f"Line {header_line}: {fault}" for fault in faults)
    reader = _Reader(instrument, columns)
    for line, cells in rows:
        reader.take(line, header, cells)
    if not reader.sheets and not reader.faults:
        raise SheetsFault([f"Line {header_line + 1}: there are no rows below the columns."])
    if reader.faults:
        raise SheetsFault(reader.faults)
    return [
        Sheet(name=name, panel=found.panel, responses=found.responses)
        for name, found in reader.sheets.items()
    ]


def write_sheets(sheets: Iterable[Sheet], instrument: Instrument) -> str:
    """The sheets as the CSV that `read_sheets` reads, items in instrument order.

    Names and panels are written as they are; themes assigned to a sheet have no column.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_columns(instrument))
    for sheet in sheets:
        for code in instrument.items():
            if given := sheet.responses.get(code):
                answers = [answer.value for answer in given.answers]
                writer.writerow([sheet.name, sheet.panel, code, given.status.value, *answers])
    return out.getvalue()


def _columns(instrument: Instrument) -> list[str]:
    return [*FIXED_COLUMNS, *(f"s{step}" for step in instrument.steps)]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        message = f"Line {line}: this is not UTF-8 text; save the file as CSV in UTF-8."
        raise SheetsFault([message]) from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, its cells without surrounding spaces, with its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    line = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        raise SheetsFault([f"Line {line}: the row cannot be read as CSV ({fault})."]) from None


def _header_faults(header: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    expected = ",".join(columns)
    if not header:
        yield f"the file is empty; the columns {expected} are expected."
        return
    if len(header) == 1 and ";" in header[0]:
        yield f"the columns are separated by semicolons; commas are expected ({expected})."
        return
    for name in columns:
        if name not in header:
            yield f'the column "{name}" is missing; the columns {expected} are expected.'
    for name in dict.fromkeys(header):
        if name not in columns:
            yield f'the column "{name}" is unknown; the columns {expected} are expected.'
        elif header.count(name) > 1:
            yield f'the column "{name}" stands there {header.count(name)} times.'


class _Reader:
    """Takes row after row; keeps the sheets and every fault."""

    def __init__(self, instrument: Instrument, columns: Sequence[str]) -> None:
        self.items = instrument.items()
        self.version = f"{instrument.code} {instrument.version}"
        self.answer_columns = columns[len(FIXED_COLUMNS) :]
        self.sheets: dict[str, _Found] = {}
        self.faults: list[str] = []

    def take(self, line: int, header: Sequence[str], cells: Sequence[str]) -> None:
        """Read one row into the sheets, or its faults into the list."""
        if len(cells) != len(header):
            self._fault(line, f"the row has {len(cells)} cells; {len(header)} are expected.")
            return
        row = dict(zip(header, cells, strict=True))
        found = self._sheet(line, row)
        code = self._item(line, row)
        response = self._response(line, row)
        if found is None or code not in self.items:
            return
        if code in found.responses:
            self._fault(
                line,
                f'the sheet "{self._name(row)}" answers {code} a second time; '
                f"the first is on line {found.item_lines[code]}.",
            )
            return
        found.item_lines[code] = line
        found.responses[code] = response

    def _fault(self, line: int, sentence: str) -> None:
        self.faults.append(f"Line {line}: {sentence}")

    def _name(self, row: dict[str, str]) -> str:
        name = row["sheet"]
        return AGREED if name.lower() == AGREED else name

    def _sheet(self, line: int, row: dict[str, str]) -> _Found | None:
        name, panel = self._name(row), row["panel"].lower()
        if not name:
            self._fault(line, "the name of the sheet is blank.")
            return None
        allowed = (*PANELS, AGREED, "") if name == AGREED else PANELS
        if panel not in allowed:
            self._fault(
                line,
                f'the panel "{row["panel"]}" is unknown; expected {", ".join(PANELS[:-1])} or '
                f"{PANELS[-1]} (the sheet {AGREED} may leave it blank).",
            )
            return None
        # Whatever panel is written beside it, the agreed sheet is no rater of that panel.
        panel = AGREED if name == AGREED else panel
        found = self.sheets.setdefault(name, _Found(panel, line))
        if found.panel != panel:
            self._fault(
                line,
                f'the sheet "{name}" is in the panel {panel} here '
                f"and in the panel {found.panel} on line {found.line}.",
            )
            return None
        return found

    def _item(self, line: int, row: dict[str, str]) -> str:
        code = row["item"]
        if not code:
            self._fault(line, "the item is blank.")
        elif code not in self.items:
            self._fault(line, f'the item "{code}" is not in the instrument {self.version}.')
        return code

    def _response(self, line: int, row: dict[str, str]) -> ItemAnswers:
        answers = []
        for column in self.answer_columns:
            answer = ANSWERS.get(row[column].lower())
            if answer is None:
                self._fault(
                    line, f'the answer "{row[column]}" in {column} is none of {ANSWER_WORDS}.'
                )
            answers.append(answer or Answer.BLANK)
        written = any(row[column] for column in self.answer_columns)
        status = STATUSES.get(row["status"].lower())
        if status is None and (row["status"] or written):
            shown = f'"{row["status"]}"' if row["status"] else "blank although there are answers"
            self._fault(line, f"the status is {shown}; expected answered or not_applicable.")
        if status == Status.NOT_APPLICABLE and written:
            self._fault(line, "the item is not_applicable, so its answers must be blank.")
        return ItemAnswers(tuple(answers), status or Status.ANSWERED)
