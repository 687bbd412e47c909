"""A backup goes to a machine that has nothing, and everything is there as it was."""

import io
import json
import os
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from config import backup
from config.local_servers import attached, remove
from reports import snapshots
from reports.models import ReportVersion
from tests.factories import rounds

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "evidence").mkdir(parents=True)
    (settings.MEDIA_ROOT / "evidence" / "law.pdf").write_bytes(b"%PDF- a law")
    return settings.MEDIA_ROOT


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Servers of their own with an empty database; the environment that leads there."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name)
    with attached(tmp_path / "there"):
        yield os.environ | {"STAGES_MEDIA_DIR": str(tmp_path / "media-there")}
    remove(tmp_path / "there")


def restore(file: Path, environment: dict[str, str], *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "restore", str(file), *options]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def ask(environment: dict[str, str], question: str) -> list[tuple]:
    with closing(psycopg2.connect(environment["DATABASE_URL"])) as there, there.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_a_backup_restores_into_an_empty_machine_with_every_snapshot_as_it_was(
    transactional_db, run_jobs, media, tmp_path, empty_machine
):
    rounds.closed_round()
    run_jobs()
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now())
    file = backup.make(tmp_path / "backups")
    assert file.stat().st_mode & 0o077 == 0

    done = restore(file, empty_machine)
    assert done.returncode == 0, done.stderr
    assert "Files: 1. Reports: 1, each with the hash it was made with." in done.stdout
    (report,) = ReportVersion.objects.all()
    ((snapshot, sha256),) = ask(empty_machine, "SELECT snapshot, sha256 FROM reports_reportversion")
    assert sha256 == report.sha256 == snapshots.sha256(snapshot)
    assert ask(empty_machine, "SELECT count(*) FROM django_session") == [(0,)]
    there = Path(empty_machine["STAGES_MEDIA_DIR"])
    assert (there / "evidence" / "law.pdf").read_bytes() == b"%PDF- a law"

    again = restore(file, empty_machine)
    assert again.returncode == 1
    assert "There are data here already" in again.stderr
    with (
        closing(psycopg2.connect(empty_machine["DATABASE_URL"])) as other,
        other.cursor() as cursor,
    ):
        cursor.execute("UPDATE accounts_user SET name = 'Somebody else'")
        other.commit()
    told = restore(file, empty_machine, "--replace")
    assert told.returncode == 0, told.stderr
    kept = ask(empty_machine, "SELECT count(*) FROM accounts_user WHERE name = 'Somebody else'")
    assert kept == [(0,)]


def packed(file: Path, manifest: object, **contents: bytes) -> Path:
    with tarfile.open(file, "w") as tar:
        for name, content in {**contents, "manifest.json": json.dumps(manifest).encode()}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return file


def manifest(**files: bytes) -> dict:
    named = {name: backup.facts(io.BytesIO(content)) for name, content in files.items()}
    return {"format": 1, "made_at": "", "code_version": "next", "migrations": [], "files": named}


DUMP = {"database.dump": b"dump"}


@pytest.mark.parametrize(
    ("what", "contents", "said"),
    [
        (manifest(**DUMP), {"database.dump": b"dumb"}, "database.dump is not what the manifest"),
        (manifest(**DUMP), {}, "database.dump is either missing or not in its manifest"),
        (manifest(**DUMP), {**DUMP, "more": b""}, "more is either missing or not in its manifest"),
        (manifest(), {}, "holds no database"),
        (manifest() | {"format": 2}, {}, "has format 2"),
        ([], {}, "no backup that can be read"),
        (manifest(), {"../outside": b""}, "no backup that can be read"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(tmp_path, what, contents, said):
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(backup.Refused, match=said):
        backup.unpack(packed(tmp_path / "a.tar", what, **contents), into)


def test_what_is_no_backup_is_refused(tmp_path):
    file = tmp_path / "letter.tar"
    file.write_text("Dear colleague")
    with pytest.raises(backup.Refused, match="no backup that can be read"):
        backup.unpack(file, tmp_path)
    with pytest.raises(backup.Refused, match="is missing"):
        backup.unpack(tmp_path / "none.tar", tmp_path)


def test_a_backup_of_a_newer_version_is_refused(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(backup.connection.introspection, "table_names", list)
    newer = manifest(**DUMP) | {"migrations": ["reports.0999_later"]}
    with pytest.raises(backup.Refused, match=r"newer version \(next\).*reports\.0999_later"):
        backup.restore(packed(tmp_path / "a.tar", newer, **DUMP), replace=False)
