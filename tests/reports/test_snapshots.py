"""Snapshots and their hash; versions of a report."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.models import Event
from diagnostics.models import Scoring
from reports import actions, snapshots
from reports.models import ReportVersion
from tests.factories import rounds
from tests.reports.conftest import MIXED

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT
    | st.floats(0, 1000, allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def shuffled(value: object) -> object:
    """The same with every dictionary written backwards."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(list(value))}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


@given(st.dictionaries(TEXT, VALUES))
def test_the_hash_does_not_hang_on_the_order_of_keys_or_a_trip_through_json(snapshot):
    digest = snapshots.sha256(snapshot)
    assert len(digest) == 64
    assert snapshots.sha256(shuffled(snapshot)) == digest
    assert snapshots.sha256(json.loads(json.dumps(snapshot))) == digest


@given(st.dictionaries(TEXT, VALUES), TEXT)
def test_another_content_has_another_hash(snapshot, key):
    other = {**snapshot, key: [snapshot.get(key), "changed"]}
    assert snapshots.sha256(other) != snapshots.sha256(snapshot)


def test_the_hash_of_a_known_text_never_moves():
    assert snapshots.sha256({"b": [1, 0.5, None], "a": "é"}) == KNOWN


# printf '{"a":"é","b":[1,0.5,null]}' | sha256sum
KNOWN = "21b7842baa4c4c283070237c812afb2b9901f80d40094b10e4f234185747dd65"

pytestmark = pytest.mark.django_db


def test_the_stored_snapshot_still_has_its_hash(report_on):
    report = report_on(MIXED)
    again = ReportVersion.objects.get(pk=report.pk)
    assert snapshots.sha256(again.snapshot) == again.sha256
    assert snapshots.build(again.scoring) == again.snapshot


def test_equal_answers_give_an_equal_hash(report_on):
    report = report_on(MIXED)
    first = snapshots.build(report.scoring)
    assert snapshots.sha256(first) == snapshots.sha256(snapshots.build(report.scoring))
    changed = {**first, "method_version": "0"}
    assert snapshots.sha256(changed) != report.sha256


def test_a_snapshot_holds_all_that_the_report_shows(report_on, team):
    report = report_on(MIXED, not_applicable=["money.item_3"])
    held = report.snapshot
    assert held["subject"]["country"]["code"] == "LAO"
    assert held["round"]["period"] == ["2025-01-01", "2025-12-31"]
    assert held["instrument"]["content"]["pass_mark"] == 0.75
    (sheet,) = held["sheets"]
    assert (sheet["organisation"], sheet["panel"]) == (team.organisation.name, "government")
    assert sheet["responses"]["money.item_3"]["reason"] == "There is none."
    assert held["agreed"]["responses"]["money.item_1"]["answers"] == ["yes", "yes", "no", ""]
    assert held["result"]["themes"][0]["code"] == "money"
    assert held["method_version"] == held["result"]["method_version"]


def test_a_report_does_not_move_when_the_world_does(report_on, team, signed_in):
    report = report_on(MIXED)
    client = signed_in(team.officer)
    before = client.get(f"/reports/{report.pk}/snapshot.json").json()
    team.organisation.name = "Renamed"
    team.organisation.save()
    assert client.get(f"/reports/{report.pk}/snapshot.json").json() == before


def test_the_download_carries_the_hash_it_can_be_checked_by(report_on, team, signed_in):
    report = report_on(MIXED)
    response = signed_in(team.officer).get(f"/reports/{report.pk}/snapshot.json")
    assert response["Content-Type"] == "application/json"
    body = json.loads(response.content)
    assert body["version"] == 1
    assert body["sha256"] == report.sha256 == snapshots.sha256(body["snapshot"])


def test_a_scoring_gets_one_version_however_often_it_is_asked_for(report_on):
    report = report_on(MIXED)
    again = actions.add_version(scoring=report.scoring, snapshot={"other": 1}, by=None)
    assert again == report
    assert again.snapshot == report.snapshot
    assert ReportVersion.objects.count() == 1
    assert Event.objects.filter(kind="report.made").count() == 1


def test_versions_of_a_round_are_numbered_and_told(report_on, team):
    first = report_on(MIXED)
    other = Scoring.objects.create(
        sheet=first.scoring.sheet, submission=2, result={}, method_version="1.0"
    )
    second = actions.add_version(scoring=other, snapshot={}, by=team.coordinator)
    assert (first.number, second.number) == (1, 2)
    event = Event.objects.filter(kind="report.made").first()
    assert (event.by, event.topic, event.facts["number"]) == (
        team.coordinator, first.round.topic, 2,
    )  # fmt: skip


def test_each_round_counts_its_own_versions(report_on):
    assert [report_on(["yes", "no"]).number, report_on(["no"]).number] == [1, 1]


def test_only_a_closed_round_is_reported(team, run_jobs):
    rounds.sheet_of(team.organisation)
    run_jobs()
    assert not ReportVersion.objects.exists()
