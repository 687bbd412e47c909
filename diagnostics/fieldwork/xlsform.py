"""A sheet as an XLSForm for KoBoToolbox and ODK: a group a theme, one item a screen.

Which sheet the form is of, and the revision of each answer it began from, travel along as
calculated fields, so that a submission can be taken back as a workbook is.
"""

import io
import re
import zlib
from collections.abc import Collection, Iterable, Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from activity.workbooks import SAFE
from diagnostics.fieldwork.said import COMMENT, LINK, PAGE, QUOTE, REASON
from diagnostics.fieldwork.workbook import about
from diagnostics.history import WORDS
from diagnostics.models import Response, Sheet
from diagnostics.pages import ItemOnPage, themes_of
from diagnostics.scoring.instrument import Answer

FORMAT = "stages-form-1"
SURVEY = ["type", "name", "label", "hint", "required", "relevant", "constraint",
          "constraint_message", "appearance", "calculation"]  # fmt: skip
AWAY, WHY, SAYS, DOCUMENT, PLACE, WORDS_QUOTED = (
    "away", "reason", "comment", "document", "place", "quote",
)  # fmt: skip

Row = dict[str, str]


def form(sheet: Sheet, responses: Iterable[Response], open_to: Collection[str]) -> bytes:
    """The form as an XLSX file, asking the items in `open_to`."""
    out = io.BytesIO()
    revisions = {one.item.code: one.revision for one in responses}
    with xlsxwriter.Workbook(out, {"in_memory": True} | SAFE) as book:
        _table(book, "survey", SURVEY, _survey(sheet, list(responses), open_to))
        choices = [
            {"list_name": "answers", "name": str(answer), "label": str(WORDS[answer])}
            for answer in Answer
            if answer
        ]
        choices.append({"list_name": "away", "name": "yes", "label": str(WORDS[Answer.YES])})
        _table(book, "choices", ["list_name", "name", "label"], choices)
        settings = {
            "form_title": f"{sheet.round.title}: {sheet}",
            "form_id": f"stages_sheet_{sheet.pk}",
            "version": str(zlib.crc32(repr(sorted(revisions.items())).encode())),
        }
        _table(book, "settings", list(settings), [settings])
    return out.getvalue()


def name_of(code: str) -> str:
    """The name of an item's questions; what follows `__` says which one it is."""
    return "q_" + re.sub(r"[^A-Za-z0-9_]", "_", code)


def _survey(sheet: Sheet, responses: list[Response], open_to: Collection[str]) -> Iterator[Row]:
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    facts = dict(about(sheet)) | {"format": FORMAT}
    for key, value in facts.items():
        yield {"type": "calculate", "name": f"stages_{key}", "calculation": f"'{value}'"}
    for response in responses:
        if response.item.code in open_to:
            name = f"{name_of(response.item.code)}__revision"
            yield {"type": "calculate", "name": name, "calculation": str(response.revision)}
    said = _("Is each statement true? Leave blank what you do not answer now.")
    title = " · ".join(filter(None, (sheet.round.title, str(sheet), sheet.round.label)))
    yield {"type": "note", "name": "stages_note", "label": title, "hint": said}
    for theme in themes_of(sheet, responses):
        items = [item for item in theme.items if item.item.code in open_to]
        if not items:
            continue
        name = "theme_" + re.sub(r"[^A-Za-z0-9_]", "_", theme.theme.code)
        yield {"type": "begin_group", "name": name, "label": theme.theme.title}
        for item in items:
            yield from _item(item)
        yield {"type": "end_group"}


def _item(item: ItemOnPage) -> Iterator[Row]:
    name = name_of(item.item.code)
    applies = f"${{{name}__{AWAY}}} != 'yes'"
    yield {
        "type": "begin_group",
        "name": name,
        "label": item.item.title,
        "appearance": "field-list",
    }
    if item.item.question:
        yield {"type": "note", "name": f"{name}__question", "label": item.item.question}
    for level, statement in item.item.steps.items():
        yield {
            "type": "select_one answers",
            "name": f"{name}__{level}",
            "label": statement,
            "hint": _("Statement of level %(level)s") % {"level": level},
            "relevant": applies,
            "appearance": "minimal",
        }
    yield {
        "type": "select_one away",
        "name": f"{name}__{AWAY}",
        "label": _("This item has no meaning here"),
    }
    yield _text(name, WHY, _("Why"), REASON, relevant=f"${{{name}__{AWAY}}} = 'yes'") | {
        "required": "yes"
    }
    yield _text(name, SAYS, _("Comment"), COMMENT)
    yield _text(name, DOCUMENT, _("Evidence: document or address"), LINK) | {
        "hint": _("What would show it: %(shows)s") % {"shows": item.item.evidence}
    }
    named = f"${{{name}__{DOCUMENT}}} != ''"
    yield _text(name, PLACE, _("Page or place"), PAGE, relevant=named)
    yield _text(name, WORDS_QUOTED, _("Words quoted"), QUOTE, relevant=named)
    yield {"type": "end_group"}


def _text(name: str, what: str, label: str, most: int, relevant: str = "") -> Row:
    return {
        "type": "text",
        "name": f"{name}__{what}",
        "label": label,
        "relevant": relevant,
        "constraint": f"string-length(.) <= {most}",
        "constraint_message": _("At most %(most)s letters.") % {"most": most},
    }


def _table(book: xlsxwriter.Workbook, name: str, columns: list[str], rows: Iterable[Row]) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        page.write_string(0, at, column)
        page.set_column(at, at, 40 if column in ("label", "hint") else 20)
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            text = row.get(column, "")
            if column in ("label", "hint"):
                text = text.replace("${", "$ {")  # would be taken for a reference
            page.write_string(number, at, text)
