"""A file on its way in: uploaded, corrected, its layout kept as a recipe, or discarded."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, files, jobs
from activity.models import File
from indicators.actions.turns import in_turn
from indicators.checking import Correction
from indicators.models import Dataset, Import, Recipe


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

    Raises Refused where the import has been committed or work on it is under way.
    """
    imported = in_turn(imported)
    if not imported.is_open:
        raise Refused(_("What is loaded cannot be read another way; undo it and load it again."))
    imported.layout = correction.as_data()
    imported.state = Import.State.UPLOADED
    imported.save(update_fields=["layout", "state"])
    _queue_check(imported, by)
    return imported


@transaction.atomic
def describe(*, imported: Import, vintage: str, is_complete: bool, by: User | None) -> Import:
    """Say which vintage the file is and whether it is the whole dataset.

    Where the latter changes, the file is compared again. Raises Refused as `correct` does.
    """
    imported = in_turn(imported)
    if not imported.is_open:
        raise Refused(_("What is loaded keeps its vintage; undo it and load it again."))
    compare_again = imported.is_complete != is_complete
    imported.vintage, imported.is_complete = vintage, is_complete
    if compare_again:
        imported.state = Import.State.UPLOADED
        _queue_check(imported, by)
    imported.save(update_fields=["vintage", "is_complete", "state"])
    return imported


@transaction.atomic
def check_again(*, imported: Import, by: User | None) -> None:
    """Queue the check once more, after one that did not come to its end. Raises Refused."""
    imported = in_turn(imported)
    if not imported.is_open:
        raise Refused(_("Only a file that is not loaded is checked."))
    _queue_check(imported, by)


@transaction.atomic
def discard(*, imported: Import, by: User | None) -> None:
    """Remove an upload that was never committed, with its files.

    Raises Refused where the import has been committed or work on it is under way.
    """
    imported = in_turn(imported)
    if not imported.is_open:
        raise Refused(_("What was loaded once stays in the record; undo it instead."))
    file, dataset = imported.file, imported.dataset
    kept = [field for field in (imported.rows, imported.marked, file.content) if field]
    imported.delete()
    file.delete()
    events.record(
        "import.discarded", by=by, topic=dataset.topic, file=file.name, dataset=dataset.title
    )
    transaction.on_commit(lambda: [field.storage.delete(field.name) for field in kept])


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
