"""What nobody needs any more, and what is kept about people for a while only."""

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

from activity.models import Heartbeat, Job, Notification
from activity.signals import cleaning_up

ABANDONED = timedelta(days=1)  # a form or an import being filled in is younger


def clean_up() -> dict[str, int]:
    """Remove what is not needed; how many, by name (parts are what uploads broken off left).

    Expired sessions go too, in one statement that does not count them. Answers, decisions and
    events are never touched.
    """
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    now = timezone.now()
    before = now - ABANDONED
    notices = Notification.objects.filter(at__lt=now - timedelta(days=settings.KEEP_NOTICES_DAYS))
    over = Job.objects.filter(ended_at__lt=now - timedelta(days=settings.KEEP_JOBS_DAYS))
    removed = {
        "uploads": _remove_uploads(before),
        "parts": _remove_parts(before),
        "heartbeats": Heartbeat.objects.filter(at__lt=before).delete()[0],
        "notices": notices.delete()[0],
        "jobs": over.delete()[0],
    }
    cleaning_up.send(sender=None, removed=removed)
    return removed


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
