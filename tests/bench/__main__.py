"""Measures what the product costs: `python -m tests.bench` does all, or name some sections.

Exit code 1 if a page's number of queries grows with the number of items, a page reads all
observations, a saved answer was lost, or memory grew.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import django

from config.local_process import LocalServerError
from config.local_servers import attached
from tests.bench.tables import Table, say

SIZES = (4, 16, 60)
BROKER = 15  # the number of our own Redis database: nobody else's workers hear our bells

Section = Callable[[], tuple[list[Table], list[str]]]


def main() -> int:
    sections = {
        "pages": pages,
        "weights": weights,
        "scoring": scoring,
        "indices": indices,
        "clusters": clusters,
        "import": imports,
        "explorer": explorer,
        "first-load": first_load,
        "load": load,
        "reports": reports,
        "memory": memory,
    }
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--ratings", type=Path, help="ratings of other sheets, scored as well")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(sections))
    given = parser.parse_args()
    named = given.sections
    if given.ratings:
        sections["ratings"] = lambda: ratings(given.ratings)
        named = named and [*named, "ratings"]
    if unknown := set(named) - set(sections):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(sections)}.")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with attached():
        broker = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{BROKER}")
        os.environ["REDIS_URL"] = broker.geturl()
        from django.conf import settings  # reads both addresses, which are known only from here on

        django.setup()
        logging.disable(logging.WARNING)  # a line for each request would hide the tables
        settings.ROOT_URLCONF = "tests.bench.urls"
        settings.ALLOWED_HOSTS = ["testserver"]
        from tests.bench import house

        faults = []
        with house.own_database():
            for name in named or sections:
                try:
                    tables, found = sections[name]()
                except TimeoutError as error:
                    tables, found = [], [f"{name} took too long. {error}"]
                for one in tables:
                    one.print()
                faults += found
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def pages() -> tuple[list[Table], list[str]]:
    from tests.bench import measures

    subjects = [subject(items) for items in SIZES]
    saved = [measures.saving(one) for one in subjects]
    seen = [measures.page(name, one) for name in ("check-sheet", "report") for one in subjects]
    tables = [
        Table(
            "Saving one answer, through the whole stack, against a bare view with one UPDATE",
            ("items", "queries", "save ms", "bare ms", "ratio", "quartiles"),
            saved,
        ),
        Table(
            "A page through the whole stack against its template rendered without a database",
            ("page", "items", "queries", "page ms", "template ms", "ratio", "quartiles"),
            seen,
        ),
    ]
    return tables, growing(saved, seen)


def growing(saved: list[tuple], seen: list[tuple]) -> list[str]:
    """A sentence for each where the number of queries is not constant."""
    counts: dict[str, list[int]] = {"saving": [row[1] for row in saved]}
    for name, _items, queries, *_rest in seen:
        counts.setdefault(name, []).append(queries)
    return [
        f"The queries of {name} are not constant: {of} for {SIZES} items."
        for name, of in counts.items()
        if len(set(of)) > 1
    ]


def weights() -> tuple[list[Table], list[str]]:
    from tests.bench import measures

    title = "Weight of a first load: static files as brotli, the page itself as gzip"
    return [Table(title, ("page", "files", "kB"), measures.weights(subject(16)))], []


def scoring() -> tuple[list[Table], list[str]]:
    from tests.bench import scoring

    return [Table("Scoring a round, without a database", scoring.HEAD, scoring.run())], []


def ratings(file: Path) -> tuple[list[Table], list[str]]:
    from tests.bench import foreign

    rows, faults = foreign.run(file)
    return [Table("Ratings made for other sheets", foreign.HEAD, rows)], faults


def indices() -> tuple[list[Table], list[str]]:
    from tests.bench import indices

    title = "A composite index of 51 countries and 49 indicators, without a database"
    return [Table(title, indices.HEAD, indices.run())], []


def clusters() -> tuple[list[Table], list[str]]:
    from tests.bench import clusters

    title = "Mapping clusters and measuring their networks, without a database"
    return [Table(title, clusters.HEAD, clusters.run())], []


def imports() -> tuple[list[Table], list[str]]:
    from tests.bench import imports

    loaded, beside = imports.run()
    tables = [
        Table("Loading a file, against COPY of the finished rows", imports.HEAD, loaded),
        Table("pandas with the same file", imports.PANDAS_HEAD, beside),
    ]
    return tables, []


def explorer() -> tuple[list[Table], list[str]]:
    from tests.bench import explorer

    rows, faults = explorer.run()
    return [Table("The explorer's pages over 5,050,000 observations", explorer.HEAD, rows)], faults


def first_load() -> tuple[list[Table], list[str]]:
    from tests.bench import first_load

    return first_load.run(subject(16))


def load() -> tuple[list[Table], list[str]]:
    from tests.bench import saves

    return saves.run()


def reports() -> tuple[list[Table], list[str]]:
    from tests.bench import files

    made = files.memory(subject(60))
    tables = [
        Table("A report's files from the snapshot, against the bare libraries", files.HEAD,
              [files.page(subject(60)), *files.run(subject(60))]),
        Table("Full PDFs a minute, by processes", ("processes", "a minute", "times one"),
              files.workers(subject(60))),
        Table("Resident memory of a process that makes PDFs",
              ("PDFs", "MB after a tenth", "MB after all", "ratio"), [made]),
    ]  # fmt: skip
    faults = [f"Memory grew by {made[3]:.2f} over {made[0]} reports."] if made[3] > 1.1 else []
    return tables, faults


def memory() -> tuple[list[Table], list[str]]:
    from tests.bench import memory

    return memory.run(subject(4))


@cache
def subject(items: int) -> object:
    """Sections measure the same rounds, made once."""
    from tests.bench import house

    return house.subject(items)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalServerError as error:
        sys.exit(str(error))
