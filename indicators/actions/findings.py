"""What a check found, kept with its import."""

from dataclasses import asdict

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from accounts.locks import held
from indicators import importing
from indicators.checking import Correction, Findings, kept, unreadable
from indicators.models import Import
from indicators.rows import packed

FAULTS_KEPT = 500  # of each severity; the workbook with the cells marked has all
TABLES_KEPT, COLUMNS_KEPT, LETTERS_KEPT = 60, 500, 200  # of the first rows, which are only shown


@transaction.atomic
def note_findings(*, imported: Import, findings: Findings, marked: bytes = b"") -> Import:
    """Keep what the check found; the import then waits to be committed.

    `marked` is the workbook with the wrong cells marked, empty where there are none.
    """
    imported = held(imported)
    correction = Correction.of_data(imported.layout)
    imported.layout = correction.as_data() | {"layout": findings.reading.layout.to_data()}
    imported.titles = {code: new.name for code, new in findings.new_indicators.items()}
    imported.head = _head(findings.reading.samples)
    imported.told = [one.parts for one in findings.told]
    imported.undecided = [asdict(one) for one in findings.undecided]
    first = findings.errors[:FAULTS_KEPT] + findings.warnings[:FAULTS_KEPT]
    imported.faults = [kept(one) for one in first]
    imported.samples = findings.samples
    imported.rejected = findings.rejected
    for name, number in asdict(findings.counts).items():
        setattr(imported, name, number)
    _keep_file(imported.rows, f"{imported.pk}.parquet", packed(findings.rows).getbuffer())
    _keep_file(imported.marked, f"{imported.pk}.xlsx", marked)
    imported.state = Import.State.CHECKED
    imported.save()
    return imported


@transaction.atomic
def note_refusal(*, imported: Import, refusal: importing.Refused) -> Import:
    """Keep why a file could not be read at all; another layout may still be given."""
    imported = held(imported)
    imported.faults, imported.told, imported.undecided = [kept(unreadable(refusal))], [], []
    imported.rejected = None
    if isinstance(refusal, importing.Unrecognised):
        correction = Correction.of_data(imported.layout)
        imported.layout = correction.as_data() | {"layout": refusal.layout.to_data()}
        imported.head = _head(refusal.samples)
    imported.state = Import.State.UPLOADED
    imported.save()
    return imported


def _keep_file(field: FieldFile, name: str, content: bytes | memoryview) -> None:
    """Put the content in place of what an earlier check left, or nothing in place of it."""
    if field:
        old = field.name
        transaction.on_commit(lambda: field.storage.delete(old))
        field.name = ""
    if content:
        field.save(name, ContentFile(content), save=False)


def _head(samples: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    return {
        name: [[text[:LETTERS_KEPT] for text in row[:COLUMNS_KEPT]] for row in rows]
        for name, rows in list(samples.items())[:TABLES_KEPT]
    }
