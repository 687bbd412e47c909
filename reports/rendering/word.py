"""The document as a Word file: real headings, tables and captions that a ministry can take over."""

import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from docx import Document as new_file
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from activity.charts import Chart
from reports.rendering.document import (
    Audience,
    Block,
    Document,
    Drawing,
    Facts,
    Heading,
    Paragraph,
    Points,
    Run,
    Schedule,
    Signatures,
    Table,
    Tone,
)
from reports.rendering.paper import words

INK, BRAND, SOFT = (RGBColor.from_string(c) for c in ("1B2A33", "0F4C5C", "4A5A63"))
TINT = "E4EEF0"
TONES = {"level-3": "7FADB4", "level-4": "2F7480", "level-5": "0A3540"}
TEXT, HEAD = "Noto Sans", "Source Serif 4"
# What a machine without our fonts takes instead (Windows has these), by the fonts' table.
INSTEAD = {
    TEXT: "Calibri",
    HEAD: "Cambria",
    "Noto Sans Khmer": "Leelawadee UI",
    "Noto Sans Lao": "Leelawadee UI",
    "Noto Sans Thai": "Leelawadee UI",
    "Noto Sans Myanmar": "Myanmar Text",
}
SCRIPTS = {
    "Noto Sans Thai": "\u0e00-\u0e7f",
    "Noto Sans Lao": "\u0e80-\u0eff",
    "Noto Sans Myanmar": "\u1000-\u109f",
    "Noto Sans Khmer": "\u1780-\u17ff\u19e0-\u19ff",
}
RUNS = re.compile("|".join(f"([{s}]+(?:[ \u200b]*[{s}]+)*)" for s in SCRIPTS.values()))
# XML knows no control characters; a text that holds one is shown without it.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WIDTH = Cm(16)


