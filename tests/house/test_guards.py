"""No table that is a record can be emptied at one stroke, nor with the tables it hangs on."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import rounds

pytestmark = pytest.mark.django_db

GUARDED = (
    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
    "WHERE NOT tgisinternal AND tgname NOT LIKE 'never_emptied' AND tgtype & 24 > 0"
)


def test_every_table_guarded_row_by_row_is_guarded_against_emptying_too():
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        tables = {table for (table,) in cursor.fetchall()}
    assert {"activity_event", "diagnostics_responsechange", "reports_reportversion"} <= tables
    for table in tables:
        with pytest.raises(DatabaseError, match=r"altered|change|stays"), transaction.atomic():
            empty(table)


@pytest.mark.parametrize("table", ["accounts_user", "diagnostics_round", "diagnostics_response"])
def test_history_is_not_emptied_through_what_it_hangs_on(team, table):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(sheet, "money.item_1", "yes", by=team.officer)
    with pytest.raises(DatabaseError, match=r"altered|change"), transaction.atomic():
        empty(table)
    history = sheet.responses.get(item__code="money.item_1").changes
    assert history.count() == 1


def empty(table: str) -> None:
    with connection.cursor() as cursor:
        # Checks that are put off to the end of a transaction would stand in the way of TRUNCATE.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {table} CASCADE")
