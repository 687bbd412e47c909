"""Which row is the header of a table, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from countries.headings import plain

from . import layout as roles
from .layout import SheetLayout
from .missing import MARKS
from .tables import Table, letter
from .words import (
    is_bare_code,
    is_breakdown,
    is_labelled,
    is_period,
    is_place,
    is_region,
    looks_like_period,
    roles_of,
)

DEEPEST_HEADER = 40
_SOME = 8
_CODE = re.compile(r"[A-Z]{2,3}|[0-9]{3}")
_SERIES_CODE = re.compile(r"(?=.*[._0-9-])[A-Za-z0-9]+(?:[._-]?[A-Za-z0-9]+)*|[A-Z0-9_]{2,30}")
_NUMBER = re.compile(
    r"[+-−–]?[0-9][0-9.,'’\s\u00a0\u202f]*(?:[eE][+-]?[0-9]+)?\s?%?\W{0,3}[a-zA-Z]?"
)
_UNIT = re.compile(
    r"%|\(.*\)|%.*|(?:US\$|USD|EUR|€|\$).*|(?:thousands?|millions?|billions?|number|index)", re.I
)
_SHEET_NAMES = re.compile(
    r"(?:sheet|feuil|feuille|лист|tabelle|hoja|trang tinh|data|table)\s*[0-9]*", re.I
)
UNREAD = ("no", "no.", "#", "rank", "s/n", "row", "id", "index")


@dataclass(frozen=True, slots=True)
class _Header:
    """A candidate: the rows of the header and, column by column, its texts from top to bottom."""

    first: int
    texts: tuple[tuple[str, ...], ...]

    @property
    def labels(self) -> list[str]:
        return labels_of(self.texts)


def recognised(table: Table) -> SheetLayout | None:
    """The layout of a table, or None where no row names what a table of values needs."""
    width = max(map(len, table.head), default=0)
    head = [[*row, *[""] * (width - len(row))] for row in table.head]
    best: tuple[float, SheetLayout] | None = None
    for first in range(min(len(head), DEEPEST_HEADER)):
        for rows in (1, 2, 3):
            if first + rows >= len(head) + (rows == 1):
                break
            header = _Header(first, header_texts(head, first, rows))
            below = head[first + rows :]
            if rows > 1 and not _is_header_of_rows(head, first, rows):
                continue
            layout = _layout(table.name, header, rows, below)
            if layout is None:
                continue
            score = _score(layout, header) - first * 0.01 + rows
            if best is None or score > best[0]:
                best = score, layout
    if best is None:
        return None
    return _with_fixed(best[1], table, head)


def header_texts(head: list[list[str]], first: int, rows: int) -> tuple[tuple[str, ...], ...]:
    """Column by column the header's texts; above the lowest row, a blank repeats its left."""
    lines = []
    for number, row in enumerate(head[first : first + rows]):
        texts = [" ".join(text.split()) for text in row]
        if number < rows - 1:
            under = head[first + rows - 1]
            for column in range(1, len(texts)):
                if not texts[column] and under[column].strip() and texts[column - 1]:
                    texts[column] = texts[column - 1]
        lines.append(texts)
    return tuple(zip(*lines, strict=True))


def labels_of(texts: Iterable[Sequence[str]]) -> list[str]:
    """What the columns are called: the header's texts, or the letter where blank or repeated."""
    labels: list[str] = []
    for index, column in enumerate(texts):
        label = " / ".join(dict.fromkeys(text for text in column if text))
        labels.append(label if label and label not in labels else letter(index))
    return labels


def _is_header_of_rows(head: list[list[str]], first: int, rows: int) -> bool:
    """Whether every one of the rows belongs to the header: no data, no title."""
    lines = [[text.strip() for text in row] for row in head[first : first + rows]]
    for line in lines:
        if len({text for text in line if text}) < 2:
            return False
        figures = [text for text in line if text and is_number(text) and not is_period(text)]
        if figures:
            return False
    named = [
        column
        for column in range(len(lines[0]))
        if any(_identifies(line[column]) for line in lines)
    ]
    # Beside or below the word for the country stands nothing, or (in merged cells) the same word.
    return bool(named) and all(
        len({line[column] for line in lines if line[column]}) == 1 for column in named
    )


def _identifies(text: str) -> bool:
    found = roles_of(text)
    return bool(found) and found[0] in (
        roles.COUNTRY_CODE,
        roles.COUNTRY_NAME,
        roles.INDICATOR_CODE,
        roles.INDICATOR_NAME,
        roles.PERIOD,
    )


