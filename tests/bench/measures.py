"""The three measurements; each returns rows of plain values for the tables."""

import gzip
import json
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from unittest.mock import patch

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activity.notices import unread
from tests.bench.house import Subject
from tests.bench.timing import Ratio, compared

SAVES, PAGES = 200, 40
TOKEN = "a" * 32  # any text of this length is a CSRF token, as cookie and header alike
# The font of the text's own script is fetched with the page, the others when they are needed.
FIRST_FONT = re.compile(r"vendor/fonts/[a-z0-9-]+-latin\.woff2")
LINKED = re.compile(r'(?:href|src)="/static/([^"?]+\.\w+)"')


def saving(one: Subject) -> tuple:
    """(items, queries, ms, bare ms, ratio, quartiles) of changing one answer again and again."""
    response = one.sheet.responses.select_related("item").first()
    client = signed_in(one.officer)
    url = reverse("api:response", args=[one.sheet.pk, response.item.code])
    bare_url = reverse("bare", args=[one.sheet.responses.last().pk])
    revisions = count(response.revision)

    def save() -> None:
        revision = next(revisions)
        body = {
            "revision": revision,
            "status": "answered",
            "answers": ["yes", "no" if revision % 2 else "partly", "", ""],
            "made": ["single", "single", "", ""],
            "comment": f"Changed {revision} times.",
            "evidence": [],
        }
        answer = client.put(url, json.dumps(body), content_type="application/json")
        assert answer.json()["revision"] == revision + 1, answer.content

    def bare() -> None:
        answer = client.put(bare_url, "Changed.", content_type="text/plain")
        assert answer.status_code == 204, answer.status_code

    save()  # takes the evidence away, so that every later save is the same work
    return (one.items, queries(save), *_cells(compared(save, bare, SAVES)))


def page(name: str, one: Subject) -> tuple:
    """(page, items, queries, ms, template ms, ratio, quartiles), the template fed by the view."""
    client = signed_in(one.officer)
    where, url = {
        "check-sheet": (
            "diagnostics.views",
            reverse("diagnostics:sheet_theme", args=[one.sheet.pk, "money"]),
        ),
        "report": ("reports.views", one.report.get_absolute_url()),
    }[name]
    with patch(f"{where}.render", return_value=HttpResponse()) as called:
        client.get(url)
    arguments = called.call_args.args
    news = unread(one.officer)

    def whole() -> bytes:
        answer = client.get(url)
        assert answer.status_code == 200, answer.status_code
        return answer.content

    def template() -> bytes:
        # What the header of every page counts is asked for in the whole, not in the template.
        counted = patch("activity.notices.unread", return_value=news)
        with counted, connection.execute_wrapper(_refuse):
            return render(*arguments).content

    render(*arguments)  # charts and whatever else the context finds out on first use
    assert len(template()) == len(whole()), "the template alone makes another page"
    return (name, one.items, queries(whole), *_cells(compared(whole, template, PAGES)))


def weights(one: Subject) -> list[tuple]:
    """(page, files, kB as they go over the wire) of pages first seen with an empty cache."""
    sheet = reverse("diagnostics:sheet_theme", args=[one.sheet.pk, "money"])
    officer = signed_in(one.officer)
    return [
        ("sign-in", *_weight(Client().get(reverse(settings.LOGIN_URL)))),
        ("home", *_weight(officer.get(reverse("home")))),
        (f"check-sheet, {one.items} items", *_weight(officer.get(sheet))),
        (f"report, {one.items} items", *_weight(officer.get(one.report.get_absolute_url()))),
    ]


def signed_in(user: User) -> Client:
    """A client like a browser: signed in, and with a token where it changes something."""
    client = Client(enforce_csrf_checks=True, headers={"X-CSRFToken": TOKEN})
    client.force_login(user)
    client.cookies["csrftoken"] = TOKEN
    return client


def queries(work: Callable[[], object]) -> int:
    """How many queries the work makes, savepoints and the like left out."""
    made: list[str] = []

    def note(execute, sql, *rest):
        made.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        work()
    return len(made)


def _refuse(execute, sql, *rest):
    raise AssertionError(f"The template alone asked the database: {sql}")


def _cells(found: Ratio) -> tuple[float, float, float, str]:
    return found.a, found.b, found.times, f"{found.low:.2f} to {found.high:.2f}"


def _weight(page: HttpResponse) -> tuple[int, float]:
    assert page.status_code == 200, page.status_code
    names = set(LINKED.findall(page.text))
    for name in sorted(names):
        if name.endswith(".css"):
            names |= set(FIRST_FONT.findall(Path(finders.find(name)).read_text()))
    files = [Path(finders.find(name)) for name in names]
    total = len(gzip.compress(page.content)) + sum(map(_brotli_size, files))
    return len(files) + 1, total / 1000


def _brotli_size(file: Path) -> int:
    content = file.read_bytes()
    return min(len(content), len(brotli.compress(content)))
