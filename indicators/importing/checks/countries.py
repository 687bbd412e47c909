"""Every value belongs to a country or a group of countries that is known for certain."""

import json

import polars as pl

from countries.matching import Outcome

from .. import layout as roles
from .. import messages
from ..faults import FAULT_SCHEMA, found_at
from ..reference import LEAVE_OUT
from .known import Checked, Known, decided, wrong_where

_ANSWERS = pl.Schema(
    {
        "country_code": pl.String,
        "country_name": pl.String,
        "country": pl.String,
        "_is_group": pl.Boolean,
        "_by_code": pl.Boolean,
        "_fault": pl.String,
        "_found": pl.String,
        "_expected": pl.String,
        "_facts": pl.String,
        "_offered": pl.String,
    }
)
_ROLES = (roles.COUNTRY_NAME, roles.COUNTRY_CODE)
_PAIR = ["country_code", "country_name"]
_ASKED = ("country_unknown", "country_ambiguous", "country_contradicted")
_FAULTS = ("country_blank", *_ASKED)


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
    known.count("aggregates", cells.filter("_is_group")["country"])
    known.count("names_by_code", cells.filter("_by_code")["country_name"])
    asked = cells.filter(pl.col("_fault").is_in(_ASKED)).group_by("_found", maintain_order=True)
    for found, offered, values in asked.agg(pl.col("_offered").first(), pl.len()).iter_rows():
        known.ask(found, tuple(filter(None, offered.split(";"))), values)
    faults = []
    for fault in _FAULTS:
        of = known.once(cells.filter(pl.col("_fault") == fault), *_ROLES)
        column = known.column(*_ROLES)
        if fault == "country_contradicted":
            column = known.column(roles.COUNTRY_CODE)
        faults.append(
            found_at(
                of,
                fault,
                column=column,
                found="_found",
                expected=pl.col("_expected"),
                facts=pl.col("_facts"),
            )
        )
    cells = cells.with_columns(wrong_where(pl.col("_fault").is_not_null()))
    return cells.drop(name for name in _ANSWERS if name.startswith("_")), pl.concat(
        [FAULT_SCHEMA.to_frame(), *faults]
    )


def _answer(code: str, name: str, known: Known) -> dict[str, object]:
    reference = known.reference
    answer: dict[str, object] = {"country_code": code, "country_name": name}
    answer |= {"_is_group": False, "_by_code": False}
    both = ", ".join(filter(None, (code, name)))
    for text in filter(None, (both, name, code)):
        if (decision := reference.country_decisions.get(text)) is not None:
            return answer | {"country": decision}
    places = reference.places
    found = places.find(code=code, name=name) if code and name else places.find_text(code or name)
    if found.area is not None:
        # A code beside a name nobody knows but that is like its own is taken, and told.
        by_name = places.find(name=name).outcome if code and name else Outcome.FOUND
        return answer | {
            "country": found.area.code,
            "_is_group": found.area.is_aggregate,
            "_by_code": by_name is Outcome.UNKNOWN,
        }
    offered = "; ".join(f"{area.name} ({area.code})" for area in found.offered)
    answer["_facts"] = json.dumps({"offered": offered})
    answer["_offered"] = ";".join(area.code for area in found.offered)
    match found.outcome:
        case Outcome.EMPTY:
            return answer | {"_fault": "country_blank", "_found": ""}
        case Outcome.CONTRADICTION:
            return answer | {
                "_fault": "country_contradicted",
                "_found": both,
                "_expected": messages.ONE_OF,
            }
        case Outcome.AMBIGUOUS:
            return answer | {
                "_fault": "country_ambiguous",
                "_found": both,
                "_expected": messages.ONE_OF,
            }
    return answer | {
        "_fault": "country_unknown",
        "_found": both,
        "_expected": messages.PERHAPS if offered else messages.ANY_COUNTRY,
    }
