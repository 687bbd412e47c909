"""Web and worker as processes of their own on the bench's database, and the memory they take."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection

from tests.bench import load

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 20


@contextmanager
def web(*options: str, settings_module: str = "config.settings") -> Iterator[tuple[str, int]]:
    """gunicorn with config/gunicorn.py and further options: its address and process number."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["gunicorn", "--config", "config/gunicorn.py", *options]
    command += ["--bind", f"127.0.0.1:{port}", "config.wsgi"]
    with _process("bench-web", command, settings_module) as process:
        address = f"http://127.0.0.1:{port}"
        until(lambda: process.poll() is not None or _answers(address), START_SECONDS)
        yield address, process.pid


@contextmanager
def worker() -> Iterator[int]:
    """A Celery worker with two processes, as shipped: its process number."""
    command = ["celery", "--app", "config", "worker", "--concurrency", "2", "--loglevel", "info"]
    with _process("bench-worker", [*command, "--without-gossip", "--without-mingle"]) as process:
        log = ROOT / "var/log/bench-worker.log"
        until(lambda: process.poll() is not None or " ready." in log.read_text(), START_SECONDS)
        yield process.pid


@contextmanager
def beat(schedule: Path) -> Iterator[None]:
    """Celery's beat, which brings jobs back; `schedule` is the file where it keeps its times."""
    command = ["celery", "--app", "config", "beat", "--schedule", str(schedule)]
    with _process("bench-beat", command):
        yield


def memory(pid: int) -> float:
    """Resident megabytes of the process's children: those that do the work."""
    children = psutil.Process(pid).children()
    return sum(child.memory_info().rss for child in children) / 1e6


def until(condition: Callable[[], object], seconds: float) -> None:
    """Wait for another process; raises TimeoutError when it takes longer."""
    deadline, pause = monotonic() + seconds, threading.Event()
    while not condition():
        if monotonic() > deadline:
            raise TimeoutError(f"The bench waited {seconds} seconds in vain; see var/log/bench-*.")
        pause.wait(0.05)


@contextmanager
def _process(
    name: str, command: list[str], settings_module: str = "config.settings"
) -> Iterator[subprocess.Popen[bytes]]:
    at = connection.settings_dict
    user, password = quote(at["USER"]), quote(at["PASSWORD"])
    environment = {
        "DATABASE_URL": f"postgresql://{user}:{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": settings_module,
    }
    log = ROOT / "var/log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches it through us
        )
    try:
        yield process
        if process.poll() is not None:
            raise ChildProcessError(f"{name} ended by itself; see {log}.")
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return load.request(address, "GET", "/healthz", {})[0] > 0
    except OSError:
        return False
