"""Reading employment by region and industry from a CSV file (design.md section 7).

Columns `region,industry,year,employment` and optionally `establishments,area,population`, in any
order; a blank employment is suppressed. Plant sizes come in a file of their own, one row a plant:
`industry,year,employment`. Lines are counted as an editor shows them, from 1.
"""

from collections import defaultdict

import numpy as np

from clusters.mapping import Employment, completed
from clusters.table_rows import Row, TableFault, rows

NEEDED = ("region", "industry", "year", "employment")
OPTIONAL = ("establishments", "area", "population")
PLANT_COLUMNS = ("industry", "year", "employment")
YEARS = range(1800, 2200)
MOST = 1e12  # far above any people, firms or hectares; sums and products of it stay finite


def read_employment(
    content: bytes, plants: bytes | None = None, absent_is_zero: bool = False
) -> Employment:
    """Return the table of a CSV file; regions and industries stand in order of first mention.

    A row that is not there is unknown, or nobody is employed where `absent_is_zero`.
    Raises TableFault with every fault in the files.
    """
    table = _Table()
    for row in rows(content, NEEDED, OPTIONAL):
        table.take(row)
    if not table.cells and not table.faults:
        raise TableFault(["Line 2: there are no rows below the columns."])
    if table.faults:
        raise TableFault(table.faults)
    found = table.employment({} if plants is None else _plants(plants))
    return completed(found) if absent_is_zero else found


class _Table:
    """Takes row after row; keeps the cells and every fault."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.cells: dict[tuple[str, str, int], int] = {}  # with the line of each
        self.employment_found: list[float] = []
        self.establishments_found: list[float] = []
        # By column, then region and year: the value and its line.
        self.of_region: dict[str, dict[tuple[str, int], tuple[float, int]]] = {
            "area": {},
            "population": {},
        }

    def take(self, row: Row) -> None:
        """Read one row into the table, or its faults into the list."""
        if not row.cells:
            self.faults += row.faults
            return
        region, industry, year = row.name("region"), row.name("industry"), _year(row)
        first = self.cells.setdefault((region, industry, year), row.line)
        if first != row.line:
            row.fault(
                f'the region "{region}", industry "{industry}" and year {year} stand here a second '
                f"time; the first is on line {first}."
            )
        self.employment_found.append(_number(row, "employment"))
        self.establishments_found.append(_number(row, "establishments"))
        for column, known in self.of_region.items():
            value = _number(row, column)
            if np.isnan(value):
                continue
            before, line = known.setdefault((region, year), (value, row.line))
            if before != value:
                row.fault(
                    f'the {column} of the region "{region}" in {year} is {value:g} here '
                    f"and {before:g} on line {line}."
                )
        self.faults += row.faults

    def employment(self, plants: dict[tuple[str, int], float]) -> Employment:
        regions = list(dict.fromkeys(region for region, _, _ in self.cells))
        industries = list(dict.fromkeys(industry for _, industry, _ in self.cells))
        years = sorted({year for _, _, year in self.cells})
        region_at, industry_at, year_at = (
            {name: place for place, name in enumerate(names)}
            for names in (regions, industries, years)
        )
        places = np.array(
            [(region_at[r], industry_at[i], year_at[y]) for r, i, y in self.cells], dtype=np.int64
        ).T
        area, population = (
            np.array([[known.get((r, y), (np.nan, 0))[0] for r in regions] for y in years])
            for known in self.of_region.values()
        )
        return Employment(
            regions=tuple(regions),
            industries=tuple(industries),
            years=tuple(years),
            region=places[0],
            industry=places[1],
            year=places[2],
            employment=np.array(self.employment_found),
            establishments=np.array(self.establishments_found),
            area=area,
            population=population,
            plant_herfindahl={
                (industry_at[industry], year_at[year]): value
                for (industry, year), value in plants.items()
                if industry in industry_at and year in year_at
            },
        )


def _plants(content: bytes) -> dict[tuple[str, int], float]:
    """The Herfindahl index of plant sizes by industry and year."""
    sizes: dict[tuple[str, int], list[float]] = defaultdict(list)
    faults = []
    for row in rows(content, PLANT_COLUMNS, ()):
        if not row.cells:
            faults += row.faults
            continue
        key, size = (row.name("industry"), _year(row)), _number(row, "employment")
        if np.isnan(size) and not row.faults:
            row.fault("the employment is blank; a plant needs a size.")
        sizes[key].append(size)
        faults += row.faults
    if faults:
        raise TableFault(f"Plants: {fault}" for fault in faults)
    return {
        key: float(np.square(np.array(values) / sum(values)).sum())
        for key, values in sizes.items()
        if sum(values)
    }


def _year(row: Row) -> int:
    text = row.cells["year"]
    if len(text) == 4 and text.isascii() and text.isdigit() and int(text) in YEARS:
        return int(text)
    row.fault(f'the year is "{text}"; a year such as 2015 is expected.')
    return 0


def _number(row: Row, column: str) -> float:
    """A number from 0, NaN where the cell is blank or the file has no such column."""
    text = row.cells.get(column, "")
    if not text:
        return np.nan
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not (0 <= value <= MOST and "_" not in text):
        row.fault(
            f'the {column} is "{text}"; a number from 0 to {MOST:.0f} with a decimal '
            "point is expected, or a blank where it is suppressed."
        )
    return value
