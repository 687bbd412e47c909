"""A file on its way in: uploaded, read and checked, its layout corrected and kept as a recipe."""

from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, files, jobs
from activity.models import File
from indicators import importing
from indicators.checking import Correction, Findings, in_words, refused
from indicators.models import Dataset, Import, Recipe
from indicators.rows import packed

FAULTS_KEPT = 500  # of each severity; the workbook of errors has all


@transaction.atomic
def upload(
    *,
    dataset: Dataset,
    file: UploadedFile,
    by: User | None,
    vintage: str = "",
    is_complete: bool = False,
    recipe: Recipe | None = None,
    check: bool = True,
) -> Import:
    """Keep the file as it came and queue its check, unless the caller has checked it already.

    Raises Refused as `files.keep_data` does.
    """
    imported = Import.objects.create(
        dataset=dataset,
        vintage=vintage,
        is_complete=is_complete,
        file=files.keep_data(file, by=by),
        recipe=recipe,
        layout=recipe.layout if recipe else None,
        uploaded_by=by,
    )
    events.record(
        "import.uploaded", by=by, topic=dataset.topic,
        file=imported.file.name, dataset=dataset.title,
    )  # fmt: skip
    if check:
        _queue_check(imported, by)
    return imported


@transaction.atomic
def correct(*, imported: Import, correction: Correction, by: User | None) -> Import:
    """Have the file checked again under another layout or other meanings of its names.

    Raises Refused where the import has been committed.
    """
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.state not in (Import.State.UPLOADED, Import.State.CHECKED):
        raise Refused(_("What is loaded cannot be read another way; undo it and load it again."))
    imported.layout = correction.as_data()
    imported.state = Import.State.UPLOADED
    imported.save(update_fields=["layout", "state"])
    _queue_check(imported, by)
    return imported


@transaction.atomic
def keep_recipe(*, imported: Import, name: str, by: User | None) -> Recipe:
    """Keep the layout of an import for the next vintage, in place of an older one of that name."""
    if not name.strip() or imported.layout is None:
        raise Refused(_("Give the recipe a name, once the file has been read."))
    recipe, _made = Recipe.objects.update_or_create(
        dataset=imported.dataset,
        name=name.strip(),
        defaults={"layout": imported.layout, "kept_by": by},
    )
    return recipe


@transaction.atomic
def note_findings(*, imported: Import, findings: Findings) -> Import:
    """Keep what the check found; the import then waits to be committed."""
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    correction = Correction.of_data(imported.layout)
    imported.layout = correction.as_data() | {"layout": findings.layout.to_data()}
    imported.titles = {code: new.name for code, new in findings.new_indicators.items()}
    imported.told = findings.told
    kept = findings.errors[:FAULTS_KEPT] + findings.warnings[:FAULTS_KEPT]
    imported.faults = [{"severity": one.severity, **in_words(one)} for one in kept]
    imported.samples = findings.samples
    imported.rejected = findings.rejected
    for name, number in asdict(findings.counts).items():
        setattr(imported, name, number)
    imported.rows.save(
        f"{imported.pk}.parquet", ContentFile(packed(findings.rows).getbuffer()), save=False
    )
    imported.state = Import.State.CHECKED
    imported.save()
    return imported


@transaction.atomic
def note_refusal(*, imported: Import, refusal: importing.Refused) -> Import:
    """Keep why a file could not be read at all; another layout may still be given."""
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    faults: list[dict[str, Any]] = [{"severity": importing.ERROR, **refused(refusal)}]
    imported.faults, imported.told, imported.rejected = faults, [], None
    imported.state = Import.State.UPLOADED
    imported.save()
    return imported


def same_file(dataset: Dataset, file: File) -> Import | None:
    """The import that loaded exactly this file into the dataset before, if one did."""
    return (
        dataset.imports.filter(file__sha256=file.sha256, state=Import.State.COMMITTED)
        .exclude(file=file)
        .first()
    )


def _queue_check(imported: Import, by: User | None) -> None:
    topic = imported.topic
    jobs.queue("check import", by=by, key=f"check {topic}", topic=topic, imported=imported.pk)
