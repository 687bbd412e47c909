"""`manage.py map_clusters`: where employment concentrates, from a file, with no database."""

import json
import math
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clusters.employment_csv import read_employment
from clusters.mapping import TOP_SHARE, Employment, Mapped, Totals, mapped
from clusters.table_rows import TableFault

LISTED = 20
NO_DENSITY = (
    "It needs employment and establishments of the cell, and area and population of every region."
)
ABSENT = "{} rows are not in the file; with --absent zero they count as nobody employed."
NOBODY = "No employment is known here in this year."
NO_GAMMA = "It needs the sizes of at least two plants, and employment in at least two regions."


class Command(BaseCommand):
    help = "Map where employment concentrates, from a CSV file by region, industry and year."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("employment", type=Path, help="region,industry,year,employment (CSV)")
        parser.add_argument("--plants", type=Path, help="industry,year,employment, a row a plant")
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
            table = read_employment(
                _content(employment), _content(plants) if plants else None, absent == "zero"
            )
            found = mapped(table, top_share=top)
        except TableFault as fault:
            raise CommandError(f"{employment} cannot be used.\n{fault}") from None
        except ValueError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(as_json(table, found) if json else summary(table, found))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None


def as_json(table: Employment, found: Mapped) -> str:
    """Return the whole map as JSON; what is undefined is null, with a `reason` in each cell."""
    data = {
        "cells": cells(table, found),
        "regions": [
            {
                "region": name,
                "year": year,
                "employment": _number(found.regions.employment[y, r]),
                "suppressed": int(found.regions.suppressed[y, r]),
                "krugman_specialisation": _number(found.regions.krugman[y, r]),
                "krugman_reason": _whole_reason(found.regions, y, r),
            }
            for y, year in enumerate(table.years)
            for r, name in enumerate(table.regions)
        ],
        "industries": [
            {
                "industry": name,
                "year": year,
                "employment": _number(found.industries.employment[y, i]),
                "suppressed": int(found.industries.suppressed[y, i]),
                "krugman_concentration": _number(found.industries.krugman[y, i]),
                "raw_concentration": _number(found.industries.raw_concentration[y, i]),
                "ellison_glaeser": _number(found.industries.ellison_glaeser[y, i]),
                "krugman_reason": _whole_reason(found.industries, y, i),
                "ellison_glaeser_reason": _whole_reason(found.industries, y, i)
                or (NO_GAMMA if math.isnan(found.industries.ellison_glaeser[y, i]) else None),
            }
            for y, year in enumerate(table.years)
            for i, name in enumerate(table.industries)
        ],
        "thresholds": [
            {
                "year": year,
                "size": _number(marks.size),
                "specialisation": _number(marks.specialisation),
                "focus": _number(marks.focus),
            }
            for year, marks in zip(table.years, found.thresholds, strict=True)
        ],
    }
    return json.dumps(data, indent=2, allow_nan=False)


def cells(table: Employment, found: Mapped) -> list[dict[str, Any]]:
    """Return one row of plain values for each cell, in the order of the file."""
    one = found.cells
    stars = one.stars
    return [
        {
            "region": table.regions[table.region[n]],
            "industry": table.industries[table.industry[n]],
            "year": table.years[table.year[n]],
            "employment": _number(table.employment[n]),
            "lq": _number(one.lq[n]),
            "reason": _reason(table, one.lq[n], n),
            "litzenberger_sternberg": _number(one.litzenberger_sternberg[n]),
            "litzenberger_sternberg_reason": (
                NO_DENSITY if math.isnan(one.litzenberger_sternberg[n]) else None
            ),
            "share_of_industry": _number(one.share_of_industry[n]),
            "share_of_region": _number(one.share_of_region[n]),
            "stars": int(stars[n]),
            "star_size": bool(one.star_size[n]),
            "star_specialisation": bool(one.star_specialisation[n]),
            "star_focus": bool(one.star_focus[n]),
            "small": bool(one.small[n]),
            "cells_left_out": int(one.lacking[n]),
            "compared_with": (
                table.years[table.year[one.previous[n]]] if one.previous[n] >= 0 else None
            ),
            "employment_change": _number(one.employment_change[n]),
            "lq_change": _number(one.lq_change[n]),
        }
        for n in range(len(table.employment))
    ]


def summary(table: Employment, found: Mapped) -> str:
    """Return the cells with most stars, newest year, in words."""
    rows = [row for row in cells(table, found) if row["year"] == table.years[-1]]
    suppressed = sum(row["employment"] is None for row in rows)
    best = sorted(rows, key=lambda row: (-row["stars"], -(row["lq"] or 0)))
    lines = [
        f"{len(table.regions)} regions, {len(table.industries)} industries, "
        f"{table.years[0]} to {table.years[-1]}. "
        f"Suppressed cells in {table.years[-1]}, left out of every total: {suppressed}."
    ]
    for row in best[:LISTED]:
        if row["stars"]:
            small = ", few workers expected: read with care" if row["small"] else ""
            lines.append(
                f"{'*' * row['stars']:3} {row['region']}, {row['industry']}: "
                f"{row['employment']:g} employed, quotient {row['lq']:.2f}{small}"
            )
    return "\n".join(lines)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole_reason(totals: Totals, year: int, place: int) -> str | None:
    """Why there is no index of the whole distribution."""
    if absent := int(totals.absent[year, place]):
        return ABSENT.format(absent)
    return NOBODY if math.isnan(totals.krugman[year, place]) else None


def _reason(table: Employment, lq: float, n: int) -> str | None:
    if not math.isnan(lq):
        return None
    if math.isnan(table.employment[n]):
        return "The employment is suppressed."
    return "The region or the industry has no known employment."
