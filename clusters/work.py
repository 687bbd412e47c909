"""The long work of this floor, as a job kind: reading a file of employment and mapping it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from activity import kinds
from activity.jobs import JobRefused
from clusters import actions
from clusters.employment.mapped import MappedFile, mapped_file
from clusters.models import EmploymentTable
from clusters.reading.employment import read_employment
from clusters.reading.wrong_cells import WrongCells
from countries.queries import names_of
from countries.wording import worded
from indicators.checking import unreadable
from indicators.importing import Refused

Outcome = MappedFile | tuple[WrongCells, bytes] | Refused


def register() -> None:
    kinds.register(
        "map employment", kinds.Kind(_("Reading and mapping the file"), work, keep, made)
    )


def work(report: Callable[[int, str], None], *, table: int, file: str) -> Outcome:
    """The map of the table's file; or what is wrong with it, and the workbook that shows it."""
    row = _row(table, file)
    asked_in = row.file.given_by.language if row.file.given_by else ""
    with translation.override(asked_in or settings.LANGUAGE_CODE):
        report(10, str(_("Reading the file and checking every cell")))
        plants = Path(row.plants.content.path) if row.plants else None
        try:
            read = read_employment(
                Path(row.file.content.path),
                plants,
                absent_is_zero=row.absent_is_zero,
                country=names_of(row.country),
            )
        except Refused as refusal:
            return refusal
        except WrongCells as wrong:
            report(80, str(_("Marking the cells that are wrong")))
            return wrong, wrong.marked(worded)
        report(60, str(_("Computing the map")))
        return mapped_file(*read)


def keep(outcome: Outcome, *, table: int, file: str) -> dict[str, Any]:
    held = EmploymentTable.objects.select_for_update(of=("self",))
    row = _row(table, file, held)
    match outcome:
        case WrongCells() as wrong, bytes() as marked:
            actions.keep_faults(table=row, faults=wrong.shown, count=wrong.count, marked=marked)
        case Refused():
            actions.keep_faults(table=row, faults=[unreadable(outcome)], count=1)
        case _:
            actions.keep_map(table=row, made=outcome)
    return {"table": table}


def made(result: dict[str, Any]) -> str:
    return reverse("clusters:employment", args=[result["table"]])


def _row(table: int, file: str, tables: QuerySet[EmploymentTable] | None = None) -> EmploymentTable:
    """The table while it has this file. Raises JobRefused where it is gone or has another."""
    found = EmploymentTable.objects.all() if tables is None else tables
    row = found.select_related("file__given_by", "plants").filter(pk=table, file=file).first()
    if row is None:
        raise JobRefused(_("The table has been discarded, or has another file by now."))
    return row
