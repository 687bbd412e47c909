"""The long work of this floor, as job kinds: checking a file, committing it, undoing it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
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


def check(report: Report, *, imported: int) -> Findings | importing.Refused:
    row = Import.objects.select_related("dataset", "file").get(pk=imported)
    report(10, str(_("Reading the file and checking every cell")))
    correction = Correction.of_data(row.layout)
    path = Path(row.file.content.path)
    try:
        return examine(path, row.dataset, correction, is_complete=row.is_complete)
    except importing.Refused as refusal:
        return refusal


def note(outcome: Findings | importing.Refused, *, imported: int) -> dict[str, Any]:
    row = Import.objects.get(pk=imported)
    if isinstance(outcome, Findings):
        actions.note_findings(imported=row, findings=outcome)
    else:
        actions.note_refusal(imported=row, refusal=outcome)
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
