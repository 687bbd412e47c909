"""From a piece of a table to the flat form, by its layout."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from . import layout as roles
from . import messages
from .faults import found_at
from .layout import SheetLayout
from .recognising import header_texts, labels_of
from .refusals import Refused
from .tables import ROW, Table, letter
from .words import is_labelled, looks_like_period

CELLS = pl.Schema(
    {
        "sheet": pl.String,
        "row": pl.UInt32,
        "column": pl.String,
        "country_code": pl.String,
        "country_name": pl.String,
        "indicator_code": pl.String,
        "indicator_name": pl.String,
        "period": pl.String,
        "frequency": pl.String,
        "breakdown": pl.String,
        "text": pl.String,
        "number": pl.Float64,
        "flag": pl.String,
        "note": pl.String,
        "unit": pl.String,
        "multiplier": pl.String,
        "standard_error": pl.String,
        "sample_size": pl.String,
        "action": pl.String,
    }
)
"""The flat form: one row a cell that holds something, all as found, blanks as ''.

`row` counts from 1 and `column` is called as a spreadsheet (letters) or the file's header does;
`number` is the cell's own number where a workbook has one. `breakdown` is the canonical key of
further dimensions: `AGE=Y15T24;SEX=F`, sorted, totals left out.
"""

_BLANK = " \t\r\n\u00a0\u202f\u2007\u2009\ufeff\u200e\u200f"
_TEXTS = (
    *(roles.COUNTRY_CODE, roles.COUNTRY_NAME, roles.INDICATOR_CODE, roles.INDICATOR_NAME),
    *(roles.PERIOD, roles.FREQUENCY, roles.FLAG, roles.NOTE, roles.UNIT, roles.MULTIPLIER),
    *(roles.STANDARD_ERROR, roles.SAMPLE_SIZE, roles.ACTION),
)
_TOTALS = ("", "_T", "_Z", "_X", "total", "TOTAL", "Total")


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's layout with the columns found: indices from 0, and what people call them."""

    sheet: str
    body: int
    index: dict[str, int]
    shown: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[tuple[int, dict[str, str]], ...]
    breakdown: tuple[tuple[str, int], ...]
    fixed: dict[str, str]
    beyond: int

    def shown_for(self, *wanted: str) -> str:
        """What the first column with one of these roles is called, or ''."""
        return next((self.shown[self.index[role]] for role in wanted if role in self.index), "")


def column_labels(head: list[list[str]], header_row: int, header_rows: int) -> list[str]:
    """What a layout calls the columns of a table with these first rows; rows count from 1."""
    return labels_of(_header(head, header_row, header_rows))


def _header(head: list[list[str]], header_row: int, rows: int) -> tuple[tuple[str, ...], ...]:
    """Column by column the header's texts; blank ones where the table has no such rows."""
    width = max(map(len, head), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in head]
    first = header_row - 1
    texts = header_texts(filled, first, rows) if 0 <= first < len(filled) and rows else ()
    return texts or tuple(("",) for _ in range(width))


def columns_of(table: Table, layout: SheetLayout) -> Columns:
    """Find the layout's columns in the table. Raises Refused where one is not there."""
    texts = _header(table.head, layout.header_row, layout.header_rows)
    width = len(texts)
    labels = labels_of(texts)
    letters = [letter(index) for index in range(width)]

    def find(label: str) -> int:
        for names in (labels, letters):
            if label in names:
                return names.index(label)
        raise Refused(messages.NO_COLUMN, column=label, sheet=layout.sheet)

    index = {role: find(label) for role, label in layout.columns.items()}
    breakdown = [(label.split(":", 1)[0].strip(), find(label)) for label in layout.breakdown]
    taken = {*index.values(), *(place for _, place in breakdown)}
    taken |= {labels.index(label) for label in layout.ignored if label in labels}
    values: list[tuple[int, dict[str, str]]] = []
    if layout.headings:
        for place in range(width):
            said = dict(zip(layout.headings, texts[place], strict=False))
            said.pop("", None)
            if place in taken or not any(said.values() if said else texts[place]):
                continue
            if roles.PERIOD in said and not looks_like_period(said[roles.PERIOD]):
                continue
            values.append((place, said))
    elif roles.VALUE in index:
        values.append((index[roles.VALUE], {}))
    filled = [place for place, column in enumerate(texts) if any(column)]
    return Columns(
        sheet=layout.sheet,
        body=layout.header_row + layout.header_rows,
        index=index,
        shown=tuple(letters if table.lettered else labels),
        labels=tuple(labels),
        values=tuple(values),
        breakdown=tuple(sorted(breakdown)),
        fixed=layout.fixed,
        beyond=max(filled, default=-1) + 1,
    )


