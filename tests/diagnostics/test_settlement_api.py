"""Settling by a program, under the same rules as on the pages."""

import pytest

from diagnostics import actions
from diagnostics.models import Round
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
ITEM = "money.item_1"


@pytest.fixture
def collecting(team) -> Round:
    """Two submitted sheets that differ on one item."""
    other = people.OrganisationFactory(country=team.country)
    made = rounds.RoundFactory(
        country=team.country,
        sheets=[(team.organisation, "government", ["money"]), (other, "private", ["money"])],
    )
    for sheet, answers in zip(
        made.sheets.order_by("pk"), (["yes", "yes", "yes", "no"], ["no"]), strict=True
    ):
        rounds.fill(sheet, ["yes", "no"])
        rounds.answer(sheet, ITEM, *answers)
        actions.submit_sheet(sheet=sheet, by=None)
    return made


def test_a_round_is_led_from_collecting_to_closed(collecting, team, signed_in):
    client = signed_in(team.coordinator)
    at = f"/api/rounds/{collecting.pk}"

    def send(method, address, **data):
        return getattr(client, method)(f"{at}/{address}", data, content_type="application/json")

    stepped = send("post", "steps/end_collecting/").json()
    assert stepped == {"state": "settling", "steps": ["collect_again", "close", "reopen"]}
    refused = send("post", "steps/close/")
    assert refused.status_code == 400
    assert "Money item 1" in refused.json()["error"]
    first, *_rest = client.get(f"{at}/settlement/").json()
    assert (first["item"], first["pending"], first["panel_levels"]) == (
        ITEM, True, {"government": 4, "private": 1},
    )  # fmt: skip
    decision = {
        "decision": "settle", "revision": 0, "reason": "Read together.",
        "answers": ["yes", "no", "", ""],
    }  # fmt: skip
    settled = send("put", f"settlement/{ITEM}/", **decision).json()
    assert (settled["level"], settled["revision"], settled["pending"]) == (2, 1, False)
    stale = send("put", f"settlement/{ITEM}/", **decision)
    assert (stale.status_code, stale.json()["revision"]) == (409, 1)
    assert send("post", "steps/close/").json()["state"] == "closed"
    history = client.get(f"{at}/history/", {"kind": "decision"}).json()
    assert "Reason: Read together." in history[0]["what"]


def test_closing_asks_for_a_recent_sign_in(collecting, team, signed_in):
    client = signed_in(team.coordinator)
    session = client.session
    session["proved_at"] = 0
    session.save()
    answer = client.post(f"/api/rounds/{collecting.pk}/steps/close/")
    assert answer.status_code == 403
    assert "sign in again" in answer.json()["error"]


def test_objections_are_filed_for_ones_own_organisation_and_answered(collecting, team, signed_in):
    actions.end_collecting(round=collecting, by=None)
    address = f"/api/rounds/{collecting.pk}/settlement/{ITEM}/objections/"
    donor = signed_in(team.donor)
    own = team.donor.memberships.get().organisation_id
    data = {"organisation": own, "about": "answer", "text": "No such law."}
    filed = donor.post(address, data, content_type="application/json")
    assert filed.status_code == 201
    others = {**data, "organisation": team.organisation.pk}
    assert donor.post(address, others, content_type="application/json").status_code == 403
    answered = signed_in(team.coordinator).post(
        f"/api/objections/{filed.json()['id']}/answer/",
        {"accepted": False, "reason": "It is in force."},
        content_type="application/json",
    )
    assert answered.json()["state"] == "refused"
    assert donor.get(address).json()[0]["answer"] == "It is in force."
