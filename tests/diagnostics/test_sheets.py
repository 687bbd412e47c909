"""Submitting a sheet and opening it again."""

import pytest
from django.core.exceptions import ValidationError

from accounts.refusals import Refused
from activity import events
from activity.models import Event, Job
from diagnostics import actions
from diagnostics.models import Scoring
from tests.factories import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def test_submitting_locks_the_sheet_and_queues_its_profile(team, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.submission, sheet.submitted_by) == ("submitted", 1, team.officer)
    assert sheet.submitted_at is not None
    assert not sheet.is_open
    job = Job.objects.get(key=f"score {sheet.pk} 1")
    assert (job.owner, job.topic) == (team.officer, sheet.round.topic)
    event = Event.objects.get(kind="sheet.submitted")
    assert (event.by, event.topic, event.country) == (
        team.officer, sheet.round.topic, team.country,
    )  # fmt: skip
    assert events.in_words(event) == (
        f"{team.officer} submitted the sheet of {team.organisation} in {sheet.round}."
    )


def test_a_sheet_is_not_submitted_twice(team, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    with pytest.raises(Refused) as caught:
        actions.submit_sheet(sheet=sheet, by=team.colleague)
    assert caught.value.sentence == (
        "The sheet is submitted; “Submit” is for a sheet that is draft or reopened."
    )
    sheet.refresh_from_db()
    assert (sheet.submission, sheet.submitted_by) == (1, team.officer)
    assert Event.objects.filter(kind="sheet.submitted").count() == 1


def test_a_sheet_that_says_not_applicable_without_why_is_not_submitted(team, sheet):
    rounds.answer(sheet, "money.item_1", status="not_applicable")
    with pytest.raises(Refused) as caught:
        actions.submit_sheet(sheet=sheet, by=team.officer)
    assert caught.value.sentence == "Say why an item does not apply before you submit."
    sheet.refresh_from_db()
    assert sheet.state == "draft"
    rounds.answer(sheet, "money.item_1", status="not_applicable", reason="There is no bank.")
    actions.submit_sheet(sheet=sheet, by=team.officer)


def test_blank_items_are_submitted_blank(team, sheet):
    rounds.answer(sheet, "money.item_1", "yes")
    actions.submit_sheet(sheet=sheet, by=team.officer)
    assert sheet.responses.get(item__code="money.item_2").answers == [""] * 4


def test_opening_again_gives_the_sheet_back_with_the_reason(team, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.reopen_sheet(sheet=sheet, reason="  Item 2 has no source. ", by=team.coordinator)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.submission, sheet.is_open) == ("reopened", 1, True)
    event = Event.objects.get(kind="sheet.reopened")
    assert (event.by, event.facts["reason"]) == (team.coordinator, "Item 2 has no source.")
    assert events.in_words(event).endswith("again: Item 2 has no source.")
    rounds.answer(sheet, "money.item_1", "yes", by=team.officer)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_opening_again_needs_a_reason(team, sheet, reason):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    with pytest.raises(Refused) as caught:
        actions.reopen_sheet(sheet=sheet, reason=reason, by=team.coordinator)
    assert caught.value.sentence == "Say why the sheet is opened again; its authors will read it."
    sheet.refresh_from_db()
    assert sheet.state == "submitted"


def test_a_reason_the_database_cannot_hold_is_refused(team, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    with pytest.raises(ValidationError, match="Null characters are not allowed"):
        actions.reopen_sheet(sheet=sheet, reason="why\x00", by=team.coordinator)


def test_an_open_sheet_is_not_opened_again(team, sheet):
    with pytest.raises(Refused) as caught:
        actions.reopen_sheet(sheet=sheet, reason="A mistake.", by=team.coordinator)
    assert caught.value.sentence == (
        "The sheet is draft; “Open again” is for a sheet that is submitted."
    )


def test_each_submission_has_its_own_profile(team, sheet, run_jobs):
    rounds.fill(sheet, ["yes", "no"])
    actions.submit_sheet(sheet=sheet, by=team.officer)
    run_jobs()
    actions.reopen_sheet(sheet=sheet, reason="More is known now.", by=team.coordinator)
    rounds.fill(sheet, ["yes", "yes", "no"])
    actions.submit_sheet(sheet=sheet, by=team.officer)
    run_jobs()
    stages = {
        scoring.submission: [theme["stage"] for theme in scoring.result["themes"]]
        for scoring in Scoring.objects.filter(sheet=sheet)
    }
    assert stages == {1: [2, 2], 2: [3, 3]}


def test_a_submission_that_was_replaced_is_not_scored(team, sheet, run_jobs):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.reopen_sheet(sheet=sheet, reason="Something was left out.", by=team.coordinator)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    states = {job.key: (job.state, job.message) for job in run_jobs()}
    assert states[f"score {sheet.pk} 1"] == (
        "failed", "The sheet was opened again; the next submission will be scored.",
    )  # fmt: skip
    assert states[f"score {sheet.pk} 2"][0] == "succeeded"
    assert list(Scoring.objects.values_list("submission", flat=True)) == [2]


def test_a_sheet_opened_again_before_it_is_scored_is_not_scored(team, sheet, run_jobs):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.reopen_sheet(sheet=sheet, reason="Something was left out.", by=team.coordinator)
    assert {job.state for job in run_jobs()} == {"failed"}
    assert not Scoring.objects.exists()
