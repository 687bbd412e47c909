"""The sheet as a form for KoBoToolbox and ODK, and their submissions taken back."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pyxform.xls2xform import convert

from accounts.refusals import Refused
from diagnostics.fieldwork import actions
from diagnostics.fieldwork.workbook import about
from diagnostics.fieldwork.xlsform import FORMAT, form
from diagnostics.models import Response
from diagnostics.queries import responses_of
from tests.factories import rounds

pytestmark = pytest.mark.django_db

ONE = "q_money_item_1"


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def submission(sheet, **answers):
    """One submission by question, with what the form calculates."""
    facts = {f"stages_{key}": value for key, value in about(sheet).items()}
    revisions = {
        f"q_{one.item.code.replace('.', '_')}__revision": str(one.revision)
        for one in responses_of(sheet)
    }
    said = {key.replace("one__", f"{ONE}__"): value for key, value in answers.items()}
    return facts | {"stages_format": FORMAT} | revisions | said


def as_csv(record, mark=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(["_submission_time", *(f"theme_money/{ONE}/{name}" for name in record)])
    writer.writerow(["2026-03-04T05:06:07", *record.values()])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(record):
    book = openpyxl.Workbook()
    book.active.append(list(record))
    book.active.append(list(record.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(record):
    return json.dumps({"results": [{f"theme_money/{ONE}/{k}": v for k, v in record.items()}]})


def as_nested_json(record):
    return json.dumps({"value": [{"theme_money": {ONE: record}, "__system": {"x": None}}]})


def as_xml(record):
    inner = "".join(f"<{key}>{value}</{key}>" for key, value in record.items())
    return f'<data xmlns="http://x" id="a"><theme_money><{ONE}>{inner}</{ONE}></theme_money></data>'


def given_back(sheet, content, by, name="export"):
    content = content.encode() if isinstance(content, str) else content
    upload = SimpleUploadedFile(name, content)
    return actions.give_back(sheet=sheet, upload=upload, by=by)


def saved(sheet, content, by):
    filled = given_back(sheet, content, by)
    return actions.save_filled(filled=filled, mine={}, kept=set(), by=by)


def test_the_form_converts_without_a_warning_and_asks_every_statement(sheet):
    codes = set(sheet.responses.values_list("item__code", flat=True))
    content = form(sheet, responses_of(sheet), codes)
    made = convert(io.BytesIO(content), file_type=".xlsx", validate=False)
    assert made.warnings == []
    assert made.xform.count("<select1") == 8 * 5  # four statements and "does not apply" an item
    assert sheet.round.instrument_version.sha256 in made.xform


@pytest.mark.parametrize("shape", [as_csv, as_xlsx, as_json, as_nested_json, as_xml])
def test_a_submission_is_taken_back_and_speaks_only_of_what_it_answers(team, sheet, shape):
    rounds.answer(sheet, "money.item_1", "yes", "no", comment="Before.",
                  evidence=[("The law",)], by=team.colleague)  # fmt: skip
    rounds.answer(sheet, "money.item_2", "yes", by=team.colleague)
    record = submission(sheet, one__3="yes", one__document="A register", one__place="Page 2")
    assert saved(sheet, shape(record), team.officer) == 1
    one = Response.objects.get(sheet=sheet, item__code="money.item_1")
    assert one.answers == ["yes", "yes", "", ""]
    assert one.comment == "Before."
    assert [row.link for row in one.evidence.all()] == ["The law", "A register"]
    assert Response.objects.get(sheet=sheet, item__code="money.item_2").revision == 1


def test_the_separators_and_words_of_an_export_are_known(team, sheet):
    record = submission(sheet, one__2="Yes", one__3="Partly", one__away="", one__comment="a; b")
    assert saved(sheet, as_csv(record, ";"), team.officer) == 1
    one = Response.objects.get(sheet=sheet, item__code="money.item_1")
    assert one.answers == ["yes", "partly", "", ""]


def test_what_was_answered_meanwhile_is_a_conflict(team, sheet):
    content = as_json(submission(sheet, one__2="yes"))
    rounds.answer(sheet, "money.item_1", "no", by=team.colleague)
    found, _all = actions.plan_of(given_back(sheet, content, team.officer), team.officer)
    assert [one.code for one in found.conflicts] == ["money.item_1"]


def test_what_is_wrong_is_said_with_row_and_column(team, sheet):
    record = submission(sheet, one__2="perhaps", one__away="yes")
    found, _all = actions.plan_of(given_back(sheet, as_xlsx(record), team.officer), team.officer)
    column = openpyxl.utils.get_column_letter(list(record).index(f"{ONE}__2") + 1)
    assert str(found.faults[0]) == (
        f"Sheet Sheet, row 2, column {column}: “perhaps” is no answer; expected yes, partly, no, "
        "unknown or blank."
    )
    assert found.faults[1].message == "Say why the item does not apply."


def test_the_newest_of_several_submissions_is_shown_unless_another_is_chosen(team, sheet):
    first, last = (submission(sheet, one__2=answer) for answer in ("no", "yes"))
    filled = given_back(sheet, json.dumps([first, last]), team.officer)
    found, everything = actions.plan_of(filled, team.officer)
    assert len(everything) == 2
    assert found.changes[0].wanted.answers[0] == "yes"
    found, _all = actions.plan_of(filled, team.officer, 0)
    assert found.changes[0].wanted.answers[0] == "no"


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[" * 100_000,
        b"[1, 2]",
        b'{"results": 3}',
        b"<a",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<html></html>",
        b"a,b\n\xff",
        b'a,b\n"open',
        b"\x00\x01",
    ],
)
def test_a_file_that_is_none_of_these_is_refused_in_words(team, sheet, content):
    with pytest.raises(Refused) as refusal:
        given_back(sheet, content, team.officer)
    assert str(refusal.value).endswith((".", ")."))


def test_submissions_of_another_sheet_are_refused(team, sheet):
    other = rounds.sheet_of(team.organisation)
    with pytest.raises(Refused, match="belongs to another sheet"):
        given_back(sheet, as_json(submission(other, one__2="yes")), team.officer)


def test_the_api_takes_a_file_shows_what_it_changes_and_saves_it(team, sheet, signed_in):
    client = signed_in(team.officer)
    record = submission(sheet, one__2="yes")
    rounds.answer(sheet, "money.item_1", "no", by=team.colleague)
    upload = SimpleUploadedFile("export.json", as_json(record).encode())
    made = client.post(f"/api/sheets/{sheet.pk}/filled/", {"file": upload})
    assert made.status_code == 201
    (change,) = made.json()["changes"]
    assert change["conflict"]
    address = f"/api/filled/{made.json()['id']}/"
    refused = client.post(address, {}, content_type="application/json")
    assert refused.status_code == 400
    stale = client.post(address, {"mine": {"money.item_1": 0}}, content_type="application/json")
    assert stale.status_code == 409
    kept = client.post(address, {"mine": {"money.item_1": 1}}, content_type="application/json")
    assert kept.json() == {"saved": 1}
