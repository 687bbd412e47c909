"""The PDF: whole, tagged, labelled on every page, in every script, and stopped at its limits."""

import io
import random
import re
import struct
import subprocess
import zlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from activity.charts import ON_SCREEN, TONES, Chart, Column, Kind, Mark, Scale, Series, Threshold
from reports.rendering import paper
from reports.rendering.composing import Choices, compose
from reports.rendering.document import (
    Audience,
    Document,
    Heading,
    Point,
    Points,
    Section,
    Table,
)
from reports.rendering.wording import cell_text
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db

SCRIPTS = {
    "Khmer": "សហគ្រាសធុនតូច",
    "Lao": "ວິສາຫະກິດຂະໜາດນ້ອຍ",
    "Burmese": "အသေးစားလုပ်ငန်း",
    "Thai": "วิสาหกิจขนาดย่อม",
    "Mongolian": "Жижиг дунд үйлдвэр, өрсөлдөөн",
    "Russian": "Малые предприятия, щёлочь",
    "Vietnamese": "Doanh nghiệp nhỏ và vừa, thị trường",
    "French": "Où en sont-elles ? Ça s’éclaire: œuvre, naïf",
}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def documents(report_on):
    """The document of one fictional draft for each audience."""
    report = report_on(MIXED, provenance="fictional", label="practice; invented answers")
    return {a: compose(report, a, "en", Choices(cover_text="A word.")) for a in Audience}


def test_every_page_says_draft_fiction_hash_and_its_number(documents):
    for audience, document in documents.items():
        pages = read(paper.pdf(document)).pages
        for number, page in enumerate(pages, start=1):
            text = words(page.extract_text())
            assert "Draft" in text, audience
            assert "Fictional: practice; invented answers" in text
            assert f"SHA-256 {document.sha256}" in text
            assert f"Page {number} of {len(pages)}" in text


def test_a_published_version_wears_no_state(documents):
    document = documents[Audience.MINISTER]
    published = replace(document, cover=replace(document.cover, state=""))
    assert "Draft" not in read(paper.pdf(published)).pages[0].extract_text()


def test_the_minister_gets_two_pages_at_most(documents):
    assert len(read(paper.pdf(documents[Audience.MINISTER])).pages) <= 2


def test_it_is_tagged_with_title_language_bookmarks_and_alternatives(documents):
    document = documents[Audience.FULL]
    pdf = read(paper.pdf(document))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pdf.metadata.title == f"{document.cover.title}: {document.cover.subtitle}"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    bookmarks = [one.title for one in pdf.outline if not isinstance(one, list)]
    assert bookmarks == [section.title for section in document.sections]
    alternatives = _alternatives(root["/StructTreeRoot"])
    assert [chart.description for chart in document.charts()] == alternatives


def _alternatives(node) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [alt for child in node for alt in _alternatives(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])


def test_the_contents_give_the_page_of_each_section(documents):
    pdf = read(paper.pdf(documents[Audience.FULL]))
    contents = words(pdf.pages[1].extract_text())
    for section in documents[Audience.FULL].sections:
        found = re.search(rf"{re.escape(section.title)}[ .]+(\d+)", contents)
        assert found, section.title
        assert section.title in words(pdf.pages[int(found[1]) - 1].extract_text())


def test_charts_are_vectors(documents):
    pdf = read(paper.pdf(documents[Audience.FULL]))
    assert not [image for page in pdf.pages for image in page.images]


def test_every_script_is_set_in_a_font_that_has_it(documents):
    points = Points([Point(text, lead=text) for text in SCRIPTS.values()])
    section = Section("scripts", " ".join(SCRIPTS.values()), [points])
    pdf = read(paper.pdf(replace(documents[Audience.MINISTER], sections=[section])))
    fonts = {f["/BaseFont"].split("+")[1] for f in pdf.pages[0]["/Resources"]["/Font"].values()}
    for script in ("Khmer", "Lao", "Myanmar", "Thai"):
        assert {f"NotoSans{script}-Regular", f"NotoSans{script}-Bold"} <= fonts
    shown = words(pdf.pages[0].extract_text())
    for script in ("Mongolian", "Russian", "Vietnamese", "French"):
        assert SCRIPTS[script] in shown


def test_fonts_cover_the_letters_of_the_scripts():
    covered = set()
    for path in paper.FONTS.glob("*-Regular.ttf"):
        covered |= set(TTFont(path).getBestCmap())
    for name, text in SCRIPTS.items():
        assert {c for c in text if ord(c) not in covered} == set(), name


def test_the_same_document_gives_the_same_file(documents):
    document = documents[Audience.FULL]
    assert paper.pdf(document) == paper.pdf(document)


def test_markup_in_a_text_is_text(documents):
    text = '#read("/etc/passwd") *bold* $x$ <b> \\ @ref'
    section = Section("s", "Title", [Points([Point(text)])])
    pdf = read(paper.pdf(replace(documents[Audience.MINISTER], sections=[section])))
    assert text in words(pdf.pages[0].extract_text())


def test_a_typesetter_that_hangs_is_stopped(documents, monkeypatch, settings):
    settings.RENDER_SECONDS = 0.01
    with pytest.raises(paper.TakesTooLong):
        paper.pdf(documents[Audience.FULL])


