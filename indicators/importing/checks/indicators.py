"""Every value belongs to one indicator; unknown ones are new, and told."""

import json
import re
import zlib

import polars as pl

from countries.footnotes import without_mark

from .. import layout as roles
from ..faults import FAULT_SCHEMA, found_at
from ..reference import LEAVE_OUT, Definition
from .known import Checked, Known, decided, wrong_where

_ANSWERS = pl.Schema(
    {
        "indicator_code": pl.String,
        "indicator_name": pl.String,
        "indicator": pl.String,
        "_fault": pl.String,
        "_found": pl.String,
        "_facts": pl.String,
    }
)
_ROLES = (roles.INDICATOR_CODE, roles.INDICATOR_NAME)
_PAIR = ["indicator_code", "indicator_name"]
_LONGEST = 200
_BRACKETED = re.compile(r"(.*\S)\s*\[([A-Z0-9]+(?:[._][A-Z0-9]+)+)\]")


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Adds `indicator`, the code; new indicators go into `known.new_indicators`."""
    pairs = cells.group_by(_PAIR, maintain_order=True).agg(pl.col("unit").first())
    by_name = {
        _plain(each.name): code for code, each in known.reference.indicators.items() if each.name
    }
    answers = [_answer(code, name, unit, known, by_name) for code, name, unit in pairs.iter_rows()]
    cells = decided(cells, _PAIR, answers, _ANSWERS)
    left_out = cells["indicator"] == LEAVE_OUT
    if left_out.any():
        names = cells.filter(left_out).select(
            pl.when(pl.col("indicator_name") != "")
            .then("indicator_name")
            .otherwise("indicator_code")
        )
        known.count("left_out", names.to_series())
        cells = cells.filter(~left_out.fill_null(value=False))
    column = known.column(*_ROLES)
    faults = [
        found_at(
            known.once(cells.filter(pl.col("_fault") == fault), *_ROLES),
            fault,
            column=column,
            found="_found",
            facts=pl.col("_facts"),
        )
        for fault in ("indicator_blank", "indicator_contradicted", "indicator_long")
    ]
    cells = cells.with_columns(wrong_where(pl.col("_fault").is_not_null()))
    return cells.drop("_fault", "_found", "_facts"), pl.concat([FAULT_SCHEMA.to_frame(), *faults])


def _answer(
    code: str, name: str, unit: str, known: Known, by_name: dict[str, str]
) -> dict[str, object]:
    reference = known.reference
    answer: dict[str, object] = {"indicator_code": code, "indicator_name": name}
    if not code and (bracketed := _BRACKETED.fullmatch(name)):
        # DataBank with indicators as columns: `GDP growth (annual %) [NY.GDP.MKTP.KD.ZG]`.
        name, code = bracketed.groups()
    for found in filter(None, (name, code)):
        if (decision := reference.indicator_decisions.get(found)) is not None:
            return answer | {"indicator": decision}
    if not code and not name:
        return answer | {"_fault": "indicator_blank", "_found": ""}
    named = by_name.get(_plain(name))
    if code in reference.indicators:
        if named and named != code:
            return answer | {
                "_fault": "indicator_contradicted",
                "_found": f"{code}, {name}",
                "_facts": json.dumps({"name": name, "code": named}),
            }
        return answer | {"indicator": code}
    if not code and named:
        return answer | {"indicator": named}
    if not code:
        name = without_mark(name)
    new = code or _code_for(name, known)
    if len(new) > _LONGEST:
        return answer | {"_fault": "indicator_long", "_found": new}
    known.new_indicators.setdefault(new, Definition(new, name or code, unit))
    return answer | {"indicator": new}


def _code_for(name: str, known: Known) -> str:
    """A code made from a name: the same name gets the same code in every vintage."""
    code = re.sub(r"\W+", "_", name.casefold()).strip("_")[: _LONGEST - 9]
    mark = f"{zlib.crc32(name.encode()):08x}"
    taken = known.new_indicators.get(code)
    if not code:
        return mark
    if code in known.reference.indicators or (taken and taken.name != name):
        return f"{code}_{mark}"
    return code


def _plain(name: str) -> str:
    return " ".join(without_mark(name).casefold().split())
