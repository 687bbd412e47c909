"""What a composite index is made of (method.md section 10), as its file says it.

The models are the specification itself: a file that fits them and passes the checks is one.
"""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from countries.content.sentences import _


def _word(value: object) -> object:
    """A method's name as we write it: `Min-Max` and `min max` are `min_max`."""
    if not isinstance(value, str):
        return value
    word = value.strip().lower().replace("-", "_").replace(" ", "_")
    return SYNONYMS.get(word, word)


def _words(value: object) -> object:
    """One method, or one for each level, as a list."""
    return [_word(part) for part in value] if isinstance(value, list) else [_word(value)]


def _share(value: object) -> object:
    """A fraction as a text, such as `2/3`, is a number."""
    if isinstance(value, str):
        try:
            return float(Fraction(value.replace(" ", "")))
        except (ValueError, ZeroDivisionError):
            return value
    return value


def _shares(value: object) -> object:
    return [_share(part) for part in value] if isinstance(value, list) else [_share(value)]


SYNONYMS = {
    "minmax": "min_max",
    "zscore": "z_score",
    "z": "z_score",
    "goalpost": "goalposts",
    "percentile": "percentile_rank",
    "percentile_ranks": "percentile_rank",
    "rank": "percentile_rank",
    "distance": "distance_to_reference",
    "reference": "distance_to_reference",
    "distance_to_target": "distance_to_reference",
    "mean_of_group": "group_mean",
    "median_of_group": "group_median",
    "panel_latest": "panel",
    "arithmetic_mean": "arithmetic",
    "geometric_mean": "geometric",
    "harmonic_mean": "harmonic",
}
NORMALISING = ["min_max", "z_score", "goalposts", "percentile_rank", "distance_to_reference"]
IMPUTING = ["mean", "median", "group_mean", "group_median", "panel"]
MEANS = ["arithmetic", "geometric", "harmonic"]
WEIGHING = ["given", "equal"]

Word = Annotated[str, BeforeValidator(_word)]
Words = Annotated[list[str], BeforeValidator(_words)]
Share = Annotated[float, BeforeValidator(_share)]
Shares = Annotated[list[float], BeforeValidator(_shares)]


class Part(BaseModel):
    """A mapping of the file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class DataSource(Part):
    """Where the figures are: a CSV file beside the specification, or a loaded dataset.

    `unit` and `time` name columns; `period` is the one the index is of, by default the newest.
    """

    file: str = ""
    dataset: str = ""
    unit: str = ""
    time: str = ""
    period: str = ""


class Member(Part):
    """A child in the tree: an indicator or an aggregate."""

    code: str
    title: str = ""
    weight: float = 1.0
    parent: str = ""


class Indicator(Member):
    """One column of the data. `direction` -1: less is better; `treat` false: outliers stay.

    `denominator` is a column the values are divided by, times `scale`.
    """

    direction: int = 1
    denominator: str = ""
    scale: float = 1.0
    goalposts: list[float] = []
    reference: float | None = None
    treat: bool = True
    normalise: Word = ""


class Aggregate(Member):
    """A mean of its direct children; the one without a parent is the index."""

    method: Word = ""
    availability: Share | None = None


class Screen(Part):
    """Left out: units with a lower share of values, or of values other than 0, than these."""

    availability: Share = 0.0
    non_zero: Share = 0.0


class Impute(Part):
    """How a missing value is filled; `max_years` is how far back a panel is searched."""

    method: Word
    group: str = ""
    max_years: int | None = None


class Treat(Part):
    """Outliers: `winsorise` values at most are moved while both marks are passed, then a log."""

    winsorise: int = 5
    skewness: float = 2.0
    kurtosis: float = 3.5
    log: bool = True


class Normalise(Part):
    """One scale for all. `range` is for the bounded methods, `mean` and `deviation` for z-scores.

    `reference` names the unit that distances are measured to; `cap`: no score beyond it.
    """

    method: Word
    range: list[float] = [0.0, 1.0]
    mean: float = 0.0
    deviation: float = 1.0
    reference: str = ""
    cap: bool = False


class Aggregation(Part):
    """The mean of each level, the lowest first (one: of all), and the data it asks for."""

    method: Words = ["arithmetic"]
    availability: Shares = [0.0]


class Alternative(Part):
    """One thing that could have been done otherwise: a setting among others, or weights `by`."""

    what: Word
    among: list[Any] = []
    by: float = 0.0


class Uncertainty(Part):
    """How many re-runs for the rank intervals, and the size of the design for Sobol indices."""

    vary: list[Alternative]
    runs: int = 1000
    sobol: int = 256
    seed: int = 1


class Specification(Part):
    """An index as data; a step that is not there is not done."""

    code: str
    data: DataSource
    indicators: list[Indicator]
    title: str = ""
    aggregates: list[Aggregate] = []
    screen: Screen | None = None
    impute: Impute | None = None
    treat: Treat | None = None
    normalise: Normalise | None = None
    weights: Word = "given"
    aggregate: Aggregation = Aggregation()
    uncertainty: Uncertainty | None = None
    remove_one: bool = False

    def members(self) -> list[Member]:
        """Indicators, then aggregates."""
        return [*self.indicators, *self.aggregates]


SHORT = {
    "data": "file",
    "screen": "availability",
    "impute": "method",
    "normalise": "method",
    "aggregate": "method",
}
"""The key that a step's value stands for where the file gives the value alone."""

PARTS: dict[str, tuple[str, type[Part]]] = {
    "": (_("specification"), Specification),
    "data": (_("data"), DataSource),
    "indicators": (_("indicator"), Indicator),
    "aggregates": (_("aggregate"), Aggregate),
    "screen": (_("step"), Screen),
    "impute": (_("step"), Impute),
    "treat": (_("step"), Treat),
    "normalise": (_("step"), Normalise),
    "aggregate": (_("step"), Aggregation),
    "uncertainty": (_("uncertainty"), Uncertainty),
    "vary": (_("alternative"), Alternative),
}


def written_out(data: dict[str, Any]) -> dict[str, Any]:
    """The file's data with short forms written out: `normalise: min_max`, `treat: true`.

    A step said to be `none`, `false` or nothing at all is not done.
    """
    full = dict(data)
    for step in PARTS:
        if step in full and step not in ("indicators", "aggregates", "uncertainty", "data"):
            full[step] = _step(step, full[step])
    if full.get("aggregate", {}) is None:
        del full["aggregate"]
    if isinstance(full.get("data"), str):
        full["data"] = {"file": full["data"]}
    if isinstance(full.get("data"), dict) and isinstance(full["data"].get("period"), int):
        full["data"] = full["data"] | {"period": str(full["data"]["period"])}
    return full


def _step(step: str, value: object) -> object:
    if value in (None, False, "none", "None", "NONE"):
        return None
    if value is True and step == "treat":
        return {}
    if step in SHORT and not isinstance(value, dict):
        return {SHORT[step]: value}
    return value
