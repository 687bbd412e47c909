"""A sheet as a workbook to fill without a network.

One sheet of instructions, one a theme with a row per statement, and a very hidden one that says
which sheet this is. Only the cells to fill are open. The first column, hidden, names the item and
the level of each row, so that a row is known wherever it stands. Cells are texts, never formulas.
"""

import io
import re
from collections.abc import Collection, Iterable, Mapping

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from activity.workbooks import SAFE
from diagnostics.fieldwork.said import COMMENT, REASON, words_of_answers
from diagnostics.history import WORDS
from diagnostics.models import Response, Sheet
from diagnostics.pages import ItemOnPage, ThemeOnPage, themes_of
from diagnostics.scoring.instrument import Answer

ABOUT = "about"
FORMAT = "stages-sheet-1"
KEY, LEVEL, STATEMENT, ANSWER, AWAY, REASON_AT, COMMENT_AT, LINK_AT, PAGE_AT, QUOTE_AT = range(10)
HEAD = 4  # the row of column titles, from 0
WIDTHS = [3, 7, 58, 11, 11, 24, 30, 28, 12, 30]
LINE = 15  # points a line of text takes
INPUT = {
    "locked": False,
    "text_wrap": True,
    "valign": "top",
    "border": 1,
    "border_color": "#8a93a0",
    "bg_color": "#fffdf3",
    "num_format": "@",
}


def workbook(sheet: Sheet, responses: Iterable[Response], open_to: Collection[str]) -> bytes:
    """The file with what is stored filled in; only the items in `open_to` can be changed."""
    themes = themes_of(sheet, responses)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True} | SAFE) as book:
        book.set_properties({"title": f"{sheet.round.title}: {sheet.organisation}"})
        looks = _looks(book)
        _instructions(book, sheet, looks)
        names: set[str] = {ABOUT, _("Instructions").casefold()}
        for theme in themes:
            page = book.add_worksheet(_name(theme.theme.title, names))
            _theme(page, sheet, theme, open_to, looks)
        _about(book, sheet, themes)
    return out.getvalue()


def column_titles() -> list[str]:
    """The heads of the columns, as faults name them."""
    return [
        "", _("Level"), _("Item and statement"), _("Is it true?"), _("Does not apply"),
        _("Why it does not apply"), _("Comment"), _("Evidence: document or address"),
        _("Page or place"), _("Words quoted"),
    ]  # fmt: skip


def _looks(book: Workbook) -> dict[str, Format]:
    top = {"text_wrap": True, "valign": "top"}
    rule = {"border": 1, "border_color": "#c9ced6"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "plain": book.add_format(top),
        "soft": book.add_format(top | {"font_color": "#555555"}),
        "head": book.add_format(top | {"bold": True, "bottom": 2, "bg_color": "#e6eaf0"}),
        "item": book.add_format(top | rule | {"bg_color": "#f3f5f8"}),
        "bold": book.add_format({"bold": True}),
        "normal": book.add_format({}),
        "cell": book.add_format(top | rule),
        "centre": book.add_format(top | rule | {"align": "center"}),
        "input": book.add_format(INPUT),
        "shut": book.add_format(top | rule | {"bg_color": "#f3f5f8"}),
    }


def _instructions(book: Workbook, sheet: Sheet, looks: dict[str, Format]) -> None:
    page = book.add_worksheet(_("Instructions")[:31])
    page.set_column(KEY, KEY, 2)
    page.set_column(LEVEL, LEVEL, 100)
    page.hide_gridlines(2)
    page.protect()
    page.write_string(0, LEVEL, sheet.round.title, looks["title"])
    lines = [
        f"{sheet.organisation}. {sheet.round.instrument_version}",
        sheet.round.label,
        sheet.round.instrument_version.told.intro,
        "",
        _("How to fill this workbook"),
        _("1. Each theme has a sheet below. Read the statements of an item from the lowest up."),
        _(
            "2. In the column “%(column)s” choose yes, partly (true only for some regions, sectors "
            "or firm sizes), no or unknown. A cell left blank is unanswered, never no."
        )
        % {"column": column_titles()[ANSWER]},
        _(
            "3. Where an item has no meaning in this country, choose yes in the column "
            "“%(column)s” on the row of the item and say why beside it."
        )
        % {"column": column_titles()[AWAY]},
        _("4. Comment on the row of the item. Each row of an item takes one piece of evidence."),
        _("5. Only the tinted cells can be changed. Do not rename sheets or paste whole rows."),
        _(
            "6. Give the file back on the page from which you took it. You see every change before "
            "anything is saved; where somebody answered meanwhile, you choose."
        ),
    ]
    for row, line in enumerate(lines, start=1):
        page.write_string(row, LEVEL, line, looks["bold" if row == 5 else "plain"])
    _paper(page, sheet)


