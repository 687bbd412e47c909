"""The sections a report can have, each made from its reading; the switches are their codes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.reading import Reading
from reports.rendering import back_matter, front_matter, item_blocks, theme_blocks
from reports.rendering.document import Audience, Block, Drawing, Section
from reports.rendering.reliance_blocks import doubt
from reports.theme_reading import ThemeReading

PAGE = "page"
MINISTER, FULL, DONOR = Audience.MINISTER, Audience.FULL, Audience.DONOR
SUPPORTERS = ("donors", "service_providers")  # whose assistance a donor reads


@dataclass(frozen=True)
class Kind:
    """A kind of section, or of part of every theme's section (`per_theme`).

    `switch` is what a country's choices call it, `readers` are the audiences of paper and the page.
    The page shows it at `anchor`; on paper an `annex` begins a page of its own. Nobody switches
    off what is there `always`.
    """

    code: str
    switch: Any
    build: Callable[..., Iterator[Block]]
    readers: Sequence[str]
    title: Any = ""
    anchor: str = ""
    annex: bool = False
    always: bool = False
    per_theme: bool = False


# In the order of the report; the parts of themes stand together, theme by theme.
KINDS = [
    Kind("summary", gettext_lazy("The stages in one sentence each"), front_matter.summary,
         (MINISTER, FULL, DONOR, PAGE), gettext_lazy("In one sentence each")),
    Kind("priorities", gettext_lazy("What comes first"), front_matter.priorities,
         (MINISTER, FULL, PAGE), gettext_lazy("What comes first")),
    Kind("changes", gettext_lazy("What changed since the last round"), front_matter.changes,
         (MINISTER, FULL, DONOR, PAGE), gettext_lazy("Since the last round")),
    Kind("plan", gettext_lazy("What became of the last plan"), front_matter.last_plan,
         (FULL, DONOR, PAGE), gettext_lazy("What became of the plan"), anchor="last-plan"),
    Kind("common", gettext_lazy("Beside other countries, for a national edition"),
         front_matter.common, (FULL, DONOR, PAGE), gettext_lazy("Beside other countries")),
    Kind("agreement", gettext_lazy("How far the sheets agree, over all themes"),
         front_matter.agreement, (FULL, DONOR, PAGE), gettext_lazy("How far the sheets agree")),
    Kind("themes", gettext_lazy("Each theme: where it stands"), theme_blocks.standing,
         (FULL, DONOR, PAGE), per_theme=True),
    Kind("unknowns", gettext_lazy("Each theme: what to find out first"), theme_blocks.unknowns,
         (FULL, DONOR, PAGE), per_theme=True),
    Kind("way", gettext_lazy("Each theme: the way to the next stage"), theme_blocks.way,
         (FULL, PAGE), per_theme=True),
    Kind("assistance", gettext_lazy("Each theme: assistance that fits"), theme_blocks.assistance,
         (FULL, DONOR, PAGE), per_theme=True),
    Kind("doubt", gettext_lazy("Each theme: agreement and what is contested"), doubt,
         (FULL, DONOR, PAGE), per_theme=True),
    Kind("drawings", gettext_lazy("Each theme: charts"), theme_blocks.levels,
         (FULL,), per_theme=True),
    Kind("theme-items", "", item_blocks.of_theme, (PAGE,), per_theme=True),
    Kind("country", gettext_lazy("The country in figures"), front_matter.country,
         (FULL, PAGE), gettext_lazy("The country in figures"), anchor="country-profile"),
    Kind("method", gettext_lazy("How this was computed"), back_matter.method,
         (FULL, DONOR, PAGE), gettext_lazy("How this was computed"), anchor="how"),
    Kind("replies", gettext_lazy("Annex: replies of the assessed ministries"),
         back_matter.replies, (FULL, DONOR, PAGE),
         gettext_lazy("Replies of the assessed ministries"), annex=True, always=True),
    Kind("settled", gettext_lazy("Annex: what was settled, objections and dissent"),
         item_blocks.settled, (FULL, DONOR),
         gettext_lazy("What was settled, objections and dissent"), annex=True),
    Kind("witnesses", gettext_lazy("Annex: what indicators say"), item_blocks.witnesses,
         (FULL, DONOR, PAGE), gettext_lazy("What indicators say"), annex=True),
    Kind("items", gettext_lazy("Annex: item by item"), item_blocks.items,
         (FULL, DONOR), gettext_lazy("Item by item"), annex=True),
    Kind("numbers", gettext_lazy("Annex: the numbers behind the charts"), back_matter.numbers,
         (DONOR,), gettext_lazy("The numbers behind the charts"), annex=True),
    Kind("sources", gettext_lazy("Annex: sources"), back_matter.sources,
         (FULL, DONOR, PAGE), gettext_lazy("Sources"), annex=True),
    Kind("record", "", back_matter.recorded, (PAGE,), pgettext_lazy("of a computation", "Record")),
    Kind("signing", gettext_lazy("Sign-off page"), back_matter.signing, (FULL,),
         gettext_lazy("Sign-off"), annex=True),
]  # fmt: skip


def offered(audience: Audience) -> list[Kind]:
    """What a country may switch off for an audience."""
    return [kind for kind in KINDS if audience in kind.readers and not kind.always]


def on_paper(reading: Reading, audience: Audience, off: frozenset[str]) -> list[Section]:
    """The sections the audience is offered but for those switched off, empty ones left out."""
    kinds = [
        kind for kind in KINDS if audience in kind.readers and (kind.always or kind.code not in off)
    ]
    return list(_sections(reading, kinds, audience))


def on_page(reading: Reading) -> list[Section]:
    """The sections of the report's page."""
    return list(_sections(reading, [kind for kind in KINDS if PAGE in kind.readers], PAGE))


def _sections(reading: Reading, kinds: list[Kind], reader: str) -> Iterator[Section]:
    parts = [kind for kind in kinds if kind.per_theme]
    for kind in kinds:
        if not kind.per_theme:
            if blocks := list(kind.build(reading)):
                anchor = kind.anchor or kind.code
                yield Section(anchor, str(kind.title), blocks, annex=kind.annex)
        elif kind is parts[0]:
            for theme in reading.themes:
                if blocks := _of_theme(theme, parts, reader):
                    yield Section(theme.code, theme.title, blocks, note=_note(theme))


def _of_theme(theme: ThemeReading, parts: list[Kind], reader: str) -> list[Block]:
    blocks = []
    for kind in parts:
        narrower = (SUPPORTERS,) if (kind.code, reader) == ("assistance", DONOR) else ()
        blocks += kind.build(theme, *narrower)
    drawn = reader == PAGE or any(kind.code == "drawings" for kind in parts)
    return [block for block in blocks if drawn or not isinstance(block, Drawing)]


def _note(theme: ThemeReading) -> str:
    if theme.stage is None:
        return ""
    return theme.phase or _("stage %(stage)s") % {"stage": theme.stage}
