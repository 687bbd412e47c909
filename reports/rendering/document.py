"""A report as a plain tree, the same for every form that is made of it: page, PDF, Word.

A document is a cover and sections; a section is a heading and blocks. Texts are in the reader's
language already; cells are words or numbers, numbers rounded as they are shown. An `anchor` is the
place on the page that can be linked to; of a point or a row, the place of what it is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from activity.charts import Chart, Column

LOWEST = 3  # the level of the smallest heading


class Audience(StrEnum):
    MINISTER = "minister"
    FULL = "full"
    DONOR = "donor"


class Tone(StrEnum):
    PLAIN = "plain"
    LEAD = "lead"  # the sentences read first
    SOFT = "soft"  # notes and sources
    NOTICE = "notice"  # boxed: what a reader must not miss
    FIRM = "firm"  # boxed likewise, where the news is good


class _Block:
    @property
    def kind(self) -> str:
        """What the forms know the block by."""
        return type(self).__name__.lower()


@dataclass(frozen=True)
class Heading(_Block):
    """A heading inside a section; sections themselves stand at level 1."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph(_Block):
    """A paragraph; `lead` stands before its text in bold."""

    text: str
    tone: Tone = Tone.PLAIN
    lead: str = ""


@dataclass(frozen=True)
class Point:
    """One point of a list: words in bold, the text, answers to statements, and a softer note."""

    text: str
    lead: str = ""
    note: str = ""
    anchor: str = ""
    answers: Sequence[str] = ()


@dataclass(frozen=True)
class Points(_Block):
    points: Sequence[Point]


Cell = str | int | float | Decimal | Points | None


@dataclass(frozen=True)
class Facts(_Block):
    """Terms with their values; `large` ones are the figures of a theme, others a record.

    A third entry of a large one is a softer note on it.
    """

    pairs: Sequence[Sequence[str]]
    large: bool = False


@dataclass(frozen=True)
class Ladder(_Block):
    """The names of all stages, lowest first, with the one a theme stands at (None without)."""

    names: Sequence[str]
    at: int | None
    title: str
    phases: bool = False


@dataclass(frozen=True)
class Table(_Block):
    """`widths` are the columns' shares of the page, 0 for as narrow as the words allow."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    anchors: Sequence[str] = ()  # one for each row, or none


@dataclass(frozen=True)
class Drawing(_Block):
    chart: Chart


@dataclass(frozen=True)
class Folded(_Block):
    """Blocks that the page folds behind a title; on paper the title is a heading over them."""

    title: str
    blocks: "Sequence[Block]"
    anchor: str = ""


@dataclass(frozen=True)
class Link(_Block):
    """A way on from the page; paper leaves it out."""

    text: str
    address: str


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
class Schedule(_Block):
    """A table that is its own chart: two columns a year, filled where something runs.

    Dates stand in words beside each line, so that nothing is told by the filling alone.
    """

    caption: str
    head: str
    years: Sequence[int]
    runs: Sequence[Run]


@dataclass(frozen=True)
class Signatures(_Block):
    """Lines to sign on: who is to sign, and what each fills in."""

    roles: Sequence[str]
    blanks: Sequence[str]


Block = (
    Heading | Paragraph | Points | Facts | Ladder | Table | Drawing | Folded | Link | Schedule
    | Signatures
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """`code` is its anchor too; `note` stands beside its title in the page's contents."""

    code: str
    title: str
    blocks: Sequence[Block]
    annex: bool = False  # begins a page of its own
    note: str = ""


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as paper has them: none folded, one after the other, without links."""
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            level = block.level
        if isinstance(block, Folded):
            yield Heading(min(level + 1, LOWEST), block.title)
            yield from (one for one in block.blocks if not isinstance(one, Link))
        elif not isinstance(block, Link):
            yield block


@dataclass(frozen=True)
class Cover:
    """`text` is the country's own word on its reports; `label` says what the answers are, where
    they are no assessment; `state` is empty for a published version. `translated` says who reviewed
    the language, empty in the original; a cover with facts has it among them."""

    title: str
    subtitle: str
    period: str
    version: str
    state: str
    label: str
    text: str
    facts: Sequence[tuple[str, str]]
    translated: str = ""


@dataclass(frozen=True)
class Document:
    audience: Audience
    language: str
    cover: Cover
    sections: Sequence[Section]
    sha256: str
    made_at: datetime
    labels: dict[str, str] = field(default_factory=dict)  # the few words a form writes by itself

    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from flat(section.blocks)

    def charts(self) -> list[Chart]:
        return [block.chart for block in self.blocks() if isinstance(block, Drawing)]