def cells_of(chunk: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The cells of a piece of the table that hold something (`CELLS`)."""
    body = chunk.filter(pl.col(ROW) >= columns.body)
    # Each value column of its own, then one below the other: nothing is stretched that is blank.
    places = [place for place, _ in columns.values if str(place) in body.columns]
    if not places or body.is_empty():
        return CELLS.to_frame()
    same = body.select(
        pl.col(ROW).alias("row"),
        *(_text_of(role, columns) for role in _TEXTS),
        _breakdown_of(columns).alias("breakdown"),
    )
    heads = pl.DataFrame(
        {
            "_place": [str(place) for place in places],
            "column": [columns.shown[place] for place in places],
            **{
                role: [said.get(role, "") for place, said in columns.values if place in places]
                for role in _said(columns)
            },
        }
    )
    texts = body.select(pl.col(str(place)).str.strip_chars(_BLANK) for place in places)
    same = same.drop(_said(columns))
    tall = pl.concat([same.select("row").with_row_index("_at"), texts], how="horizontal").unpivot(
        index=["_at", "row"], variable_name="_place", value_name="text"
    )
    own = [f"n{place}" for place in places]
    if any(name in body.columns for name in own):
        numbers = body.select(
            pl.col(name) if name in body.columns else pl.lit(None, pl.Float64).alias(name)
            for name in own
        ).unpivot(value_name="number")
        tall = tall.with_columns(numbers["number"])
    else:
        tall = tall.with_columns(number=pl.lit(None, pl.Float64))
    something = pl.col("text") != ""
    if len(places) == 1 and roles.FLAG in columns.index:
        # A blank with a flag is a statement too, such as "kept secret".
        something |= pl.col("_at").is_in(_flagged(same))
    tall = tall.filter(something)
    rows = same.drop("row")[tall["_at"]]
    return (
        pl.concat([tall.drop("_at"), rows], how="horizontal")
        .join(heads, on="_place", how="left", maintain_order="left")
        .with_columns(sheet=pl.lit(columns.sheet))
        .select(CELLS.names())
    )


def long_rows(chunk: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The faults of rows with cells beyond the header's last column."""
    extra = [name for name in chunk.columns if name.isdigit() and int(name) >= columns.beyond]
    found = chunk.filter(pl.col(ROW) >= columns.body).select(
        pl.lit(columns.sheet).alias("sheet"),
        pl.col(ROW).alias("row"),
        pl.coalesce(
            [pl.lit(None, pl.String)]
            + [pl.when(pl.col(name).str.strip_chars(_BLANK) != "").then(name) for name in extra]
        ).alias("text"),
    )
    found = found.filter(pl.col("text").is_not_null())
    return found_at(found, "row_long", column=pl.lit(letter(columns.beyond)))


def _said(columns: Columns) -> list[str]:
    """The roles that the header says of the value columns, the same for all of them."""
    return sorted({role for _, said in columns.values for role in said})


def _text_of(role: str, columns: Columns) -> pl.Expr:
    fixed = pl.lit(columns.fixed.get(role, ""))
    if role not in columns.index:
        return fixed.alias(role)
    place = columns.index[role]
    text = pl.col(str(place)).str.strip_chars(_BLANK)
    if is_labelled(columns.labels[place]) and role not in (roles.NOTE, roles.VALUE):
        # SDMX-CSV with labels: `FR: France` under `REF_AREA: Reference area`.
        text = text.str.split(":").list.first()
    return pl.when(text == "").then(fixed).otherwise(text).alias(role)


def _breakdown_of(columns: Columns) -> pl.Expr:
    parts = []
    for name, place in columns.breakdown:
        text = pl.col(str(place)).str.strip_chars(_BLANK)
        if is_labelled(columns.labels[place]):
            text = text.str.split(":").list.first()
        safe = text.str.replace_all("[;=]", "_")
        parts.append(pl.when(~text.is_in(_TOTALS)).then(pl.lit(f"{name}=") + safe))
    if not parts:
        return pl.lit("")
    return pl.concat_str(parts, separator=";", ignore_nulls=True)


def _flagged(rows: pl.DataFrame) -> pl.Series:
    return rows.select(pl.arg_where(pl.col("flag") != "")).to_series().implode()
