"""How a Word file looks: page, styles, fonts, what runs on every page, and text in its scripts."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from reports.rendering.document import Document

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
HEADINGS = {1: (HEAD, 17, INK, 18), 2: (HEAD, 12.5, BRAND, 12), 3: (TEXT, 10, INK, 8)}


def dress(file: Any, document: Document) -> None:
    """Give a new file its properties, page, styles and fonts, and what every page says."""
    properties, cover = file.core_properties, document.cover
    properties.title = clean(f"{cover.title}: {cover.subtitle}")
    properties.subject = clean(cover.period)
    properties.author = ""
    properties.comments = f"SHA-256 {document.sha256}"
    properties.language = document.language
    # The moment of making would give two files of one snapshot.
    properties.created = properties.modified = document.made_at.replace(tzinfo=None)
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.5), Cm(2.2)
    _style(file, "Normal", TEXT, 10, INK, after=6)
    _style(file, "Title", HEAD, 30, INK, after=4, bold=True)
    _style(file, "Subtitle", HEAD, 16, BRAND, after=10, bold=True)
    for level, (font, size, color, before) in HEADINGS.items():
        _style(file, f"Heading {level}", font, size, color, before=before, after=6, bold=True)
    _style(file, "Caption", TEXT, 9, INK, before=8, after=4, bold=True)
    _style(file, "List Bullet", TEXT, 10, INK, after=4)
    file.styles["Caption"].paragraph_format.keep_with_next = True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), document.language)
    file.styles["Normal"].element.get_or_add_rPr().append(language)
    _lines(file)
    _fonts_instead(file)
    _running(page, document)


def _style(
    file: Any, name: str, font: str, size: float, color: RGBColor, *,
    before: float = 0, after: float = 0, bold: bool = False,
) -> None:  # fmt: skip
    style = file.styles[name]
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


def _lines(file: Any) -> None:
    """Tables have thin lines between their rows and none between their columns."""
    (borders,) = file.styles["Table Grid"].element.xpath(".//w:tblBorders")
    for border in borders:
        upright = border.tag in (qn("w:left"), qn("w:right"), qn("w:insideV"))
        border.set(qn("w:val"), "nil" if upright else "single")
        border.set(qn("w:color"), "76807F")


def _fonts_instead(file: Any) -> None:
    (part,) = [
        rel.target_part for rel in file.part.rels.values() if rel.reltype.endswith("/fontTable")
    ]
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in INSTEAD.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _running(page: Any, document: Document) -> None:
    """On every page: what it is above, hash and page number below."""
    cover = document.cover
    head = page.header.paragraphs[0]
    flags = " · ".join(filter(None, (cover.state.capitalize(), cover.label)))
    put(head, f"{cover.title} · {cover.subtitle}", size=8, color=SOFT)
    if flags:
        put(head, f"    {flags}", size=8, bold=True)
    foot = page.footer.paragraphs[0]
    version = f"{cover.version} · SHA-256 {document.sha256}"
    put(foot, f"{version}    {document.labels['page']} ", size=6.5, color=SOFT)
    field(foot, "PAGE", "1")


def put(
    paragraph: WordParagraph, text: str, *,
    size: float | None = None, bold: bool | None = None, color: RGBColor | None = None,
) -> None:  # fmt: skip
    """Add the text to the paragraph, each script in its font."""
    for part, font in _by_script(clean(text)):
        added = paragraph.add_run(part)
        added.font.size = Pt(size) if size else None
        added.font.bold = bold
        if color is not None:
            added.font.color.rgb = color
        if font:
            fonts = added._r.get_or_add_rPr().get_or_add_rFonts()
            for which in ("w:ascii", "w:hAnsi", "w:cs"):
                fonts.set(qn(which), font)


def field(paragraph: WordParagraph, code: str, shown: str) -> None:
    """Add what Word computes, such as a page's number, with what stands there until it does."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), code)
    simple.append(paragraph.add_run(shown)._r)
    paragraph._p.append(simple)


def clean(text: str) -> str:
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


LETTER, ROOM = Pt(5.6), Cm(0.5)  # of the widest usual letter in bold at 8.5 points; beside a cell
LONGEST = 22  # letters of a word that still keeps its column as wide as itself


def widths(shares: Sequence[int], columns: Sequence[Sequence[str]]) -> list[Emu]:
    """The widths of a table's columns, each with the texts of its cells.

    A column of share 0 is as narrow as its longest word, the others part what is left by their
    shares; none is narrower than its longest word, so that no word is broken.
    """
    needed = [_longest(texts) for texts in columns]
    left = WIDTH - sum(need for need, share in zip(needed, shares, strict=True) if not share)
    found = [
        max(need, int(left * share / sum(shares))) if share else need
        for need, share in zip(needed, shares, strict=True)
    ]
    return [Emu(int(one * WIDTH / sum(found))) for one in found]


def _longest(texts: Sequence[str]) -> int:
    letters = max((len(word) for text in texts for word in text.split()), default=1)
    return int(min(letters, LONGEST) * LETTER + ROOM)
