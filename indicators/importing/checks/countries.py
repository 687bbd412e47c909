"""Every value belongs to a country or a group of countries that is known for certain."""

import polars as pl

from .. import layout as roles
from ..faults import FAULT_SCHEMA, found_at
from ..reference import LEAVE_OUT
from .known import Checked, Known, decided, once_a_row, wrong_where

_ANSWERS = pl.Schema(
    {
        "country_code": pl.String,
        "country_name": pl.String,
        "country": pl.String,
        "_fault": pl.String,
        "_found": pl.String,
        "_expected": pl.String,
    }
)
_PAIR = ["country_code", "country_name"]


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Adds `country`, the three-letter code; cells left out by decision go."""
    pairs = cells.select(_PAIR).unique(maintain_order=True).iter_rows()
    answers = [_answer(code, name, known) for code, name in pairs]
    cells = decided(cells, _PAIR, answers, _ANSWERS)
    left_out = cells["country"] == LEAVE_OUT
    if left_out.any():
        names = cells.filter(left_out).select(
            pl.when(pl.col("country_name") != "").then("country_name").otherwise("country_code")
        )
        known.count("left_out", names.to_series())
        cells = cells.filter(~left_out.fill_null(value=False))
    groups = cells.filter(pl.col("country").is_in([*known.reference.groups]))
    known.count("aggregates", groups["country"])
    faults = []
    for fault in ("country_blank", "country_unknown", "country_contradicted"):
        of = once_a_row(cells.filter(pl.col("_fault") == fault))
        column = known.column(roles.COUNTRY_NAME, roles.COUNTRY_CODE)
        if fault == "country_contradicted":
            column = known.column(roles.COUNTRY_CODE)
        faults.append(
            found_at(of, fault, column=column, found="_found", expected=pl.col("_expected"))
        )
    cells = cells.with_columns(wrong_where(pl.col("_fault").is_not_null()))
    return cells.drop("_fault", "_found", "_expected"), pl.concat(
        [FAULT_SCHEMA.to_frame(), *faults]
    )


def _answer(code: str, name: str, known: Known) -> dict[str, object]:
    reference = known.reference
    answer: dict[str, object] = {"country_code": code, "country_name": name}
    for found in filter(None, (name, code)):
        if (decision := reference.country_decisions.get(found)) is not None:
            return answer | {"country": decision}
    by_code = reference.country_by_code(code) if code else None
    by_name = reference.country_by_name(name) if name else None
    if by_code is None and by_name is None and code and not name:
        # A column of names that looks like codes, or names under a header that says code.
        by_code = reference.country_by_name(code)
    if by_code is None and by_name is None and name and not code:
        by_name = reference.country_by_code(name)
    if not code and not name:
        return answer | {"_fault": "country_blank", "_found": ""}
    if by_code and by_name and by_code != by_name:
        expected = f"{code} is {by_code}, {name} is {by_name}"
        return answer | {
            "_fault": "country_contradicted",
            "_found": f"{code}, {name}",
            "_expected": expected,
        }
    # A known code beside an unknown name is not enough: JPN has stood for Tokyo.
    if (by_name is None and name) or (by_code is None and by_name is None):
        nearest = "; ".join(reference.nearest_countries(name or code))
        return answer | {
            "_fault": "country_unknown",
            "_found": name or code,
            "_expected": f"perhaps {nearest}" if nearest else "a country's code or name",
        }
    return answer | {"country": by_name or by_code}
