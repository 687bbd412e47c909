"""One server program in its home directory: is it alive, start it, wait for it, stop it.

Whether it lives is asked of the kernel: the program and all its children inherit a lock on
`home/alive`, so no file can be stale and no process number can belong to somebody else.
"""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAUSE = 0.02  # seconds between two looks
LOG_LIMIT = 5_000_000  # bytes; a longer log is begun anew at the next start


class LocalServerError(Exception):
    """A sentence for the person at the terminal, with the end of the log where that helps."""


def wait(done: Callable[[], bool], seconds: float) -> bool:
    """Look until `done()` or until the seconds have passed; whether it was done."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= deadline:
            return False
        time.sleep(PAUSE)
    return True


def lock(path: Path, kind: int, seconds: float = 0) -> int | None:
    """A descriptor holding the flock `kind` on the file; None if others held it all the seconds."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def taken() -> bool:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    if wait(taken, seconds):
        return descriptor
    os.close(descriptor)
    return None


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, never half."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.rename(path)


def new_password() -> str:
    return secrets.token_hex(24)


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def remembered_port(path: Path) -> int:
    """The port in the file while nobody else sits on it, else a random free one, remembered."""
    try:
        port = int(path.read_text())
    except (FileNotFoundError, ValueError):
        port = 0
    if port and port_is_free(port):
        return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    write_private(path, f"{port}\n")
    return port


@dataclass
class Program:
    """`before` is put in front of every command; `account` goes to Popen (user, group)."""

    name: str
    home: Path
    log: Path
    before: tuple[str, ...] = ()
    account: dict[str, Any] = field(default_factory=dict)

    def alive(self) -> bool:
        if not self.home.is_dir():
            return False
        descriptor = lock(self.home / "alive", fcntl.LOCK_SH)
        if descriptor is None:
            return True
        os.close(descriptor)
        return False

    def spawn(self, command: Sequence[str | Path]) -> subprocess.Popen:
        """Start the command in a session of its own, so that Ctrl-C reaches only us."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.unlink()
        alive = lock(self.home / "alive", fcntl.LOCK_EX, 1)  # others only look, for a moment
        if alive is None:
            raise LocalServerError(f"{self.name} is running already in {self.home}.")
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with open(os.open(self.log, flags, 0o600), "ab") as log:
                return subprocess.Popen(  # noqa: S603 our own programs
                    [*self.before, *map(str, command)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(alive,),
                    start_new_session=True,
                    cwd=self.home,
                    env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
                    **self.account,
                )
        finally:
            os.close(alive)

    def run(self, command: Sequence[str | Path], seconds: float) -> None:
        """Run the command to its end; raise LocalServerError if it fails or takes too long."""
        process = self.spawn(command)
        what = Path(command[0]).name
        try:
            if process.wait(seconds) != 0:
                raise self.failure(f"{what} failed.")
        except subprocess.TimeoutExpired:
            raise self.failure(f"{what} did not end within {seconds:g} seconds.") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start(
        self, command: Sequence[str | Path], answers: Callable[[], bool], seconds: float
    ) -> None:
        """Start the server and wait until it answers; it then outlives this process."""
        process = self.spawn(command)
        wait(lambda: answers() or process.poll() is not None, seconds)
        ended = process.poll() is not None
        process.returncode = 0  # said to be finished, or Popen would complain that it is not
        if ended:
            raise self.failure(f"{self.name} ended instead of starting.")
        if not answers():
            raise self.failure(f"{self.name} did not answer within {seconds:g} seconds.")

    def found(self, answers: Callable[[], bool], seconds: float) -> bool:
        """Whether a server that somebody else started answers; one just coming is waited for."""
        if not wait(lambda: not self.alive() or answers(), seconds):
            raise self.failure(f"{self.name} runs but did not answer within {seconds:g} seconds.")
        return self.alive()

    def stop(self, request: Callable[[], object], seconds: float = 30) -> None:
        """Ask the server to end, again every five seconds; return when no process is left."""
        deadline = time.monotonic() + seconds
        while self.alive():
            request()
            if not wait(lambda: not self.alive(), 5) and time.monotonic() > deadline:
                raise self.failure(f"{self.name} did not stop within {seconds:g} seconds.")

    def failure(self, sentence: str) -> LocalServerError:
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        except FileNotFoundError:
            lines = []
        tail = "".join(f"\n    {line}" for line in lines)
        return LocalServerError(f"{sentence} The end of {self.log}:{tail or ' (empty)'}")
