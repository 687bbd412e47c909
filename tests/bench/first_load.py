"""How long a first visit takes on a slow line, in the browser of the tests.

The line is Chromium's own imitation: 1.6 Mbit/s down, 0.75 Mbit/s up, 150 ms until the first byte
of each answer, opening a connection free. The cache is empty; the processor is not slowed down.
"""

import os
import subprocess
import sys
from datetime import date
from random import Random
from statistics import median

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, sync_playwright

from accounts.models import User
from clusters import actions
from clusters.models import Actor
from countries.models import Country
from tests.bench import servers
from tests.bench.house import Subject
from tests.bench.measures import signed_in
from tests.bench.tables import Table
from tests.browser import chromium
from tests.factories.clusters import ClusterFactory, agent

SETTINGS = "tests.bench.settings"
LINE = {
    "offline": False,
    "downloadThroughput": 1_600_000 / 8,  # bytes a second
    "uploadThroughput": 750_000 / 8,
    "latency": 150,  # ms
}
VISITS = 3
ACTORS, TIES = 500, 2_000  # of the network
HEAD = ("page", "requests", "kB", "first words s", "loaded s")
# What the browser knows when the page has loaded; sizes with headers, as they came over the line.
TIMES = """() => {
    const all = [...performance.getEntriesByType("navigation"),
                 ...performance.getEntriesByType("resource")];
    return {
        requests: all.length,
        bytes: all.reduce((sum, one) => sum + one.transferSize, 0),
        words: performance.getEntriesByName("first-contentful-paint")[0].startTime,
        loaded: all[0].loadEventEnd,
    };
}"""


def run(one: Subject) -> tuple[list[Table], list[str]]:
    """The table; without a browser a sentence instead."""
    path = chromium.path()
    if path is None:
        return [], [
            "The first load was not measured: it needs chromium (apt-get install chromium)."
        ]
    _collect_static()
    sheet = reverse("diagnostics:sheet_theme", args=[one.sheet.pk, "money"])
    session = _session(one.officer)
    pages = [
        ("sign-in", reverse(settings.LOGIN_URL), ""),
        (f"check-sheet, {one.items} items", sheet, session),
        (f"report, {one.items} items", one.report.get_absolute_url(), session),
        (f"network, {ACTORS} actors", *_network(one.report.round.country)),
    ]
    with servers.web(settings_module=SETTINGS) as (address, _pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        for _name, place, cookie in pages:
            _visit(browser, address, place, cookie)  # to warm the server up
        rows = [
            _row(name, [_visit(browser, address, place, cookie) for _ in range(VISITS)])
            for name, place, cookie in pages
        ]
        browser.close()
    title = "First visit at 3G speed (1.6 Mbit/s down, 0.75 up, 150 ms), empty cache, median"
    return [Table(f"{title} of {VISITS}", HEAD, rows)], []


def _session(person: User) -> str:
    return signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value


def _network(country: Country) -> tuple[str, str]:
    """The page of a cluster with many actors that deal with others, and a session of its agent."""
    cluster = ClusterFactory(country=country)
    survey = actions.add_linkage_survey(
        cluster=cluster, title="Invented", date=date(2025, 1, 1), source="Invented", by=None
    )
    kinds = list(Actor.Kind)
    names = [f"Actor {at}" for at in range(ACTORS)]
    told = (f"{name},{kinds[at % len(kinds)]}" for at, name in enumerate(names))
    actions.enter_actors(survey=survey, table="\n".join(["name,kind", *told]).encode(), by=None)
    draw = Random(1)
    pairs = {tuple(draw.sample(names, 2)) for _ in range(TIES)}
    lines = (f"{source},{target},trade" for source, target in sorted(pairs))
    ties = "\n".join(["source,target,kind", *lines]).encode()
    actions.enter_ties(survey=survey, table=ties, by=None)
    return survey.get_absolute_url(), _session(agent(cluster))


def _visit(browser: Browser, address: str, path: str, session: str) -> dict[str, float]:
    context = browser.new_context(base_url=address)
    if session:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
        context.add_cookies([cookie])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    answer = page.goto(path, wait_until="load")
    assert answer is not None
    assert answer.status == 200, f"{path} answers {answer.status}"
    page.wait_for_function(
        "performance.getEntriesByType('navigation')[0].loadEventEnd > 0"
        " && performance.getEntriesByName('first-contentful-paint').length > 0"
    )
    times = page.evaluate(TIMES)
    context.close()
    return times


def _row(name: str, visits: list[dict[str, float]]) -> tuple:
    def of(key: str) -> float:
        return median(visit[key] for visit in visits)

    return name, round(of("requests")), of("bytes") / 1000, of("words") / 1000, of("loaded") / 1000


def _collect_static() -> None:
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=servers.ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS},
        check=True,
    )
