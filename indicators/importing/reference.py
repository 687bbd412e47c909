"""What the database knows and a person has decided, handed to the checks as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from countries.matching import Gazetteer

PAST = pl.Schema(
    {
        "indicator": pl.String,
        "country": pl.String,
        "breakdown": pl.String,
        "frequency": pl.String,
        "period": pl.String,
        "value": pl.Float64,
    }
)
"""Values known before, for the warnings about jumps."""

LEAVE_OUT = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as it is known: its unit and the range its values can have."""

    code: str
    name: str = ""
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """What a file calls a country that is not surely one: the codes of those it may be, best first.

    `found` is as the fault says it and as a decision about it is kept; `values` hang on it.
    """

    found: str
    offered: tuple[str, ...]
    values: int


@dataclass(frozen=True, slots=True)
class Reference:
    """What cells are held against.

    `places` finds countries and groups of countries by code and name. The decisions say which
    country or indicator is meant by a name or a code as found, a country also by both together
    ("KOR, North Korea"); LEAVE_OUT leaves its values out. Years run from `first_year` to
    `last_year`.
    """

    places: Gazetteer
    indicators: Mapping[str, Definition] = field(default_factory=dict)
    past: pl.DataFrame = field(default_factory=PAST.to_frame)
    country_decisions: Mapping[str, str] = field(default_factory=dict)
    indicator_decisions: Mapping[str, str] = field(default_factory=dict)
    first_year: int = 1800
    last_year: int = 2150
