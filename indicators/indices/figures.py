"""The figures an index is made of: a small table of units, periods and columns."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np

from countries.content.faults import shown
from countries.content.sentences import _

from .specification import Specification
from .statistics import Floats

MISSING = {"", "-", "–", "—", ".", "..", "...", ":", "na", "n/a", "n.a.", "nan", "null", "none"}
UNITS = ("unit", "country", "code", "iso3", "ucode", "region", "name")
TIMES = ("period", "year", "time", "date")
PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")
DELIMITERS = ",;\t|"


class FiguresFault(ValueError):
    """Figures that cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Figures:
    """`values` are periods x units x columns, missing is NaN; the last period is the index's."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> Floats:
        return np.asarray(self.values[:, :, self.columns.index(name)])


Row = tuple[int, dict[str, str]]
Cell = tuple[int, str, str, str, float]


def read_csv(text: str, name: str, specification: Specification) -> Figures:
    """The figures of a CSV text: a column for each indicator, or `indicator` and `value`.

    Delimiter `,`, `;`, tab or `|`; with `;` or tab a decimal comma is read. Raises FiguresFault.
    """
    head, rows, delimiter = _rows(text, name)
    source = specification.data
    unit = _named(source.unit, head, UNITS, "unit", name) or head[0]
    time = _named(source.time, head, TIMES, "time", name)
    wanted = columns_of(specification)
    group = specification.impute.group if specification.impute else ""
    if group and group not in head:
        raise FiguresFault(_no_column(group, head, name))
    comma = delimiter in ";\t"
    if {"indicator", "value"} <= set(head) and not set(wanted) & set(head):
        cells = [
            (line, row[unit], row[time] if time else "", row["indicator"], value)
            for line, row in rows
            if row["indicator"] in wanted
            and (value := _number(row["value"], comma, f"{name}, row {line}, column value"))
            is not None
        ]
    else:
        for column in wanted:
            if column not in head:
                raise FiguresFault(_no_column(column, head, name))
        cells = [
            (line, row[unit], row[time] if time else "", column, value)
            for line, row in rows
            for column in wanted
            if (value := _number(row[column], comma, f"{name}, row {line}, column {column}"))
            is not None
        ]
    for line, row in rows:
        if not row[unit]:
            raise FiguresFault(f'{name}, row {line}: the column "{unit}" is empty; name the unit.')
        if time and not row[time]:
            raise FiguresFault(f'{name}, row {line}: the column "{time}" is empty.')
    units = dict.fromkeys(row[unit] for _line, row in rows)
    periods = {row[time] for _line, row in rows} if time else {""}
    groups = _groups(rows, unit, group, name)
    if "indicator" not in head:
        _once(rows, unit, time, name)
    return figures(units, periods, wanted, cells, source.period, name, groups)


def columns_of(specification: Specification) -> tuple[str, ...]:
    """The columns an index reads: its indicators, then their denominators."""
    indicators = [one.code for one in specification.indicators]
    denominators = [one.denominator for one in specification.indicators if one.denominator]
    return tuple(dict.fromkeys(indicators + denominators))


def figures(
    units: Iterable[str],
    periods: Iterable[str],
    columns: Sequence[str],
    cells: Iterable[Cell],
    period: str,
    name: str,
    groups: dict[str, tuple[str, ...]] | None = None,
) -> Figures:
    """Figures of cells (row, unit, period, column, value), up to `period` (or the newest).

    Raises FiguresFault where one cell has two values or the period is not there.
    """
    rising = tuple(sorted(periods, key=lambda text: (len(text), text)))
    notes = []
    if period and period not in rising:
        held = tuple(filter(None, rising)) or _("none")
        raise FiguresFault(
            _(
                '%(name)s has no figures of the period "%(period)s"; it has %(held)s.',
                name=name,
                period=period,
                held=held,
            )
        )
    if period:
        rising = rising[: rising.index(period) + 1]
    elif len(rising) > 1:
        notes.append(f"No period is named: the newest, {rising[-1]}, is used.")
    at_unit = {unit: at for at, unit in enumerate(units)}
    at_period = {one: at for at, one in enumerate(rising)}
    at_column = {column: at for at, column in enumerate(columns)}
    values = np.full((len(rising), len(at_unit), len(columns)), np.nan)
    for line, unit, one, column, value in cells:
        if one not in at_period:
            continue
        place = at_period[one], at_unit[unit], at_column[column]
        if not np.isnan(values[place]):
            when = f" in {one}" if one else ""
            raise FiguresFault(f"{name}, row {line}: a second value of {column} for {unit}{when}.")
        values[place] = value
    return Figures(tuple(at_unit), rising, tuple(columns), values, groups or {}, tuple(notes))


def _rows(text: str, name: str) -> tuple[list[str], list[Row], str]:
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head: list[str] = []
    rows: list[Row] = []
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not head:
                head = cells
                if twice := next((cell for cell in head if cell and head.count(cell) > 1), ""):
                    raise FiguresFault(f'{name}: the column "{twice}" stands twice in the header.')
                continue
            if len(cells) > len(head) and any(cells[len(head) :]):
                message = (
                    f"{name}, row {reader.line_num}: {len(cells)} cells under {len(head)} columns."
                )
                raise FiguresFault(message)
            cells += [""] * (len(head) - len(cells))
            rows.append((reader.line_num, dict(zip(head, cells, strict=False))))
    except csv.Error as fault:
        message = f"{name}, row {reader.line_num}: not readable as CSV: {fault}."
        raise FiguresFault(message) from None
    if not rows:
        raise FiguresFault(f"{name} has no rows under a header.")
    return head, rows, delimiter


def _named(asked: str, head: Sequence[str], usual: Sequence[str], what: str, name: str) -> str:
    """The column asked for, else the one with a usual name, else none."""
    if asked:
        if asked not in head:
            raise FiguresFault(f"data.{what}: {_no_column(asked, head, name)}")
        return asked
    low = {column.lower(): column for column in reversed(head)}
    return next((low[word] for word in usual if word in low), "")


def _no_column(column: str, head: Sequence[str], name: str) -> str:
    near = get_close_matches(column, head, n=1)
    offer = f'did you mean "{near[0]}"?' if near else f"it has {', '.join(filter(None, head))}."
    return f'"{column}" is no column of {name}; {offer}'


def _number(text: str, comma: bool, place: str) -> float | None:
    """The number of a cell, None where it is missing. Raises FiguresFault."""
    if text.lower() in MISSING:
        return None
    plain = text.replace(" ", "").replace(" ", "").replace(" ", "").replace("−", "-")
    if comma and plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    elif GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not PLAIN.fullmatch(plain):
        raise FiguresFault(f"{place}: expected a number or nothing, found {shown(text)}.")
    value = float(plain)
    if not np.isfinite(value):
        raise FiguresFault(f"{place}: {text} is too large a number.")
    return value


def _groups(rows: Sequence[Row], unit: str, group: str, name: str) -> dict[str, tuple[str, ...]]:
    if not group:
        return {}
    found: dict[str, str] = {}
    for line, row in rows:
        held = found.setdefault(row[unit], row[group])
        if row[group] and held and row[group] != held:
            message = (
                f'{name}, row {line}: {row[unit]} is in "{row[group]}", but earlier in "{held}".'
            )
            raise FiguresFault(message)
        found[row[unit]] = held or row[group]
    return {group: tuple(found.values())}


def _once(rows: Sequence[Row], unit: str, time: str, name: str) -> None:
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        key = row[unit], row[time] if time else ""
        if key in seen:
            what = " ".join(filter(None, key))
            raise FiguresFault(f"{name}, row {line}: {what} stands in row {seen[key]} already.")
        seen[key] = line
