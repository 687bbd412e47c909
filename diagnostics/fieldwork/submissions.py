"""Submissions of the sheet's form, as KoBoToolbox and ODK export them: CSV, XLSX, JSON, XML."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from diagnostics.actions.responses import EvidenceRow
from diagnostics.fieldwork import said, xlsform
from diagnostics.fieldwork.reading import rows_of
from diagnostics.fieldwork.said import Returned, Said
from diagnostics.fieldwork.xlsform import AWAY, DOCUMENT, PLACE, SAYS, WHY, WORDS_QUOTED
from diagnostics.models import Sheet
from diagnostics.scoring.instrument import Item
from indicators.importing.tables import Table, letter

MOST = 1000  # submissions in one file


@dataclass(frozen=True)
class Record:
    """One submission: what each question was answered, and in which column of the file it is."""

    sheet: str
    row: int
    values: dict[str, str]
    columns: dict[str, str]


def of_table(table: Table) -> list[Record]:
    """The submissions in a worksheet whose first row names the questions."""
    rows = ((number, list(row.values())) for number, row in rows_of(table))
    return _records(rows, table.name)


def of_csv(content: bytes) -> list[Record]:
    """The submissions in a CSV file, whichever of `,`, `;` and tab parts the columns."""
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Refused(_("The file is no table that can be read.")) from None
    return _records(enumerate(rows, start=1), "")


def of_json(content: bytes) -> list[Record]:
    """The submissions in JSON: a list, or what the programs' own addresses answer."""
    try:
        data = json.loads(_decoded(content))
        if isinstance(data, dict):
            data = data.get("results", data.get("value", [data]))
        found = [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
        flat = [dict(_leaves(one)) for one in found]
    except (ValueError, RecursionError):
        raise Refused(_("The file is no JSON that can be read.")) from None
    return [Record("", at, one, {name: name for name in one}) for at, one in enumerate(flat, 1)]


def of_xml(content: bytes) -> list[Record]:
    """One submission as OpenRosa sends it. Raises Refused for entities, which can harm."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused(_("The file is no XML that can be read.")) from None
    values = {one.tag.rpartition("}")[2]: one.text or "" for one in root.iter() if not len(one)}
    return [Record("", 1, values, {name: name for name in values})]


def read(records: list[Record], sheet: Sheet) -> list[Returned]:
    """What each submission says, the newest last. Raises Refused where they are of another sheet.

    What a submission leaves blank it does not speak of.
    """
    if not records or "stages_format" not in records[0].values:
        raise Refused(
            _(
                "This is neither a workbook from this page nor an export of its form; export with "
                "the names of the questions (XML values and headers)."
            )
        )
    if len(records) > MOST:
        raise Refused(_("The file has more than %(most)s submissions.") % {"most": MOST})
    items = {
        item.code: item
        for theme in sheet.round.instrument_version.instrument.themes
        if theme.code in sheet.themes
        for item in theme.items
    }
    for record in records:
        about = {
            name.removeprefix("stages_"): value
            for name, value in record.values.items()
            if name.startswith("stages_")
        }
        said.refuse_other(sheet, about)
    return [_returned(record, items) for record in records]


def _returned(record: Record, items: dict[str, Item]) -> Returned:
    when = record.values.get("_submission_time") or record.values.get("end") or ""
    out = Returned(title=when[:16].replace("T", " ") or _("Submission %s") % record.row)
    for code, item in items.items():
        name = xlsform.name_of(code)
        one = {
            key.removeprefix(f"{name}__"): said.clean_text(value)
            for key, value in record.values.items()
            if key.startswith(f"{name}__")
        }
        if any(value for key, value in one.items() if key not in ("revision", "question")):
            out.items.append(_item(record, name, item, one, out))
    return out


def _item(record: Record, name: str, item: Item, one: dict[str, str], out: Returned) -> Said:
    def fault(what: str, message: str) -> None:
        column = record.columns.get(f"{name}__{what}", f"{name}__{what}")
        out.fault((record.sheet, record.row, column), one.get(what, "")[:80], message)

    answers: list[str | None] = []
    for level in item.steps:
        word = one.get(str(level), "")
        answer = said.answer_of(word)
        if answer is None:
            message = _("“%(found)s” is no answer; expected yes, partly, no, unknown or blank.")
            fault(str(level), message % {"found": word[:80]})
        answers.append(answer or None)
    away = said.applies_of(one.get(AWAY, ""))
    if away is None:
        fault(AWAY, _("“%(found)s” is neither yes nor blank.") % {"found": one[AWAY][:80]})
    if away is False and not one.get(WHY):
        fault(WHY, _("Say why the item does not apply."))
    limits = [(WHY, said.REASON), (SAYS, said.COMMENT), (DOCUMENT, said.LINK), (PLACE, said.PAGE),
              (WORDS_QUOTED, said.QUOTE)]  # fmt: skip
    for what, most in limits:
        if message := said.too_long(one.get(what, ""), most):
            fault(what, message)
    document = one.get(DOCUMENT, "")
    revision = one.get("revision", "")
    return Said(
        item=item.code,
        revision=int(revision) if revision.isdecimal() and len(revision) < 9 else -1,
        answers=answers,
        applies=False if away is False else (True if any(answers) else None),
        reason=one.get(WHY) or None,
        comment=one.get(SAYS) or None,
        evidence=[EvidenceRow(document, one.get(PLACE, ""), one.get(WORDS_QUOTED, ""))]
        if document
        else None,
        adds=True,
    )


def _records(rows: Iterator[tuple[int, list[str]]], sheet: str) -> list[Record]:
    """Rows under a first row of names; of `group/question` the last part is the question."""
    _number, head = next(iter(rows), (0, []))
    names = [_last(name) for name in head]
    columns = {name: letter(at) for at, name in enumerate(names)}
    return [
        Record(sheet, number, dict(zip(names, row, strict=False)), columns)
        for number, row in rows
        if any(row)
    ]


def _leaves(data: dict) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value)
        elif value is not None and not isinstance(value, list):
            yield _last(str(key)), str(value)


def _last(name: str) -> str:
    """KoBoToolbox parts groups with a slash, ODK with a hyphen or a dot; names have none."""
    for mark in "/-.":
        name = name.rpartition(mark)[2]
    return name.strip()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The text is not in UTF-8; export it once more.")) from None
