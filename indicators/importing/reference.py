"""What the database knows and a person has decided, handed to the checks as plain values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

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
class Reference:
    """What cells are held against.

    `country_by_code` and `country_by_name` give the three-letter code of a country or a group of
    countries, or None; `nearest_countries` the names to offer for an unknown one; `groups` are the
    codes that are groups. The decisions say, by the name (or, without one, the code) as found,
    which country or indicator is meant; LEAVE_OUT leaves its values out.
    """

    country_by_code: Callable[[str], str | None]
    country_by_name: Callable[[str], str | None]
    nearest_countries: Callable[[str], Sequence[str]] = lambda name: ()
    groups: Collection[str] = ()
    indicators: Mapping[str, Definition] = field(default_factory=dict)
    past: pl.DataFrame = field(default_factory=PAST.to_frame)
    country_decisions: Mapping[str, str] = field(default_factory=dict)
    indicator_decisions: Mapping[str, str] = field(default_factory=dict)
    first_year: int = 1800
    last_year: int = 2150
