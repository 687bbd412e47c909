"""No page reads the whole table of values: PostgreSQL finds what it needs through an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import CurrentValue
from tests.explorer.conftest import Loaded
from tests.factories.statistics import ImportFactory


@pytest.fixture
def many(loaded: Loaded) -> Loaded:
    """120,000 values more, of 200 indicators: as much as makes reading all of them the dear way."""
    by = ImportFactory(dataset=loaded.days.dataset)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO indicators_indicator
                (dataset_id, code, title, definition, unit, source, licence, topic, better)
            SELECT %s, 'M.' || n, 'Measure ' || n, '', '', '', '', '', ''
            FROM generate_series(1, 200) AS n
            """,
            [by.dataset_id],
        )
        cursor.execute(
            """
            INSERT INTO indicators_observation
                (indicator_id, country_id, period, breakdown, origin_id, frequency, year, value,
                 flag, note, unit)
            SELECT i.id, c.code, y, '', %s, 'A', y, y * i.id, '', '', ''
            FROM indicators_indicator i,
                (SELECT code FROM countries_country WHERE kind = 'country' LIMIT 60) c,
                generate_series(2010, 2019) AS y
            WHERE i.code LIKE 'M.%%'
            """,
            [by.pk],
        )
        cursor.execute("ANALYZE indicators_observation, indicators_indicator")
    return loaded


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("index", "?q=measure"),
        ("indicator", "?country=LAO&country=VNM&peers=035"),
        ("country", ""),
        ("country_csv", "?peers=035"),
        ("compare", "?country=LAO&country=VNM"),
    ],
)
def test_values_are_found_through_an_index(client, many: Loaded, name, query):
    args = {"indicator": [many.days.pk], "country": ["VNM"], "country_csv": ["VNM"]}.get(name, [])
    if name == "compare":
        query += f"&indicator={many.days.pk}"
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"explorer:{name}", args=args) + query).status_code == 200
    asked = [q["sql"] for q in captured if "indicators_currentvalue" in q["sql"]]
    assert asked
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on indicators_observation" not in plan, f"{sql}\n{plan}"
            assert "observation_by_import" not in plan, f"{sql}\n{plan}"


def test_a_page_of_the_api_starts_at_its_key_without_walking_over_earlier_rows(many: Loaded):
    after = CurrentValue.objects.filter(pk__gt=(many.days.pk, "LAO", "2010", ""))
    plan = after.order_by("pk")[:3].explain()
    assert "Index Cond: (ROW(indicator_id" in plan
    assert "Sort" not in plan
