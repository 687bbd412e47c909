"""The SQL that puts rows into the table of observations, all in one place.

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


# The newest row of each key that has one, also where it says that the value is no more.
_NEWEST = """(
    SELECT o.* FROM indicators_observation o
    WHERE NOT o.is_superseded
    AND o.origin_id NOT IN (SELECT id FROM indicators_import WHERE state <> 'committed')
)"""

# The staged rows that say something new. `is_change`: there is a current value, which was `before`;
# `replaced` is the import of the row that is then superseded, if there is any.
MAKE_DIFFERENCE = f"""
    CREATE TEMPORARY TABLE difference ON COMMIT DROP AS
    SELECT {_ROW}, false AS is_gone, c.value AS before, c.origin_id AS replaced,
        c.is_gone IS FALSE AS is_change
    FROM staged s LEFT JOIN {_NEWEST} c ON {_SAME_KEY}
    WHERE ({_of("s", _SAID)}, false) IS DISTINCT FROM ({_of("c", _SAID)}, c.is_gone)
"""
# The current values of a dataset that are not among the staged rows.
ADD_GONE = f"""
    INSERT INTO difference
    SELECT {_ROW_GONE}, true, s.value, s.origin_id, false
    FROM {_NEWEST} s
    WHERE NOT s.is_gone
    AND s.indicator_id IN (SELECT id FROM indicators_indicator WHERE dataset_id = %s)
    AND NOT EXISTS (SELECT FROM staged c WHERE {_SAME_KEY})
"""

# Which rows of the difference are meant.
NEW = "NOT is_change AND NOT is_gone"
CHANGED = "is_change"
GONE = "is_gone"
COUNTED = f"""
    SELECT {", ".join(f"count(*) FILTER (WHERE {what})" for what in (NEW, CHANGED, GONE))}
    FROM difference
"""


def some(what: str, values: str, limit: int) -> str:
    """The first rows that are one of the above, by their keys, with the named values."""
    return f"""
        SELECT indicator_id, country_id AS country, period, breakdown, {values}
        FROM difference WHERE {what} LIMIT {limit}
    """


PAST = """
    SELECT i.code, s.country_id, s.breakdown, s.frequency, s.period, s.value
    FROM indicators_currentvalue s JOIN indicators_indicator i ON i.id = s.indicator_id
    WHERE i.dataset_id = %s
"""

# Each takes the id of the import that says it.
_STORE = f"INSERT INTO indicators_observation (origin_id, is_gone, {_COLUMNS})"
STORE_DIFFERENCE = f"{_STORE} SELECT %s, is_gone, {_COLUMNS} FROM difference"
MARK_SUPERSEDED = f"""
    UPDATE indicators_observation c SET is_superseded = true
    FROM difference s WHERE {_SAME_KEY} AND s.replaced = c.origin_id
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
# Of each key of the import, the newest row of the imports now committed is not superseded.
MARK_ANEW = f"""
    UPDATE indicators_observation s SET is_superseded = NOT s.is_superseded
    FROM (
        SELECT DISTINCT ON ({_of("o", _KEY)}) {_of("o", _KEY)}, o.origin_id
        FROM indicators_observation o
        JOIN indicators_import i ON i.id = o.origin_id AND i.state = 'committed'
        WHERE ({_of("o", _KEY)}) IN ({_OF_IMPORT})
        ORDER BY {_of("o", _KEY)}, i.number DESC
    ) c
    WHERE {_SAME_KEY} AND s.is_superseded <> (s.origin_id <> c.origin_id)
"""