def test_a_fault_of_the_typesetter_is_told_and_its_words_are_in_the_log(documents, caplog):
    broken = replace(documents[Audience.MINISTER], language="no language")
    with pytest.raises(paper.NotSet, match=r"cannot make this document\. "):
        paper.pdf(broken)
    assert "language" in caplog.text


def test_too_little_memory_and_a_damaged_or_lost_logo_have_a_sentence_each(documents, tmp_path):
    document = documents[Audience.MINISTER]
    logo = tmp_path / "logo.png"
    with pytest.raises(paper.NoPicture, match="no longer there"):
        paper.pdf(document, logo)
    logo.write_bytes(b"\x89PNG\r\n\x1a\n and rubbish")
    with pytest.raises(paper.NoPicture, match="damaged"):
        paper.pdf(document, logo)
    logo.write_bytes(PNG_OF_60000_BY_60000)
    with pytest.raises(paper.TooLarge, match="more memory"):
        paper.as_png(logo)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG_OF_60000_BY_60000 = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"little"))
    + _chunk(b"IEND", b"")
)


def with_texts(document: Document, texts: list[str]) -> Document:
    """The document with these texts wherever people write: cover, headings, cells, points."""
    blocks = [
        Points([Point(text, lead=text, note=text) for text in texts]),
        Table("Said", [Column("What")], [[text] for text in texts]),
        *(Heading(2, text) for text in texts),
    ]
    cover = replace(document.cover, text=texts[0], label=texts[-1])
    return replace(document, cover=cover, sections=[Section("said", "Said", blocks)])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(texts=["", "\n", "\u200b", "\x07", "\ufeff", "\x00", "\ufffe", "\ue000", "\u3000"])
@given(texts=st.lists(st.text(), min_size=40))
def test_no_text_whatsoever_makes_the_paper_fail(documents, texts):
    assert paper.pdf(with_texts(documents[Audience.FULL], texts)).startswith(b"%PDF")


def test_marks_on_letters_of_another_script_do_not_make_the_paper_fail(documents):
    rng = random.Random(7)
    marks = ["".join(map(chr, rng.choices(CODES, k=6))) for _ in range(2_000)]
    assert paper.pdf(with_texts(documents[Audience.MINISTER], marks)).startswith(b"%PDF")


# Combining marks, letters of every script of the fonts, and what is invisible or of no font.
CODES = [*range(0x300, 0x370), *range(0xE00, 0xEDF), *range(0x1000, 0x1100), *range(0x1780, 0x17E0),
         *range(0x1DC0, 0x1E00), 0x61, 0x41F, 0xAD, 0x200B, 0x200D, 0x202E, 0x25CC, 0x4EF6, 0xFE0F,
         0xFEFF, 0x1F44D]  # fmt: skip


def test_what_no_font_has_is_a_box_and_named_at_the_end(documents):
    said = with_texts(documents[Audience.MINISTER], ["We agree \a👍 (见附件)", "Plain"])
    shown = words("".join(page.extract_text() for page in read(paper.pdf(said)).pages))
    assert "We agree ■ (■■■)" in shown
    assert "No font of this document has these characters" in shown
    assert "U+1F44D, U+89C1, U+9644, U+4EF6" in shown
    plain = read(paper.pdf(documents[Audience.MINISTER])).pages[-1].extract_text()
    assert "No font of this document" not in words(plain)


def test_a_chart_with_such_characters_is_drawn(documents):
    (chart, *_rest) = documents[Audience.FULL].charts()
    assert paper.pictures([replace(chart, title="👍 见")], "en")[0].startswith(b"\x89PNG")


def test_numbers_are_written_as_they_are_read():
    cells = [None, "", "text", 3, 2.5, Decimal("7.50")]
    assert [cell_text(cell) for cell in cells] == ["–", "–", "text", "3", "2.5", "7.50"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ON_SCREEN])
def test_every_kind_of_chart_is_drawn(kind):
    chart = Chart(
        id="c",
        kind=kind,
        title="A finding",
        description="In words",
        columns=[Column("What")],
        rows=[],
        categories=["a", "b", "a long name that has to be broken over several lines of its own"],
        series=[
            Series("One", [1.5, None, 3], labels=["x", "", "y"], mark=mark, tones=["level-2"])
            for mark in (Mark if kind in (Kind.DOTS, Kind.LINES) else [Mark.FULL])
        ],
        scale=Scale(1, 5, step=1, title="Value", unit=" %"),
        axis="Categories",
        threshold=Threshold(2.5, "the mark"),
    )
    first, second = paper.pictures([chart, chart], "en")
    assert first.startswith(b"\x89PNG")
    assert first == second


def test_the_colours_of_paper_are_those_of_the_screen():
    paints = re.findall(r'"([\w-]+)": rgb\("(#\w{6})"\)', (paper.HERE / "charts.typ").read_text())
    css = Path(django_settings.BASE_DIR, "static/css/stages.css").read_text().split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6});", css))
    assert dict(paints).items() <= tokens.items()
    assert set(dict(paints)) >= TONES


def test_the_fonts_are_those_that_are_listed():
    listed = (paper.FONTS / "README.md").read_text()
    for path in paper.FONTS.glob("*.ttf"):
        digest = subprocess.run(
            ["sha256sum", str(path)], capture_output=True, text=True, check=True
        ).stdout.split()[0]
        assert f"| `{path.name}` |" in listed
        assert digest in listed
