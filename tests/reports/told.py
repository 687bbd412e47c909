"""What the forms of one report tell, so that they can be held against each other.

Texts are compared without spaces, commas, brackets and capitals: forms break lines in their own
ways, and where the page has a mark with its word paper has the word in brackets. The star is drawn.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from docx import Document as open_file
from lxml import html
from pypdf import PdfReader

from reports.models import ReportVersion
from reports.reading import Reading
from reports.rendering import paper
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience, Document
from reports.rendering.sections import KINDS, on_page
from reports.rendering.word import word

Told = list[tuple[str, str]]  # the name of a section and a text in it

# On a page only: what a chart can do, and the title of what paper has on its cover.
ON_SCREEN = (
    "//script",
    "//*[@class='chart-foot']",
    "//summary[../@data-chart-table]",
    "//h2[@id='record']",
)


def plain(text: str) -> str:
    return re.sub(r"[\s,()★]", "", text).casefold()


def of_page(report: ReportVersion) -> Told:
    """Every text of every section of the page, tables of charts included."""
    reading = Reading(report)
    context = {"report": report, "reading": reading, "sections": on_page(reading), "folder": True}
    tree = html.fromstring(render_to_string("reports/report.html", context))
    for one in tree.xpath(" | ".join(ON_SCREEN)):
        one.drop_tree()
    sections = tree.xpath("//section[@class='theme']")
    assert sections
    return [
        (section.xpath("string(h2)"), text.strip())
        for section in sections
        for text in [*section.itertext(), *section.xpath(".//@aria-label")]
        if text.strip()
    ]


def of_description(document: Document) -> Told:
    """Every text that the typesetter is handed; of charts the title, the note and the words."""
    return [
        (section["title"], text)
        for section in paper.as_json(document)["sections"]
        for text in _texts(section["blocks"])
    ]


def _texts(value: Any) -> Iterator[str]:
    match value:
        case {"chart": chart}:
            yield from filter(None, (chart["title"], chart["description"], chart["note"]))
        case dict():
            yield from _texts([one for key, one in value.items() if key not in NOT_TOLD])
        case list() | tuple():
            for one in value:
                yield from _texts(one)
        case str() if value.strip():
            yield value


# How a block is drawn, where it leads, and what stands in the text of a point in words.
NOT_TOLD = {"type", "tone", "anchor", "anchors", "answers", "widths"}


def of_pdf(document: Document) -> str:
    """The text of the pages, without what runs above and below each, and the words of charts."""
    cover, labels = document.cover, document.labels
    around = [f"{cover.title} · {cover.subtitle}", cover.state, cover.label,
              f"{cover.version} · SHA-256 {document.sha256}"]  # fmt: skip
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf(document))).pages]
    told = []
    for number, page in enumerate(map(plain, pages), start=1):
        foot = f"{labels['page']} {number} {labels['of']} {len(pages)}"
        for running in filter(None, [*around, foot]):
            page = page.replace(plain(running), "", 1)
        told.append(page)
    return "".join([*told, *(chart.description for chart in document.charts())])


def of_word(document: Document) -> str:
    """All that stands in the Word file, what its pictures show in words included."""
    pictures = {chart.id: DOT for chart in document.charts()}
    body = open_file(io.BytesIO(word(document, pictures))).element.body
    return "".join([*body.itertext(), *body.xpath(".//wp:docPr/@descr")])


DOT = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)


def missing(told: Told, elsewhere: list[str]) -> list[str]:
    """The texts that do not stand elsewhere, each with its section."""
    found = plain("\n".join(elsewhere))
    return [f"{section}: {text}" for section, text in told if plain(text) not in found]


def differences(report: ReportVersion, language: str) -> dict[str, list[str]]:
    """What one form tells and another does not, by the two forms; all empty where they agree."""
    full = compose(report, Audience.FULL, language, Choices())
    donor = compose(report, Audience.DONOR, language, Choices())  # it has the charts' tables
    page, described = of_page(report), of_description(full)
    titles = [one.title for document in (full, donor) for one in document.sections]
    around = [text for fact in full.cover.facts for text in fact] + [*full.labels.values(), *titles]
    on_paper = [text for _section, text in [*described, *of_description(donor)]]
    on_screen = [text for _section, text in page]
    in_word = [of_word(full), of_word(donor)]
    signing = str(KINDS[-1].title)  # nobody signs a page
    shared = [one for one in described if one[0] != signing]
    return {
        "page, not in the PDF": missing(page, on_paper + around),
        "page, not in Word": missing(page, in_word),
        "PDF, not on the page": missing(shared, on_screen),
        "PDF, not in Word": missing(described, in_word),
    }
