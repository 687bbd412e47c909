"""Rounds, assignments and discussions by a program, under the same rules as on the pages."""

import pytest

from activity.models import Comment, Notification
from diagnostics import actions
from diagnostics.models import Assignment, Dissent, Sheet
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
ITEM = "money.item_1"


@pytest.fixture
def sheet(team) -> Sheet:
    return rounds.sheet_of(team.organisation)


def send(client, method, address, **data):
    return getattr(client, method)(f"/api/{address}", data, content_type="application/json")


def test_rounds_are_listed_and_shown_with_the_sheets_one_may_read(sheet, team, signed_in):
    client = signed_in(team.officer)
    (listed,) = client.get("/api/rounds/").json()
    assert (listed["id"], listed["instrument"], listed["state"]) == (
        sheet.round_id, "small", "collecting",
    )  # fmt: skip
    shown = client.get(f"/api/rounds/{sheet.round_id}/").json()
    assert [one["id"] for one in shown["sheets"]] == [sheet.pk]
    assert "end_collecting" in shown["steps"]


def test_a_sheet_is_submitted_and_opened_again_with_a_reason(sheet, team, signed_in):
    officer, coordinator = signed_in(team.officer), signed_in(team.coordinator)
    steps = f"sheets/{sheet.pk}/steps"
    assert send(officer, "post", f"{steps}/submit/").json() == {
        "state": "submitted", "submission": 1,
    }  # fmt: skip
    assert send(officer, "post", f"{steps}/submit/").status_code == 400
    assert send(coordinator, "post", f"{steps}/reopen/").status_code == 400
    reopened = send(coordinator, "post", f"{steps}/reopen/", reason="A page was missing.")
    assert reopened.json()["state"] == "reopened"
    assert send(officer, "post", f"{steps}/burn/").status_code == 404


def test_a_part_is_given_owed_and_taken_away(sheet, team, signed_in):
    coordinator, officer = signed_in(team.coordinator), signed_in(team.officer)
    address = f"sheets/{sheet.pk}/assignments/"
    given = {"person": team.officer.pk, "items": [ITEM], "due_on": "2031-05-01"}
    (made,) = send(coordinator, "post", address, **given).json()
    assert (made["item"], made["person_name"]) == (ITEM, team.officer.name)
    (owed,) = officer.get("/api/assignments/").json()
    assert (owed["open"], owed["done"], owed["next_due"]) == ([ITEM], [], "2031-05-01")
    (again,) = send(coordinator, "post", address, **given | {"due_on": "2031-06-01"}).json()
    assert (again["id"], again["due_on"]) == (made["id"], "2031-06-01")
    assert send(coordinator, "post", f"assignments/{made['id']}/end/").status_code == 204
    assert not Assignment.objects.exists()


def test_a_part_goes_to_nobody_from_elsewhere(sheet, team, signed_in):
    refused = send(signed_in(team.coordinator), "post", f"sheets/{sheet.pk}/assignments/",
                   person=team.coordinator.pk, items=[ITEM])  # fmt: skip
    assert refused.status_code == 400
    assert "person" in refused.json()["fields"]


def test_an_item_is_discussed_and_a_comment_resolved_once(sheet, team, signed_in):
    officer, coordinator = signed_in(team.officer), signed_in(team.coordinator)
    address = f"sheets/{sheet.pk}/items/{ITEM}/comments/"
    said = send(officer, "post", address, text="Which year?", mentioned=[team.coordinator.pk])
    assert said.status_code == 201
    assert said.json()["mentions"] == [team.coordinator.pk]
    assert Notification.objects.filter(to=team.coordinator, kind="comment.mentioned").exists()
    assert [one["text"] for one in coordinator.get(f"/api/{address}").json()] == ["Which year?"]
    resolve = f"{address}{said.json()['id']}/resolve/"
    assert send(coordinator, "post", resolve).json()["resolved_at"]
    assert send(coordinator, "post", resolve).status_code == 400
    elsewhere = f"sheets/{sheet.pk}/items/money.item_2/comments/{said.json()['id']}/resolve/"
    assert send(coordinator, "post", elsewhere).status_code == 404


def test_nobody_outside_the_discussion_is_mentioned(sheet, team, signed_in):
    refused = send(signed_in(team.officer), "post", f"sheets/{sheet.pk}/items/{ITEM}/comments/",
                   text="Look.", mentioned=[10**9])  # fmt: skip
    assert refused.status_code == 400
    assert not Comment.objects.exists()


def test_a_practice_round_is_started_and_marked(team, signed_in):
    rounds.version()
    made = send(signed_in(team.coordinator), "post", f"countries/{team.country.pk}/practice/")
    assert (made.status_code, made.json()["provenance"]) == (201, "practice")


def test_choices_that_are_not_sent_stay(team, signed_in):
    client = signed_in(team.officer)
    before = client.get("/api/notifications/choices/").json()
    kind = sorted(before["how"])[0]
    after = send(client, "put", "notifications/choices/", how={kind: "neither"}).json()
    assert after == before | {"how": before["how"] | {kind: "neither"}}
    assert client.get("/api/notifications/choices/").json() == after
    refused = send(client, "put", "notifications/choices/", how={"no.such": "both"})
    assert refused.status_code == 400
    assert send(client, "put", "notifications/choices/", language="xx").status_code == 400


def test_one_notification_is_read(sheet, team, signed_in):
    send(signed_in(team.coordinator), "post", f"sheets/{sheet.pk}/assignments/",
         person=team.officer.pk, items=[ITEM])  # fmt: skip
    one = Notification.objects.filter(to=team.officer, kind="assignment.made").get()
    assert send(signed_in(team.officer), "post", f"notifications/{one.pk}/read/").status_code == 204
    one.refresh_from_db()
    assert one.read_at


def test_a_round_is_planned_with_its_sheets(team, signed_in):
    asked = {
        "country": team.country.pk,
        "instrument_version": rounds.version().pk,
        "title": "Next",
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        "sheets": [
            {"organisation": team.organisation.pk, "panel": "government", "themes": ["money"]}
        ],
    }
    coordinator = signed_in(team.coordinator)
    made = send(coordinator, "post", "rounds/", **asked)
    assert made.status_code == 201
    assert Sheet.objects.get(round=made.json()["id"]).organisation == team.organisation
    again = send(coordinator, "post", "rounds/", **asked | {"period_end": "2025-12-31"})
    assert (again.status_code, "ends before it begins" in again.content.decode()) == (400, True)
    elsewhere = people.CountryFactory(code="VNM").pk
    answer = send(coordinator, "post", "rounds/", **asked | {"country": elsewhere})
    assert answer.status_code == 403


def test_an_organisation_dissents_and_takes_it_back(team, signed_in):
    sheet = rounds.sheet_of(team.organisation)
    rounds.fill(sheet, ["yes", "no"], by=team.officer)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.end_collecting(round=sheet.round, by=team.coordinator)
    address = f"rounds/{sheet.round_id}/settlement/{ITEM}/dissent/"
    officer, who = signed_in(team.officer), {"organisation": team.organisation.pk}
    assert send(officer, "post", address, **who, text="We hold 3.").status_code == 204
    other = {"organisation": people.OrganisationFactory(country=team.country).pk}
    assert send(officer, "post", address, **other, text="They hold 4.").status_code == 403
    standing = Dissent.objects.filter(withdrawn_at=None)
    assert standing.get().text == "We hold 3."
    assert send(officer, "post", f"{address}withdraw/", **who).status_code == 204
    assert not standing.exists()
    assert send(officer, "post", f"{address}withdraw/", **who).status_code == 400
