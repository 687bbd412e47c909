"""Measures saving an answer, the check-sheet page, the report page and the weight of pages.

Exit code 1 if a page's number of queries grows with the number of items.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable

import django

from config.local_process import LocalServerError
from config.local_servers import attached

SIZES = (4, 16, 60)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with attached():
        from django.conf import settings  # reads DATABASE_URL, which is known only from here on

        django.setup()
        logging.disable(logging.INFO)  # a line for each request would hide the tables
        settings.ROOT_URLCONF = "tests.bench.urls"
        settings.ALLOWED_HOSTS = ["testserver"]

        from tests.bench import house, measures

        with house.own_database():
            subjects = [house.subject(items) for items in SIZES]
            saving = [measures.saving(one) for one in subjects]
            pages = [
                measures.page(name, one) for name in ("check-sheet", "report") for one in subjects
            ]
            weights = measures.weights(subjects[1])
    say("Saving one answer, through the whole stack, against a bare view with one UPDATE")
    table(("items", "queries", "save ms", "bare ms", "ratio", "quartiles"), saving, cost)
    say("A page through the whole stack against its template rendered without a database")
    table(("page", "items", "queries", "page ms", "template ms", "ratio", "quartiles"), pages, cost)
    say("Weight of a first load: static files as brotli, the page itself as gzip")
    table(("page", "files", "kB"), weights, cost)
    return verdict(saving, pages)


def cost(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def verdict(saving: list[tuple], pages: list[tuple]) -> int:
    """The exit code: 1, with a sentence each, where the number of queries is not constant."""
    counts: dict[str, list[int]] = {"saving": [row[1] for row in saving]}
    for name, _items, queries, *_rest in pages:
        counts.setdefault(name, []).append(queries)
    growing = {name: of for name, of in counts.items() if len(set(of)) > 1}
    for name, of in growing.items():
        say(f"The queries of {name} are not constant: {of} for {SIZES} items.")
    if not growing:
        say(f"The number of queries is the same for {', '.join(map(str, SIZES))} items.")
    return 1 if growing else 0


def table(head: tuple[str, ...], rows: list[tuple], form: Callable[[object], str]) -> None:
    lines = [head, *(tuple(form(cell) for cell in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  " + "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))
    say("")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalServerError as error:
        sys.exit(str(error))
