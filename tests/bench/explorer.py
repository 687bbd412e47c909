"""Measures the explorer's pages over five million observations, of which some are superseded.

No query may read the table of observations from end to end: every plan is looked at.
"""

from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

HEAD = ("page", "queries", "ms", "of them in the database")
INDICATORS, COUNTRIES, YEARS = 500, 200, 50
ROUNDS = 5
WALKS = ("Seq Scan on indicators_observation", "Index Scan on observation_by_import")


def run() -> tuple[list[tuple], list[str]]:
    """The rows of the table `HEAD`, and a sentence for each page with a plan that reads it all."""
    from countries.actions import load_areas
    from countries.shipped import shipped
    from indicators.models import Indicator
    from tests.factories.statistics import DatasetFactory, ImportFactory

    load_areas(shipped())
    dataset = DatasetFactory(code="explored")
    Indicator.objects.bulk_create(
        Indicator(dataset=dataset, code=f"M.{n}", title=f"Measure {n}", topic=f"Topic {n % 12}")
        for n in range(INDICATORS)
    )
    _fill(*(ImportFactory(dataset=dataset).pk for _ in range(2)))
    one, other = Indicator.objects.filter(dataset=dataset)[:2].values_list("pk", flat=True)
    pages = (
        ("list of indicators", "index", [], ""),
        ("search", "index", [], "?q=measure"),
        ("indicator, all countries", "indicator", [one], ""),
        ("indicator against its peers", "indicator", [one], "?country=LAO&country=KHM&peers=035"),
        ("country, 40 indicators a page", "country", ["LAO"], ""),
        ("country against Africa", "country", ["LAO"], "?peers=002"),
        ("two indicators of two countries", "compare", [],
         f"?country=LAO&country=KHM&indicator={one}&indicator={other}"),
        ("a country's newest values as CSV", "country_csv", ["LAO"], ""),
    )  # fmt: skip
    rows, faults = [], []
    for what, name, args, query in pages:
        row, walks = _page(what, reverse(f"explorer:{name}", args=args) + query)
        rows.append(row)
        faults += [f"A query of “{what}” reads all observations."] if walks else []
    return rows, faults


def _fill(old: int, new: int) -> None:
    """A value for each indicator, country and year, one in a hundred said anew by `new`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO indicators_observation
                (indicator_id, country_id, period, breakdown, origin_id, frequency, year, value,
                 flag, note, unit, is_superseded)
            SELECT i.id, c.code, y, '', origin, 'A', y, origin + random() * 1000, '', '', '',
                origin = %(old)s AND (i.id + y) %% 100 = 0
            FROM indicators_indicator i,
                (SELECT code FROM countries_country WHERE kind = 'country' ORDER BY code
                 LIMIT %(countries)s) c,
                generate_series(2020 - %(years)s, 2019) AS y,
                unnest(ARRAY[%(old)s, %(new)s]) AS origin
            WHERE i.code LIKE 'M.%%' AND (origin = %(old)s OR (i.id + y) %% 100 = 0)
            ORDER BY origin, i.id, c.code, y
            """,
            {"old": old, "new": new, "countries": COUNTRIES, "years": YEARS},
        )
        cursor.execute("VACUUM ANALYZE indicators_observation, indicators_indicator")


def _page(what: str, url: str) -> tuple[tuple, bool]:
    """The row of `HEAD`, and whether a plan reads all observations."""
    client, spent, told = Client(), [], []
    client.get(url)
    for _ in range(ROUNDS):
        begun = perf_counter()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url)
        spent.append(1000 * (perf_counter() - begun))
        told.append(1000 * sum(float(query["time"]) for query in asked))
        assert answer.status_code == 200, (url, answer.status_code)
    with connection.cursor() as cursor:
        plans = []
        for query in asked:
            if "indicators_currentvalue" in query["sql"]:
                cursor.execute(f"EXPLAIN {query['sql']}")
                plans += [line for (line,) in cursor.fetchall()]
    return (what, len(asked), median(spent), median(told)), any(
        walk in line for line in plans for walk in WALKS
    )
