"""The long work of this floor, as job kinds: checking a file, committing it, undoing it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import Refused
from activity import kinds
from activity.jobs import JobRefused
from indicators import actions, importing
from indicators.checking import Correction, Findings, examine
from indicators.models import Import
from indicators.rows import unpacked

Report = Callable[[int, str], None]


def register() -> None:
    kinds.register("check import", kinds.Kind(_("Checking the file"), check, note))
    kinds.register("commit import", kinds.Kind(_("Loading the file"), prepare, commit))
    kinds.register("undo import", kinds.Kind(_("Undoing the import"), nothing, undo))


Outcome = tuple[Findings, bytes] | importing.Refused


def check(report: Report, *, imported: int) -> Outcome:
    """What the file says, and the workbook of its faults if it has any; or why it is not read."""
    row = Import.objects.select_related("dataset", "file", "uploaded_by").get(pk=imported)
    asked_in = row.uploaded_by.language if row.uploaded_by else ""
    with translation.override(asked_in or settings.LANGUAGE_CODE):
        return _checked(report, row)


def _checked(report: Report, row: Import) -> Outcome:
    report(10, str(_("Reading the file and checking every cell")))
    correction = Correction.of_data(row.layout)
    path = Path(row.file.content.path)
    try:
        found = examine(path, row.dataset, correction, is_complete=row.is_complete)
        if not found.errors and not found.warnings:
            return found, b""
        report(80, str(_("Marking the cells that are wrong")))
        return found, found.marked()
    except importing.Refused as refusal:
        return refusal


def note(outcome: Outcome, *, imported: int) -> dict[str, Any]:
    row = Import.objects.get(pk=imported)
    if isinstance(outcome, importing.Refused):
        actions.note_refusal(imported=row, refusal=outcome)
    else:
        findings, marked = outcome
        actions.note_findings(imported=row, findings=findings, marked=marked)
    return {"import": imported}


def prepare(report: Report, *, imported: int, by_id: int, leave_out: bool) -> pl.DataFrame:
    report(20, str(_("Comparing with what is there and storing what is new")))
    with Import.objects.get(pk=imported).rows.open() as file:
        return unpacked(file)


def commit(rows: pl.DataFrame, *, imported: int, by_id: int, leave_out: bool) -> dict[str, Any]:
    row = Import.objects.get(pk=imported)
    try:
        actions.commit(imported=row, rows=rows, by=User.objects.get(pk=by_id), leave_out=leave_out)
    except Refused as refusal:
        raise JobRefused(str(refusal)) from None
    return {"import": imported}


def nothing(report: Report, *, imported: int, by_id: int, because: str) -> None:
    report(20, str(_("Restoring what was there before")))


def undo(outcome: None, *, imported: int, by_id: int, because: str) -> dict[str, Any]:
    row = Import.objects.get(pk=imported)
    try:
        actions.undo(imported=row, because=because, by=User.objects.get(pk=by_id))
    except Refused as refusal:
        raise JobRefused(str(refusal)) from None
    return {"import": imported}
