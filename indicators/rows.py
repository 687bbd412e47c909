"""Checked observations between their frame, their Parquet file and PostgreSQL."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper

from indicators import statements
from indicators.models import Dataset

KEY = ("indicator", "country", "period", "breakdown")
SCHEMA = pl.Schema(
    {
        "indicator": pl.String,
        "country": pl.String,
        "period": pl.String,
        "breakdown": pl.String,
        "frequency": pl.String,
        "value": pl.Float64,
        "flag": pl.String,
        "note": pl.String,
        "unit": pl.String,
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
        part.select(SCHEMA.names()).cast(dict(SCHEMA)).with_columns(pl.col(texts).fill_null(""))
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
    return pl.read_parquet(file)


def numbered(rows: pl.DataFrame, dataset: Dataset) -> dict[str, int]:
    """The id of each indicator of the rows by its code; negative where the dataset has none yet."""
    known = dict(dataset.indicators.values_list("code", "id"))
    codes = rows["indicator"].unique().sort()
    return {code: known.get(code, -at) for at, code in enumerate(codes, start=1)}


def queried(sql: str, arguments: Sequence[object], schema: pl.Schema) -> pl.DataFrame:
    """What a query gives, as a frame of the schema; by COPY, which takes little memory."""
    text = io.BytesIO()
    with connection.cursor() as cursor:
        query = cursor.mogrify(sql, arguments).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)", text)
    text.seek(0)
    if not text.getbuffer().nbytes:
        return schema.to_frame()
    return pl.read_csv(text, has_header=False, schema=schema)


@contextmanager
def staged(rows: pl.DataFrame, indicators: Mapping[str, int]) -> Iterator[CursorWrapper]:
    """The rows in the temporary table `staged`, for the statements of the block.

    `indicators` gives the id of each indicator code (`numbered`).
    """
    keyed = rows.with_columns(
        pl.col("indicator").replace_strict(indicators, return_dtype=pl.Int32),
        pl.col("period").str.slice(0, 4).cast(pl.Int16).alias("year"),
    ).rename({"indicator": "indicator_id", "country": "country_id"})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # joins and sorts of many rows follow
        cursor.execute(statements.MAKE_STAGED)
        for part in keyed.select(statements.STAGED_COLUMNS).iter_slices(COPIED):
            text = io.BytesIO()
            part.write_csv(text, include_header=False)
            text.seek(0)
            cursor.copy_expert(statements.FILL_STAGED, text)
        cursor.execute("ANALYZE staged")
        yield cursor
        cursor.execute("DROP TABLE staged")
