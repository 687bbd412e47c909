"""Parts of a sheet given to people: narrowing, owing, reminders; and who is told of steps."""

from datetime import UTC, date, datetime

import pytest

from accounts.refusals import Refused
from activity.models import Event, Notification
from diagnostics import actions, assignments, queries
from diagnostics.models import Assignment, Reminder
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 5, tzinfo=UTC)  # noon in Vientiane


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def assign(sheet, person, **parts):
    return actions.assign(sheet=sheet, person=person, by=None, **parts)


def kinds_told(person) -> list[str]:
    return list(
        Notification.objects.filter(to=person).order_by("pk").values_list("kind", flat=True)
    )


def test_a_person_with_parts_answers_these_only_and_others_everything(team, sheet):
    assign(sheet, team.officer, items=["money.item_1"], themes=["advice"])
    rounds.answer(sheet, "money.item_1", "yes", by=team.officer)
    rounds.answer(sheet, "advice.item_3", "yes", by=team.officer)
    with pytest.raises(Refused, match="not among those you were given"):
        rounds.answer(sheet, "money.item_2", "yes", by=team.officer)
    rounds.answer(sheet, "money.item_2", "yes", by=team.colleague)


def test_who_has_no_part_left_answers_the_whole_sheet_again(team, sheet):
    (given,) = assign(sheet, team.officer, items=["money.item_1"])
    actions.end_assignment(assignment=given, by=team.coordinator)
    rounds.answer(sheet, "money.item_2", "yes", by=team.officer)
    assert Event.objects.filter(kind__in=["sheet.assigned", "sheet.unassigned"]).count() == 2


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({}, "Choose at least one theme or item."),
        ({"themes": ["nothing"]}, "The sheet has no nothing to assign."),
        ({"items": ["money.item_99"]}, "The sheet has no money.item_99 to assign."),
    ],
)
def test_only_parts_of_the_sheet_are_given(team, sheet, parts, sentence):
    with pytest.raises(Refused) as caught:
        assign(sheet, team.officer, **parts)
    assert caught.value.sentence == sentence


def test_only_a_member_is_given_a_part(team, sheet):
    with pytest.raises(Refused, match="is no member of"):
        assign(sheet, team.donor, themes=["money"])


def test_the_same_part_again_gets_the_new_date(team, sheet):
    assign(sheet, team.officer, themes=["money"], due_on=date(2026, 3, 12))
    assign(sheet, team.officer, themes=["money"], due_on=date(2026, 4, 1))
    assert Assignment.objects.get().due_on == date(2026, 4, 1)


def test_what_is_owed_counts_each_item_once_and_stops_when_done(team, sheet):
    assign(sheet, team.officer, themes=["money"], due_on=date(2026, 3, 12))
    assign(sheet, team.officer, items=["money.item_1"], due_on=date(2026, 3, 9))
    (owed,) = assignments.of_person(team.officer)
    assert (owed.total, owed.next_due) == (4, date(2026, 3, 9))
    rounds.answer(sheet, "money.item_1", "yes", by=team.officer)
    (owed,) = assignments.of_person(team.officer)
    assert (len(owed.done), owed.next_due) == (1, date(2026, 3, 12))
    assert owed.last_saved is not None
    for item in ("money.item_2", "money.item_3", "money.item_4"):
        rounds.answer(sheet, item, "no", by=team.colleague)
    assert assignments.of_person(team.officer) == []
    (where,) = assignments.of_round(sheet.round)
    assert (len(where.done), where.open) == (4, set())


def test_pages_show_what_is_owed_and_who_is_where(team, sheet, signed_in):
    client = signed_in(team.coordinator)
    client.post(
        f"/sheets/{sheet.pk}/assignments/",
        {"person": team.officer.pk, "items": ["money.item_1"], "due_on": "2020-01-01"},
    )
    assert "overdue" in signed_in(team.officer).get("/").content.decode()
    page = client.get(f"/rounds/{sheet.round_id}/").content.decode()
    assert "0 of 1" in page
    assert "overdue" in page
    theme = signed_in(team.officer).get(f"/sheets/{sheet.pk}/money/").content.decode()
    assert theme.count("given to somebody else") == 3
    given = Assignment.objects.get()
    client.post(f"/assignments/{given.pk}/end/")
    assert not Assignment.objects.exists()


class TestReminders:
    def test_one_a_day_in_the_morning_of_the_country_until_it_is_done(self, team, sheet):
        assign(sheet, team.officer, items=["money.item_1"], due_on=date(2026, 3, 12))
        night = datetime(2026, 3, 9, 20, tzinfo=UTC)  # three in the morning of the tenth
        assert assignments.remind(night) == 0
        assert assignments.remind(NOON) == 1
        assert assignments.remind(NOON.replace(hour=9)) == 0
        assert assignments.remind(NOON.replace(day=11)) == 1
        rounds.answer(sheet, "money.item_1", "yes")
        assert assignments.remind(NOON.replace(day=12)) == 0
        assert kinds_told(team.officer).count("assignment.due") == 2
        assert Reminder.objects.count() == 2

    def test_nothing_is_said_long_before_and_after_the_sheet_is_submitted(self, team, sheet):
        assign(sheet, team.officer, items=["money.item_1"], due_on=date(2026, 3, 20))
        assert assignments.remind(NOON) == 0
        actions.submit_sheet(sheet=sheet, by=None)
        assert assignments.remind(NOON.replace(day=19)) == 0

    def test_several_sheets_make_one_reminder(self, team, sheet):
        for one in (sheet, rounds.sheet_of(team.organisation)):
            assign(one, team.officer, items=["money.item_1"], due_on=date(2026, 3, 11))
        assert assignments.remind(NOON) == 1
        told = Notification.objects.get(kind="assignment.due")
        assert told.facts["items"] == "2"


def test_steps_are_told_to_whom_the_tables_say(team):
    planned = rounds.RoundFactory(
        country=team.country, opened=False, sheets=[(team.organisation, "government", ["money"])]
    )
    sheet = planned.sheets.get()
    actions.open_round(round=planned, by=team.coordinator)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.reopen_sheet(sheet=sheet, reason="A page was missing.", by=team.coordinator)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.end_collecting(round=planned, by=team.coordinator)
    actions.close_round(round=planned, by=team.coordinator)
    assert kinds_told(team.officer) == [
        "round.opened", "sheet.reopened", "round.settling", "round.closed",
    ]  # fmt: skip
    assert kinds_told(team.coordinator) == ["sheet.submitted", "sheet.submitted"]
    assert kinds_told(team.donor) == kinds_told(team.stranger) == []


def test_members_are_those_who_fill(team, sheet):
    assert set(queries.people_filling([sheet])) == {team.officer, team.colleague}
    assert set(queries.coordinators_of(team.country)) == {team.coordinator}
    left = people.officer(team.organisation)
    left.is_active = False
    left.save()
    assert left not in set(queries.people_filling([sheet]))