def _layout(sheet: str, header: _Header, rows: int, below: list[list[str]]) -> SheetLayout | None:
    labels = header.labels
    if any(map(is_labelled, labels)):
        below = [[text.split(":")[0] for text in row] for row in below]
    columns = _columns(header, below)
    places = {label: role for role, label in columns.items()}
    free = [index for index, label in enumerate(labels) if label not in places]
    periods = [index for index in free if any(map(looks_like_period, header.texts[index]))]
    figures = [index for index in free if is_number("".join(header.texts[index]))]
    if len({*figures} - {*periods}) > len(periods):
        return None  # a row of values, even if one could be a month: 3.1746
    layout = SheetLayout(sheet, header_row=header.first + 1, header_rows=rows, columns=columns)
    has_country = roles.COUNTRY_CODE in columns or roles.COUNTRY_NAME in columns
    has_series = roles.INDICATOR_CODE in columns or roles.INDICATOR_NAME in columns
    if roles.VALUE in columns and (has_country or roles.PERIOD in columns):
        breakdown = _sdmx_dimensions(labels, columns) or _splitting(labels, columns, below)
        return replace(layout, breakdown=tuple(breakdown))
    columns.pop(roles.VALUE, None)
    for role in (roles.STANDARD_ERROR, roles.SAMPLE_SIZE):
        columns.pop(role, None)
    if periods and roles.PERIOD not in columns:
        if not has_country and not (has_series and len(periods) > 1):
            first = _first_text(free, periods, below)
            if first is None or len(periods) < 2:
                return None
            columns[roles.COUNTRY_NAME] = labels[first]
        return _across(layout, header, below, periods)
    values = [
        index for index in free if index not in periods and _holds_numbers(labels, index, below)
    ]
    if values and (has_country or roles.PERIOD in columns):
        return _across(layout, header, below, values)
    return None


def _splitting(
    labels: list[str], columns: dict[str, str], below: list[list[str]]
) -> tuple[str, ...]:
    """The columns that split a series; of regions only where one country has several of them.

    Otherwise the region is what the country is in, and splits nothing.
    """
    role = roles.COUNTRY_CODE if roles.COUNTRY_CODE in columns else roles.COUNTRY_NAME
    country = labels.index(columns[role]) if role in columns else None

    def splits(index: int) -> bool:
        pairs = {(row[country] if country is not None else "", row[index]) for row in below}
        return len(pairs) > len({where for where, _region in pairs})

    taken = {*columns.values()}
    return tuple(
        label
        for index, label in enumerate(labels)
        if label not in taken and (is_breakdown(label) or (is_region(label) and splits(index)))
    )


def _across(
    layout: SheetLayout, header: _Header, below: list[list[str]], values: list[int]
) -> SheetLayout:
    """A table whose value columns stand side by side: what each row of the header says of them."""
    labels = header.labels
    headings = []
    has_country = bool({roles.COUNTRY_CODE, roles.COUNTRY_NAME} & {*layout.columns})
    for number in range(layout.header_rows):
        texts = [header.texts[index][number] for index in values]
        headings.append(_heading([text for text in texts if text], places=not has_country))
    for role in (
        roles.COUNTRY_NAME,
        roles.PERIOD,
        roles.INDICATOR_NAME,
        roles.INDICATOR_CODE,
        roles.UNIT,
    ):
        # The same thing cannot be said twice: the lower row is nearer to the values.
        for number in range(len(headings) - 1):
            if headings[number] == role and role in headings[number + 1 :]:
                headings[number] = ""
    has_series = {roles.INDICATOR_CODE, roles.INDICATOR_NAME} & {*layout.columns}
    if has_series:
        headings = ["" if role in has_series else role for role in headings]
    taken = {*layout.columns.values()}
    kept = {labels[index] for index in values}
    split = tuple(label for label in _splitting(labels, layout.columns, below) if label not in kept)
    ignored = tuple(
        label
        for index, label in enumerate(labels)
        if label not in taken | kept | {*split} and any(header.texts[index])
    )
    return replace(layout, headings=tuple(headings), breakdown=split, ignored=ignored)


def _are_places(texts: Iterable[str]) -> bool:
    """Whether most of the texts, of which some are looked at, are countries."""
    some = list(dict.fromkeys(text.strip() for text in texts if text.strip()))[:_SOME]
    # A number may be some country's code too.
    names = [text for text in some if not text[0].isdigit() and not is_number(text)]
    # Asking about a name nobody knows is slow; three of them settle it.
    if not any(map(is_place, names[:3])):
        return False
    return sum(map(is_place, names)) >= 0.6 * len(some)


def _heading(texts: list[str], *, places: bool) -> str:
    if not texts:
        return ""
    if places and _are_places(texts):
        return roles.COUNTRY_NAME
    if sum(map(looks_like_period, texts)) >= 0.6 * len(texts):
        return roles.PERIOD
    if all(_UNIT.fullmatch(text) for text in texts):
        return roles.UNIT
    if all(_SERIES_CODE.fullmatch(text) and re.search("[._]", text) for text in texts):
        return roles.INDICATOR_CODE
    return roles.INDICATOR_NAME