class _Writer:
    def __init__(self, document: Document, pictures: dict[str, bytes]) -> None:
        self.document, self.pictures = document, pictures
        self.file = new_file()
        self.numbers = {"Table": 0, "Figure": 0}

    def write(self, logo: bytes | None) -> bytes:
        self._look()
        self._cover(logo)
        for section in self.document.sections:
            self._heading(1, section.title, new_page=section.annex)
            for block in section.blocks:
                self._block(block)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    # ---- how it looks, once for the file ----

    def _look(self) -> None:
        cover = self.document.cover
        properties = self.file.core_properties
        properties.title = _clean(f"{cover.title}: {cover.subtitle}")
        properties.subject = _clean(cover.period)
        properties.author = ""
        properties.comments = f"SHA-256 {self.document.sha256}"
        properties.language = self.document.language
        # The moment of making would give two files of one snapshot.
        properties.created = properties.modified = self.document.made_at.replace(tzinfo=None)
        page = self.file.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.5)
        page.top_margin, page.bottom_margin = Cm(2.5), Cm(2.2)
        self._style("Normal", TEXT, 10, INK, after=6)
        self._style("Title", HEAD, 30, INK, after=4, bold=True)
        self._style("Subtitle", HEAD, 16, BRAND, after=10, bold=True)
        for level, size in ((1, 17), (2, 12.5)):
            self._style(f"Heading {level}", HEAD, size, INK if level == 1 else BRAND,
                        before=18 if level == 1 else 12, after=6, bold=True)  # fmt: skip
        self._style("Caption", TEXT, 9, INK, before=8, after=4, bold=True)
        self._style("List Bullet", TEXT, 10, INK, after=4)
        self.file.styles["Caption"].paragraph_format.keep_with_next = True
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), self.document.language)
        self.file.styles["Normal"].element.get_or_add_rPr().append(language)
        self._lines()
        self._fonts_instead()
        self._running(page)

    def _style(
        self, name: str, font: str, size: float, color: RGBColor, *,
        before: float = 0, after: float = 0, bold: bool = False,
    ) -> None:  # fmt: skip
        style = self.file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), color
        style.font.bold, style.font.italic = bold, False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if "heme" in key]:  # a theme's font would win
            del fonts.attrib[key]
        for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(which), font)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)

    def _lines(self) -> None:
        """Tables have thin lines between their rows and none between their columns."""
        (borders,) = self.file.styles["Table Grid"].element.xpath(".//w:tblBorders")
        for border in borders:
            upright = border.tag in (qn("w:left"), qn("w:right"), qn("w:insideV"))
            border.set(qn("w:val"), "nil" if upright else "single")
            border.set(qn("w:color"), "76807F")

    def _fonts_instead(self) -> None:
        (part,) = [
            rel.target_part
            for rel in self.file.part.rels.values()
            if rel.reltype.endswith("/fontTable")
        ]
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
            for name, other in INSTEAD.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")

    def _running(self, page: Any) -> None:
        """On every page: what it is above, hash and page number below."""
        cover = self.document.cover
        head = page.header.paragraphs[0]
        flags = " · ".join(filter(None, (cover.state.capitalize(), cover.label)))
        self._run(head, f"{cover.title} · {cover.subtitle}", size=8, color=SOFT)
        if flags:
            self._run(head, f"    {flags}", size=8, bold=True)
        foot = page.footer.paragraphs[0]
        version = f"{cover.version} · SHA-256 {self.document.sha256}"
        self._run(foot, f"{version}    {self.document.words['page']} ", size=6.5, color=SOFT)
        _field(foot, "PAGE", "1")

    # ---- the parts ----

    def _cover(self, logo: bytes | None) -> None:
        cover, brief = self.document.cover, self.document.audience == Audience.MINISTER
        if logo is not None:
            self.file.add_picture(io.BytesIO(logo), height=Cm(1.8))
        for text in filter(None, (cover.state.capitalize(), cover.label)):
            self._paragraph(text, bold=True)
        self._run(self.file.add_paragraph(style="Title"), cover.title)
        self._run(self.file.add_paragraph(style="Subtitle"), cover.subtitle)
        self._paragraph(f"{cover.period}. {cover.version}.")
        if cover.text:
            self._paragraph(cover.text)
        if brief:
            return
        self._facts(cover.facts)
        self._paragraph(self.document.words["contents"], bold=True, new_page=True)
        self._contents()
        # Word adds the page numbers when it opens the file.
        update = OxmlElement("w:updateFields")
        update.set(qn("w:val"), "true")
        self.file.settings.element.append(update)
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _contents(self) -> None:
        """A contents field, its lines written already for those who cannot update it."""
        lines = [self.file.add_paragraph() for _section in self.document.sections]
        if not lines:
            return
        for line, section in zip(lines, self.document.sections, strict=True):
            self._run(line, section.title)
        begin = lines[0].runs[0]._r
        for kind in ("begin", "separate"):
            run = OxmlElement("w:r")
            if kind == "separate":
                code = OxmlElement("w:instrText")
                code.text = 'TOC \\o "1-2" \\h \\z \\u'
                run.append(code)
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
            begin.addprevious(run)
        end = OxmlElement("w:fldChar")
        end.set(qn("w:fldCharType"), "end")
        lines[-1].add_run()._r.append(end)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block.level, block.text)
        elif isinstance(block, Paragraph):
            self._text(block)
        elif isinstance(block, Points):
            for point in block.points:
                line = self.file.add_paragraph(style="List Bullet")
                if point.lead:
                    self._run(line, f"{point.lead} ", bold=True)
                self._run(line, point.text)
                if point.note:
                    self._run(line, f" {point.note}", size=8.5, color=SOFT)
        elif isinstance(block, Facts) and block.large:
            self._grid([[value for _term, value in block.pairs], [t for t, _v in block.pairs]])
        elif isinstance(block, Facts):
            self._facts(block.pairs)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Drawing):
            self._drawing(block.chart)
        elif isinstance(block, Schedule):
            self._schedule(block)
        elif isinstance(block, Signatures):
            for role in block.roles:
                self._paragraph(role, bold=True)
                self._grid([["\n\n" + word for word in block.words]])

    def _heading(self, level: int, text: str, *, new_page: bool = False) -> None:
        heading = self.file.add_heading(level=level)
        heading.paragraph_format.page_break_before = new_page
        self._run(heading, text)

    def _paragraph(self, text: str, *, bold: bool = False, new_page: bool = False) -> None:
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.page_break_before = new_page
        self._run(paragraph, text, bold=bold)

    def _text(self, block: Paragraph) -> None:
        paragraph = self.file.add_paragraph()
        soft = block.tone == Tone.SOFT
        if block.lead:
            self._run(paragraph, f"{block.lead} ", bold=True)
        self._run(paragraph, block.text, size=9 if soft else None, color=SOFT if soft else None)
        if block.tone == Tone.NOTICE:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), TINT)
            paragraph._p.get_or_add_pPr().append(shade)

    def _facts(self, pairs: Any) -> None:
        self._grid([[term, value] for term, value in pairs], first=Cm(4.5))

    def _grid(self, rows: list[list[str]], first: Emu | None = None) -> None:
        """A plain table without lines; its first column may have a width of its own."""
        if not rows:
            return
        table = self.file.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                if first is not None:
                    cell.width = first if at == 0 else Emu(WIDTH - first)
                self._run(cell.paragraphs[0], text, size=9, color=SOFT if at == 0 else None)
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def _caption(self, kind: str, text: str) -> None:
        self.numbers[kind] += 1
        caption = self.file.add_paragraph(style="Caption")
        self._run(caption, f"{self.document.words[kind.lower()]} ")
        _field(caption, f"SEQ {kind} \\* ARABIC", str(self.numbers[kind]))
        self._run(caption, f". {text}")

    def _table(self, block: Table) -> None:
        self._caption("Table", block.caption)
        table = self.file.add_table(1 + len(block.rows), len(block.columns), style="Table Grid")
        table.autofit = not any(block.widths)
        head = [column.label for column in block.columns]
        body = [[words(cell) for cell in row] for row in block.rows]
        widths = _widths(block)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, (row, cells) in enumerate(zip(table.rows, [head, *body], strict=True)):
            _row_rule(row, "w:tblHeader" if at == 0 else "w:cantSplit")
            for cell, text, column, width in zip(
                row._tr.tc_lst, cells, block.columns, widths, strict=True
            ):
                if width:
                    cell.width = width
                paragraph = WordParagraph(cell.p_lst[0], None)
                paragraph.paragraph_format.space_after = Pt(1)
                if column.numeric:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._run(paragraph, text, size=8.5, bold=at == 0)
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def _schedule(self, block: Schedule) -> None:
        self._caption("Table", block.caption)
        count = 2 * len(block.years)
        table = self.file.add_table(2 + len(block.runs), 1 + count, style="Table Grid")
        table.autofit = False
        narrow = min(Cm(0.65), Emu(Cm(10) // count))
        for column, width in zip(table.columns, [Emu(WIDTH - count * narrow)] + [narrow] * count,
                                 strict=True):  # fmt: skip
            column.width = width
            for cell in column.cells:
                cell.width = width
        years, halves, *rows = table.rows
        for row in (years, halves):
            _row_rule(row, "w:tblHeader")
        self._run(
            years.cells[0].merge(halves.cells[0]).paragraphs[0], block.head, size=8, bold=True
        )
        for at, year in enumerate(block.years):
            wide = years.cells[1 + 2 * at].merge(years.cells[2 + 2 * at])
            self._run(wide.paragraphs[0], str(year), size=7, bold=True)
            for half in (1, 2):
                self._run(halves.cells[2 * at + half].paragraphs[0], str(half), size=7)
        for row, run in zip(rows, block.runs, strict=True):
            _row_rule(row, "w:cantSplit")
            title = row.cells[0].paragraphs[0]
            self._run(title, run.title, size=8.5)
            self._run(title, f" {run.note}", size=7.5, color=SOFT)
            for cell, runs in zip(row.cells[1:], run.cells, strict=True):
                if runs:
                    _fill(cell, run)
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def _drawing(self, chart: Chart) -> None:
        self._caption("Figure", chart.title)
        shape = self.file.add_picture(io.BytesIO(self.pictures[chart.id]), width=WIDTH)
        shape._inline.docPr.set("descr", _clean(chart.description))
        shape._inline.docPr.set("title", _clean(chart.title))
        if chart.note:
            self._text(Paragraph(chart.note, Tone.SOFT))

    def _run(
        self, paragraph: WordParagraph, text: str, *,
        size: float | None = None, bold: bool | None = None, color: RGBColor | None = None,
    ) -> None:  # fmt: skip
        for part, font in _by_script(_clean(text)):
            run = paragraph.add_run(part)
            run.font.size = Pt(size) if size else None
            run.font.bold = bold
            if color is not None:
                run.font.color.rgb = color
            if font:
                fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
                for which in ("w:ascii", "w:hAnsi", "w:cs"):
                    fonts.set(qn(which), font)


def word(document: Document, pictures: dict[str, bytes], logo: bytes | None = None) -> bytes:
    """The document as .docx; `pictures` are the charts as PNG by id, `logo` is PNG or JPEG."""
    with translation.override(document.language):
        return _Writer(document, pictures).write(logo)


def _clean(text: str) -> str:
    return CONTROL.sub("", text)


def _by_script(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the font of its script, or none for the style's own."""
    at = 0
    for found in RUNS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], ""
        yield found[0], list(SCRIPTS)[found.lastindex - 1]
        at = found.end()
    if at < len(text):
        yield text[at:], ""


def _field(paragraph: WordParagraph, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    field.append(run._r)
    paragraph._p.append(field)


def _row_rule(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _fill(cell: Any, run: Run) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "diagStripe" if run.hatched else "clear")
    shade.set(qn("w:color"), "1B2A33" if run.hatched else "auto")
    shade.set(qn("w:fill"), "FFFFFF" if run.hatched else TONES[run.tone])
    cell._tc.get_or_add_tcPr().append(shade)


def _widths(block: Table) -> list[Emu | None]:
    """The columns' widths; what paper keeps as narrow as its words gets 2 cm."""
    if not any(block.widths):
        return [None] * len(block.columns)
    narrow = Cm(2)
    room = WIDTH - narrow * block.widths.count(0)
    shares = sum(block.widths)
    return [Emu(int(room * w / shares)) if w else narrow for w in block.widths]
