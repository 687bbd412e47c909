"""The API of sheets: what is sent, stored and refused."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from diagnostics import actions
from diagnostics.actions.responses import EvidenceRow
from diagnostics.models import Response
from tests.doors.scene import routes
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db

ITEM = "money.item_1"


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def put(client: Client, sheet, *answers: str, revision: int = 0, item: str = ITEM, **rest: object):
    sent = rounds.content(*answers, **rest).as_data()
    return client.put(
        f"/api/sheets/{sheet.pk}/items/{item}/",
        json.dumps({"revision": revision, **sent}),
        content_type="application/json",
    )


def test_a_saved_answer_comes_back_as_stored_with_its_level(team, signed_in, sheet):
    evidence = [EvidenceRow("https://example.org/law", "article 3", "“shall”")]
    response = put(
        signed_in(team.officer), sheet, "yes", "partly", "", "yes", comment="So.", evidence=evidence
    )
    assert response.status_code == 200
    body = response.json()
    assert body.pop("saved_at")
    assert body == {
        "item": ITEM,
        "revision": 1,
        "status": "answered",
        "reason": "",
        "answers": ["yes", "partly", "", "yes"],
        "made": ["single", "single", "", "single"],
        "comment": "So.",
        "evidence": [
            {"link": "https://example.org/law", "page": "article 3", "quote": "“shall”", "file": ""}
        ],
        "level": 2,
        "state": "known",
        "out_of_order": True,
        "saved_by": str(team.officer),
        "provenance": "assessment",
        "label": "",
    }
    stored = sheet.responses.get(item__code=ITEM)
    assert (stored.answers, stored.changed_by) == (["yes", "partly", "", "yes"], team.officer)


def test_texts_that_may_be_left_out_are_blank(team, signed_in, sheet):
    body = {"revision": 0, "status": "answered", "answers": ["no"] * 4, "made": ["rung"] * 4}
    url = f"/api/sheets/{sheet.pk}/items/{ITEM}/"
    response = signed_in(team.officer).put(url, body, content_type="application/json")
    assert response.status_code == 200
    assert (response.json()["comment"], response.json()["evidence"]) == ("", [])


def test_a_stale_save_is_409_with_the_stored_answer_and_who_gave_it(team, signed_in, sheet):
    put(signed_in(team.officer), sheet, "yes", comment="First.")
    response = put(signed_in(team.colleague), sheet, "no")
    assert response.status_code == 409
    body = response.json()
    assert (body["revision"], body["answers"][0], body["comment"], body["saved_by"]) == (
        1, "yes", "First.", str(team.officer),
    )  # fmt: skip
    again = put(signed_in(team.colleague), sheet, "no", revision=body["revision"])
    assert (again.status_code, again.json()["revision"]) == (200, 2)


def test_a_repeated_request_is_answered_like_the_first(team, signed_in, sheet):
    client = signed_in(team.officer)
    first, second = put(client, sheet, "yes"), put(client, sheet, "yes")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()


def test_reading_a_sheet_gives_every_answer_in_order(team, signed_in, sheet):
    put(signed_in(team.officer), sheet, "unknown")
    for reader in (team.officer, team.colleague, team.coordinator):
        body = signed_in(reader).get(f"/api/sheets/{sheet.pk}/").json()
        assert [one["item"] for one in body] == [
            f"{theme}.item_{n}" for theme in ("money", "advice") for n in (1, 2, 3, 4)
        ]
        assert (body[0]["state"], body[0]["level"]) == ("unknown", 1)
        assert (body[1]["state"], body[1]["saved_at"], body[1]["saved_by"]) == (
            "unanswered", None, None,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "shown"), [("Asia/Vientiane", "00:30"), ("UTC", "17:30"), ("Asia/Kathmandu", "23:15")]
)
def test_times_are_those_of_the_country(team, signed_in, sheet, zone, shown):
    team.country.time_zone = zone
    team.country.save()
    put(signed_in(team.officer), sheet, "yes")
    at = datetime(2025, 3, 1, 17, 30, tzinfo=UTC)
    Response.objects.filter(sheet=sheet, item__code=ITEM).update(changed_at=at)
    body = signed_in(team.officer).get(f"/api/sheets/{sheet.pk}/").json()
    assert body[0]["saved_at"] == shown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"answers": ["yes"] * 3}, "Give one answer for each of the 4 statements."),
        ({"answers": ["maybe", "", "", ""]}, "An answer is yes, partly, no, unknown or blank."),
        ({"status": "gone"}, "The status is answered or not_applicable."),
        (
            {"evidence": [{"link": "", "page": "3"}]},
            "Name the document or address that is the evidence.",
        ),
    ],
)
def test_content_of_wrong_form_is_400_with_the_sentence(team, signed_in, sheet, sent, sentence):
    body = {"revision": 0, "status": "answered", "answers": ["yes", "", "", ""],
            "made": ["single", "", "", ""], **sent}  # fmt: skip
    url = f"/api/sheets/{sheet.pk}/items/{ITEM}/"
    response = signed_in(team.officer).put(url, body, content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"error": sentence})


def test_a_missing_field_is_400_and_named(team, signed_in, sheet):
    url = f"/api/sheets/{sheet.pk}/items/{ITEM}/"
    response = signed_in(team.officer).put(url, {}, content_type="application/json")
    assert response.status_code == 400
    body = response.json()
    assert body["error"].startswith("revision: This field is required. status: ")
    assert set(body["fields"]) == {"revision", "status", "answers", "made"}


def test_a_locked_sheet_is_400_with_the_reason(team, signed_in, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    response = put(signed_in(team.officer), sheet, "yes")
    assert response.status_code == 400
    assert response.json()["error"].startswith("The sheet has been submitted; nothing was saved.")


def test_who_is_not_signed_in_gets_401(sheet):
    for response in (put(Client(), sheet, "yes"), Client().get(f"/api/sheets/{sheet.pk}/")):
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == "Bearer"
        assert set(response.json()) == {"error"}


def test_a_page_made_for_another_person_is_401(team, signed_in, sheet):
    url = f"/api/sheets/{sheet.pk}/"
    client = signed_in(team.officer)
    theirs = client.get(url, headers={"X-Page-Of": str(team.colleague.pk)})
    own = client.get(url, headers={"X-Page-Of": str(team.officer.pk)})
    assert (theirs.status_code, own.status_code) == (401, 200)


def test_a_reader_gets_403_with_the_reason(team, signed_in, sheet):
    response = put(signed_in(team.coordinator), sheet, "yes")
    assert (response.status_code, response.json()) == (
        403, {"error": "Only members of the organisation answer its sheet."},
    )  # fmt: skip


def test_a_stranger_and_a_rater_of_another_organisation_find_nothing(team, signed_in, sheet):
    rater = people.assessor(people.OrganisationFactory(country=team.country))
    for user in (team.stranger, rater, team.donor, team.administrator):
        assert put(signed_in(user), sheet, "yes").status_code == 404
        response = signed_in(user).get(f"/api/sheets/{sheet.pk}/")
        assert response.status_code == 404
        assert set(response.json()) == {"error"}


@pytest.mark.parametrize("item", ["money.item_9", "nothing"])
def test_an_item_that_is_not_on_the_sheet_is_404_by_name(team, signed_in, sheet, item):
    response = put(signed_in(team.officer), sheet, "yes", item=item)
    assert (response.status_code, response.json()) == (
        404, {"error": f"The sheet has no item {item}."},
    )  # fmt: skip


def test_reading_costs_the_same_number_of_queries_whatever_the_items(
    team, signed_in, django_assert_max_num_queries
):
    small = rounds.sheet_of(team.organisation)
    large = rounds.sheet_of(
        team.organisation, instrument_version=rounds.version(code="large", items=40)
    )
    client = signed_in(team.officer)
    with django_assert_max_num_queries(20) as first:
        client.get(f"/api/sheets/{small.pk}/")
    with django_assert_max_num_queries(20) as second:
        assert len(client.get(f"/api/sheets/{large.pk}/").json()) == 80
    assert len(first) == len(second)


def test_the_schema_describes_the_api_without_a_warning(tmp_path):
    path = tmp_path / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(path))
    text = path.read_text()
    described = re.findall(r"^  (/api/\S+):$", text, re.MULTILINE)
    served = [re.sub(r"<[^>]*>", "{}", one.pattern) for one in routes() if "api:" in one.name]
    served.remove("/api/schema/")
    assert sorted(re.sub(r"{\w+}", "{}", path) for path in described) == sorted(served)
    assert "'409'" in text
