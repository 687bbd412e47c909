"""Positions and studies by program: written, reviewed, published and followed as on the pages."""

import pytest
from django.test import Client

from clusters import actions, position
from clusters.models import Study
from clusters.studies.content import digest
from clusters.studies.words import PRINCIPLES
from countries.models import Document
from tests.clusters.test_studies import LINE, PROBLEM, TEXTS, approver_of
from tests.factories.clusters import ClusterFactory


class Program:
    """Sends JSON to the API; answers with what came back, after its status was compared."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, method: str, path: str, data=None, status: int = 200):
        call = getattr(self.client, method)
        sent = {} if method == "get" else {"data": data or {}, "content_type": "application/json"}
        response = call(f"/api/{path}", **sent)
        assert response.status_code == status, response.content
        return response.json()

    def gone(self, path: str) -> None:
        """Post what takes something out."""
        response = self.client.post(f"/api/{path}", {}, "application/json")
        assert response.status_code == 204, response.content


@pytest.fixture
def program(team, signed_in) -> Program:
    return Program(signed_in(team.coordinator))


@pytest.fixture
def cluster(team):
    return ClusterFactory(country=team.country)


def test_a_study_goes_its_whole_way_by_program(team, cluster, program, signed_in):
    study = program("post", f"clusters/{cluster.pk}/studies/", status=201)
    at = f"studies/{study['id']}/"
    said = program("put", at, dict.fromkeys(TEXTS, "Known.") | {"principles": {"groups": "So."}})
    assert said["content"]["texts"]["vision"] == "Known."
    said = program("put", at, {"principles": dict.fromkeys(PRINCIPLES, "So."), "vision": "Dry."})
    assert said["content"]["texts"]["linkages"] == "Known."
    swot = {"kind": "weakness", "text": "Wet timber", "title": "A survey", "cited": "table 2"}
    program("post", f"{at}swot/", swot, status=201)
    row = program("post", f"{at}problems/", PROBLEM, status=201)
    program("put", f"{at}problems/{row['id']}/", PROBLEM | {"risk": "high"})
    line = program("post", f"{at}lines/", LINE, status=201)
    twice = program("post", f"{at}lines/", LINE, status=201)
    said = program("post", f"{at}lines/{twice['id']}/remove/")
    assert said["rows"]["lines"] == [line["id"]]
    assert said["content"]["problems"][0]["risk"] == "high"
    assert program("post", f"{at}steps/send/")["state"] == "review"
    donor = Program(signed_in(team.donor))
    comment = donor("post", f"{at}comments/", {"text": "Who pays?"}, status=201)
    refused = program("post", f"{at}steps/approve/", status=400)
    assert "somebody else approves it" in refused["error"]
    approver = Program(signed_in(approver_of(team)))
    refused = approver("post", f"{at}steps/approve/", status=400)
    assert "answers to comments" in refused["error"]
    program("post", f"{at}comments/{comment['id']}/answer/", {"text": "The members."})
    assert all(one["resolved_at"] for one in donor("get", f"{at}comments/"))
    assert approver("post", f"{at}steps/approve/")["steps"] == ["take_back", "publish"]
    published = program("post", f"{at}steps/publish/")
    assert (published["state"], published["steps"]) == ("published", ["withdraw"])
    assert published["rows"] == {}
    value = {"line": line["id"], "day": "2025-06-30", "value": "35", "status": "late",
             "source": "Visits"}  # fmt: skip
    first = program("post", f"{at}values/", value, status=201)
    again = program("post", f"{at}values/", value, status=400)
    assert "a value of this day already" in again["error"]
    right = {"value": "31", "status": "under_way", "source": "Visits", "reason": "Read wrongly"}
    correct = f"{at}values/{first['id']}/correct/"
    program("post", correct, right | {"reason": " "}, status=400)
    assert program("post", correct, right, status=201)["corrects"] == first["id"]
    assert "corrected already" in program("post", correct, right, status=400)["error"]
    lesson = {"day": "2025-07-01", "text": "Start early", "author": "The forum"}
    first = program("post", f"{at}lessons/", lesson | {"text": "Start late"}, status=201)
    again = lesson | {"reason": "A slip."}
    made = program("post", f"{at}lessons/{first['id']}/correct/", again, status=201)
    assert made["corrects"] == first["id"]
    program("put", f"{at}judgement/", {"judgement": {"impact": "Dry timber."}})
    anybody = Program(Client())
    read = anybody("get", at)
    assert digest(read["content"]) == read["sha256"]
    assert [(one["value"], one["stands"]) for one in read["values"]] == [(35, False), (31, True)]
    assert [(one["text"], one["stands"]) for one in read["lessons"]] == [
        ("Start late", False), ("Start early", True),
    ]  # fmt: skip
    assert read["judgement"] == {"impact": "Dry timber."}
    assert [one["id"] for one in anybody("get", "studies/?country=LAO")] == [study["id"]]
    assert anybody("get", f"studies/?cluster={cluster.pk}")[0]["id"] == study["id"]
    assert "cluster: " in anybody("get", "studies/?cluster=0", status=400)["error"]
    program("post", f"{at}steps/withdraw/", {"reason": "Wrong figures"})
    left = anybody("get", at)
    assert (left["content"], left["values"]) == (None, [])
    assert left["withdrawn_because"] == "Wrong figures"


def test_a_line_of_swot_rests_on_what_is_offered(team, cluster, program):
    cluster.figures.create(measure="firms", value=120, unit="firms", year=2020, source="Census")
    study = actions.begin_study(cluster=cluster, by=None)
    at = f"studies/{study.pk}/"
    (offered,) = program("get", f"{at}evidence/")
    line = {"kind": "strength", "text": "Many firms"}
    for bad in ({}, {"on_record": "figure 0"}, {"on_record": offered["key"], "title": "A book"}):
        program("post", f"{at}swot/", line | bad, status=400)
    made = program("post", f"{at}swot/", line | {"on_record": offered["key"]}, status=201)
    assert made["evidence"] == "firms: 120 firms, 2020 (Census)"
    book = Document.objects.create(code="a-book", citation="A book, 2009")
    said = program("post", f"{at}swot/", line | {"document": "a-book"}, status=400)
    assert "Say where in the document it is." in str(said)
    made = program(
        "post", f"{at}swot/", line | {"document": book.pk, "cited": "page 7"}, status=201
    )
    assert (made["evidence_key"], made["evidence"]) == ("document a-book", "A book, 2009, page 7")


def test_bad_input_is_refused_in_words_and_changes_nothing(cluster, program):
    study = actions.begin_study(cluster=cluster, by=None)
    at = f"studies/{study.pk}/"
    said = program("post", f"{at}lines/", LINE | {"end": "2024-01-01"}, status=400)
    assert "The end is before the start." in said["error"]
    said = program("post", f"{at}lines/", LINE | {"currency": "usd"}, status=400)
    assert "Three capital letters" in said["fields"]["currency"][0]
    for slip in ({"start": "0001-01-01"}, {"end": "9999-12-31"}):
        said = program("post", f"{at}lines/", LINE | slip, status=400)
        (name,) = slip
        assert "more than fifteen years from" in said["fields"][name][0]
    place = {"kind": "threat", "text": "Wet", "cited": "p. 3"}
    said = program("post", f"{at}swot/", place, status=400)
    assert "Name the document too" in said["error"]
    said = program("put", at, {"principles": {"luck": "So."}}, status=400)
    assert said["fields"]["principles"] == ["There is no principle luck."]
    program("put", at, {"vision": "a\0b"}, status=400)
    said = program("put", f"{at}judgement/", {"judgement": {"luck": "So."}}, status=400)
    assert said["fields"]["judgement"] == ["There is no criterion luck."]
    said = program("put", f"{at}judgement/", {"judgement": {"impact": "So."}}, status=400)
    assert "once it is published" in said["error"]
    said = program("post", f"clusters/{cluster.pk}/studies/", status=400)
    assert "a study that is being written" in said["error"]
    assert not study.lines.exists()
    assert Study.objects.get().vision == ""


def test_values_name_a_line_of_the_very_study(team, cluster, program):
    other = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    line = Program(program.client)("post", f"studies/{other.pk}/lines/", LINE, status=201)
    study = actions.begin_study(cluster=cluster, by=None)
    value = {"line": line["id"], "day": "2025-06-30", "value": "35", "status": "late",
             "source": "Visits"}  # fmt: skip
    said = program("post", f"studies/{study.pk}/values/", value, status=400)
    assert "does not exist" in said["fields"]["line"][0]


def test_the_position_is_answered_and_read(cluster, program):
    at = f"clusters/{cluster.pk}/position/"
    assert program("get", at)["mode"] is None
    marks = dict.fromkeys([*position.PRODUCT_MARKS, *position.PROCESS_MARKS], "yes")
    said = {"answers": marks, "year": 2024, "source": "Visits"}
    assert program("put", at, said)["mode"] == "fast_follower"
    refused = program("put", at, said | {"answers": {"luck": "yes"}}, status=400)
    assert "under the code “luck”; expected: own_design, new_product" in refused["error"]
    refused = program("put", at, said | {"answers": {"own_design": "maybe"}}, status=400)
    assert refused["error"] == (
        "answers.own_design: Expected one of: yes, no, unknown. Given: “maybe”."
    )
    assert program("get", at)["product"] is True
