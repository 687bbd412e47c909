"""Reading the columns of a file by their headers, whatever kind of file it is.

Files are read as those of indicators are (`indicators.importing`): CSV in any encoding and with any
delimiter, workbooks, several sheets, headers in many languages, numbers in the style of the file.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from clusters.reading import messages
from clusters.reading.headers import Unclear, found
from clusters.reading.sheets import BELOW, Sheet, Wanted
from countries.content.sentences import Fact, Sentence, Template, filled
from indicators.importing import Limits, Refused, Told, tell
from indicators.importing.checks.values import odd_ones
from indicators.importing.faults import FAULT_SCHEMA, column_ignored, found_at, place
from indicators.importing.layout import Layout
from indicators.importing.missing import MARKS
from indicators.importing.numbers import Style, numbers, style_of
from indicators.importing.reading import opened, style_told, whole_packages
from indicators.importing.tables import Copied

_SAMPLE = 20_000
_THOUSAND = r"^[0-9]{1,3}[.,][0-9]{3}$"
_LARGE = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True, slots=True)
class Part:
    """A bounded piece of a file: its rows, the faults of their numbers, and how often each mark
    stands in place of a number, by column and mark.

    Columns `sheet`, `row`, `block` (of the sheet's) and those wanted: words as texts, blank where
    nothing stands, numbers null where they are missing; beside each of the counts an `..._unclear`,
    true where a fraction can be a thousand as well (2.345). `alone` is true where a single text is
    all that stands in the row.
    """

    rows: pl.DataFrame
    faults: pl.DataFrame
    marks: Counter[tuple[str, str]]


@dataclass(frozen=True)
class Named:
    """A file whose columns were found: by sheet where they are, and what each is called."""

    wanted: Wanted
    layout: Layout
    told: tuple[Told, ...]
    sheets: dict[str, Sheet] = field(repr=False)
    of: str = ""

    def called(self, sheet: str) -> str:
        """What the sheet is called in a fault: with the name of the file where it is one of two."""
        return ", ".join(filter(None, (self.of, sheet)))

    def parts(self) -> Iterator[Part]:
        """The rows that hold anything. Raises Refused where a piece cannot be read."""
        with whole_packages():
            for sheet in self.sheets.values():
                read = [sheet.names[at] for at in sheet.read]
                first = sheet.table.faults.filter(pl.col("column").is_in(read))
                for chunk in sheet.table.chunks():
                    first = pl.concat([first.cast(FAULT_SCHEMA), sheet.long_rows(chunk)])
                    for rows in sheet.rows(chunk, self.wanted):
                        yield self._part(rows, first)
                        first = FAULT_SCHEMA.to_frame()

    def copied(self) -> dict[str, Copied]:
        """The tables that were read, as faults call them, to be marked."""
        return {
            self.called(name): Copied(sheet.table, sheet.names, sheet.header)
            for name, sheet in self.sheets.items()
        }

    def said(self, sheet: str) -> set[str]:
        """The words that no column of the sheet has: the header or its name says them."""
        return {what for block in self.sheets[sheet].blocks for what in block.said}

    def where(self, what: str, sheet: str, row: int, block: int) -> Sentence:
        """The place of a row's column, as part of a sentence."""
        said, column = self.sheets[sheet].place(what, block)
        return place(self.called(sheet), said or row, column)

    def placed(self, rows: pl.DataFrame, what: str) -> pl.DataFrame:
        """The rows with the `row` and `column` where this stands: in the header, maybe. A cell that
        stands beside several figures, or above them, is there once.
        """
        at = [
            (name, number, *sheet.place(what, number))
            for name, sheet in self.sheets.items()
            for number in range(len(sheet.blocks))
        ]
        schema = {"sheet": pl.String, "block": pl.UInt32, "_said": pl.UInt32, "column": pl.String}
        places = pl.DataFrame(at, schema=schema, orient="row")
        rows = rows.with_columns(pl.col("sheet").cast(pl.String))
        rows = rows.join(places, on=["sheet", "block"], how="left", maintain_order="left")
        return rows.with_columns(row=pl.coalesce("_said", "row")).unique(
            ["sheet", "row", "column"], keep="first", maintain_order=True
        )

    def _part(self, rows: pl.DataFrame, faults: pl.DataFrame) -> Part:
        marks: Counter[tuple[str, str]] = Counter()
        for what in self.wanted.numbers:
            rows, of_column = self._numbers(rows, what, marks)
            faults = pl.concat([faults, of_column])
        return Part(rows, faults, marks)

    def _numbers(
        self, rows: pl.DataFrame, what: str, marks: Counter[tuple[str, str]]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The column's texts as numbers, and the faults of those that are none; counts `marks`."""
        text, own = pl.col(what), pl.col(f"n_{what}")
        absent = text.str.to_lowercase().is_in(list(MARKS)) | text.str.contains(BELOW)
        read = pl.coalesce(own, numbers(text, self.layout.decimal, self.layout.thousands))
        rows = rows.with_columns(
            pl.when(~absent).then(read).alias(f"n_{what}"),
            _odd=pl.when(~absent & read.is_null()).then(text),
        )
        faults = FAULT_SCHEMA.to_frame()
        odd = rows["_odd"].drop_nulls().unique(maintain_order=True)
        wrong: list[str] = []
        if odd.len():
            said = odd_ones(odd, self.layout).with_columns(
                _fault=pl.when("_percent").then(pl.lit("value_not_number")).otherwise("_fault")
            )
            wrong = said.filter(pl.col("_fault").is_not_null())["text"].to_list()
            rows = rows.join(
                said, left_on="_odd", right_on="text", how="left", maintain_order="left"
            )
            for code in said["_fault"].drop_nulls().unique(maintain_order=True):
                of = self.placed(rows.filter(pl.col("_fault") == code), what)
                faults = pl.concat([faults, found_at(of, code, found=what)])
            rows = rows.with_columns(
                pl.coalesce(f"n_{what}", pl.when(pl.col("_fault").is_null()).then("_value")).alias(
                    f"n_{what}"
                )
            ).drop("_value", "_mark", "_percent", "_none", "_fault")
        empty = rows.filter((text != "") & own.is_null())[what]
        marks.update({(what, mark): n for mark, n in empty.value_counts().iter_rows()
                      if mark not in wrong})  # fmt: skip
        if what in self.wanted.counts:
            fraction = rows[f"n_{what}"].fill_null(0) % 1 != 0
            if fraction.any():
                fraction &= rows[what].str.contains(_THOUSAND)
            rows = rows.with_columns(fraction.alias(f"{what}_unclear"))
        return rows.drop("_odd", what).rename({f"n_{what}": what}), faults


def named(
    given: Path | bytes, wanted: Wanted, *, of: str = "", limits: Limits | None = None
) -> Named:
    """Find the columns in a file, or its content; faults call it `of`.

    Raises Refused, with one sentence, where they are not there.
    """
    file = opened(given, limits=limits)
    told = list(file.told)
    sheets: dict[str, Sheet] = {}
    unclear = Unclear(0, messages.NO_HEADER, {"columns": ", ".join(wanted.needed)})
    for name, table in file.tables.items():
        seen = None if table.hidden else found(table, wanted)
        if table.hidden:
            told.append(tell("sheet_hidden", sheet=name))
        elif isinstance(seen, Sheet):
            sheets[name] = seen
            told += [column_ignored(label, name) for label in seen.unread]
        elif any(any(row) for row in table.head):
            told.append(tell("sheet_unused", sheet=name))
            unclear = max(unclear, seen or unclear, key=lambda one: one.near)
    if not sheets:
        raise Refused(unclear.says, **unclear.facts)
    style = _style(sheets, wanted, file.layout)
    if style.unclear:
        told.append(style_told(style))
    layout = replace(file.layout, decimal=style.decimal, thousands=style.thousands)
    return Named(wanted, layout, tuple(told), sheets, of)


def _style(sheets: dict[str, Sheet], wanted: Wanted, layout: Layout) -> Style:
    """The number style that the first cells of each sheet need."""
    texts: list[str] = []
    counted: set[str] = set()
    for sheet in sheets.values():
        chunk = next(sheet.table.chunks(), None)
        if chunk is None:
            continue
        first = chunk.head(sheet.header + _SAMPLE // len(sheet.blocks) + 1)
        for rows in sheet.rows(first, wanted):
            for what in wanted.numbers:
                of_text = pl.col(f"n_{what}").is_null() & (pl.col(what) != "")
                words = rows.filter(of_text)[what].to_list()
                texts += words
                counted.update(words if what in wanted.counts else ())
    style = style_of(texts, comma_is_delimiter=layout.delimiter in (",", ""))
    if style.unclear not in counted:
        return style
    sign, other = (",", ".") if "," in style.unclear else (".", ",")
    if any(map(_LARGE.fullmatch, counted)):
        return Style(sign)  # 12345 without a sign: 2.345 may be no thousand, and its cell will ask
    return Style(other, sign, style.unclear)  # people and firms are whole


def sentence(template: Template, **facts: Fact) -> Told:
    """A Told of this package's own sentences."""
    return Told("", filled(template, **facts))
