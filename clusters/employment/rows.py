"""The map of a table as frames of rows: what the command, the pages, files and the API tell.

What cannot be computed is null. The frames say of each cell, region and industry of each year what
`clusters.mapping` found; `with_reasons` adds why something is null.
"""

import math
from typing import Any

import numpy as np
import polars as pl

from clusters.mapping import Employment, Mapped, Totals
from clusters.unplaced import is_unplaced

NO_LQ = "The region or the industry has no known employment."
SUPPRESSED = "The employment is suppressed."
NO_DENSITY = (
    "It needs employment and establishments of the cell, and area and population of every region."
)
ABSENT = "Rows that are not in the file: {}; how many they would employ is not known."
NOBODY = "No employment is known here in this year."
NO_SIZES = "It needs the sizes of at least two plants of the industry, which the table lacks."
NO_SPREAD = "It needs employment in at least two regions."


def cell_rows(table: Employment, found: Mapped) -> pl.DataFrame:
    """One row for each cell, year by year, within a year in the order of the file.

    `compared_with` is the year that the changes are against.
    """
    one = found.cells
    years = pl.Series(table.years, dtype=pl.Int32)
    before = pl.Series(one.previous).to_frame("at")
    placed = pl.when(pl.col("at") >= 0).then("at")
    before_year = years.gather(pl.Series(table.year)).gather(before.select(placed).to_series())
    rows = pl.DataFrame(
        {
            "region": _names(table.regions).gather(pl.Series(table.region)),
            "industry": _names(table.industries).gather(pl.Series(table.industry)),
            "year": years.gather(pl.Series(table.year)),
            "employment": table.employment,
            "establishments": table.establishments,
            "lq": one.lq,
            "litzenberger_sternberg": one.litzenberger_sternberg,
            "share_of_industry": one.share_of_industry,
            "share_of_region": one.share_of_region,
            "stars": pl.Series(one.stars, dtype=pl.UInt8),
            "star_size": one.star_size,
            "star_specialisation": one.star_specialisation,
            "star_focus": one.star_focus,
            "small": one.small,
            "cells_left_out": pl.Series(one.lacking, dtype=pl.Int32),
            "compared_with": before_year,
            "employment_change": one.employment_change,
            "lq_change": one.lq_change,
        }
    )
    return _without_nan(rows).sort("year", maintain_order=True)


def region_rows(table: Employment, found: Mapped) -> pl.DataFrame:
    """One row for each region and year: what is known to be employed, and how specialised it is."""
    totals = found.regions
    index = {"krugman_specialisation": totals.krugman.ravel()}
    return _total_rows("region", table.regions, table.years, totals, index)


def industry_rows(table: Employment, found: Mapped) -> pl.DataFrame:
    """One row for each industry and year: what is known to be employed, how concentrated it is.

    `plant_herfindahl` is null where the sizes of its plants are not known.
    """
    totals = found.industries
    sizes = [
        table.plant_herfindahl.get((industry, year), math.nan)
        for year in range(len(table.years))
        for industry in range(len(table.industries))
    ]
    found_of = {
        "krugman_concentration": totals.krugman.ravel(),
        "raw_concentration": totals.raw_concentration.ravel(),
        "plant_herfindahl": sizes,
        "ellison_glaeser": totals.ellison_glaeser.ravel(),
    }
    return _total_rows("industry", table.industries, table.years, totals, found_of)


def year_rows(table: Employment, found: Mapped) -> list[dict[str, Any]]:
    """For each year how many cells it has, how many of them suppressed, and what a star takes.

    The marks are null in a year without known employment.
    """
    cells = np.bincount(table.year, minlength=len(table.years))
    suppressed = found.regions.suppressed.sum(axis=1)
    return [
        {
            "year": year,
            "cells": int(cells[at]),
            "suppressed": int(suppressed[at]),
            "size": _number(marks.size),
            "specialisation": _number(marks.specialisation),
            "focus": _number(marks.focus),
        }
        for at, (year, marks) in enumerate(zip(table.years, found.thresholds, strict=True))
    ]


def placed(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells but those of "not stated" and the like, which are no region or no industry."""
    gone = {
        name: [one for one in cells[name].unique() if is_unplaced(one)]
        for name in ("region", "industry")
    }
    return cells.filter(pl.all_horizontal(~pl.col(name).is_in(of) for name, of in gone.items()))


def candidates(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with a star and more than the country's share, most stars first."""
    return (
        placed(cells)
        .filter((pl.col("stars") > 0) & (pl.col("lq") > 1))
        .sort("stars", "lq", descending=True, maintain_order=True)
    )


def with_reasons(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with a `..._reason` (of the quotient: `reason`) for every value that is null."""
    lacking = pl.when(pl.col("absent") > 0).then(pl.format(ABSENT, "absent"))
    said = {
        "lq": (
            "reason",
            pl.when(pl.col("employment").is_null())
            .then(pl.lit(SUPPRESSED))
            .otherwise(pl.lit(NO_LQ)),
        ),
        "litzenberger_sternberg": ("litzenberger_sternberg_reason", pl.lit(NO_DENSITY)),
        "krugman_specialisation": ("krugman_reason", lacking.otherwise(pl.lit(NOBODY))),
        "krugman_concentration": ("krugman_reason", lacking.otherwise(pl.lit(NOBODY))),
        "ellison_glaeser": (
            "ellison_glaeser_reason",
            lacking.when(pl.col("raw_concentration").is_null())
            .then(pl.lit(NOBODY))
            .when(pl.col("plant_herfindahl").is_null() | (pl.col("plant_herfindahl") == 1))
            .then(pl.lit(NO_SIZES))
            .otherwise(pl.lit(NO_SPREAD)),
        ),
    }
    return rows.with_columns(
        pl.when(pl.col(value).is_null()).then(why).alias(name)
        for value, (name, why) in said.items()
        if value in rows.columns
    )


def _total_rows(
    what: str, names: tuple[str, ...], years: tuple[int, ...], totals: Totals, more: dict[str, Any]
) -> pl.DataFrame:
    places = {
        what: list(names) * len(years),
        "year": pl.Series([year for year in years for _ in names], dtype=pl.Int32),
        "employment": totals.employment.ravel(),
        "suppressed": totals.suppressed.ravel(),
        "absent": totals.absent.ravel(),
        "cells_left_out": totals.lacking.ravel(),
    }
    return _without_nan(pl.DataFrame(places | more))


def _names(names: tuple[str, ...]) -> pl.Series:
    return pl.Series(names, dtype=pl.String)


def _without_nan(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col(pl.Float64).fill_nan(None))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
