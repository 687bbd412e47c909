"""Tables as files a spreadsheet opens safely."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

ROWS_OF_PART = 5_000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a byte order mark (so that spreadsheets read UTF-8); no cell starts a formula."""
    return "".join(csv_parts(columns, rows))


def csv_parts(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The text of `as_csv` in pieces of some thousand rows, to be sent one after the other."""
    every = chain([columns], rows)
    mark = "\ufeff"
    while some := list(islice(every, ROWS_OF_PART)):
        out = io.StringIO()
        csv.writer(out).writerows([_safe(cell) for cell in row] for row in some)
        yield mark + out.getvalue()
        mark = ""


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(DANGEROUS):
        return f"'{cell}"
    return "" if cell is None else cell
