"""A sheet taken away as a workbook, filled there, and given back."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.refusals import Refused
from activity.models import Event
from diagnostics.actions import Conflict, submit_sheet
from diagnostics.fieldwork import actions
from diagnostics.fieldwork.workbook import ABOUT, HEAD, workbook
from diagnostics.models import FilledFile, Response, ResponseChange
from diagnostics.queries import responses_of
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db

D, E, F, G, H, I, J = "DEFGHIJ"  # noqa: E741
FIRST = HEAD + 2  # the row of the first item, as Excel counts


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def taken(sheet, may=None):
    """The workbook as it is taken away."""
    codes = set(sheet.responses.values_list("item__code", flat=True)) if may is None else may
    return openpyxl.load_workbook(io.BytesIO(workbook(sheet, responses_of(sheet), codes)))


def packed(book, name="sheet.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def given_back(sheet, book, by):
    return actions.give_back(sheet=sheet, upload=packed(book), by=by)


def saved(filled, by, mine=None, kept=()):
    return actions.save_filled(filled=filled, mine=mine or {}, kept=set(kept), by=by)


def stored(sheet, item="money.item_1"):
    return Response.objects.get(sheet=sheet, item__code=item)


def test_what_is_filled_elsewhere_is_stored_by_the_same_action_with_one_event(team, sheet):
    rounds.answer(sheet, "money.item_2", "yes", by=team.colleague)
    book = taken(sheet)
    page = book["Money"]
    for row, answer in enumerate(["yes", "Partly", "no", "unknown"], start=FIRST + 1):
        page[f"{D}{row}"] = answer
    page[f"{G}{FIRST}"] = "+1 is no formula"
    page[f"{H}{FIRST}"], page[f"{I}{FIRST}"], page[f"{J}{FIRST}"] = "The law", 12, "“Shall”"
    page[f"{H}{FIRST + 3}"] = "A register"
    second = FIRST + 5
    page[f"{E}{second}"], page[f"{F}{second}"] = "yes", "No such market."
    filled = given_back(sheet, book, team.officer)
    found, _all = actions.plan_of(filled, team.officer)
    assert [one.code for one in found.plain] == ["money.item_1", "money.item_2"]
    assert not found.faults
    assert not found.conflicts
    assert saved(filled, team.officer) == 2
    one = stored(sheet)
    assert one.answers == ["yes", "partly", "no", "unknown"]
    assert one.made == ["single"] * 4
    assert one.comment == "+1 is no formula"
    evidence = [(row.link, row.page, row.quote) for row in one.evidence.all()]
    assert evidence == [("The law", "12", "“Shall”"), ("A register", "", "")]
    other = stored(sheet, "money.item_2")
    assert (other.status, other.reason) == ("not_applicable", "No such market.")
    assert other.answers == ["yes", "", "", ""]
    assert other.changed_by == team.officer
    assert Event.objects.filter(kind="sheet.given_back").count() == 1
    assert ResponseChange.objects.filter(by=team.officer).count() == 2


def test_a_workbook_given_back_as_it_was_changes_nothing(team, sheet):
    links = [(f"Document {n}", str(n), "“=SUM(1)”") for n in range(7)]  # more than there are rows
    rounds.answer(sheet, "money.item_1", "yes", "partly", comment="=A1\r\nand more",
                  evidence=links, by=team.officer)  # fmt: skip
    rounds.answer(sheet, "advice.item_4", "no", status="not_applicable", reason="None here.")
    found, _all = actions.plan_of(given_back(sheet, taken(sheet), team.officer), team.officer)
    assert found.changes == []
    assert found.faults == []


def test_only_the_cells_to_fill_are_open_and_no_cell_is_a_formula(team, sheet):
    rounds.answer(sheet, "money.item_1", "yes", comment="=HYPERLINK(1)", by=team.officer)
    book = taken(sheet, may={"money.item_1"})
    assert book[ABOUT].sheet_state == "veryHidden"
    page = book["Money"]
    assert page.protection.sheet
    is_open = {
        cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked
    }
    rows = range(FIRST, FIRST + 5)
    answers = {f"{D}{row}" for row in rows[1:]}
    evidence = {f"{column}{row}" for row in rows for column in "HIJ"}
    assert is_open == answers | evidence | {f"{column}{FIRST}" for column in "EFG"}
    types = {cell.data_type for one in book for row in one.iter_rows() for cell in row}
    assert "f" not in types


def test_an_answer_given_meanwhile_is_chosen_by_the_person(team, sheet):
    book = taken(sheet)
    book["Money"][f"{D}{FIRST + 1}"] = "yes"
    book["Money"][f"{D}{FIRST + 6}"] = "no"
    rounds.answer(sheet, "money.item_1", "partly", by=team.colleague)
    rounds.answer(sheet, "money.item_3", "yes", by=team.colleague)  # untouched in the file
    filled = given_back(sheet, book, team.officer)
    found, _all = actions.plan_of(filled, team.officer)
    assert [one.code for one in found.conflicts] == ["money.item_1"]
    assert [one.code for one in found.plain] == ["money.item_2"]
    with pytest.raises(Refused, match="Choose between both answers of these items: Money item 1"):
        saved(filled, team.officer)
    assert stored(sheet, "money.item_2").revision == 0
    assert saved(filled, team.officer, kept=["money.item_1"]) == 1
    assert stored(sheet).answers[0] == "partly"
    assert saved(filled, team.officer, mine={"money.item_1": 1}) == 1
    assert stored(sheet).answers[0] == "yes"
    assert stored(sheet, "money.item_3").answers[0] == "yes"


def test_who_chose_by_an_older_answer_overwrites_nothing(team, sheet):
    book = taken(sheet)
    book["Money"][f"{D}{FIRST + 1}"] = "yes"
    book["Money"][f"{D}{FIRST + 6}"] = "no"
    rounds.answer(sheet, "money.item_1", "partly", by=team.colleague)
    filled = given_back(sheet, book, team.officer)
    rounds.answer(sheet, "money.item_1", "unknown", by=team.colleague)
    with pytest.raises(Conflict):
        saved(filled, team.officer, mine={"money.item_1": 1})
    assert stored(sheet).answers[0] == "unknown"
    assert stored(sheet, "money.item_2").revision == 0


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        (f"{D}{FIRST + 2}", "perhaps", "row 8, column D: “perhaps” is no answer"),
        (f"{E}{FIRST}", "maybe", "row 6, column E: “maybe” is neither yes nor blank."),
        (f"{E}{FIRST}", "yes", "row 6, column F: Say why the item does not apply."),
        (f"{G}{FIRST}", "x" * 5001, "column G: The text has 5001 letters; at most 5000"),
        (f"{G}{FIRST}", "=1+1", "row 6, column G: The formula in this cell fails or was never"),
        (f"{I}{FIRST}", "Page 3", "column H: Name the document or address"),
        (f"A{FIRST + 1}", None, "row 6, column A: The row of statement 2 of this item is missing."),
        (f"A{FIRST + 1}", "money.item_1:3", "This row stands twice in the workbook."),
        (f"A{FIRST}", "money.item_9", "This row belongs to no item of the sheet."),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_saved(team, sheet, cell, value, words):
    book = taken(sheet)
    book["Money"][f"{D}{FIRST + 6}"] = "no"
    book["Money"][cell] = value
    filled = given_back(sheet, book, team.officer)
    found, _all = actions.plan_of(filled, team.officer)
    told = [str(one) for one in found.faults]
    assert any(words in one and one.startswith("Sheet Money, row ") for one in told), told
    with pytest.raises(Refused, match="Mend what is wrong"):
        saved(filled, team.officer)
    assert not ResponseChange.objects.exists()
    assert FilledFile.objects.get().file.content.size > 0


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 150_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "The file is a PDF document"),
        (b"item,answer\n1,yes\n", "neither a workbook from this page nor an export of its form"),
        (b"PK\x03\x04 broken", "damaged"),
        (bomb(), "unpacks to 150 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(team, sheet, content, words):
    with pytest.raises(Refused, match=words):
        actions.give_back(
            sheet=sheet, upload=SimpleUploadedFile("x.xlsx", content), by=team.officer
        )
    assert not FilledFile.objects.exists()


def test_a_workbook_of_another_sheet_country_or_version_is_refused(team, sheet):
    book = openpyxl.Workbook()
    with pytest.raises(Refused, match="neither a workbook from this page"):
        given_back(sheet, book, team.officer)
    other = rounds.sheet_of(team.organisation)
    with pytest.raises(Refused, match="belongs to another sheet"):
        given_back(sheet, taken(other), team.officer)
    abroad = rounds.sheet_of(people.OrganisationFactory(country=people.CountryFactory(code="KHM")))
    with pytest.raises(Refused, match="belongs to another country"):
        given_back(sheet, taken(abroad), team.officer)
    book = taken(sheet)
    rows = {row[0].value: row for row in book[ABOUT].iter_rows()}
    rows["instrument"][1].value = "0" * 64
    with pytest.raises(Refused, match="asks other questions than A small instrument"):
        given_back(sheet, book, team.officer)


def test_items_given_to_somebody_else_are_left_alone(team, sheet):
    from diagnostics.actions import assign

    book = taken(sheet)
    book["Money"][f"{D}{FIRST + 1}"] = "yes"
    assign(sheet=sheet, person=team.officer, themes=["advice"], by=None)
    found, _all = actions.plan_of(given_back(sheet, book, team.officer), team.officer)
    assert [str(one) for one in found.faults] == [
        "“Money item 1” is not among the items you were given; leave it as it was."
    ]


def test_a_submitted_sheet_takes_nothing(team, sheet):
    book = taken(sheet)
    book["Money"][f"{D}{FIRST + 1}"] = "yes"
    filled = given_back(sheet, book, team.officer)
    submit_sheet(sheet=sheet, by=team.officer)
    with pytest.raises(Refused, match="has been submitted"):
        saved(filled, team.officer)


def test_the_pages_lead_from_the_file_to_the_answers(team, sheet, signed_in):
    client = signed_in(team.officer)
    away = client.get(reverse("diagnostics:sheet_workbook", args=[sheet.pk]))
    book = openpyxl.load_workbook(io.BytesIO(away.content))
    book["Money"][f"{D}{FIRST + 1}"] = "yes"
    rounds.answer(sheet, "money.item_1", "no", by=team.colleague)
    back = client.post(reverse("diagnostics:offline", args=[sheet.pk]), {"file": packed(book)})
    page = client.get(back.url)
    assert b"Answered elsewhere meanwhile" in page.content
    sent = {"choice-money.item_1": "file", "seen-money.item_1": "1"}
    assert client.post(back.url, sent).url == sheet.get_absolute_url()
    assert stored(sheet).answers[0] == "yes"
    assert b"1 item saved" in client.get(reverse("diagnostics:offline", args=[sheet.pk])).content


def test_a_refused_file_is_told_on_the_page(team, sheet, signed_in):
    address = reverse("diagnostics:offline", args=[sheet.pk])
    upload = SimpleUploadedFile("notes.txt", b"a,b")
    page = signed_in(team.officer).post(address, {"file": upload})
    assert page.status_code == 200
    assert b"This is neither a workbook" in page.content
