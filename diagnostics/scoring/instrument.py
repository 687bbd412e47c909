"""The instrument and the answers as plain values: what the computing takes, whoever calls it.

Nothing here knows Django, files or screens; `diagnostics.authoring` reads an instrument file into
these, the database hands them over from its canonical JSON, a notebook may build them by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Answer(StrEnum):
    """What one statement was answered (method.md section 2). BLANK is unanswered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    BLANK = ""


class Status(StrEnum):
    """Whether the item applies to the subject at all."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"


class Rule(StrEnum):
    """How a theme comes to its stage: by levels that build on one another (method.md section 3),
    or by the phase with most marks, where later marks replace earlier ones (section 11).
    """

    LADDER = "ladder"
    CLASSIFY = "classify"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text rests: tag is lecture, adapted or added (method.md, opening)."""

    tag: str
    document: str
    place: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorBinding:
    """An indicator that bears on an item (method.md section 5).

    `better` is higher, lower (then `thresholds` for levels 2..L) or within (then `ranges`, from
    the one of level 2 to that of level L). `years` bounds a discontinued series.
    """

    code: str
    better: str
    why: str
    thresholds: tuple[float, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the sheet. `statements` are those of levels 2..L, in order; or, with `marks`
    (the instrument's rule is classify), one for each phase 1..L.
    """

    code: str
    title: str
    statements: tuple[str, ...]
    group: str = ""
    weight: float = 1.0
    core: bool = False
    effort: float = 1.0
    question: str = ""
    evidence: str = ""
    core_because: str = ""
    weight_because: str = ""
    source: Source | None = None
    indicators: tuple[IndicatorBinding, ...] = ()
    marks: bool = False

    @property
    def steps(self) -> dict[int, str]:
        """Each statement by the level or phase it is of."""
        return dict(enumerate(self.statements, start=1 if self.marks else 2))


@dataclass(frozen=True, slots=True)
class Group:
    """Items of a theme that stand together; `weight` None means the sum of its items' weights."""

    code: str
    title: str
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    code: str
    title: str
    items: tuple[Item, ...]
    groups: tuple[Group, ...] = ()
    staged: bool = True
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Approach:
    """One direction of assistance at one stage of one theme (method.md section 7)."""

    code: str
    theme: str
    stage: int
    addressee: str
    text: str
    pathway: str = ""
    category: str = ""
    continues: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class MixRule:
    code: str
    when: str
    advice: str
    because: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Renamed:
    """An item that had another code in an earlier version and still means the same; the parts of
    a split item each name the one that was (method.md section 8).
    """

    code: str
    was: str


@dataclass(frozen=True, slots=True)
class EditionOf:
    """The published instrument from which a national edition derives (method.md section 8)."""

    code: str
    version: str

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A whole check-sheet; levels run 1..`levels`, shares (pass_mark, completeness) 0..1.

    `country` is the code of the country whose edition it is, where only that one may use it.
    """

    code: str
    version: str
    title: str
    subject: str
    levels: int
    level_names: tuple[str, ...]
    themes: tuple[Theme, ...]
    pass_mark: float = 0.75
    completeness: float = 0.70
    max_age_years: int = 5
    rule: str = Rule.LADDER.value
    approaches: tuple[Approach, ...] = ()
    mix_rules: tuple[MixRule, ...] = ()
    intro: str = ""
    renamed: tuple[Renamed, ...] = ()
    edition_of: EditionOf | None = None
    country: str = ""

    @property
    def classifies(self) -> bool:
        return self.rule == Rule.CLASSIFY

    @property
    def steps(self) -> range:
        """The levels (2..L) or phases (1..L) that have a statement in each item."""
        return range(1 if self.classifies else 2, self.levels + 1)

    @property
    def blank(self) -> "ItemAnswers":
        """The answers of an item nobody has touched."""
        return ItemAnswers((Answer.BLANK,) * len(self.steps))

    def items(self) -> dict[str, Item]:
        """Every item by its code, in instrument order."""
        return {item.code: item for theme in self.themes for item in theme.items}


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    """One sheet's answer to one item; `answers` has one entry per statement."""

    answers: tuple[Answer, ...]
    status: Status = Status.ANSWERED


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one rater. An item absent from `responses` is wholly unanswered.

    `themes` are those assigned to the sheet; None means all of them.
    """

    name: str
    panel: str
    responses: Mapping[str, ItemAnswers] = field(default_factory=dict)
    themes: tuple[str, ...] | None = None
