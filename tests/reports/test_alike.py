"""One report, every form: page, PDF, Word, Excel and JSON give the same figures and findings."""

import io
import json
import re
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings
from docx import Document as open_file
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.files import files_of
from reports.models import ReportVersion
from reports.reading import Reading
from reports.rendering import front_matter, paper
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience, Block, Folded, Link, Schedule, Signatures, Table
from reports.rendering.sections import DONOR, FULL, KINDS, PAGE
from reports.rendering.wording import texts as cells
from tests.reports import told
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


def plain(text: str) -> str:
    """Letters and digits only: forms break lines and set spaces in their own ways."""
    return re.sub(r"\s+", "", text)


def of_word(content: bytes) -> str:
    return "".join(open_file(io.BytesIO(content)).element.body.itertext())


def of_pdf(content: bytes) -> str:
    """The text of the pages without what runs above and below each."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return "".join(pages)


def of_page(content: bytes) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", content.decode()))


@pytest.fixture
def report(report_on) -> ReportVersion:
    return report_on(MIXED, provenance="fictional", label="practice; invented answers")


@pytest.fixture
def files(report) -> dict[str, bytes]:
    return files_of(report)


def test_every_form_tells_the_same_findings(report, files):
    reading = Reading(report)
    texts = {
        "page": plain(of_page(files["report.html"])),
        **{name: plain(of_pdf(files[name])) for name in ("full.pdf", "minister.pdf")},
        **{name: plain(of_word(files[name])) for name in ("full.docx", "minister.docx")},
    }
    for name, text in texts.items():
        for theme in reading.themes:
            finding = theme.sentence.removeprefix(f"{theme.title}: ")
            assert plain(finding) in text, (name, finding)
        assert plain(reading.profile_chart.title) in text, name
        assert report.snapshot["round"]["label"].replace(" ", "") in text, name


def test_every_form_gives_the_same_figures_of_a_theme(report, files):
    book = load_workbook(io.BytesIO(files["full.xlsx"]))
    head, *rows = list(book["Themes"].values)[3:]
    texts = [
        plain(of_page(files["report.html"])),
        plain(of_pdf(files["full.pdf"])),
        plain(of_word(files["full.docx"])),
    ]
    themes = json.loads(files["snapshot.json"])["snapshot"]["result"]["themes"]
    for row, theme in zip(rows, themes, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert (cells["Stage"], cells["Needed"]) == (theme["stage"], theme["needs"])
        # A workbook keeps 16 digits of a number.
        assert cells["Position"] == pytest.approx(theme["position"], abs=1e-9)
        assert cells["Mean level"] == pytest.approx(theme["mean_level"], abs=1e-9)
        for text in texts:
            assert f"{cells['Position']:.2f}" in text
            assert f"{cells['Mean level']:.1f}" in text
            assert plain(cells["Needed"]) in text


def test_word_and_pdf_hold_every_cell_of_every_table(report, files):
    for audience in Audience:
        document = compose(report, audience, "en", Choices())
        texts = [
            plain(of_pdf(files[f"{audience}.pdf"])),
            plain(of_word(files[f"{audience}.docx"])),
        ]
        for table in document.blocks():
            if not isinstance(table, Table):
                continue
            for cell in (cell for row in cells(table) for cell in row):
                for text in texts:
                    assert plain(cell) in text, (audience, table.caption, cell)


def test_excel_holds_the_numbers_of_the_charts(report, files):
    book = load_workbook(io.BytesIO(files["full.xlsx"]))
    for kind, name in (("coverage", "Coverage"), ("rescoring", "Re-scorings")):
        held = [row[1:] for row in list(book[name].values)[4:]]
        charts = Reading(report).all_charts
        assert held == [
            tuple(row)
            for key, chart in charts.items()
            if key.startswith(kind)
            for row in chart.rows
        ]


# What only one of page and full report has, and where the other tells it.
APART = {
    "drawings": "the page draws the items under theme-items",
    "theme-items": "paper has them in the annex items",
    "items": "the page has them under theme-items",
    "settled": "the page tells it with each item",
    "record": "paper has it on the cover",
    "signing": "nobody signs a page",
    "numbers": "the page has each table under its chart, the donor annex all of them",
}


def test_a_section_of_one_form_is_one_of_every_form():
    apart = {kind.code for kind in KINDS if (PAGE in kind.readers) != (FULL in kind.readers)}
    assert apart | {"numbers"} == APART.keys()
    assert {kind.code for kind in KINDS if DONOR in kind.readers and FULL not in kind.readers} == {
        "numbers"
    }


def test_every_form_knows_every_kind_of_block():
    page = Path(settings.BASE_DIR, "templates/reports/blocks.html").read_text()
    pdf = (paper.HERE / "report.typ").read_text()
    word = (paper.HERE / "word.py").read_text()
    for block in get_args(Block):
        kind = block.__name__
        assert f'"{kind.lower()}"' in page or block in (Schedule, Signatures), kind
        if block not in (Folded, Link):
            assert f'"{kind.lower()}"' in pdf, kind
            assert f"isinstance(block, {kind})" in word, kind


def test_the_pages_of_the_pdf_hold_all_that_the_other_forms_tell(report):
    """Of a report without long tables: a cell that goes on over a page is not found as one text."""
    for audience in Audience:
        document = compose(report, audience, "en", Choices())
        assert told.missing(told.of_description(document), [told.of_pdf(document)]) == []


def test_what_one_form_leaves_out_is_missed_by_its_name(report, monkeypatch):
    page = told.of_page(report)
    monkeypatch.setattr(front_matter, "_cost", lambda _theme: "")
    full = compose(report, Audience.FULL, "en", Choices())
    described = [text for _section, text in told.of_description(full)]
    assert "In one sentence each: stage 3 takes 2 items at an effort of 2" in told.missing(
        page, described
    )
