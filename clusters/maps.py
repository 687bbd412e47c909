"""What a page shows of a table of employment: one year's map, as charts and plain tables."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Scale, Series
from clusters.employment_csv import read_employment
from clusters.mapping import Employment, Mapped, Thresholds, mapped
from clusters.models import EmploymentTable

LISTED = 15


@dataclass(frozen=True)
class Cell:
    """One region and industry of the year; None where it cannot be computed."""

    region: str
    industry: str
    employment: float | None
    lq: float | None
    litzenberger_sternberg: float | None
    stars: int
    small: bool
    left_out: int
    compared_with: int | None
    employment_change: float | None
    lq_change: float | None

    @property
    def tone(self) -> int:
        """Class of the quotient for the heat table: 0 unknown, 1 below 0.5 up to 5, 2 and more."""
        if self.lq is None:
            return 0
        return 1 + sum(self.lq >= mark for mark in (0.5, 1, 1.5, 2))


@dataclass(frozen=True)
class Place:
    """One region or industry of the year with its index."""

    name: str
    employment: float
    suppressed: int
    absent: int
    krugman: float | None


@dataclass(frozen=True)
class YearMap:
    """One year of a table."""

    year: int
    years: Sequence[int]
    cells: Sequence[Cell]
    regions: Sequence[Place]
    industries: Sequence[Place]
    thresholds: Thresholds
    suppressed: int

    @property
    def candidates(self) -> list[Cell]:
        """Cells with a star and more than the country's share, most stars first."""
        starred = [cell for cell in self.cells if cell.stars and (cell.lq or 0) > 1]
        return sorted(starred, key=lambda cell: (-cell.stars, -(cell.lq or 0)))

    @property
    def rows(self) -> list[tuple[str, list[Cell | None]]]:
        """The heat table: an industry a row, a region a column; None where the file has no cell."""
        at = {(cell.region, cell.industry): cell for cell in self.cells}
        return [
            (industry.name, [at.get((region.name, industry.name)) for region in self.regions])
            for industry in self.industries
        ]


@lru_cache(maxsize=4)
def _computed(sha256: str, path: str, absent_is_zero: bool) -> tuple[Employment, Mapped]:
    """A file is read and mapped once a process; its hash says that it is the same."""
    del sha256
    with open(path, "rb") as file:
        table = read_employment(file.read(), absent_is_zero=absent_is_zero)
    return table, mapped(table)


def computed(table: EmploymentTable) -> tuple[Employment, Mapped]:
    """The table as read and everything computed from it."""
    return _computed(table.file.sha256, table.file.content.path, table.absent_is_zero)


def asked_year(text: str) -> int | None:
    """The year that an address or a form names; None where it names none."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None


def year_map(table: EmploymentTable, year: int | None = None) -> YearMap:
    """One year of the table, the newest unless another of its years is named."""
    read, found = computed(table)
    if year not in read.years:
        year = read.years[-1]
    at = read.years.index(year)
    return YearMap(
        year=year,
        years=read.years,
        cells=[_cell(read, found, n) for n in range(len(read.region)) if read.year[n] == at],
        regions=[
            Place(
                name,
                float(found.regions.employment[at, n]),
                int(found.regions.suppressed[at, n]),
                int(found.regions.absent[at, n]),
                _number(found.regions.krugman[at, n]),
            )
            for n, name in enumerate(read.regions)
        ],
        industries=[
            Place(
                name,
                float(found.industries.employment[at, n]),
                int(found.industries.suppressed[at, n]),
                int(found.industries.absent[at, n]),
                _number(found.industries.krugman[at, n]),
            )
            for n, name in enumerate(read.industries)
        ],
        thresholds=found.thresholds[at],
        suppressed=int(found.regions.suppressed[at].sum()),
    )


def ranking(shown: YearMap) -> Chart | None:
    """The highest quotients of the year; None where there is none to show."""
    ranked = sorted((c for c in shown.cells if c.lq is not None), key=lambda c: -c.lq)[:LISTED]
    if not ranked:
        return None
    first = ranked[0]
    top = max(1.0, math.ceil(first.lq))
    return Chart(
        id="quotients",
        kind=Kind.BARS,
        title=_(
            "%(industry)s in %(region)s has %(times)s times the country's share of its industry"
        )
        % {"industry": first.industry, "region": first.region, "times": floatformat(first.lq, 1)},
        description=_("The highest location quotients of %(year)s, from %(low)s to %(high)s.")
        % {
            "year": shown.year,
            "low": floatformat(ranked[-1].lq, 2),
            "high": floatformat(first.lq, 2),
        },
        columns=[
            Column(_("Industry and region")),
            Column(_("Location quotient"), numeric=True),
            Column(_("Employed"), numeric=True),
            Column(_("Stars"), numeric=True),
        ],
        rows=[[_named(c), round(c.lq, 3), c.employment, c.stars] for c in ranked],
        categories=[_named(c) for c in ranked],
        series=[
            Series(
                _("Location quotient"),
                [c.lq for c in ranked],
                labels=[floatformat(c.lq, 2) for c in ranked],
                tones=[f"level-{2 + c.stars if c.stars < 3 else 5}" for c in ranked],
            )
        ],
        scale=Scale(0, top, max(0.5, math.ceil(top / 8)), title=_("Location quotient")),
        note=_("1 means the same share as in the whole country; darker bars have more stars."),
    )


def _named(cell: Cell) -> str:
    return f"{cell.industry}, {cell.region}"


def _cell(read: Employment, found: Mapped, n: int) -> Cell:
    one = found.cells
    before = int(one.previous[n])
    return Cell(
        region=read.regions[read.region[n]],
        industry=read.industries[read.industry[n]],
        employment=_number(read.employment[n]),
        lq=_number(one.lq[n]),
        litzenberger_sternberg=_number(one.litzenberger_sternberg[n]),
        stars=int(one.star_size[n]) + int(one.star_specialisation[n]) + int(one.star_focus[n]),
        small=bool(one.small[n]),
        left_out=int(one.lacking[n]),
        compared_with=read.years[read.year[before]] if before >= 0 else None,
        employment_change=_number(one.employment_change[n]),
        lq_change=_number(one.lq_change[n]),
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
