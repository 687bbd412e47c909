"""Opening and closing a round, and each step at a wrong moment."""

import pytest

from accounts.refusals import Refused
from activity import events
from activity.models import Event, Job
from diagnostics import actions
from diagnostics.models import Response, Sheet
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db

STATES = ["planned", "collecting", "settling", "closed", "archived"]
SHEETS = "The round is {}; its sheets cannot change now."
WORDS = {
    "planned": "planned",
    "collecting": "collecting answers",
    "settling": "settling differences",
    "closed": "closed",
    "archived": "archived",
}


def in_state(state: str, **fields):
    made = rounds.RoundFactory(**fields)
    made.state = state
    made.save()
    return made


def three_raters(team, *answers):
    """A collecting round with a submitted sheet for each of `answers`, one panel each."""
    organisations = [people.OrganisationFactory(country=team.country) for _ in answers]
    panels = ["government", "independent", "private"]
    sheets = [
        (organisation, panel, ["money"])
        for organisation, panel in zip(organisations, panels, strict=False)
    ]
    made = rounds.RoundFactory(country=team.country, sheets=sheets)
    for sheet, given in zip(made.sheets.order_by("pk"), answers, strict=True):
        rounds.fill(sheet, given)
        actions.submit_sheet(sheet=sheet, by=None)
    return made


def agreed(made) -> Sheet:
    return made.sheets.get(panel="agreed")


def test_opening_makes_a_planned_round_collect(team):
    made = rounds.RoundFactory(country=team.country, opened=False)
    actions.open_round(round=made, by=team.coordinator)
    made.refresh_from_db()
    assert made.state == "collecting"
    event = Event.objects.get(kind="round.opened")
    assert (event.by, event.topic, event.country) == (team.coordinator, made.topic, team.country)
    assert events.in_words(event) == (
        f"{team.coordinator} opened the round {made.title} for answers."
    )


@pytest.mark.parametrize("state", [state for state in STATES if state != "planned"])
def test_only_a_planned_round_opens(state):
    made = in_state(state)
    with pytest.raises(Refused) as caught:
        actions.open_round(round=made, by=None)
    assert caught.value.sentence == (
        f"The round is {WORDS[state]}; “Open for answers” is for a round that is planned."
    )


@pytest.mark.parametrize("state", [state for state in STATES if state != "settling"])
def test_only_a_round_that_settles_closes(state):
    made = in_state(state)
    with pytest.raises(Refused) as caught:
        actions.close_round(round=made, by=None)
    assert caught.value.sentence == (
        f"The round is {WORDS[state]}; “Close and make the report” is for a round that is "
        "settling differences."
    )


@pytest.mark.parametrize("state", [state for state in STATES if state != "collecting"])
def test_sheets_are_submitted_and_opened_again_only_while_collecting(state):
    (sheet,) = in_state(state).sheets.all()
    with pytest.raises(Refused) as submitting:
        actions.submit_sheet(sheet=sheet, by=None)
    with pytest.raises(Refused) as reopening:
        actions.reopen_sheet(sheet=sheet, reason="A mistake.", by=None)
    sentence = SHEETS.format(WORDS[state])
    assert submitting.value.sentence == reopening.value.sentence == sentence


def test_a_round_without_a_submitted_sheet_stays_open(team):
    made = rounds.RoundFactory(country=team.country)
    with pytest.raises(Refused) as caught:
        actions.end_collecting(round=made, by=None)
    assert caught.value.sentence == "No sheet has been submitted, so there is nothing to settle."
    made.refresh_from_db()
    assert (made.state, made.sheets.count()) == ("collecting", 1)


def test_closing_is_told_and_queues_the_scoring_of_the_agreed_sheet(team):
    made = three_raters(team, ["yes"])
    rounds.close(made, by=team.coordinator)
    made.refresh_from_db()
    assert made.state == "closed"
    assert made.closed_at is not None
    sheet = agreed(made)
    assert (sheet.state, sheet.submission, sheet.submitted_by) == (
        "submitted", 1, team.coordinator,
    )  # fmt: skip
    event = Event.objects.get(kind="round.closed")
    assert (event.by, event.topic) == (team.coordinator, made.topic)
    assert event.facts == {"round": made.title, "sheets": 1}
    job = Job.objects.get(key=f"score {sheet.pk} 1")
    assert (job.kind, job.owner, job.topic) == ("score", team.coordinator, made.topic)


def test_the_agreed_sheet_takes_each_statement_by_the_majority_of_panels(team):
    made = three_raters(
        team, ["yes", "yes", "no"], ["yes", "no", "partly"], ["yes", "yes", "unknown"]
    )
    rounds.close(made, by=None)
    for response in agreed(made).responses.all():
        assert response.answers == ["yes", "yes", "unknown", ""]
        assert response.made == ["settled", "settled", "settled", ""]


def test_of_two_raters_who_differ_the_lower_answer_stands(team):
    made = three_raters(team, ["yes"], ["no"])
    rounds.close(made, by=None)
    assert agreed(made).responses.first().answers == ["no", "", "", ""]


def test_a_sheet_that_was_not_submitted_is_left_out(team):
    made = three_raters(team, ["yes"], ["no"])
    withdrawn = made.sheets.get(panel="independent")
    actions.reopen_sheet(sheet=withdrawn, reason="Two tables were missing.", by=None)
    rounds.close(made, by=None)
    assert {tuple(r.answers) for r in agreed(made).responses.all()} == {("yes", "", "", "")}
    withdrawn.refresh_from_db()
    assert withdrawn.state == "reopened"
    assert Event.objects.get(kind="round.closed").facts["sheets"] == 1


@pytest.mark.parametrize(("saying", "settled"), [(1, False), (2, True)])
def test_an_item_does_not_apply_only_if_more_than_half_say_so(team, saying, settled):
    made = three_raters(team, [], [], [])
    for sheet in made.sheets.all():
        actions.reopen_sheet(sheet=sheet, reason="Nothing was answered.", by=None)
    for number, sheet in enumerate(made.sheets.order_by("pk")):
        if number < saying:
            rounds.answer(
                sheet, "money.item_1", status="not_applicable", reason="There is no bank."
            )
        else:
            rounds.answer(sheet, "money.item_1", "yes", "no")
        actions.submit_sheet(sheet=sheet, by=None)
    rounds.close(made, by=None)
    response = agreed(made).responses.get(item__code="money.item_1")
    assert (response.status == "not_applicable") is settled
    assert bool(response.reason) is settled
    assert response.answers == ([""] * 4 if settled else ["yes", "no", "", ""])


def test_an_item_nobody_was_asked_about_is_not_on_the_agreed_sheet(team):
    made = three_raters(team, ["yes"])
    rounds.close(made, by=None)
    assert agreed(made).themes == ["money"]
    assert not Response.objects.filter(
        sheet=agreed(made), item__code__startswith="advice."
    ).exists()


def test_a_round_closes_once(team):
    made = three_raters(team, ["yes"])
    rounds.close(made, by=None)
    with pytest.raises(Refused):
        actions.close_round(round=made, by=None)
    assert made.sheets.filter(panel="agreed").count() == 1
    assert Event.objects.filter(kind="round.closed").count() == 1
