"""Officers of four countries save at once while servers come and go: `python -m tests.load`.

On a PostgreSQL and a Redis of its own in var/load, with the web, worker and beat as shipped, all on
this machine: one officer alone, then all together, then while Redis is away, while PostgreSQL
restarts, and while the worker is killed at a scoring job. Every loop has an end. At last the
database is held against what the officers were told was saved, answer by answer.

Exit code 1 if anything differs, a page answered 500, the database met a deadlock, or a job was
lost or done twice.
"""

import argparse
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from statistics import median
from threading import Event
from unittest.mock import patch

import django

from config import local_servers
from config.local_postgres import Postgres
from config.local_process import LocalServerError
from config.local_redis import Redis
from tests.bench import load
from tests.bench.tables import Table, say

VAR = local_servers.VAR / "load"
COUNTRIES = ("XLA", "XLB", "XLC", "XLD")
COLLEAGUES = 4  # at one sheet
PAUSE = 10.0  # seconds between two saves of one officer
SAVES, DISTURBED_SAVES = 4, 3
LIMIT = 120.0  # seconds for each load
AWAY = 5.0  # seconds that Redis is stopped
LEASE = 10  # seconds until a killed worker's job is taken back
JOBS_LIMIT = 120.0
ALONE = 150


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--officers", type=int, default=200, help="of all countries (200)")
    officers = parser.parse_args().officers
    least = COLLEAGUES * len(COUNTRIES)
    if officers < least:
        parser.error(f"--officers must be at least {least}: {COLLEAGUES} in each country.")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # What it stops and starts must be its own.
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "STAGES_MODE": "development",
        "STAGES_JOB_LEASE_SECONDS": str(LEASE),
        "STAGES_MEDIA_DIR": str(VAR / "media"),
    }
    VAR.parent.mkdir(exist_ok=True)
    local_servers.remove(VAR)  # what a killed run has left
    try:
        with local_servers.attached(VAR):
            django.setup()
            logging.disable(logging.ERROR)  # the servers' own logs tell it
            from tests.bench import house

            with house.own_database():
                faults = disturbed(officers)
    finally:
        local_servers.remove(VAR)
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def disturbed(officers: int) -> list[str]:
    """All the loads, one after another: prints what they met; a sentence for each fault."""
    from tests.bench import saves, servers

    sheets, rest = divmod(officers // COLLEAGUES, len(COUNTRIES))
    (alone,) = saves.seated(1, 1)
    crowd = [
        officer
        for at, code in enumerate(COUNTRIES)
        for officer in saves.seated(sheets + (at < rest), COLLEAGUES, code)
    ]
    met: dict[str, load.Result] = {}
    faults: list[str] = []

    with servers.web() as (address, _pid), servers.beat(VAR / "beat-schedule"):

        def together(name: str, during: Callable[[], None], **how: float) -> None:
            how = {"saves": DISTURBED_SAVES, "pause": PAUSE} | how
            with ThreadPoolExecutor(1) as beside:
                loaded = beside.submit(
                    load.run, address, crowd, **how, limit=LIMIT, patient=True
                )  # the thread of its own leaves this one free to disturb
                during()
                met[name] = loaded.result()

        with suppress(ChildProcessError), servers.worker() as worker:  # which ends by being killed
            warm = load.run(address, [alone], saves=10, pause=0, limit=LIMIT)
            met["one officer alone"] = load.run(address, [alone], saves=ALONE, pause=0, limit=LIMIT)
            together(f"{len(crowd)} officers", lambda: None, saves=SAVES)
            together(f"{len(crowd)} officers in one moment", lambda: None, saves=1, pause=0)
            together("Redis stopped for a while", without_redis)
            together("PostgreSQL restarted", lambda: faults.extend(restarted(address, crowd[0])))
            together("the worker killed", lambda: killed(worker))
        with servers.worker(), suppress(TimeoutError):
            servers.until(all_over, JOBS_LIMIT)

    unit = median(met["one officer alone"].milliseconds)
    head = ("load", "saves", "conflicts", "saves a second", "median ms", "p99 ms",
            "p99 / median alone", "sent again")  # fmt: skip
    rows = [(*saves.row(name, one, unit), len(one.unsure)) for name, one in met.items()]
    results = [warm, *met.values()]
    told = [one for result in results for one in result.told]
    unsure = [one for result in results for one in result.unsure]
    faults += [fault for result in results for fault in result.faults]
    faults += saves.lost(told, [alone, *crowd], unsure)
    faults += of_jobs() + deadlocks()
    title = f"Saves by {len(crowd)} officers of four countries while servers come and go"
    note = "" if faults else f"The database holds exactly the {len(told)} answers told."
    Table(title, head, rows, note).print()
    return faults


def without_redis() -> None:
    """Redis stops, a round is closed while it is away, and it comes again."""
    from tests.factories import rounds

    redis = Redis(VAR)
    _rest()
    redis.stop()
    rounds.closed_round()
    _rest()
    redis.start()


def restarted(address: str, officer: load.Officer) -> list[str]:
    """PostgreSQL restarts with jobs waiting; a sentence for each page that meanwhile is no 503."""
    from django.db import connection
    from django.urls import reverse

    from tests.factories import rounds

    postgres = Postgres(VAR)
    _rest()
    rounds.closed_round()
    connection.close()
    postgres.stop()
    pages = [reverse("home"), next(iter(officer.revisions)), reverse("api:reports")]
    met = {page: load.request(address, "GET", page, officer.headers)[0] for page in pages}
    postgres.start()
    away = HTTPStatus.SERVICE_UNAVAILABLE
    return [f"Without PostgreSQL {page} answers {is_}." for page, is_ in met.items() if is_ != away]


def killed(worker: int) -> None:
    """The worker is killed when it has scored and waits to store the result."""
    from activity import jobs
    from activity.models import Job
    from tests.bench import servers
    from tests.factories import rounds
    from tests.locks import locked, somebody_waits_for

    table = "diagnostics_scoring"
    servers.until(all_over, JOBS_LIMIT)
    with patch.object(jobs, "ring"):
        rounds.closed_round()
    with locked(table):
        for job in Job.objects.filter(state=Job.State.QUEUED):
            jobs.ring(job.pk)
        servers.until(lambda: somebody_waits_for(table), LIMIT)
        os.killpg(worker, signal.SIGKILL)


def all_over() -> bool:
    from activity.models import Job

    return not Job.objects.filter(ended_at=None).exists()


def of_jobs() -> list[str]:
    """What is wrong with the rounds closed meanwhile: each is scored once and has one report."""
    from activity.models import Job
    from diagnostics.models import Round, Scoring
    from reports.models import ReportVersion

    faults = [
        f"The job {job.key} ({job.kind}) is {job.state} after {job.attempt} attempts."
        for job in Job.objects.exclude(state=Job.State.SUCCEEDED)
    ]
    if not Job.objects.filter(kind="score", attempt=2).exists():
        faults.append("No scoring job was taken up a second time after its worker was killed.")
    scored = Counter(Scoring.objects.values_list("sheet__round", "sheet__panel"))
    reported = Counter(ReportVersion.objects.values_list("scoring__sheet__round", flat=True))
    for pk in Round.objects.filter(state=Round.State.CLOSED).values_list("pk", flat=True):
        if (scored[pk, "agreed"], reported[pk]) != (1, 1):
            faults.append(
                f"Round {pk} has {scored[pk, 'agreed']} results and {reported[pk]} reports."
            )
    return faults


def deadlocks() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        (count,) = cursor.fetchone()
    return [f"PostgreSQL met {count} deadlocks."] if count else []


def _rest() -> None:
    """Let the load go on for a while."""
    Event().wait(AWAY)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalServerError as error:
        sys.exit(str(error))
