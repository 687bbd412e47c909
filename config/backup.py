"""A backup is one tar file: manifest.json, database.dump (pg_dump's own format), media/...

The manifest has the SHA-256 and size of every other file, the code version and the migrations that
the database had. Sessions are left out: they would let a thief in, and people can sign in again.
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config.postgres_programs import run

FORMAT = 1
MANIFEST, DATABASE, MEDIA = "manifest.json", "database.dump", "media"
EMPTY_FIRST = """\
SET lock_timeout = '10s';
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
"""


class Refused(Exception):
    """The backup cannot be made or restored; the text says why."""


def make(folder: Path) -> Path:
    """Write database and files into a new tar file in the folder, which only its owner may read."""
    now = datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"stages-{now:%Y%m%dT%H%M%S%fZ}.tar"
    part = target.with_suffix(".part")
    try:
        with workplace(folder) as work:
            applied = migrations_applied()
            run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                "--exclude-table-data=public.django_session",
                f"--file={work / DATABASE}",
            )
            # After the database: a file is written before its row, so none of these is missing.
            sources = {DATABASE: work / DATABASE, **dict(media_files())}
            manifest = {
                "format": FORMAT,
                "made_at": now.isoformat(timespec="seconds"),
                "code_version": settings.CODE_VERSION,
                "migrations": applied,
                "files": {},
            }
            with open(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as output:
                with tarfile.open(fileobj=output, mode="w") as tar:
                    for name, path in sources.items():
                        tar.add(path, name, recursive=False)
                        with path.open("rb") as file:
                            manifest["files"][name] = facts(file)
                    text = work / MANIFEST
                    text.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
                    tar.add(text, MANIFEST)
                output.flush()
                os.fsync(output.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Put database and files back; the manifest. Raises Refused before anything is changed.

    The database changes in one transaction. With `replace` what is in it goes; files of the backup
    are written over those of the same name, others stay (the nightly clean-up knows them).
    """
    if not replace and (connection.introspection.table_names() or any(media_files())):
        raise Refused(
            "There are data here already: the backup goes into an empty database and an empty "
            f"{settings.MEDIA_ROOT}, unless you say that these are to be replaced."
        )
    with workplace(settings.VAR_DIR / "backups") as work:
        manifest = unpack(source, work)
        unknown = set(manifest["migrations"]) - migrations_known()
        if unknown:
            raise Refused(
                f"The backup was made by a newer version ({manifest['code_version']}) of this "
                f"software, which knows {min(unknown)}. Install that version first."
            )
        (work / "empty.sql").write_text(EMPTY_FIRST)
        run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            f"--file={work / 'full.sql'}",
            str(work / DATABASE),
        )
        if (work / MEDIA).is_dir():
            shutil.copytree(work / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
        connection.close()
        run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--file={work / 'empty.sql'}",
            f"--file={work / 'full.sql'}",
        )
    return manifest


def unpack(source: Path, into: Path) -> dict[str, Any]:
    """Unpack a backup and compare every file with the manifest, which is returned."""
    try:
        with tarfile.open(source) as tar:
            tar.extractall(into, filter="data")
        manifest = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        files, made_in = manifest["files"], manifest["format"]
    except FileNotFoundError as error:
        raise Refused(f"{source} is no backup: {error.filename} is missing.") from None
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{source} is no backup that can be read: {error}.") from None
    if made_in != FORMAT:
        raise Refused(f"{source} has format {made_in}; this version reads format {FORMAT}.")
    found = {
        path.relative_to(into).as_posix()
        for path in into.rglob("*")
        if path.is_file() and path != into / MANIFEST
    }
    if different := sorted(found ^ files.keys()):
        raise Refused(f"{source}: {different[0]} is either missing or not in its manifest.")
    for name, expected in files.items():
        with (into / name).open("rb") as file:
            if facts(file) != expected:
                raise Refused(f"{source}: {name} is not what the manifest says; it was damaged.")
    if DATABASE not in files:
        raise Refused(f"{source} holds no database.")
    return manifest


def facts(file: IO[bytes]) -> dict[str, Any]:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "bytes": file.seek(0, os.SEEK_END)}


def media_files() -> Iterator[tuple[str, Path]]:
    """Every uploaded file with its name in the backup; links are not followed."""
    for path in sorted(settings.MEDIA_ROOT.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{MEDIA}/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", path


def migrations_applied() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def migrations_known() -> set[str]:
    return {".".join(key) for key in MigrationLoader(None).disk_migrations}


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A private folder on the disk of the given one, removed afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="work-", dir=folder) as work:
        yield Path(work)
