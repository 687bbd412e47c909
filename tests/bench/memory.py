"""Whether web and worker keep their size: memory after a tenth of the work and after all of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from itertools import islice

from django.urls import reverse

from activity import jobs
from activity.models import Job
from tests.bench import load, servers
from tests.bench.house import Subject
from tests.bench.measures import signed_in
from tests.bench.tables import Table

REQUESTS, JOBS, TENTH = 10_000, 200, 10
CLIENTS = 8
SECONDS = 240  # for each of the two
FLAT = 1.10  # more than this is growth
HEAD = ("processes", "work", "MB after a tenth", "MB after all", "ratio")


def run(one: Subject) -> tuple[list[Table], list[str]]:
    rows = [_web(one), _worker(one)]
    table = Table(
        "Resident memory of the processes that do the work, by pages and jobs", HEAD, rows
    )
    faults = [
        f"The memory of {row[0]} grew by the factor {row[-1]:.2f}."
        for row in rows
        if row[-1] > FLAT
    ]
    return [table], faults


def _web(one: Subject) -> tuple:
    """Without the restart after max_requests, which is there to hide what we look for."""
    cookies = signed_in(one.officer).cookies
    headers = {"Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())}
    sheet = reverse("diagnostics:sheet_theme", args=[one.sheet.pk, "money"])
    home, answers = reverse("home"), reverse("api:sheet", args=[one.sheet.pk])
    paths = [home, sheet, answers, home, sheet, answers, home, one.report.get_absolute_url()]

    def get(at: int, address: str) -> None:
        status, _content = load.request(address, "GET", paths[at % len(paths)], headers)
        assert status == HTTPStatus.OK, f"{paths[at % len(paths)]} answers {status}"

    with (
        servers.web("--max-requests", "0") as (address, pid),
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        done = clients.map(lambda at: get(at, address), range(REQUESTS), timeout=SECONDS)
        for _each in islice(done, REQUESTS // TENTH):
            pass
        before = servers.memory(pid)
        for _each in done:
            pass
        after = servers.memory(pid)
    return "web, two processes", f"{REQUESTS:,} pages", before, after, after / before


def _worker(one: Subject) -> tuple:
    """Scoring and reporting the same round again: the same work each time."""
    scoring = one.report.scoring
    score = {"sheet": scoring.sheet_id, "submission": scoring.submission}
    with servers.worker() as pid:
        for at in range(JOBS // 2):
            jobs.queue("score", by=None, key=f"bench score {at}", **score)
            jobs.queue("report", by=None, key=f"bench report {at}", scoring=scoring.pk)
        servers.until(_over(JOBS // TENTH), SECONDS)
        before = servers.memory(pid)
        servers.until(_over(JOBS), SECONDS)
        after = servers.memory(pid)
    failed = Job.objects.filter(key__startswith="bench ", state=Job.State.FAILED).count()
    assert failed == 0, f"{failed} jobs failed"
    return "worker, two processes", f"{JOBS} jobs", before, after, after / before


def _over(count: int) -> Callable[[], bool]:
    ended = Job.objects.filter(key__startswith="bench ", ended_at__isnull=False)
    return lambda: ended.count() >= count
