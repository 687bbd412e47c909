"""Evidence files: what is taken, who may cite one, who may have one."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activity.models import File
from tests.factories import rounds

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def give(client, sheet, content=PDF, name="law.pdf"):
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("api:sheet_files", args=[sheet.pk]), {"file": upload})


def cite(client, sheet, file, revision=0):
    body = {
        "revision": revision,
        "status": "answered",
        "answers": ["yes", "no", "", ""],
        "made": ["single", "single", "", ""],
        "evidence": [{"link": "The law", "file": str(file)}],
    }
    url = reverse("api:response", args=[sheet.pk, "money.item_1"])
    return client.put(url, body, content_type="application/json")


def test_a_file_is_cited_and_comes_back_as_an_attachment(team, sheet, signed_in):
    client = signed_in(team.officer)
    given = give(client, sheet)
    assert given.status_code == 201
    assert cite(client, sheet, given.json()["id"]).status_code == 200
    for reader in (team.officer, team.colleague, team.coordinator):
        back = signed_in(reader).get(reverse("diagnostics:file", args=[given.json()["id"]]))
        assert b"".join(back.streaming_content) == PDF
        assert back["Content-Disposition"] == 'attachment; filename="law.pdf"'
        assert back["X-Content-Type-Options"] == "nosniff"
        assert back["Content-Type"] == "application/pdf"


def test_who_may_not_see_the_sheet_may_not_have_its_file(team, sheet, signed_in):
    client = signed_in(team.officer)
    file = give(client, sheet).json()["id"]
    url = reverse("diagnostics:file", args=[file])
    assert signed_in(team.colleague).get(url).status_code == 404  # given, but nothing cites it yet
    cite(client, sheet, file)
    assert b"".join(signed_in(team.colleague).get(url).streaming_content) == PDF
    assert signed_in(team.stranger).get(url).status_code == 404
    assert signed_in(team.donor).get(url).status_code == 404


def test_a_file_somebody_else_gave_cannot_be_cited(team, sheet, signed_in):
    file = give(signed_in(team.officer), sheet).json()["id"]
    answer = cite(signed_in(team.colleague), sheet, file)
    assert answer.status_code == 400
    assert answer.json()["error"] == "The evidence names a file that you did not give."
    assert cite(signed_in(team.colleague), sheet, "no-key").status_code == 400


def test_a_colleague_may_change_an_answer_that_cites_a_file(team, sheet, signed_in):
    file = give(signed_in(team.officer), sheet).json()["id"]
    cite(signed_in(team.officer), sheet, file)
    body = {
        "revision": 1,
        "status": "answered",
        "answers": ["no", "", "", ""],
        "made": ["single", "", "", ""],
        "evidence": [{"link": "The law", "file": file}],
    }
    url = reverse("api:response", args=[sheet.pk, "money.item_1"])
    changed = signed_in(team.colleague).put(url, body, content_type="application/json")
    assert changed.status_code == 200


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.pdf", "The file is empty."),
        (b"MZ\x90\x00\x03\x00\x00\x00", "report.pdf", "By its content the file is none of"),
        (b"<html><script>alert(1)</script></html>", "notes.txt", "By its content"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "chart.png", "By its content"),
        (b"\xff\xfe\x00\x01\x02", "notes.txt", "By its content"),
        (workbook(), "plain.zip", "By its content"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(team, sheet, signed_in, content, name, words):
    answer = give(signed_in(team.officer), sheet, content, name)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(words)
    assert not File.objects.exists()


def test_a_file_too_large_is_refused(team, sheet, signed_in, settings):
    settings.EVIDENCE_BYTES = 2**20
    answer = give(signed_in(team.officer), sheet, PDF + b"0" * 2**20)
    assert answer.json() == {"error": "The file is larger than 1 MB."}


def test_a_configured_scanner_that_is_away_refuses_rather_than_lets_through(
    team, sheet, signed_in, settings
):
    settings.CLAMD = "tcp://127.0.0.1:1"
    answer = give(signed_in(team.officer), sheet)
    assert answer.status_code == 400
    assert "could not be scanned" in answer.json()["error"]


def test_a_name_is_shown_and_never_a_path(team, sheet, signed_in):
    answer = give(signed_in(team.officer), sheet, name="../../etc/passwd.pdf")
    file = File.objects.get(pk=answer.json()["id"])
    assert file.name == "passwd.pdf"
    assert file.content.name.startswith("evidence/")
    assert str(file.pk) in file.content.name
