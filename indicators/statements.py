"""The SQL that puts rows into the tables of observations, all in one place.

A row in question is named `s`; `staged` is the temporary table of a file's rows (`rows.staged`).
The parts put together here are names of columns, never values.
"""

# ruff: noqa: S608

from collections.abc import Sequence

_KEY = ("indicator_id", "country_id", "period", "breakdown")
_SAID = ("frequency", "value", "flag", "note", "unit", "standard_error", "sample_size")
STAGED_COLUMNS = (*_KEY, "year", *_SAID)


def _of(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


_SAME_KEY = f"({_of('s', _KEY)}) = ({_of('c', _KEY)})"
_DIFFERS = f"({_of('s', _SAID)}) IS DISTINCT FROM ({_of('c', _SAID)})"
_COLUMNS = ", ".join(STAGED_COLUMNS)
_ROW = _of("s", STAGED_COLUMNS)
_ROW_GONE = f"{_of('s', _KEY)}, s.year, s.frequency, NULL, '', '', '', NULL, NULL"
_KEYS = ", ".join(_KEY)

MAKE_STAGED = """
    CREATE TEMPORARY TABLE staged (
        indicator_id integer, country_id varchar(3),
        period varchar(20) COLLATE "C", breakdown varchar(300) COLLATE "C",
        year smallint, frequency varchar(1), value double precision, flag varchar(20),
        note text, unit varchar(100), standard_error double precision, sample_size integer
    ) ON COMMIT DROP
"""


def copy_into(table: str, columns: Sequence[str]) -> str:
    """The statement that takes the columns as CSV."""
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"


# What the rows are to the current values.
NEW = f"FROM staged s WHERE NOT EXISTS (SELECT FROM indicators_currentvalue c WHERE {_SAME_KEY})"
CHANGED = f"FROM staged s JOIN indicators_currentvalue c ON {_SAME_KEY} WHERE {_DIFFERS}"
NEW_OR_CHANGED = f"""
    FROM staged s LEFT JOIN indicators_currentvalue c ON {_SAME_KEY}
    WHERE c.indicator_id IS NULL OR {_DIFFERS}
"""
GONE = f"""
    FROM indicators_currentvalue s
    WHERE s.indicator_id IN (SELECT id FROM indicators_indicator WHERE dataset_id = %s)
    AND NOT EXISTS (SELECT FROM staged c WHERE {_SAME_KEY})
"""


def counted(what: str) -> str:
    return f"SELECT count(*) {what}"


def some(what: str, values: str, limit: int) -> str:
    """The first rows of one of the above by their keys, with the named values."""
    return f"""
        SELECT s.indicator_id, s.country_id AS country, s.period, s.breakdown, {values}
        {what} LIMIT {limit}
    """


PAST = """
    SELECT i.code, s.country_id, s.breakdown, s.frequency, s.period, s.value
    FROM indicators_currentvalue s JOIN indicators_indicator i ON i.id = s.indicator_id
    WHERE i.dataset_id = %s
"""

# Each takes the id of the import that says it.
_STORE = f"INSERT INTO indicators_observation (origin_id, is_gone, {_COLUMNS})"
# What the newest import says is current: both tables are filled by one statement, without reading
# back what the first took in. Each affects as many rows as were stored.
_MAKE_CURRENT = f"""
    INSERT INTO indicators_currentvalue (origin_id, {_COLUMNS})
    SELECT origin_id, {_COLUMNS} FROM stored
"""
STORE_NEW_OR_CHANGED = f"""
    WITH stored AS ({_STORE} SELECT %s, false, {_ROW} {NEW_OR_CHANGED} RETURNING *) {_MAKE_CURRENT}
    ON CONFLICT ({_KEYS}) DO UPDATE SET
    {", ".join(f"{name} = EXCLUDED.{name}" for name in ("origin_id", "year", *_SAID))}
"""
STORE_GONE = f"""
    WITH stored AS ({_STORE} SELECT %s, true, {_ROW_GONE} {GONE} RETURNING *)
    DELETE FROM indicators_currentvalue WHERE ({_KEYS}) IN (SELECT {_KEYS} FROM stored)
"""
STORE_IF_NOT_SAID = f"{_STORE} SELECT %s, false, {_ROW} FROM staged s ON CONFLICT DO NOTHING"
STORE_GONE_IF_NOT_SAID = (
    f"{_STORE} SELECT %s, true, {_ROW_GONE} FROM staged s ON CONFLICT DO NOTHING"
)

_OF_IMPORT = f"SELECT {_KEYS} FROM indicators_observation WHERE origin_id = %s"
KEYS_OF_IMPORT = """
    SELECT i.code, s.country_id, s.period, s.breakdown, s.frequency
    FROM indicators_observation s JOIN indicators_indicator i ON i.id = s.indicator_id
    WHERE s.origin_id = %s
"""
FORGET_CURRENT = f"DELETE FROM indicators_currentvalue WHERE ({_KEYS}) IN ({_OF_IMPORT})"
# Of each key of the import, the newest row of the imports now committed.
RENEW_CURRENT = f"""
    INSERT INTO indicators_currentvalue (origin_id, {_COLUMNS})
    SELECT origin_id, {_COLUMNS} FROM (
        SELECT DISTINCT ON ({_KEYS}) o.*
        FROM indicators_observation o
        JOIN indicators_import i ON i.id = o.origin_id AND i.state = 'committed'
        WHERE ({_KEYS}) IN ({_OF_IMPORT})
        ORDER BY {_KEYS}, i.number DESC
    ) newest WHERE NOT is_gone
"""
