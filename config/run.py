"""`make run`: the servers, the example data, then web, worker and beat until Ctrl-C."""

import fcntl
import http.client
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import django.db
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.local_process import LocalServerError, lock, port_is_free, wait
from config.local_servers import VAR, attached

ROOT = VAR.parent
PORTS_TRIED = 50
WEB_SECONDS = 180
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_SECONDS = 60  # supervisord gives each of the three programs ten


class Ended(Exception):
    """Somebody asked us to end."""


def main() -> None:
    for number in ENDING:
        signal.signal(number, _end)
    try:
        with alone(), attached():
            examples = prepare()
            port = free_port()
            address = f"http://127.0.0.1:{port}/"
            with supervised(port) as supervisor:
                wait_for_web(port, supervisor)
                (VAR / "run.lock").write_text(address)
                say(f"\n{examples.strip()}\n\n{address}\n")
                say(f"Logs: {VAR / 'log'} (web, worker, beat). Ctrl-C ends everything.")
                supervisor.wait()
            sys.exit(f"supervisord ended by itself; {VAR / 'log'} says more.")
    except Ended:
        say("All has ended.")
    except (CommandError, ImproperlyConfigured, LocalServerError) as error:
        sys.exit(str(error))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def alone() -> Iterator[None]:
    """Only one run a checkout: two would share one database and one beat too many."""
    VAR.mkdir(exist_ok=True)
    path = VAR / "run.lock"
    held = lock(path, fcntl.LOCK_EX)
    if held is None:
        where = path.read_text() or "not answering yet"
        raise LocalServerError(f"make run is running here already: {where} End it there first.")
    path.write_text("")
    try:
        yield
    finally:
        os.close(held)


def prepare() -> str:
    """Bring the database up to date and load the examples; what load_examples says."""
    say("Preparing the database ...")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    output = io.StringIO()
    call_command("load_examples", stdout=output)
    django.db.connections.close_all()
    return output.getvalue()


def free_port() -> int:
    """PORT (8000 if not set), or the next one that nobody uses."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 1 <= int(wanted) <= 65535:
        raise LocalServerError(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    last = min(int(wanted) + PORTS_TRIED, 65536)
    for port in range(int(wanted), last):
        if port_is_free(port):
            return port
    raise LocalServerError(f"The ports {wanted} to {last - 1} are all taken; set PORT.")


@contextmanager
def supervised(port: int) -> Iterator[subprocess.Popen]:
    """supervisord with our programs, in a session of its own: Ctrl-C reaches it through us."""
    setpriv = shutil.which("setpriv")
    # Where Linux offers it, nobody outlives its parent, not even after kill -9.
    bound = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
    command = [*bound, sys.executable, "-m", "supervisor.supervisord"]
    command += ["--configuration", str(ROOT / "config" / "supervisord.conf")]
    if os.geteuid() == 0:
        command += ["--user", "root"]
    environment = {
        "RUN_BOUND": shlex.join(bound),
        "RUN_PYTHON": shlex.quote(sys.executable),
        "RUN_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(  # noqa: S603 our own programs
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_web(port: int, supervisor: subprocess.Popen) -> None:
    """Return when the web answers anything at all."""

    def answers() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status > 0
        except OSError:
            return False
        finally:
            connection.close()

    if not wait(lambda: supervisor.poll() is not None or answers(), WEB_SECONDS):
        log = VAR / "log" / "web.log"
        raise LocalServerError(
            f"The web did not answer within {WEB_SECONDS} seconds. The end of {log}:\n{tail(log)}"
        )


def tail(log: Path) -> str:
    try:
        return "\n".join(f"    {line}" for line in log.read_text().splitlines()[-15:])
    except FileNotFoundError:
        return "    (empty)"


def _end(number: int, frame: object) -> None:
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)  # asking twice must not stop the tidying up
    say("\nEnding web, worker, beat and the servers ...")
    raise Ended


if __name__ == "__main__":
    main()
