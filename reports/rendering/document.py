"""A report as a plain tree, the same for every form that is made of it.

A document is a cover and sections; a section is a heading and blocks. Texts are in the reader's
language already; cells are words or numbers, numbers rounded as they are shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from activity.charts import Chart, Column

Cell = str | int | float | Decimal | None


class Audience(StrEnum):
    MINISTER = "minister"
    FULL = "full"
    DONOR = "donor"


class Tone(StrEnum):
    PLAIN = "plain"
    LEAD = "lead"  # the sentences read first
    SOFT = "soft"  # notes and sources
    NOTICE = "notice"  # boxed: what a reader must not miss


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; sections themselves stand at level 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` stands before its text in bold."""

    text: str
    tone: Tone = Tone.PLAIN
    lead: str = ""


@dataclass(frozen=True)
class Point:
    """One point of a list: words in bold, the text, and a softer note."""

    text: str
    lead: str = ""
    note: str = ""


@dataclass(frozen=True)
class Points:
    points: Sequence[Point]


@dataclass(frozen=True)
class Facts:
    """Terms with their values; `large` ones are the figures of a theme, others a record."""

    pairs: Sequence[tuple[str, str]]
    large: bool = False


@dataclass(frozen=True)
class Table:
    """`widths` are the columns' shares of the page, 0 for as narrow as the words allow."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Drawing:
    chart: Chart


@dataclass(frozen=True)
class Run:
    """A line of a schedule: what runs, with its dates and state in words, and in which columns.

    `hatched` tells what is late or dropped apart where there is no colour.
    """

    title: str
    note: str
    cells: Sequence[bool]
    tone: str
    hatched: bool = False


@dataclass(frozen=True)
class Schedule:
    """A table that is its own chart: two columns a year, filled where something runs.

    Dates stand in words beside each line, so that nothing is told by the filling alone.
    """

    caption: str
    head: str
    years: Sequence[int]
    runs: Sequence[Run]


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on: who is to sign, with room for name, date and signature."""

    roles: Sequence[str]
    words: Sequence[str]


Block = Heading | Paragraph | Points | Facts | Table | Drawing | Schedule | Signatures


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    blocks: Sequence[Block]
    annex: bool = False  # begins a page of its own


@dataclass(frozen=True)
class Cover:
    """`text` is the country's own word on its reports; `label` says what the answers are, where
    they are no assessment; `state` is empty for a published version."""

    title: str
    subtitle: str
    period: str
    version: str
    state: str
    label: str
    text: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Document:
    audience: Audience
    language: str
    cover: Cover
    sections: Sequence[Section]
    sha256: str
    made_at: datetime
    words: dict[str, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    def charts(self) -> list[Chart]:
        return [block.chart for block in self.blocks() if isinstance(block, Drawing)]
