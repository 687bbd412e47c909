"""The shape of an instrument file: which keys stand where and what kind of value each has.

The models mirror `diagnostics.scoring.instrument`; whether values make sense is for the checks.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from countries.content.faults import Finding, Path
from countries.content.shapes import EXPECTED, misfit
from diagnostics.scoring.instrument import (
    Approach,
    EditionOf,
    Group,
    IndicatorBinding,
    Instrument,
    Item,
    MixRule,
    Renamed,
    Rule,
    Source,
    Theme,
)


class Shape(BaseModel):
    """A mapping of the file; `build` makes the value of `diagnostics.scoring.instrument` of it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)
    makes: ClassVar[type]

    def build(self) -> Any:
        return self.makes(**{name: _built(value) for name, value in self})


def _built(value: object) -> object:
    match value:
        case Shape():
            return value.build()
        case list():
            return tuple(_built(part) for part in value)
        case float():
            return value + 0.0  # so that -0.0 and 0.0 have one canonical form
        case _:
            return value


class SourceShape(Shape):
    makes = Source
    tag: str
    document: str = ""
    place: str = ""
    because: str = ""


class IndicatorShape(Shape):
    makes = IndicatorBinding
    code: str
    better: str
    why: str
    thresholds: list[float] = []
    ranges: list[list[float]] = []
    years: list[int] | None = None


class ItemShape(Shape):
    makes = Item
    code: str
    title: str
    statements: dict[str, str]
    group: str = ""
    weight: float = 1.0
    core: bool = False
    effort: float = 1.0
    question: str = ""
    evidence: str = ""
    core_because: str = ""
    weight_because: str = ""
    source: SourceShape | None = None
    indicators: list[IndicatorShape] = []

    def build(self) -> Any:
        by_level = sorted(self.statements.items(), key=lambda pair: int(pair[0]))
        values = {name: _built(value) for name, value in self}
        return Item(**values | {"statements": tuple(text for _, text in by_level)})  # type: ignore[arg-type]


class GroupShape(Shape):
    makes = Group
    code: str
    title: str
    weight: float | None = None


class ThemeShape(Shape):
    makes = Theme
    code: str
    title: str
    items: list[ItemShape]
    groups: list[GroupShape] = []
    staged: bool = True
    intro: str = ""


class ApproachShape(Shape):
    makes = Approach
    code: str
    theme: str
    stage: int
    addressee: str
    text: str
    pathway: str = ""
    category: str = ""
    continues: list[str] = []
    source: SourceShape | None = None


class MixRuleShape(Shape):
    makes = MixRule
    code: str
    when: str
    advice: str
    because: str = ""
    source: SourceShape | None = None


class RenamedShape(Shape):
    makes = Renamed
    code: str
    was: str


class EditionShape(Shape):
    makes = EditionOf
    code: str
    version: str


class InstrumentShape(Shape):
    makes = Instrument
    code: str
    version: str
    title: str
    subject: str
    levels: int
    level_names: list[str]
    themes: list[ThemeShape]
    pass_mark: float = 0.75
    completeness: float = 0.70
    max_age_years: int = 5
    rule: str = "ladder"
    approaches: list[ApproachShape] = []
    mix_rules: list[MixRuleShape] = []
    intro: str = ""
    renamed: list[RenamedShape] = []
    edition_of: EditionShape | None = None
    country: str = ""

    def build(self) -> Any:
        """The instrument; its rule says of every item what its statements are."""
        built = super().build()
        if self.rule != Rule.CLASSIFY:
            return built
        themes = (
            replace(theme, items=tuple(replace(item, marks=True) for item in theme.items))
            for theme in built.themes
        )
        return replace(built, themes=tuple(themes))


_MAPPINGS: dict[str, tuple[str, type[Shape]]] = {
    "": ("instrument", InstrumentShape),
    "themes": ("theme", ThemeShape),
    "groups": ("group", GroupShape),
    "items": ("item", ItemShape),
    "indicators": ("indicator", IndicatorShape),
    "source": ("source", SourceShape),
    "approaches": ("approach", ApproachShape),
    "mix_rules": ("mix rule", MixRuleShape),
    "renamed": ("row of renamed items", RenamedShape),
    "edition_of": ("edition", EditionShape),
}

_STAND_INS: dict[str, Any] = {
    "levels": 0,
    "stage": 0,
    "level_names": [],
    "themes": [],
    "items": [],
    "statements": {},
}
"""What stands for a missing key while the rest is judged; all others are texts."""

_VALUE_LISTS = {"thresholds", "ranges", "years", "level_names", "continues"}


def read_shape(data: dict[str, Any]) -> tuple[InstrumentShape, list[Finding]]:
    """The shape of the data and what does not fit it.

    So that one slip does not hide the faults behind it, values that do not fit are replaced in
    `data` by empty ones until the rest can be judged; `without_echoes` then drops what is found
    in those places.
    """
    findings: list[Finding] = []
    while True:
        try:
            return InstrumentShape.model_validate(data), findings
        except ValidationError as refusal:
            errors = refusal.errors(include_url=False)
        # An element mended to {} lacks its keys in the next turn; that says nothing new.
        findings += without_echoes(map(_finding, errors), findings)
        for error in errors:
            _mend(data, error)


def without_echoes(found: Iterable[Finding], earlier: Iterable[Finding]) -> list[Finding]:
    """The findings that are not at or below a place found faulty earlier.

    An earlier fault in one number of a list makes the whole list faulty.
    """
    faulty = set()
    for finding in earlier:
        ends = [at + 1 for at, step in enumerate(finding.path) if step in _VALUE_LISTS]
        faulty.add(finding.path[: ends[0]] if ends else finding.path)
    return [
        finding
        for finding in found
        if not any(finding.path[:length] in faulty for length in range(1, len(finding.path) + 1))
    ]


def _keys_at(path: Path) -> tuple[str, list[str]]:
    names = [step for step in path if isinstance(step, str)]
    name, shape = _MAPPINGS[names[-1] if names else ""]
    return name, list(shape.model_fields)


def _finding(error: ErrorDetails) -> Finding:
    return misfit(error, _keys_at)


def _mend(data: Any, error: ErrorDetails) -> None:
    *way, last = error["loc"]
    for step in way:
        data = data[step]
    if error["type"] == "extra_forbidden":
        del data[last]
    elif error["type"] == "missing":
        data[last] = copy(_STAND_INS.get(str(last), ""))
    else:
        data[last] = copy(EXPECTED[error["type"]][1])
