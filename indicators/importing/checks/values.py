"""Every value is a finite number, or plainly missing."""

import re

import polars as pl

from .. import missing
from ..faults import FAULT_SCHEMA, found_at
from ..layout import Layout
from ..numbers import numbers
from ..periods import in_ascii_digits
from .known import Checked, Known, wrong_where

_FAULTS = (
    "value_not_number",
    "value_infinite",
    "value_nan",
    "value_percent",
    "value_date",
    "value_logical",
    "value_error",
    "value_formula_text",
)
_MARK = (
    r"\s*(\*+|[†‡§]+|[¹²³⁰-⁹ᵃ-ᵿ]+|\([A-Za-z0-9]{1,2}\)|\[[A-Za-z0-9]{1,2}\]|[a-z]/|"
    r"\s[A-Za-z]{1,2}|\s[0-9]/)$"
)
_PERCENT = r"\s*(?:%|٪|percent|per cent|pct)$"
_INFINITE = re.compile(r"[+-]?\s*(?:∞|inf(?:inity)?)", re.I)
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}|"
    r"[0-9]{1,2}[- ][A-Za-z]{3,4}(?:[- ][0-9]{2,4})?|[A-Za-z]{3,4}[- ][0-9]{2,4}|"
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_ERRORS = ("#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
SPACES = "[\\s\u00a0\u202f\u2007\u2009]+"


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Adds `value` and `percent`; takes out what is missing; footnote marks become flags.

    A value kept secret stays, without a number and with the flag `c`; so does a missing one that
    has a flag. What is merely absent has no row.
    """
    layout = known.layout
    text = pl.col("text")
    cells = cells.with_columns(
        value=pl.coalesce("number", numbers(text, layout.decimal, layout.thousands)),
        percent=pl.lit(value=False),
        _absent=text.str.to_lowercase().is_in([*missing.MARKS]) | _own_marks(layout.missing),
    ).with_columns(pl.when(~pl.col("_absent")).then("value"))
    odd = cells.filter(pl.col("value").is_null() & ~pl.col("_absent"))
    faults = FAULT_SCHEMA.to_frame()
    if odd.height:
        cells = cells.join(
            odd_ones(odd["text"].unique(maintain_order=True), layout),
            on="text",
            how="left",
            maintain_order="left",
        ).with_columns(
            pl.when(pl.col("_absent"))
            .then(None)
            .otherwise(pl.coalesce("value", "_value"))
            .alias("value"),
            pl.when(pl.col("flag") == "")
            .then(pl.col("_mark").fill_null(""))
            .otherwise("flag")
            .alias("flag"),
            percent=pl.col("_percent").fill_null(value=False),
            _absent=pl.col("_absent") | pl.col("_none").fill_null(value=False),
        )
        marked = cells.filter((pl.col("_mark") != "") & pl.col("value").is_not_null())
        if marked.height:
            known.count("footnote_marks", marked["_mark"])
        faults = pl.concat(
            [faults]
            + [found_at(cells.filter(pl.col("_fault") == fault), fault) for fault in _FAULTS]
        )
        cells = cells.with_columns(wrong_where(pl.col("_fault").is_not_null()))
        cells = cells.drop("_value", "_mark", "_percent", "_none", "_fault")
    absent = cells.filter("_absent")
    if absent.height:
        known.count("missing_marks", absent["text"].filter(absent["text"] != ""))
    kept = ~pl.col("_absent") | (pl.col("flag") != "")
    return cells.filter(kept).drop("_absent"), faults


def _own_marks(marks: tuple[str, ...]) -> pl.Expr:
    """Whether a cell is one of the layout's own marks, as text or as the same number."""
    figures = [float(mark) for mark in marks if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", mark)]
    same = pl.col("text").is_in([*marks])
    number = pl.coalesce("number", pl.col("text").cast(pl.Float64, strict=False))
    return same | number.is_in(figures).fill_null(value=False) if figures else same


def odd_ones(texts: pl.Series, layout: Layout) -> pl.DataFrame:
    """What each text that is no plain number is: a number with a mark, missing, or wrong.

    One row for each: `text`, `_value`, `_mark`, `_percent`, `_none` (missing), `_fault` (its code).
    """
    text = pl.col("_western")
    bare = text.str.replace_all("[−–]", "-").str.replace(_PERCENT, "").str.strip_chars()
    marked = text.str.replace_all("[−–]", "-").str.replace(_MARK, "").str.strip_chars()
    marks = text.str.extract(_MARK).str.strip_chars(" ()[]/").str.to_lowercase()
    squeezed = text.str.to_lowercase().str.replace_all(SPACES, "")
    secret = squeezed.is_in([mark.replace(" ", "") for mark in missing.CONFIDENTIAL])
    none = marked.str.to_lowercase().is_in([*missing.MARKS])
    western = [
        in_ascii_digits(text).replace("٬", "").replace("٫", layout.decimal) for text in texts
    ]
    frame = (
        pl.DataFrame({"text": texts, "_western": western})
        .with_columns(
            _bare=numbers(bare, layout.decimal, layout.thousands),
            _marked=numbers(marked, layout.decimal, layout.thousands),
            _secret=secret,
            _none=none | secret,
            _percent=text.str.contains(_PERCENT),
            _marks=marks,
        )
        .with_columns(
            _value=pl.coalesce("_bare", "_marked"),
            _percent=pl.col("_percent") & pl.col("_bare").is_not_null(),
            _mark=pl.when("_secret")
            .then(pl.lit("c"))
            .when(pl.col("_bare").is_null() & (pl.col("_marked").is_not_null() | pl.col("_none")))
            .then(pl.col("_marks").fill_null(""))
            .otherwise(pl.lit("")),
        )
    )
    wrong = frame["_value"].is_null() & ~frame["_none"]
    kinds = [
        _fault_of(text) if is_wrong else None
        for text, is_wrong in zip(frame["text"], wrong, strict=True)
    ]
    return frame.with_columns(pl.Series("_fault", kinds, dtype=pl.String)).select(
        "text", "_value", "_mark", "_percent", "_none", "_fault"
    )


def _fault_of(text: str) -> str:
    if _INFINITE.fullmatch(text):
        return "value_infinite"
    if text.lower().lstrip("+-") == "nan":
        return "value_nan"
    if text.upper() in _ERRORS:
        return "value_error"
    if text.startswith(("=", "+=", "@")):
        return "value_formula_text"
    if text.lower() in ("true", "false"):
        return "value_logical"
    return "value_date" if _DATE.fullmatch(text) else "value_not_number"