def _theme(
    page: Worksheet,
    sheet: Sheet,
    theme: ThemeOnPage,
    open_to: Collection[str],
    looks: dict[str, Format],
) -> None:
    page.hide_gridlines(2)
    for at, width in enumerate(WIDTHS):
        page.set_column(at, at, width, None, {"hidden": at == KEY})
    page.write_string(0, LEVEL, theme.theme.title, looks["title"])
    said = " · ".join(filter(None, (sheet.round.title, str(sheet), sheet.round.label)))
    page.write_string(1, LEVEL, said)
    if theme.theme.intro:
        page.merge_range(2, LEVEL, 2, QUOTE_AT, theme.theme.intro, looks["soft"])
        page.set_row(2, LINE * (1 + len(theme.theme.intro) // 190))
    for at, title in enumerate(column_titles()):
        page.write_string(HEAD, at, title, looks["head"])
    row = HEAD + 1
    for number, item in enumerate(theme.items, start=1):
        row = _item(page, row, number, item, item.item.code in open_to, looks)
    page.freeze_panes(HEAD + 1, STATEMENT + 1)
    page.repeat_rows(HEAD)
    page.protect("", {"format_columns": True, "format_rows": True})
    _paper(page, sheet)


def _item(
    page: Worksheet, row: int, number: int, item: ItemOnPage, is_open: bool, looks: dict
) -> int:
    """Write the rows of one item from `row` on; returns the row after them."""
    code, response = item.item.code, item.response
    evidence = list(response.evidence.all())
    statements = item.item.steps.items()
    last = row + max(len(statements), len(evidence) - 1)
    fill = looks["input"] if is_open else looks["cell"]
    page.write_string(row, KEY, code)
    page.write_string(row, LEVEL, str(number), looks["item"])
    title = [looks["bold"], item.item.title]
    if item.item.question:
        title += [looks["normal"], f"\n{item.item.question}"]
        page.write_rich_string(row, STATEMENT, *title, looks["item"])
    else:
        page.write_string(row, STATEMENT, item.item.title, looks["item"])
    written = {
        STATEMENT: f"{item.item.title}\n{item.item.question}",
        REASON_AT: response.reason,
        COMMENT_AT: response.comment,
    }
    page.set_row(row, _height(written))
    page.write_blank(row, ANSWER, None, looks["shut"])
    away = str(WORDS[Answer.YES]) if not item.applies else ""
    for at, text in ((AWAY, away), (REASON_AT, response.reason), (COMMENT_AT, response.comment)):
        page.write_string(row, at, text, fill)
    for extra, ((level, text), given) in enumerate(
        zip(statements, response.answers, strict=True), start=1
    ):
        page.write_string(row + extra, KEY, f"{code}:{level}")
        page.write_string(row + extra, LEVEL, str(level), looks["centre"])
        page.write_string(row + extra, STATEMENT, text, looks["cell"])
        page.set_row(row + extra, _height({STATEMENT: text}))
        answer = Answer(given)
        page.write_string(row + extra, ANSWER, str(WORDS[answer]) if answer else "", fill)
        for at in (AWAY, REASON_AT, COMMENT_AT):
            page.write_blank(row + extra, at, None, looks["shut"])
    for at in range(row, last + 1):
        if at > row + len(statements):  # only where there is more evidence than statements
            page.write_string(at, KEY, f"{code}:")
        one = evidence[at - row] if at - row < len(evidence) else None
        for column, field in ((LINK_AT, "link"), (PAGE_AT, "page"), (QUOTE_AT, "quote")):
            page.write_string(at, column, getattr(one, field, ""), fill)
    if is_open:
        _validate(page, row, len(statements))
    return last + 1


def _height(texts: Mapping[int, str]) -> float:
    """Points that the texts need in their columns: not every program reckons it by itself."""
    lines = (
        sum(1 + len(part) // WIDTHS[column] for part in text.split("\n"))
        for column, text in texts.items()
    )
    return LINE * max(lines)


def _validate(page: Worksheet, row: int, statements: int) -> None:
    answers = {
        "validate": "list",
        "source": words_of_answers(),
        "error_title": _("Choose from the list"),
        "error_message": _("Choose yes, partly, no or unknown, or leave the cell blank."),
    }
    page.data_validation(row + 1, ANSWER, row + statements, ANSWER, answers)
    yes = {"validate": "list", "source": [str(WORDS[Answer.YES])]}
    page.data_validation(row, AWAY, row, AWAY, yes)
    for at, most in ((REASON_AT, REASON), (COMMENT_AT, COMMENT)):
        limit = {"validate": "length", "criteria": "<=", "value": most}
        page.data_validation(row, at, row, at, limit)


def _paper(page: Worksheet, sheet: Sheet) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    title = f"{sheet.round.title} · {sheet}".replace("&", "&&")[:180]
    page.set_footer(f"&L&8{title}&R&8&A  &P/&N")


def _about(book: Workbook, sheet: Sheet, themes: Iterable[ThemeOnPage]) -> None:
    page = book.add_worksheet(ABOUT)
    page.very_hidden()
    page.protect()
    for row, (key, value) in enumerate(about(sheet).items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    start = len(about(sheet))
    items = [item for theme in themes for item in theme.items]
    for row, item in enumerate(items, start=start):
        page.write_string(row, 0, f"item {item.item.code}")
        page.write_string(row, 1, str(item.response.revision))


def about(sheet: Sheet) -> Mapping[str, str]:
    """Which sheet a file is of; `said.refuse_other` reads it again."""
    return {
        "format": FORMAT,
        "country": sheet.round.country_id,
        "sheet": str(sheet.pk),
        "instrument": sheet.round.instrument_version.sha256,
        "language": get_language() or "en",
    }


def _name(title: str, taken: set[str]) -> str:
    """A name for a worksheet: at most 31 letters, none of those that Excel forbids, none twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:28] or "-"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain} {number}", number + 1
    taken.add(name.casefold())
    return name
