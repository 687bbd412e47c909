"""Reading in which region and income group a country is: the World Bank's metadata layout."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from countries.matching import Gazetteer

# The headings of the layout's columns, without spaces and case, by what they hold.
COLUMNS = {"code": ["countrycode", "code"], "region": ["region"], "income": ["incomegroup"]}


@dataclass
class Groups:
    """`members` are codes of countries by code of their group; `faults` are whole sentences."""

    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)


def read_groups(lines: Iterable[str], *, known: Gazetteer, groups: Iterable[str]) -> Groups:
    """The groups of a country metadata file (CSV with a header row), or every fault in it.

    `groups` are the codes that a region or an income group may have. A row without a region is an
    aggregate's and is passed over.
    """
    found, allowed = Groups(), set(groups)
    rows = csv.reader(lines)
    header = [heading.replace(" ", "").casefold() for heading in next(rows, [])]
    places = {
        column: header.index(heading)
        for column, headings in COLUMNS.items()
        for heading in headings
        if heading in header
    }
    if missing := [COLUMNS[column][0] for column in COLUMNS if column not in places]:
        found.faults.append(
            f"Row 1: expected columns Country Code, Region and IncomeGroup; not found: {missing}."
        )
        return found
    for row in rows:
        cells = {column: row[n].strip() if n < len(row) else "" for column, n in places.items()}
        if not cells["region"]:
            continue
        country = known.find(code=cells["code"]).area
        if country is None or country.is_aggregate:
            found.faults.append(
                f"Row {rows.line_num}: {cells['code']!r} is no country's code; expected alpha-3."
            )
            continue
        for column in ("region", "income"):
            group = _group(cells[column], known, allowed)
            if group:
                found.members[group].append(country.code)
            elif cells[column]:
                found.faults.append(
                    f"Row {rows.line_num}: {cells[column]!r} is no {column} group that is known."
                )
    return found


def _group(name: str, known: Gazetteer, allowed: set[str]) -> str | None:
    answer = known.find(name=name)
    named = [answer.area] if answer.area else list(answer.offered)
    codes = [area.code for area in named if area.code in allowed]
    return codes[0] if len(codes) == 1 else None
