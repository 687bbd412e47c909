"""A table locked from another connection holds whoever needs it at a known place."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection


@contextmanager
def locked(table: str) -> Iterator[None]:
    with (
        closing(connection.get_new_connection(connection.get_connection_params())) as other,
        other.cursor() as cursor,
    ):
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def somebody_waits_for(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = %s::regclass AND NOT granted)",
            [table],
        )
        return cursor.fetchone()[0]
