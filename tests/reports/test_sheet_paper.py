"""A check-sheet on paper."""

import io

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.factories import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(sheet, "money.item_1", "yes", "partly", comment="In the north only.",
                  evidence=[("The law", "Page 12", "Shall")], by=team.officer)  # fmt: skip
    return sheet


def get(client, sheet, what, form):
    answer = client.get(reverse("reports:sheet_paper", args=[sheet.pk, what, form]))
    assert answer.status_code == 200
    return io.BytesIO(answer.content)


def words(text):
    return " ".join(text.replace("\xa0", " ").split())


def test_a_filled_sheet_says_what_is_answered_and_has_lines_to_sign_on(team, sheet, signed_in):
    client = signed_in(team.officer)
    reader = PdfReader(get(client, sheet, "filled", "pdf"))
    text = words("\n".join(page.extract_text() for page in reader.pages))
    for said in ("Fact 2 of money 1 is on record. yes", "In the north only.", "The law, Page 12",
                 "Filled by", "Signature", "Advice item 4"):  # fmt: skip
        assert said in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    document = Document(get(client, sheet, "filled", "docx"))
    assert "In the north only." in "\n".join(one.text for one in document.paragraphs)


def test_a_blank_sheet_holds_no_answer_and_room_for_each(team, sheet, signed_in):
    reader = PdfReader(get(signed_in(team.officer), sheet, "blank", "pdf"))
    text = words("\n".join(page.extract_text() for page in reader.pages))
    assert "In the north only." not in text
    assert "The law" not in text
    assert text.count("[ ]") == 8 * 4 * 4  # items, statements, answers
    assert "blank sheet" in text.casefold()


def test_there_is_no_other_form(team, sheet, signed_in):
    client = signed_in(team.officer)
    for what, form in (("blank", "odt"), ("other", "pdf")):
        address = reverse("reports:sheet_paper", args=[sheet.pk, what, form])
        assert client.get(address).status_code == 404
