"""The unit is the indicator's; percent signs stand only where it is percent; powers are applied."""

import polars as pl

from .. import layout as roles
from ..faults import FAULT_SCHEMA, found_at
from .known import Checked, Known, decided, once_a_row, wrong_where

_PERCENT = ("%", "percent", "per cent", "pct", "percentage", "pc", "pourcent", "процент")
_ANSWERS = pl.Schema(
    {
        "indicator": pl.String,
        "unit": pl.String,
        "_in_percent": pl.Boolean,
        "_other_unit": pl.Boolean,
        "_expected": pl.String,
    }
)
_PAIR = ["indicator", "unit"]


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Scales the value by the row's power of ten."""
    pairs = cells.filter(pl.col("indicator").is_not_null()).select(_PAIR)
    answers = [_answer(code, unit, known) for code, unit in pairs.unique().iter_rows()]
    cells = decided(cells, _PAIR, answers, _ANSWERS)
    others = pl.col("_other_unit").fill_null(value=False)
    signs = pl.col("percent") & ~pl.col("_in_percent").fill_null(value=True)
    faults = [
        found_at(
            once_a_row(cells.filter(others)),
            "unit_contradicted",
            column=known.column(roles.UNIT),
            found="unit",
            facts={"unit": pl.col("_expected")},
        ),
        found_at(cells.filter(signs), "value_percent"),
    ]
    kept = cells.filter(pl.col("percent") & ~signs)
    if kept.height:
        known.count("percent_signs", kept["indicator"])
    cells = cells.with_columns(wrong_where(others | signs))
    cells, unclear = _scaled(cells, known)
    return cells.drop("_in_percent", "_other_unit", "_expected", "percent"), pl.concat(
        [FAULT_SCHEMA.to_frame(), *faults, unclear]
    )


def _scaled(cells: pl.DataFrame, known: Known) -> Checked:
    given = pl.col("multiplier") != ""
    if not cells.select(given.any()).item():
        return cells, FAULT_SCHEMA.to_frame()
    power = pl.col("multiplier").cast(pl.Float64, strict=False).cast(pl.Int32, strict=False)
    right = power.is_between(-12, 12).fill_null(value=False)
    scales = given & right & (power != 0)
    known.count("scaled", cells.filter(scales)["multiplier"])
    unclear = cells.filter(given & ~right)
    # Dividing by a whole power keeps 12 x 10^-1 at 1.2, which multiplying by 0.1 would not.
    factor = pl.lit(10.0).pow(power.abs())
    scaled = pl.when(power > 0).then(pl.col("value") * factor).otherwise(pl.col("value") / factor)
    cells = cells.with_columns(
        pl.when(scales).then(scaled).otherwise("value").alias("value"), wrong_where(given & ~right)
    )
    column = known.column(roles.MULTIPLIER)
    return cells, found_at(
        once_a_row(unclear), "multiplier_unclear", column=column, found="multiplier"
    )


def _answer(code: str, unit: str, known: Known) -> dict[str, object]:
    definition = known.reference.indicators.get(code) or known.new_indicators.get(code)
    own = definition.unit if definition else ""
    name = definition.name.casefold() if definition else ""
    decided_unit = own or unit
    in_percent = _plain(decided_unit) == "%" or (
        not decided_unit and ("%" in name or "percent" in name)
    )
    return {
        "indicator": code,
        "unit": unit,
        "_in_percent": in_percent or "%" in decided_unit,
        "_other_unit": bool(own and unit) and _plain(own) != _plain(unit),
        "_expected": own,
    }


def _plain(unit: str) -> str:
    plain = " ".join(unit.casefold().replace("_", " ").split())
    return "%" if plain in _PERCENT else plain
