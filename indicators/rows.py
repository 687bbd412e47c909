"""Checked observations between their frame, their Parquet file and PostgreSQL."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import BinaryIO

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper

from indicators import statements
from indicators.models import Dataset

KEY = ("indicator", "country", "period", "breakdown")
_FEW = pl.Categorical()  # few different texts, each kept once: a third of the memory
SCHEMA = pl.Schema(
    {
        "indicator": _FEW,
        "country": _FEW,
        "period": _FEW,
        "breakdown": _FEW,
        "frequency": _FEW,
        "value": pl.Float64,
        "flag": _FEW,
        "note": pl.String,
        "unit": _FEW,
        "standard_error": pl.Float64,
        "sample_size": pl.Int32,
    }
)
NUMBERS = ("value", "standard_error", "sample_size")
COPIED = 100_000  # rows turned into text at a time, so that memory stays bounded


def finished(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The observations of `importing.check` as they are kept: in the order of the key, no places.

    In this order the rows go into the index of their table side by side.
    """
    texts = [name for name in SCHEMA if name not in NUMBERS]
    kept = [
        part.select(SCHEMA.names()).with_columns(pl.col(texts).fill_null("")).cast(dict(SCHEMA))
        for part in parts
    ]
    return pl.concat([SCHEMA.to_frame(), *kept]).sort(KEY)


def packed(rows: pl.DataFrame) -> io.BytesIO:
    """The rows as a Parquet file."""
    file = io.BytesIO()
    rows.write_parquet(file, compression="zstd")
    file.seek(0)
    return file


def unpacked(file: BinaryIO) -> pl.DataFrame:
    """The rows of a Parquet file that `packed` made."""
    return pl.read_parquet(file).cast(dict(SCHEMA))


def numbered(rows: pl.DataFrame, dataset: Dataset) -> dict[str, int]:
    """The id of each indicator of the rows by its code; negative where the dataset has none yet."""
    known = dict(dataset.indicators.values_list("code", "id"))
    codes = rows["indicator"].unique().sort()
    return {code: known.get(code, -at) for at, code in enumerate(codes, start=1)}


def queried(sql: str, arguments: Sequence[object], schema: pl.Schema) -> pl.DataFrame:
    """What a query gives, as a frame of the schema; by COPY, which takes little memory."""
    with NamedTemporaryFile() as text:
        with connection.cursor() as cursor:
            query = cursor.mogrify(sql, arguments).decode()
            cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)", text)
        if not text.tell():
            return schema.to_frame()
        text.flush()
        return pl.read_csv(text.name, has_header=False, schema=schema)


def copied(cursor: CursorWrapper, table: str, rows: pl.DataFrame, columns: Sequence[str]) -> None:
    """Put the columns of the rows into a table by COPY, which is the fastest way in."""
    statement = statements.copy_into(table, columns)
    for part in rows.select(columns).iter_slices(COPIED):
        text = io.BytesIO()
        part.write_csv(text, include_header=False)
        text.seek(0)
        cursor.copy_expert(statement, text)


def keyed(rows: pl.DataFrame, indicators: Mapping[str, int]) -> pl.DataFrame:
    """The rows with the columns of the tables (`statements.STAGED_COLUMNS`).

    `indicators` gives the id of each indicator code (`numbered`).
    """
    return rows.with_columns(
        pl.col("indicator").replace_strict(indicators, return_dtype=pl.Int32),
        pl.col("period").cast(pl.String).str.slice(0, 4).cast(pl.Int16).alias("year"),
    ).rename({"indicator": "indicator_id", "country": "country_id"})


@contextmanager
def staged(rows: pl.DataFrame, indicators: Mapping[str, int]) -> Iterator[CursorWrapper]:
    """The rows in the temporary table `staged`, for the statements of the block.

    `indicators` gives the id of each indicator code (`numbered`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # joins and sorts of many rows follow
        cursor.execute(statements.MAKE_STAGED)
        copied(cursor, "staged", keyed(rows, indicators), statements.STAGED_COLUMNS)
        cursor.execute("ANALYZE staged")
        yield cursor
        cursor.execute("DROP TABLE staged")


def stored_first(rows: pl.DataFrame, indicators: Mapping[str, int], origin: int) -> None:
    """Store the rows as the first that is said of their keys, by import `origin`.

    Nothing has to be compared, so they go straight in.
    """
    own = keyed(rows, indicators).with_columns(pl.lit(origin).alias("origin_id"))
    with connection.cursor() as cursor:
        columns = (*statements.STAGED_COLUMNS, "origin_id")
        copied(cursor, "indicators_observation", own, columns)