def _columns(header: _Header, below: list[list[str]]) -> dict[str, str]:
    """The role of each column, by header word and, where the word leaves it open, by content."""
    labels = header.labels
    found: dict[str, str] = {}
    taken: set[str] = set()

    def take(role: str, label: str) -> None:
        found[role] = label
        taken.add(label)

    candidates = {
        label: roles_of(label) or next(filter(None, map(roles_of, texts)), ())
        for label, texts in zip(labels, header.texts, strict=True)
    }
    # A two-row header's value columns repeat the words of rows above; only single texts name.
    for open_choice in (False, True):
        for index, label in enumerate(labels):
            options = candidates[label]
            if label in taken or not options or (len(options) > 1) != open_choice:
                continue
            if len({text for text in header.texts[index] if text}) > 1:
                continue
            for role in _by_content(options, index, below):
                if role not in found:
                    take(role, label)
                    break
    if not {roles.COUNTRY_CODE, roles.COUNTRY_NAME} & {*found}:
        for index, label in enumerate(labels[:_SOME]):
            if label not in taken and _are_places(row[index] for row in below):
                take(roles.COUNTRY_NAME, label)
                break
    for index, label in enumerate(labels):
        if is_bare_code(label) and label not in taken:
            codes = _share(_CODE, index, below) > 0.8
            role = roles.COUNTRY_CODE if codes else roles.INDICATOR_CODE
            if role not in found:
                take(role, label)
    return found


def _by_content(options: tuple[str, ...], index: int, below: list[list[str]]) -> tuple[str, ...]:
    """The likeliest roles first, after a look at the cells."""
    if options[0] in (roles.COUNTRY_CODE, roles.COUNTRY_NAME):
        codes = _share(_CODE, index, below) > 0.8
        first = roles.COUNTRY_CODE if codes else roles.COUNTRY_NAME
        # A column of names that calls itself a code is believed only where it holds codes.
        return (first, *(option for option in options if option != first and codes))
    if roles.INDICATOR_NAME in options:
        if _share(_SERIES_CODE, index, below) > 0.8:
            return roles.INDICATOR_CODE, roles.INDICATOR_NAME
        return (roles.INDICATOR_NAME,)
    return options


def _sdmx_dimensions(labels: list[str], columns: dict[str, str]) -> list[str]:
    """In SDMX-CSV, the columns before OBS_VALUE that are no roles of ours: the other dimensions."""
    keys = [plain(label.split(":", 1)[0]) for label in labels]
    if "obs value" not in keys or "time period" not in keys:
        return []
    technical = {"dataflow", "structure", "structure id", "structure name", "action"}
    own = {label for role, label in columns.items() if role != roles.UNIT}
    return [
        label
        for label, key in zip(labels, keys, strict=True)
        if keys.index(key) < keys.index("obs value") and key not in technical and label not in own
    ]


def _share(pattern: re.Pattern[str], index: int, below: list[list[str]]) -> float:
    texts = [row[index].strip() for row in below if row[index].strip()]
    return sum(bool(pattern.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0


def _first_text(free: list[int], periods: list[int], below: list[list[str]]) -> int | None:
    for index in free:
        texts = [row[index] for row in below if row[index].strip()]
        if index not in periods and texts and not any(map(is_number, texts)):
            return index
    return None


def _holds_numbers(labels: list[str], index: int, below: list[list[str]]) -> bool:
    if labels[index] == letter(index) or plain(labels[index]) in UNREAD or roles_of(labels[index]):
        return False
    texts = [row[index].strip() for row in below if row[index].strip()]
    figures = [text for text in texts if text.casefold() not in MARKS]
    return bool(texts) and sum(map(is_number, figures)) >= 0.5 * len(figures)


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _score(layout: SheetLayout, header: _Header) -> float:
    years = sum(any(map(looks_like_period, texts)) for texts in header.texts)
    told = sum(bool(heading) for heading in layout.headings)
    return 10 * len(layout.columns) + min(years, 20) + 2 * told


def _with_fixed(layout: SheetLayout, table: Table, head: list[list[str]]) -> SheetLayout:
    """What the table itself does not say, from the name of the sheet or the title above it."""
    said = {*layout.columns, *layout.headings}
    fixed = {}
    if roles.PERIOD not in said and is_period(table.name):
        fixed[roles.PERIOD] = table.name.strip()
    if not {roles.INDICATOR_CODE, roles.INDICATOR_NAME} & said:
        title = _title(head[: layout.header_row - 1])
        name = "" if _SHEET_NAMES.fullmatch(table.name) or is_period(table.name) else table.name
        if title or (table.lettered and name):
            fixed[roles.INDICATOR_NAME] = title or name.strip()
    return replace(layout, fixed=fixed)


def _title(above: list[list[str]]) -> str:
    for row in above:
        texts = {text.strip() for text in row if text.strip()}
        if len(texts) == 1 and len(title := texts.pop()) <= 200:
            return title
    return ""
