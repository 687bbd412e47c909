"""The Word file: real headings, tables and captions, pictures with words, nothing that runs."""

import io
from dataclasses import replace

import pytest
from docx import Document as open_file
from docx.oxml.ns import qn

from activity.charts import Column
from reports.rendering import paper
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience, Paragraph, Section, Table
from reports.rendering.word import word
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(report_on):
    report = report_on(MIXED, provenance="fictional", label="practice; invented answers")
    return compose(report, Audience.FULL, "en", Choices(cover_text="A word."))


def written(document):
    charts = document.charts()
    drawn = {c.id: p for c, p in zip(charts, paper.pictures(charts, "en"), strict=True)}
    return open_file(io.BytesIO(word(document, drawn)))


def test_it_has_headings_captions_tables_and_described_pictures(document):
    file = written(document)
    styles = [(p.style.name, p.text) for p in file.paragraphs]
    headings = [text for style, text in styles if style == "Heading 1"]
    assert headings == [section.title for section in document.sections]
    captions = [p for p in file.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(file.inline_shapes) + sum(
        table.style.name == "Table Grid" for table in file.tables
    )
    described = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert described == [chart.description for chart in document.charts()]


def test_header_rows_repeat_and_rows_stay_whole(document):
    for table in written(document).tables:
        if table.style.name != "Table Grid":
            continue
        first, *rest = [row._tr.trPr for row in table.rows]
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in rest)


def test_every_page_says_draft_fiction_and_hash(document):
    (section,) = written(document).sections
    assert "Draft · Fictional: practice; invented answers" in section.header.paragraphs[0].text
    assert f"SHA-256 {document.sha256}" in section.footer.paragraphs[0].text


def test_it_says_title_language_and_whence(document):
    properties = written(document).core_properties
    assert properties.title == f"{document.cover.title}: {document.cover.subtitle}"
    assert properties.language == "en"
    assert document.sha256 in properties.comments


def test_the_contents_can_be_renewed_and_are_there_already(document):
    file = written(document)
    codes = "".join(file.element.body.itertext(qn("w:instrText")))
    assert codes == 'TOC \\o "1-2" \\h \\z \\u'
    texts = [p.text for p in file.paragraphs]
    at = texts.index("Contents")
    titles = [section.title for section in document.sections]
    assert texts[at + 1 : at + 1 + len(titles)] == titles


def test_scripts_name_their_fonts_and_control_characters_go(document):
    text = "Law \x0bសហគ្រាស ធុនតូច and ວິສາຫະກິດ"
    section = Section("s", "Title", [Paragraph(text)])
    file = written(replace(document, sections=[section]))
    (line,) = [p for p in file.paragraphs if "Law" in p.text]
    fonts = [(run.text, run.font.name) for run in line.runs]
    assert fonts == [
        ("Law ", None),
        ("សហគ្រាស ធុនតូច", "Noto Sans Khmer"),
        (" and ", None),
        ("ວິສາຫະກິດ", "Noto Sans Lao"),
    ]
    table = next(
        rel.target_part.blob for rel in file.part.rels.values() if "fontTable" in rel.reltype
    )
    assert b'w:name="Noto Sans Lao"><w:altName w:val="Leelawadee UI"' in table


def test_no_column_is_narrower_than_its_longest_word(document):
    table = Table(
        "Widths",
        [Column("Establishments", numeric=True), Column("What"), Column("Applicability")],
        [(12, "Words " * 80, "provisional")],
        widths=(0, 1, 0),
    )
    (shown,) = written(replace(document, sections=[Section("s", "Title", [table])])).tables[-1:]
    narrow, wide, other = (column.width.cm for column in shown.columns)
    assert narrow + wide + other == pytest.approx(16, abs=0.01)
    for width, word_of in ((narrow, "Establishments"), (other, "Applicability")):
        assert 0.19 * len(word_of) < width < 4
    assert wide > narrow + other
