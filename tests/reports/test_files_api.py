"""A version's files over the API and on its page while they are made, for members and anybody."""

import hashlib

import pytest
from django.test import Client

from activity.models import Job
from reports.models import ReportVersion
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_on) -> ReportVersion:
    return report_on(MIXED)


def files(client, report, language: str = "en") -> dict[tuple[str, str], dict]:
    answer = client.get(f"/api/reports/{report.pk}/files/", {"language": language})
    return {(one["audience"], one["form"]): one for one in answer.json()}


def ask(client, report, **asked):
    return client.post(f"/api/reports/{report.pk}/files/", asked, content_type="application/json")


def test_a_file_is_asked_for_made_and_taken(report, signed_in, team, run_jobs):
    client = signed_in(team.officer)
    assert {one["state"] for one in files(client, report).values()} == {"not_made"}
    asked = ask(client, report, form="xlsx", language="fr")
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    assert files(client, report, "fr")["full", "xlsx"]["state"] == "queued"
    run_jobs()
    told = files(client, report, "fr")["full", "xlsx"]
    assert (told["state"], told["progress"]) == ("made", 100)
    content = b"".join(client.get(told["address"]).streaming_content)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (told["size"], told["sha256"])
    again = ask(client, report, form="xlsx", language="fr")
    assert (again.status_code, again.json()["sha256"]) == (200, told["sha256"])
    everything = client.get(f"/api/reports/{report.pk}/files/").json()
    assert {one["language"] for one in everything} == {"en", "fr", "ru", "vi"}


def test_what_is_not_offered_is_said(report, signed_in, team):
    client = signed_in(team.officer)
    for asked, field in (
        ({"form": "exe"}, "form"),
        ({"form": "zip", "audience": "donor"}, "audience"),
        ({"form": "pdf", "language": "tlh"}, "language"),
    ):
        answer = ask(client, report, **asked)
        assert answer.status_code == 400
        assert list(answer.json()["fields"]) == [field]
    assert not Job.objects.filter(kind="rendition").exists()


def test_a_withdrawn_version_has_no_files_any_more(report, signed_in, team):
    ReportVersion.objects.filter(pk=report.pk).update(
        state="withdrawn", withdrawn_because="A mistake."
    )
    assert files(Client(), report) == {}
    client = signed_in(team.officer)
    assert "withdrawn" in ask(client, report, form="pdf").json()["error"]
    assert client.get(f"/api/reports/{report.pk}/files/en/full.pdf").status_code == 404


def test_anybody_s_page_moves_on_when_the_files_are_made(report, signed_in, team, run_jobs):
    ReportVersion.objects.filter(pk=report.pk).update(state="published")
    reader = Client()
    follow = f"/reports/{report.pk}/making.json"
    page = reader.get(report.get_absolute_url())
    assert follow not in page.content.decode()
    ask(signed_in(team.officer), report, form="zip")
    page = reader.get(ReportVersion.objects.get().public_address)
    assert f'data-job="{follow}"' in page.content.decode()
    assert "max-age=0" in page["Cache-Control"]
    assert reader.get(follow).json() == {
        "state": "running", "progress": 0, "message": "1 file is being made.", "next": "",
    }  # fmt: skip
    run_jobs()
    assert reader.get(follow).json()["state"] == "succeeded"
    assert files(reader, report)["full", "zip"]["state"] == "made"
