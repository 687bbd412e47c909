"""`manage.py map_clusters`: where employment concentrates, from a file, with no database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polars as pl
from django.core.management.base import BaseCommand, CommandError

from clusters.employment.rows import (
    candidates,
    cell_rows,
    industry_rows,
    region_rows,
    with_reasons,
    year_rows,
)
from clusters.mapping import TOP_SHARE, Employment, Mapped, mapped
from clusters.reading.employment import read_employment
from clusters.reading.wrong_cells import WrongCells
from indicators.importing import Refused

LISTED = 20


class Command(BaseCommand):
    help = "Map where employment concentrates, from a file by region, industry and year."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("employment", type=Path, help="region, industry, year, employment")
        parser.add_argument("--plants", type=Path, help="industry, year, employment of plants")
        parser.add_argument(
            "--top", type=float, default=TOP_SHARE, help="share of the cells that get a star"
        )
        parser.add_argument(
            "--absent", choices=["unknown", "zero"], default="unknown",
            help="what a row that is not there means: unknown (default), or nobody is employed",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(
        self,
        *,
        employment: Path,
        plants: Path | None,
        top: float,
        absent: str,
        json: bool,
        **options: Any,
    ) -> None:
        try:
            table, told = read_employment(employment, plants, absent_is_zero=absent == "zero")
            found = mapped(table, top_share=top)
        except (Refused, WrongCells) as fault:
            raise CommandError(f"{employment} cannot be used.\n{fault}") from None
        except ValueError as fault:
            raise CommandError(str(fault)) from None
        for one in told:
            self.stderr.write(str(one.message))
        self.stdout.write(as_json(table, found) if json else summary(table, found))


def as_json(table: Employment, found: Mapped) -> str:
    """Return the whole map as JSON; what is undefined is null, with a reason beside it."""
    data = {
        "cells": with_reasons(cell_rows(table, found)).to_dicts(),
        "regions": with_reasons(region_rows(table, found)).to_dicts(),
        "industries": with_reasons(industry_rows(table, found)).to_dicts(),
        "thresholds": year_rows(table, found),
    }
    return json.dumps(data, indent=2, allow_nan=False)


def summary(table: Employment, found: Mapped) -> str:
    """Return the candidates of the newest year with most stars, in words."""
    newest = cell_rows(table, found).filter(pl.col("year") == table.years[-1])
    lines = [
        f"{len(table.regions)} regions, {len(table.industries)} industries, "
        f"{table.years[0]} to {table.years[-1]}. "
        f"Suppressed cells in {table.years[-1]}, left out of every total: "
        f"{newest['employment'].null_count()}."
    ]
    for row in candidates(newest).head(LISTED).iter_rows(named=True):
        small = ", few workers expected: read with care" if row["small"] else ""
        lines.append(
            f"{'*' * row['stars']:3} {row['region']}, {row['industry']}: "
            f"{row['employment']:g} employed, quotient {row['lq']:.2f}{small}"
        )
    return "\n".join(lines)
