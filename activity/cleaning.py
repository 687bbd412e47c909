"""What nobody needs any more: expired sessions, uploads without a row, silent processes."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import FileField
from django.utils import timezone

from activity.models import Heartbeat

ABANDONED = timedelta(days=1)  # a form or an import being filled in is younger


def clean_up() -> dict[str, int]:
    """Remove what is not needed; how many: uploads, parts (of uploads broken off), heartbeats.

    Expired sessions go too, in one statement that does not count them.
    """
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    before = timezone.now() - ABANDONED
    heartbeats, _ = Heartbeat.objects.filter(at__lt=before).delete()
    return {
        "uploads": _remove_uploads(before),
        "parts": _remove_parts(before),
        "heartbeats": heartbeats,
    }


def _remove_uploads(before: datetime) -> int:
    """Files in the folder of a file field that no row names, last changed before the time.

    Only folders that a field declares (`upload_to`) are looked into: a file kept in any other way
    is never touched.
    """
    kept: dict[tuple[Storage, str], set[str]] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and _folder(field):
                names = model._base_manager.values_list(field.attname, flat=True)
                kept.setdefault((field.storage, _folder(field)), set()).update(names)
    removed = 0
    for (storage, folder), names in kept.items():
        for name in _files(storage, folder):
            if name not in names and storage.get_modified_time(name) < before:
                storage.delete(name)
                removed += 1
    return removed


def _folder(field: FileField) -> str:
    """The fixed part of the field's folder: dates and the like begin at the first `%`."""
    folder = field.upload_to if isinstance(field.upload_to, str) else ""
    return folder.split("%")[0].rstrip("/")


def _files(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, names = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _files(storage, f"{folder}/{inner}")


def _remove_parts(before: datetime) -> int:
    """What is left of uploads during which the web process was killed."""
    place = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    removed = 0
    for part in place.glob("*.upload*"):
        if part.is_file() and part.stat().st_mtime < before.timestamp():
            part.unlink(missing_ok=True)
            removed += 1
    return removed
