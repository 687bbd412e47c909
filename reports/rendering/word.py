"""The document as a Word file: real headings, tables and captions that a ministry can take over."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from docx import Document as new_file
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from activity.charts import Chart
from reports.rendering.document import (
    Audience,
    Block,
    Document,
    Drawing,
    Facts,
    Heading,
    Ladder,
    Paragraph,
    Points,
    Run,
    Schedule,
    Signatures,
    Table,
    Tone,
    flat,
)
from reports.rendering.word_look import (
    INK,
    SOFT,
    TINT,
    TONES,
    WIDTH,
    clean,
    dress,
    field,
    put,
    widths,
)
from reports.rendering.wording import said, texts


class _Writer:
    def __init__(self, document: Document, pictures: dict[str, bytes]) -> None:
        self.document, self.pictures = document, pictures
        self.file = new_file()
        self.numbers = {"Table": 0, "Figure": 0}
        # Looking a style up for every paragraph would take half the time of a long report.
        self.styles = {style.name: style.style_id for style in self.file.styles}

    def write(self, logo: bytes | None) -> bytes:
        dress(self.file, self.document)
        self._cover(logo)
        for section in self.document.sections:
            self._heading(1, section.title, new_page=section.annex)
            for block in flat(section.blocks):
                self._block(block)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _cover(self, logo: bytes | None) -> None:
        cover, brief = self.document.cover, self.document.audience == Audience.MINISTER
        if logo is not None:
            self.file.add_picture(io.BytesIO(logo), height=Cm(1.8))
        for text in filter(None, (cover.state.capitalize(), cover.label)):
            self._paragraph(text, bold=True)
        put(self.file.add_paragraph(style="Title"), cover.title)
        put(self.file.add_paragraph(style="Subtitle"), cover.subtitle)
        self._paragraph(" · ".join(filter(None, (cover.period, cover.version))))
        if cover.text:
            self._paragraph(cover.text)
        if brief:
            if cover.translated:
                self._paragraph(cover.translated)
            return
        self._facts(cover.facts)
        self._paragraph(self.document.labels["contents"], bold=True, new_page=True)
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
            put(line, section.title)
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
                line = self._styled("List Bullet")
                if point.lead:
                    put(line, f"{point.lead} ", bold=True)
                put(line, said(point))
                if point.note:
                    put(line, f" {point.note}", size=8.5, color=SOFT)
        elif isinstance(block, Facts) and block.large:
            self._large(block.pairs)
        elif isinstance(block, Facts):
            self._facts(block.pairs)
        elif isinstance(block, Ladder):
            self._ladder(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Drawing):
            self._drawing(block.chart)
        elif isinstance(block, Schedule):
            self._schedule(block)
        elif isinstance(block, Signatures):
            for role in block.roles:
                self._paragraph(role, bold=True)
                self._grid([["\n\n" + word for word in block.blanks]])

    def _heading(self, level: int, text: str, *, new_page: bool = False) -> None:
        heading = self._styled(f"Heading {level}")
        heading.paragraph_format.page_break_before = new_page
        put(heading, text)

    def _styled(self, style: str) -> WordParagraph:
        paragraph = self.file.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph

    def _paragraph(self, text: str, *, bold: bool = False, new_page: bool = False) -> None:
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.page_break_before = new_page
        put(paragraph, text, bold=bold)

    def _text(self, block: Paragraph) -> None:
        paragraph = self.file.add_paragraph()
        soft = block.tone == Tone.SOFT
        if block.lead:
            put(paragraph, f"{block.lead} ", bold=True)
        put(paragraph, block.text, size=9 if soft else None, color=SOFT if soft else None)
        if block.tone in (Tone.NOTICE, Tone.FIRM):
            paragraph._p.get_or_add_pPr().append(_shade("clear", "auto", TINT))

    def _large(self, pairs: Sequence[Sequence[str]]) -> None:
        """The figures of a theme in a row, each over its term and the note on it."""
        notes = [pair[2] if len(pair) > 2 else "" for pair in pairs]
        self._grid([[pair[1] for pair in pairs], [pair[0] for pair in pairs], notes])

    def _ladder(self, block: Ladder) -> None:
        """The stages in a row, the one reached said in words as well."""
        here = self.document.labels["phase" if block.phases else "stage"]
        table = self.file.add_table(1, len(block.names))
        for n, (cell, name) in enumerate(zip(table.rows[0].cells, block.names, strict=True), 1):
            put(cell.paragraphs[0], f"{n} {name}", size=8.5, bold=n == block.at)
            if n == block.at:
                put(cell.add_paragraph(), here, size=7.5, color=SOFT)
                cell._tc.get_or_add_tcPr().append(_shade("clear", "auto", TINT))
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

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
                put(cell.paragraphs[0], text, size=9, color=SOFT if at == 0 else None)
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def _caption(self, kind: str, text: str) -> None:
        self.numbers[kind] += 1
        caption = self._styled("Caption")
        put(caption, f"{self.document.labels[kind.lower()]} ")
        field(caption, f"SEQ {kind} \\* ARABIC", str(self.numbers[kind]))
        put(caption, f". {text}")

    def _table(self, block: Table) -> None:
        self._caption("Table", block.caption)
        table = self.file.add_table(1 + len(block.rows), len(block.columns), style="Table Grid")
        table.autofit = not any(block.widths)
        head = [column.label for column in block.columns]
        body = texts(block)
        wide: list[Emu | None] = [None] * len(head)
        if not table.autofit:
            wide = [*widths(block.widths, list(zip(head, *body, strict=True)))]
        for column, width in zip(table.columns, wide, strict=True):
            column.width = width
        for at, (row, cells) in enumerate(zip(table.rows, [head, *body], strict=True)):
            _row_rule(row, "w:tblHeader" if at == 0 else "w:cantSplit")
            for cell, text, column, width in zip(
                row._tr.tc_lst, cells, block.columns, wide, strict=True
            ):
                if width:
                    cell.width = width
                paragraph = WordParagraph(cell.p_lst[0], None)
                paragraph.paragraph_format.space_after = Pt(1)
                if column.numeric:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                put(paragraph, text, size=8.5, bold=at == 0)
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
        put(years.cells[0].merge(halves.cells[0]).paragraphs[0], block.head, size=8, bold=True)
        for at, year in enumerate(block.years):
            both = years.cells[1 + 2 * at].merge(years.cells[2 + 2 * at])
            put(both.paragraphs[0], str(year), size=7, bold=True)
            for half in (1, 2):
                put(halves.cells[2 * at + half].paragraphs[0], str(half), size=7)
        for row, run in zip(rows, block.runs, strict=True):
            _row_rule(row, "w:cantSplit")
            title = row.cells[0].paragraphs[0]
            put(title, run.title, size=8.5)
            put(title, f" {run.note}", size=7.5, color=SOFT)
            for cell, runs in zip(row.cells[1:], run.cells, strict=True):
                if runs:
                    _fill(cell, run)
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def _drawing(self, chart: Chart) -> None:
        self._caption("Figure", chart.title)
        shape = self.file.add_picture(io.BytesIO(self.pictures[chart.id]), width=WIDTH)
        shape._inline.docPr.set("descr", clean(chart.description))
        shape._inline.docPr.set("title", clean(chart.title))
        if chart.note:
            self._text(Paragraph(chart.note, Tone.SOFT))


def word(document: Document, pictures: dict[str, bytes], logo: bytes | None = None) -> bytes:
    """The document as .docx; `pictures` are the charts as PNG by id, `logo` is PNG or JPEG."""
    with translation.override(document.language):
        return _Writer(document, pictures).write(logo)


def _row_rule(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _fill(cell: Any, run: Run) -> None:
    shade = ("diagStripe", INK, "FFFFFF") if run.hatched else ("clear", "auto", TONES[run.tone])
    cell._tc.get_or_add_tcPr().append(_shade(*shade))


def _shade(pattern: str, color: object, fill: str) -> Any:
    shade = OxmlElement("w:shd")
    for name, value in (("val", pattern), ("color", str(color)), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    return shade
