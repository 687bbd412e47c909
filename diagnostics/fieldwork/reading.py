"""A filled workbook read back, cell by cell, with the place of each fault."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from countries.wording import worded
from diagnostics.actions.responses import EvidenceRow
from diagnostics.fieldwork import said, workbook
from diagnostics.fieldwork.said import Returned, Said
from diagnostics.fieldwork.workbook import (
    ABOUT,
    ANSWER,
    AWAY,
    COMMENT_AT,
    KEY,
    LINK_AT,
    PAGE_AT,
    QUOTE_AT,
    REASON_AT,
)
from diagnostics.models import Sheet
from diagnostics.scoring.instrument import Item
from indicators.importing.limits import Limits
from indicators.importing.refusals import Refused as Unreadable
from indicators.importing.sources import CSV, WORKBOOKS, Source, kind_of
from indicators.importing.tables import ROW, Table, letter
from indicators.importing.workbooks import workbook_tables

LIMITS = Limits(
    file=20_000_000, unpacked=100_000_000, workbook=20_000_000, members=300, cells=500_000
)

Row = dict[int, str]


def is_text(content: bytes) -> bool:
    """Whether the file is text, no workbook. Raises Refused for what is neither, or may harm."""
    source = Source("", lambda: io.BytesIO(content))
    try:
        kind = kind_of(source, LIMITS)
    except Unreadable as refusal:
        raise Refused(worded(refusal.sentence)) from None
    if kind not in (*WORKBOOKS, CSV):
        raise Refused(_("The file is neither a workbook nor an export of the form."))
    return kind == CSV


def tables_of(content: bytes) -> list[Table]:
    """The sheets of a workbook, hidden ones too. Raises Refused where it cannot be read."""
    source = Source("", lambda: io.BytesIO(content))
    try:
        return list(workbook_tables(source, kind_of(source, LIMITS), LIMITS))
    except Unreadable as refusal:
        raise Refused(worded(refusal.sentence)) from None


def rows_of(table: Table) -> Iterator[tuple[int, Row]]:
    """Each row with its number from 1 and its cells as texts, by column from 0."""
    for chunk in table.chunks():
        texts = [name for name in chunk.columns if name.isdigit()]
        for cells in chunk.iter_rows(named=True):
            yield cells[ROW], {int(name): cells[name] or "" for name in texts}


def is_ours(tables: list[Table]) -> bool:
    """Whether these are the sheets of a workbook made here."""
    return any(table.name == ABOUT for table in tables)


def read(tables: list[Table], sheet: Sheet) -> Returned:
    """What a workbook made here says. Raises Refused for one of another sheet."""
    (known,) = (one for one in tables if one.name == ABOUT)
    about = {row.get(0, ""): row.get(1, "") for _n, row in rows_of(known)}
    if about.get("format") != workbook.FORMAT:
        raise Refused(_("This is no workbook of a sheet; give back the workbook from this page."))
    said.refuse_other(sheet, about)
    language = about.get("language", "")
    with translation.override(language if translation.check_for_language(language) else "en"):
        return _Reader(sheet, about).read([one for one in tables if one.name != ABOUT])


class _Reader:
    """Collects what the rows say by item."""

    def __init__(self, sheet: Sheet, about: dict[str, str]) -> None:
        self.about = about
        self.items: dict[str, Item] = {
            item.code: item
            for theme in sheet.round.instrument_version.instrument.themes
            if theme.code in sheet.themes
            for item in theme.items
        }
        self.rows: dict[str, dict[str, Any]] = {}
        self.out = Returned()

    def read(self, tables: list[Table]) -> Returned:
        for table in tables:
            for number, row in rows_of(table):
                if key := row.get(KEY, "").strip():
                    self._row(table, number, key, row)
            self._formulas(table)
        for code, item in self.items.items():
            if found := self.rows.get(code):
                self._item(code, item, found)
        if not self.rows:
            raise Refused(_("The workbook has no rows of this sheet any more; take a new one."))
        return self.out

    def _row(self, table: Table, number: int, key: str, row: Row) -> None:
        code, mark, level = key.partition(":")
        if code not in self.items:
            self._fault(table, number, KEY, key, _("This row belongs to no item of the sheet."))
            return
        found = self.rows.setdefault(code, {"evidence": [], "table": table, "number": number})
        if mark and not level:  # a row for more evidence
            self._evidence(table, number, row, found)
            return
        name = level or "head"
        if name in found:
            self._fault(table, number, KEY, key, _("This row stands twice in the workbook."))
            return
        found[name] = (table, number, row)
        self._evidence(table, number, row, found)

    def _item(self, code: str, item: Item, found: dict[str, Any]) -> None:
        answers = []
        for level in item.steps:
            if str(level) not in found:
                message = _("The row of statement %(level)s of this item is missing.")
                place = (found["table"], found["number"], KEY, item.title)
                self._fault(*place, message % {"level": level})
                return
            table, number, row = found[str(level)]
            answer = said.answer_of(row.get(ANSWER, ""))
            if answer is None:
                message = _("“%(found)s” is no answer; expected yes, partly, no, unknown or blank.")
                word = row[ANSWER][:80]
                self._fault(table, number, ANSWER, word, message % {"found": word})
            answers.append(answer or "")
        if "head" not in found:
            message = _("The row that names this item is missing.")
            self._fault(found["table"], found["number"], KEY, item.title, message)
            return
        table, number, row = found["head"]
        applies = said.applies_of(row.get(AWAY, ""))
        if applies is None:
            word = row[AWAY][:80]
            message = _("“%(found)s” is neither yes nor blank.") % {"found": word}
            self._fault(table, number, AWAY, word, message)
        reason = self._text(table, number, REASON_AT, row, said.REASON)
        if applies is False and not reason:
            self._fault(table, number, REASON_AT, "", _("Say why the item does not apply."))
        comment = self._text(table, number, COMMENT_AT, row, said.COMMENT)
        revision = self.about.get(f"item {code}", "")
        self.out.items.append(
            Said(
                item=code,
                revision=int(revision) if revision.isdecimal() and len(revision) < 9 else -1,
                answers=answers,
                applies=applies,
                reason=reason,
                comment=comment,
                evidence=found["evidence"],
            )
        )

    def _evidence(self, table: Table, number: int, row: Row, found: dict[str, Any]) -> None:
        link = self._text(table, number, LINK_AT, row, said.LINK)
        page = self._text(table, number, PAGE_AT, row, said.PAGE)
        quote = self._text(table, number, QUOTE_AT, row, said.QUOTE)
        if link:
            found["evidence"].append(EvidenceRow(link, page, quote))
        elif page or quote:
            message = _("Name the document or address that is the evidence.")
            self._fault(table, number, LINK_AT, "", message)

    def _text(self, table: Table, number: int, at: int, row: Row, most: int) -> str:
        text = said.clean_text(row.get(at, ""))
        if message := said.too_long(text, most):
            self._fault(table, number, at, text[:80], message)
        return text

    def _formulas(self, table: Table) -> None:
        for _sheet, row, column, *_rest in table.faults.iter_rows():
            message = _("The formula in this cell fails or was never computed; write the text.")
            self.out.fault((table.name, row, column), "", message)

    def _fault(self, table: Table, number: int, at: int, found: str, message: str) -> None:
        self.out.fault((table.name, number, letter(at)), found, message)
