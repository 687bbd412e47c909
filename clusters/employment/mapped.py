"""A file of employment mapped: everything that is kept of it, computed once."""

import io
from dataclasses import dataclass
from typing import Any

import polars as pl

from clusters.employment.rows import cell_rows, industry_rows, region_rows, year_rows
from clusters.mapping import Employment, mapped
from indicators.importing import Told

ROWS = 200_000  # in a group of a file: a year of a large table


@dataclass(frozen=True)
class MappedFile:
    """The rows as Parquet files sorted by year, and what there is to tell of years and file."""

    cells: bytes
    regions: bytes
    industries: bytes
    years: list[dict[str, Any]]
    told: list[Told]


def mapped_file(table: Employment, told: list[Told]) -> MappedFile:
    """Compute the map of a table, of whose file this was told."""
    found = mapped(table)
    return MappedFile(
        cells=_packed(cell_rows(table, found)),
        regions=_packed(region_rows(table, found)),
        industries=_packed(industry_rows(table, found)),
        years=year_rows(table, found),
        told=told,
    )


def _packed(rows: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    rows.write_parquet(file, compression="zstd", row_group_size=ROWS)
    return file.getvalue()
