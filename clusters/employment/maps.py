"""What pages and programs are shown of a table of employment, a year at a time.

Rows are those of `clusters.employment.rows`; here they are chosen, sorted and put together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models.fields.files import FieldFile

from clusters.employment.rows import placed
from clusters.models import EmploymentTable
from clusters.unplaced import is_unplaced

LONGEST_SEARCH = 100
HEAT_MARKS = (0.5, 1, 1.5, 2)
# Ellison and Glaeser (1997): below the first an industry is not very localised, above the second it
# is very.
EG_MARKS = (0.02, 0.05)

Row = dict[str, Any]


@dataclass(frozen=True)
class Year:
    """One year of a table with what a star takes; None in a year without known employment."""

    year: int
    cells: int
    suppressed: int
    size: float | None
    specialisation: float | None
    focus: float | None


@dataclass(frozen=True)
class Heat:
    """A piece of the heat table: regions as columns; by industry a value and its tone for each."""

    regions: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[float | None, int]]]]


def years(table: EmploymentTable) -> list[Year]:
    """The years of the table, the oldest first."""
    return [Year(**row) for row in table.years]


def year_of(table: EmploymentTable, asked: str = "") -> Year:
    """The year that an address or a form names; the newest where it names none of the table's."""
    found = years(table)
    return next((one for one in found if str(one.year) == asked), found[-1])


def cells(table: EmploymentTable, year: int) -> pl.DataFrame:
    """The cells of a year."""
    return _of_year(table.cells, year)


def regions(table: EmploymentTable, year: int) -> pl.DataFrame:
    """The regions that have cells in the year, those with most people employed first."""
    return _there(_of_year(table.regions, year))


def names(table: EmploymentTable, region: str) -> bool:
    """Whether the table, if it is mapped, has rows of the region in any year."""
    if not table.is_mapped:
        return False
    of_it = pl.scan_parquet(table.regions.path).filter(pl.col("region") == region)
    return not of_it.head(1).collect().is_empty()


def industries(table: EmploymentTable, year: int) -> pl.DataFrame:
    """The industries that have cells in the year, those with most people employed first."""
    return _there(_of_year(table.industries, year))


def _of_year(file: FieldFile, year: int) -> pl.DataFrame:
    """The rows of a year, read from their part of the file only."""
    return pl.scan_parquet(file.path).filter(pl.col("year") == year).collect()


def _there(rows: pl.DataFrame) -> pl.DataFrame:
    if "cells_left_out" not in rows.columns:  # a map that was computed before they were counted
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias("cells_left_out"))
    there = pl.col("employment").is_not_null() | (pl.col("suppressed") > 0)
    return rows.filter(there).sort(
        "employment", descending=True, nulls_last=True, maintain_order=True
    )


def ranked(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells of a region and an industry with a quotient, the highest first."""
    return placed(cells).drop_nulls("lq").sort("lq", descending=True, maintain_order=True)


def by_concentration(industries: pl.DataFrame) -> pl.DataFrame:
    """The most concentrated first: by Ellison and Glaeser where sizes are known, else by G."""
    return industries.sort(
        "ellison_glaeser", "raw_concentration", "employment",
        descending=True, nulls_last=True, maintain_order=True,
    )  # fmt: skip


def by_specialisation(regions: pl.DataFrame) -> pl.DataFrame:
    """The most specialised first."""
    return regions.sort(
        "krugman_specialisation", descending=True, nulls_last=True, maintain_order=True
    )


def searched(rows: pl.DataFrame, text: str) -> pl.DataFrame:
    """The rows whose region or industry has the text in it, whatever its capitals."""
    text = text.strip()[:LONGEST_SEARCH].lower()
    named = [name for name in ("region", "industry") if name in rows.columns]
    if not text:
        return rows
    return rows.filter(
        pl.any_horizontal(
            pl.col(name).str.to_lowercase().str.contains(text, literal=True) for name in named
        )
    )


def in_sections(rows: pl.DataFrame, sections: Mapping[str, str], section: str) -> pl.DataFrame:
    """The rows of the industries in the section, by their names; all where it is blank."""
    if not section:
        return rows
    return rows.filter(pl.col("industry").is_in([n for n, of in sections.items() if of == section]))


def heat(
    cells: pl.DataFrame, regions: Sequence[str], industries: Sequence[str], measure: str
) -> Heat:
    """The piece of the heat table with these regions and industries, in their order.

    `measure` is a column of the cells. Tones of an index go from 0 (unknown) by 1 (below 0.5) to 5
    (2 and more), those of a change are 1 or, where it is more than before, 3.
    """
    asked = pl.col("region").is_in(regions) & pl.col("industry").is_in(industries)
    values = cells.filter(asked).select("region", "industry", measure).iter_rows()
    at = {(region, industry): value for region, industry, value in values}
    rows = [
        (industry, [at.get((region, industry)) for region in regions]) for industry in industries
    ]
    return Heat(regions, [(name, [(v, _tone(v, measure)) for v in row]) for name, row in rows])


def localised(gamma: float | None) -> int | None:
    """The reading of Ellison and Glaeser's index: 0 not very localised, 1 between, 2 very."""
    return None if gamma is None else sum((gamma >= EG_MARKS[0], gamma > EG_MARKS[1]))


def named(cells: pl.DataFrame, region: str, industry: str) -> Row | None:
    """The cell of this region and industry."""
    found = cells.filter((pl.col("region") == region) & (pl.col("industry") == industry))
    return next(found.iter_rows(named=True), None)


def unknown_regions(table: EmploymentTable, regions: Iterable[str]) -> list[str]:
    """Those of the names that could be regions but are none of the table's country's registry."""
    known = set(table.country.regions.values_list("name", flat=True))
    return [name for name in regions if name not in known and not is_unplaced(name)]


def _tone(value: float | None, measure: str) -> int:
    if value is None:
        return 0
    if measure.endswith("_change"):
        return 3 if value > 0 else 1
    return 1 + sum(value >= mark for mark in HEAT_MARKS)
