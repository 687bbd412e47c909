"""Reading the columns of a file by their headers, whatever kind of file it is.

Files are read as those of indicators are (`indicators.importing`): CSV in any encoding and with any
delimiter, workbooks, several sheets, headers in many languages, numbers in the style of the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from clusters.reading import messages
from countries.content.sentences import Template, filled
from countries.headings import meanings
from indicators.importing import Limits, Refused, Told, tell
from indicators.importing.checks.values import SPACES, odd_ones
from indicators.importing.faults import FAULT_SCHEMA, found_at
from indicators.importing.layout import Layout
from indicators.importing.missing import MARKS
from indicators.importing.numbers import Style, numbers, style_of
from indicators.importing.periods import period_of
from indicators.importing.reading import opened, style_told, whole_packages
from indicators.importing.recognising import DEEPEST_HEADER
from indicators.importing.tables import ROW, Copied, Table, letter

CALLED = {"period": "year"}
_SAMPLE = 20_000
_THOUSAND = r"^[0-9]{1,3}[.,][0-9]{3}$"
_LARGE = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns of a file: words and numbers; a file may lack those that are `optional`.

    `counts` are the numbers that are whole: a lone 1,234 among them is a thousand and more, unless
    others of the file have four digits without a sign.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        return self.words + self.numbers

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(what for what in self.every if what not in self.optional)


@dataclass(frozen=True)
class Named:
    """A file whose columns were found: by sheet where they are, and what each is called."""

    wanted: Wanted
    layout: Layout
    told: tuple[Told, ...]
    sheets: dict[str, "Sheet"] = field(repr=False)
    of: str = ""

    def called(self, sheet: str) -> str:
        """What the sheet is called in a fault: with the name of the file where it is one of two."""
        return ", ".join(filter(None, (self.of, sheet)))

    def parts(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """The rows that hold anything, in pieces, and the faults of their numbers.

        Columns `sheet`, `row` and those wanted: words as texts, blank where nothing stands, numbers
        null where they are missing; beside each of `counts` an `..._unclear`, true where a fraction
        can be a thousand as well (2.345). Raises Refused where a piece cannot be read.
        """
        with whole_packages():
            for sheet in self.sheets.values():
                read = [sheet.shown(what) for what in sheet.places]
                first = sheet.table.faults.filter(pl.col("column").is_in(read))
                for chunk in sheet.table.chunks():
                    rows, faults = self._rows(sheet, chunk)
                    yield rows, pl.concat([first.cast(FAULT_SCHEMA), faults])
                    first = FAULT_SCHEMA.to_frame()

    def copied(self) -> dict[str, Copied]:
        """The tables that were read, as faults call them, to be marked."""
        return {
            self.called(name): Copied(sheet.table, sheet.names, sheet.header)
            for name, sheet in self.sheets.items()
        }

    def column(self, what: str) -> pl.Expr:
        """What the column is called in each row's sheet."""
        names = {name: sheet.shown(what) for name, sheet in self.sheets.items()}
        return pl.col("sheet").replace_strict(names, return_dtype=pl.String)

    def _rows(self, sheet: "Sheet", chunk: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        wanted = self.wanted
        body = chunk.filter(pl.col(ROW) > sheet.header)
        texts = {what: sheet.text(what, body) for what in wanted.every}
        rows = body.select(
            pl.lit(sheet.table.name).alias("sheet"),
            pl.col(ROW).cast(pl.UInt32).alias("row"),
            *(text.alias(what) for what, text in texts.items()),
            *(sheet.number(what, body).alias(f"n_{what}") for what in wanted.numbers),
        )
        columns = [what for what in wanted.every if what in sheet.places]
        rows = rows.filter(pl.any_horizontal(pl.col(what) != "" for what in columns))
        faults = sheet.long_rows(body)
        for what in wanted.numbers:
            rows, of_column = self._numbers(rows, what)
            faults = pl.concat([faults, of_column])
        return rows, faults

    def _numbers(self, rows: pl.DataFrame, what: str) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The column's texts as numbers, and the faults of those that are none."""
        text, own = pl.col(what), pl.col(f"n_{what}")
        absent = text.str.to_lowercase().is_in(list(MARKS))
        read = pl.coalesce(own, numbers(text, self.layout.decimal, self.layout.thousands))
        rows = rows.with_columns(
            pl.when(~absent).then(read).alias(f"n_{what}"),
            _odd=pl.when(~absent & read.is_null()).then(text),
        )
        faults = FAULT_SCHEMA.to_frame()
        odd = rows["_odd"].drop_nulls().unique(maintain_order=True)
        if odd.len():
            said = odd_ones(odd, self.layout).with_columns(
                _fault=pl.when("_percent").then(pl.lit("value_not_number")).otherwise("_fault")
            )
            rows = rows.join(
                said, left_on="_odd", right_on="text", how="left", maintain_order="left"
            )
            wrong = rows.filter(pl.col("_fault").is_not_null())
            for code in wrong["_fault"].unique():
                of = wrong.filter(pl.col("_fault") == code)
                found = found_at(of, code, column=self.column(what), found=what)
                faults = pl.concat([faults, found])
            rows = rows.with_columns(
                pl.coalesce(f"n_{what}", pl.when(pl.col("_fault").is_null()).then("_value")).alias(
                    f"n_{what}"
                )
            ).drop("_value", "_mark", "_percent", "_none", "_fault")
        if what in self.wanted.counts:
            fraction = rows[f"n_{what}"].fill_null(0) % 1 != 0
            if fraction.any():
                fraction &= rows[what].str.contains(_THOUSAND)
            rows = rows.with_columns(fraction.alias(f"{what}_unclear"))
        return rows.drop("_odd", what).rename({f"n_{what}": what}), faults


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its header: the row's number from 1, and the place of each column."""

    table: Table
    header: int
    labels: tuple[str, ...]
    places: dict[str, int]

    def text(self, what: str, body: pl.DataFrame) -> pl.Expr:
        """The column with single spaces; the year of a sheet without one is the sheet's name."""
        place = str(self.places.get(what, ""))
        if place not in body.columns:
            return pl.lit(self.table.name.strip() if what == "year" and not place else "")
        text = pl.col(place).fill_null("").str.replace_all(SPACES, " ")
        return text.str.strip_chars(" \ufeff\u200e\u200f")

    def long_rows(self, body: pl.DataFrame) -> pl.DataFrame:
        """The faults of rows of a text with more cells than the header: 1,234 without quotes."""
        last = max(n for n, label in enumerate(self.labels) if label)
        beyond = [name for name in body.columns if name.isdigit() and int(name) > last]
        if self.table.lettered or not beyond:
            return FAULT_SCHEMA.to_frame()
        filled = [pl.when(pl.col(name).str.strip_chars() != "").then(name) for name in beyond]
        rows = body.select(
            sheet=pl.lit(self.table.name), row=pl.col(ROW), text=pl.coalesce(filled)
        ).drop_nulls("text")
        return found_at(rows, "row_long", column=pl.lit(letter(last + 1)))

    def number(self, what: str, body: pl.DataFrame) -> pl.Expr:
        """The cells that a workbook has as numbers."""
        own = f"n{self.places.get(what, '')}"
        return pl.col(own) if own in body.columns else pl.lit(None, pl.Float64)

    @property
    def names(self) -> tuple[str, ...]:
        """What people call the columns: a workbook's by their letters."""
        return tuple(map(letter, range(len(self.labels)))) if self.table.lettered else self.labels

    def shown(self, what: str) -> str:
        """What people call the column, if it is there."""
        return self.names[self.places[what]] if what in self.places else ""


def named(
    given: Path | bytes, wanted: Wanted, *, of: str = "", limits: Limits | None = None
) -> Named:
    """Find the columns in a file, or its content; faults call it `of`.

    Raises Refused, with one sentence, where they are not there.
    """
    file = opened(given, limits=limits)
    told = list(file.told)
    sheets: dict[str, Sheet] = {}
    for name, table in file.tables.items():
        found = None if table.hidden else _header(table, wanted)
        if table.hidden:
            told.append(tell("sheet_hidden", sheet=name))
        elif found is None and any(any(row) for row in table.head):
            told.append(tell("sheet_unused", sheet=name))
        elif found is not None:
            sheets[name] = found
            shown = [
                label for n, label in enumerate(found.labels) if n not in found.places.values()
            ]
            told += [
                tell("column_ignored", column=label, sheet=name or messages.THE_FILE)
                for label in shown if label
            ]  # fmt: skip
    if not sheets:
        raise _nothing_found(list(file.tables.values()), wanted)
    style = _style(sheets, wanted, file.layout)
    if style.unclear:
        told.append(style_told(style))
    layout = replace(file.layout, decimal=style.decimal, thousands=style.thousands)
    return Named(wanted, layout, tuple(told), sheets, of)


def _places(row: Sequence[str], wanted: Wanted) -> dict[str, int]:
    """Where in a row of headers each column is named; the first that says so."""
    places: dict[str, int] = {}
    for at, text in enumerate(row):
        meant = [text.strip().lower(), *(CALLED.get(what, what) for what in meanings(text))]
        what = next((one for one in meant if one in wanted.every and one not in places), None)
        if what:
            places[what] = at
    return places


def _header(table: Table, wanted: Wanted) -> Sheet | None:
    """The first row that names all columns that are needed."""
    for number, row in enumerate(table.head[:DEEPEST_HEADER], start=1):
        places = _places(row, wanted)
        if _lacking(places, table, wanted):
            continue
        return Sheet(table, number, tuple(" ".join(text.split()) for text in row), places)
    return None


def _lacking(places: dict[str, int], table: Table, wanted: Wanted) -> list[str]:
    """The columns that are needed and not named; a sheet can be named by its year."""
    dated = _is_year(table.name)
    return [what for what in wanted.needed if what not in places and not (what == "year" and dated)]


def _is_year(text: str) -> bool:
    return (period := period_of(text.strip())) is not None and period.frequency == "A"


def _nothing_found(tables: list[Table], wanted: Wanted) -> Refused:
    """What is wrong with the row that comes nearest to a header."""
    best: tuple[int, Template, dict[str, str]] = (0, messages.NO_HEADER, {})
    for table in tables:
        for number, row in enumerate(table.head[:DEEPEST_HEADER], start=1):
            places = _places(row, wanted)
            if len(places) > best[0]:
                lacking = _lacking(places, table, wanted)
                where = {"sheet": table.name, "row": str(number), "lacking": ", ".join(lacking)}
                aside = "year" in lacking and sum(map(_is_year, row)) > 1
                best = (
                    len(places),
                    messages.YEARS_ASIDE if aside else messages.COLUMNS_MISSING,
                    where,
                )
    columns = ", ".join(wanted.needed)
    return Refused(best[1], columns=columns, **best[2])


def _style(sheets: dict[str, Sheet], wanted: Wanted, layout: Layout) -> Style:
    """The number style that the first cells of each sheet need."""
    texts: list[str] = []
    counted: set[str] = set()
    for sheet in sheets.values():
        chunk = next(sheet.table.chunks(), None)
        if chunk is None:
            continue
        body = chunk.filter(pl.col(ROW) > sheet.header).head(_SAMPLE)
        for what in wanted.numbers:
            words = body.select(t=sheet.text(what, body), n=sheet.number(what, body))
            found = words.filter(pl.col("n").is_null() & (pl.col("t") != ""))["t"].to_list()
            texts += found
            counted.update(found if what in wanted.counts else ())
    style = style_of(texts, comma_is_delimiter=layout.delimiter in (",", ""))
    if style.unclear not in counted:
        return style
    sign, other = (",", ".") if "," in style.unclear else (".", ",")
    if any(map(_LARGE.fullmatch, counted)):
        return Style(sign)  # 12345 without a sign: 2.345 may be no thousand, and its cell will ask
    return Style(other, sign, style.unclear)  # people and firms are whole


def sentence(template: Template, **facts: str | int) -> Told:
    """A Told of this package's own sentences."""
    return Told("", filled(template, **facts))
