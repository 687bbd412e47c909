"""PostgreSQL and Redis for development and tests, under `var/`, shared by whoever runs here.

Every user holds a shared kernel lock on `var/users.lock` for as long as it lives; starting and
stopping happen under an exclusive lock on `var/gate.lock`. The last to leave stops the servers.
The kernel drops the locks of a killed user, so nothing is left to clean up after one.

`python -m config.local_servers remove` stops servers that nobody uses and removes `var/`.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.env import Environment
from config.local_postgres import Postgres, home_of_nobody
from config.local_process import LocalServerError, lock
from config.local_redis import Redis

VAR = Path(__file__).resolve().parent.parent / "var"
GATE_SECONDS = 300  # the longest start of both servers, and some


@contextmanager
def attached(var: Path = VAR) -> Iterator[None]:
    """Within the block DATABASE_URL and REDIS_URL lead to running servers.

    Does nothing in production mode and where both are set; where one is set, only the other is
    embedded. Raises LocalServerError with a sentence if a server cannot be had.
    """
    production = Environment().text("STAGES_MODE", "development") == "production"
    wanted = [kind for kind in (Postgres, Redis) if not production and not _given(kind.variable)]
    if not wanted:
        yield
        return
    users, environment = _join(var, wanted)
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        _leave(var, users)


def remove(var: Path = VAR) -> None:
    """Stop the servers and remove `var/`; raise LocalServerError while somebody uses them."""
    var.mkdir(exist_ok=True)
    with _gate(var):
        users = lock(var / "users.lock", fcntl.LOCK_EX)
        if users is None:
            raise LocalServerError(
                f"The servers in {var} are in use; end `make run` and every manage.py first."
            )
        _stop(var)
        os.close(users)
        if os.geteuid() == 0:
            shutil.rmtree(home_of_nobody(var), ignore_errors=True)
        shutil.rmtree(var)


def _given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _join(var: Path, wanted: list[type[Postgres] | type[Redis]]) -> tuple[int, dict[str, str]]:
    """Become a user of running servers: the lock's descriptor, and the environment."""
    try:
        var.mkdir(exist_ok=True)
        with _gate(var):
            users = lock(var / "users.lock", fcntl.LOCK_SH)
            assert users is not None, "the exclusive lock is only ever taken inside the gate"
            try:
                servers = [kind(var) for kind in wanted]
                for server in servers:
                    server.start()
                environments = [server.environment() for server in servers]
                return users, {name: part[name] for part in environments for name in part}
            except BaseException:
                os.close(users)
                _stop_if_unused(var)
                raise
    except OSError as error:
        raise LocalServerError(f"The servers' files in {var} cannot be used: {error}.") from error


def _leave(var: Path, users: int) -> None:
    with _gate(var):
        os.close(users)  # not LOCK_UN: a forked child that still runs is a user too
        _stop_if_unused(var)


def _stop_if_unused(var: Path) -> None:
    users = lock(var / "users.lock", fcntl.LOCK_EX)
    if users is not None:
        try:
            _stop(var)
        finally:
            os.close(users)


def _stop(var: Path) -> None:
    for kind in (Redis, Postgres):
        kind(var).stop()


@contextmanager
def _gate(var: Path) -> Iterator[None]:
    gate = lock(var / "gate.lock", fcntl.LOCK_EX, GATE_SECONDS)
    if gate is None:
        raise LocalServerError(
            f"Another process has been starting or stopping the servers in {var} for "
            f"{GATE_SECONDS} seconds; look into {var / 'log'} and end it."
        )
    try:
        yield
    finally:
        os.close(gate)


if __name__ == "__main__":
    if sys.argv[1:] != ["remove"]:
        sys.exit("Usage: python -m config.local_servers remove")
    try:
        remove()
    except LocalServerError as error:
        sys.exit(str(error))
