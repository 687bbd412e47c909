"""Fixtures for all tests: people, the real worker, the real browser."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import hypothesis
import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation

from accounts.models import Organisation, User
from activity.models import Job
from countries.models import Country
from tests.factories import people

ROOT = Path(__file__).resolve().parent.parent

# No test depends on how fast the machine is.
hypothesis.settings.register_profile("stages", deadline=None)
hypothesis.settings.load_profile("stages")

# Playwright runs an event loop in this thread; Django's check is about async views, which we have
# none of.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_empty_tables = TransactionTestCase._fixture_teardown
_flush = BaseDatabaseOperations.execute_sql_flush


def _flush_past_guards(operations: BaseDatabaseOperations, sql: list[str]) -> None:
    """Emptying the tables after a test that commits goes past the guards that refuse it."""
    _flush(operations, ["SET LOCAL session_replication_role = replica", *sql])


def _empty_tables_patiently(test: TransactionTestCase) -> None:
    """Once more where a page that was just closed is still being answered: the two may deadlock."""
    try:
        _empty_tables(test)
    except CommandError:
        _empty_tables(test)


TransactionTestCase._fixture_teardown = _empty_tables_patiently
BaseDatabaseOperations.execute_sql_flush = _flush_past_guards


@dataclass
class People:
    """Three people for every view: the one it is for, a colleague, a stranger; and the others."""

    country: Country
    organisation: Organisation
    officer: User
    colleague: User
    stranger: User
    coordinator: User
    donor: User
    administrator: User


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A test database of this process's own: two runs, or xdist's processes, do not meet."""
    connection.settings_dict["TEST"]["NAME"] = f"test_stages_{os.getpid()}"


@pytest.fixture(autouse=True, scope="session")
def _own_media(tmp_path_factory) -> Iterator[None]:
    """Files that tests keep do not lie beside those of `make run`."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _no_language_left_over() -> None:
    """A request leaves its language to the thread; the next test begins without it."""
    translation.deactivate()


@pytest.fixture
def team(db) -> People:
    country = people.CountryFactory()
    organisation = people.OrganisationFactory(country=country)
    elsewhere = people.OrganisationFactory(country=people.CountryFactory(code="VNM"))
    return People(
        country=country,
        organisation=organisation,
        officer=people.officer(organisation),
        colleague=people.officer(organisation),
        stranger=people.officer(elsewhere),
        coordinator=people.coordinator(country),
        donor=people.donor(country),
        administrator=people.administrator(),
    )


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client signed in as a person."""

    def client(user: User) -> Client:
        one = Client()
        one.force_login(user)
        return one

    return client


@pytest.fixture
def run_jobs() -> Callable[[], list[Job]]:
    """Do here what workers would do: every waiting job, and those that follow from it."""
    from activity import jobs

    def run() -> list[Job]:
        while waiting := list(Job.objects.filter(state=Job.State.QUEUED)):
            for job in waiting:
                jobs.run(job.pk)
        return list(Job.objects.all())

    return run


def process_environment(**extra: str) -> dict[str, str]:
    """The environment in which another process sees this test's database and broker."""
    at = connection.settings_dict
    user, password = quote(at["USER"]), quote(at["PASSWORD"])
    url = f"postgresql://{user}:{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, **extra}


@dataclass
class Worker:
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """SIGKILL to the worker and its children, as a machine that loses power would."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def signal(self, number: signal.Signals) -> None:
        os.killpg(self.process.pid, number)


@pytest.fixture
def start_worker(transactional_db, tmp_path) -> Iterator[Callable[..., Worker]]:
    """Start real Celery workers on this test's database; returns once each is ready."""
    started: list[Worker] = []

    def start(*options: str, **environment: str) -> Worker:
        log = tmp_path / f"worker-{len(started)}.log"
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel=INFO",
                   "--concurrency=1", "--without-gossip", "--without-mingle", *options]  # fmt: skip
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=process_environment(**environment),
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        started.append(Worker(process, log))
        until(lambda: b" ready." in log.read_bytes() or process.poll() is not None, seconds=60)
        assert process.poll() is None, log.read_text()
        return started[-1]

    yield start
    for worker in started:
        if worker.process.poll() is None:
            worker.kill()


def until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait for something another process does; fails with the condition's name when it does not."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} seconds: {condition}"
        pause.wait(0.05)
