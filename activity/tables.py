"""Tables as files a spreadsheet opens safely."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from activity.formulas import guarded

ROWS_OF_PART = 5_000


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a byte order mark (so that spreadsheets read UTF-8); no cell starts a formula."""
    return "".join(csv_parts(columns, rows))


def csv_answer(
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    is_fictional: bool = False,
    answer: Callable[..., HttpResponseBase] = HttpResponse,
) -> HttpResponseBase:
    """A table to be saved as `name`.csv, where every row of invented figures says so.

    A large one is sent piece by piece where `answer` is a StreamingHttpResponse.
    """
    if is_fictional:
        label = _("fictional country")
        columns, rows = [*columns, "label"], ([*row, label] for row in rows)
    sent = answer(csv_parts(columns, rows), content_type="text/csv; charset=utf-8")
    sent["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return sent


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
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else cell
