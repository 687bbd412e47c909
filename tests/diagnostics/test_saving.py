"""Saving one answer: revisions, history, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from accounts.refusals import Refused
from diagnostics import actions
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.models import Response, ResponseChange
from tests.factories import rounds
from tests.factories.rounds import content

pytestmark = pytest.mark.django_db

ITEM = "money.item_1"


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def save(sheet, sent: Content, *, revision: int, by=None, item: str = ITEM) -> Response:
    return actions.save_response(sheet=sheet, item=item, content=sent, revision=revision, by=by)


def stored(sheet) -> Response:
    return sheet.responses.get(item__code=ITEM)


def test_each_save_is_a_revision_by_its_author(team, sheet):
    first = save(sheet, content("yes", comment="The law of 2004."), revision=0, by=team.officer)
    assert (first.revision, first.changed_by) == (1, team.officer)
    second = save(sheet, content("yes", "partly"), revision=1, by=team.colleague)
    assert second.revision == 2
    now = stored(sheet)
    assert (now.answers, now.made) == (
        ["yes", "partly", "", ""], ["single", "single", "", ""],
    )  # fmt: skip
    assert (now.comment, now.changed_by) == ("", team.colleague)


def test_history_keeps_what_each_revision_said(team, sheet):
    evidence = [EvidenceRow("Decree 42", "article 3", "“shall”")]
    save(sheet, content("yes", comment="First.", evidence=evidence), revision=0, by=team.officer)
    save(sheet, content("no"), revision=1, by=team.colleague)
    first, second = ResponseChange.objects.filter(response=stored(sheet))
    assert (first.revision, first.by, second.revision, second.by) == (
        1, team.officer, 2, team.colleague,
    )  # fmt: skip
    assert first.content == {
        "status": "answered",
        "reason": "",
        "answers": ["yes", "", "", ""],
        "made": ["single", "", "", ""],
        "comment": "First.",
        "evidence": [{"link": "Decree 42", "page": "article 3", "quote": "“shall”", "file": ""}],
    }
    assert second.content["answers"] == ["no", "", "", ""]
    assert second.at == stored(sheet).changed_at


@pytest.mark.parametrize("revision", [0, 1, 7])
def test_the_same_content_again_is_accepted_and_makes_no_revision(team, sheet, revision):
    sent = content("yes", comment="The law.", evidence=[("Decree 42", "3", "")])
    save(sheet, sent, revision=0, by=team.officer)
    again = save(sheet, sent, revision=revision, by=team.colleague)
    assert (again.revision, again.changed_by) == (1, team.officer)
    assert ResponseChange.objects.count() == 1


def test_a_stale_save_conflicts_and_hands_back_what_is_stored(team, sheet):
    save(sheet, content("yes"), revision=0, by=team.officer)
    with pytest.raises(actions.Conflict) as caught:
        save(sheet, content("no"), revision=0, by=team.colleague)
    assert caught.value.response.answers == ["yes", "", "", ""]
    assert (caught.value.response.revision, caught.value.response.changed_by) == (1, team.officer)
    assert stored(sheet).answers == ["yes", "", "", ""]
    assert ResponseChange.objects.count() == 1


def test_a_revision_from_the_future_conflicts_too(sheet):
    with pytest.raises(actions.Conflict):
        save(sheet, content("yes"), revision=9)


def test_evidence_is_replaced_as_a_whole_and_kept_in_order(sheet):
    save(sheet, content("yes", evidence=[("A", "1", ""), ("B", "", "")]), revision=0)
    save(sheet, content("yes", evidence=[("C", "", "words"), ("A", "2", "")]), revision=1)
    rows = [(row.link, row.page, row.quote) for row in stored(sheet).evidence.all()]
    assert rows == [("C", "", "words"), ("A", "2", "")]


def test_blanks_around_texts_and_empty_evidence_are_dropped(sheet):
    sent = content("yes", comment=" so \n", evidence=[(" A ", " 1 ", " q "), ("", " ", "")])
    save(sheet, sent, revision=0)
    now = stored(sheet)
    assert now.comment == "so"
    assert [(row.link, row.page, row.quote) for row in now.evidence.all()] == [("A", "1", "q")]


def test_a_blank_answer_was_not_made_in_any_way(sheet):
    save(sheet, Content(["yes", "", "", ""], ["rung", "rung", "single", ""]), revision=0)
    assert stored(sheet).made == ["rung", "", "", ""]


def test_not_applicable_keeps_the_answers_and_may_still_lack_its_reason(sheet):
    save(sheet, content("yes", status="not_applicable"), revision=0)
    now = stored(sheet)
    assert (now.status, now.reason, now.answers[0]) == ("not_applicable", "", "yes")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (Content(["yes"], ["single"]), "Give one answer for each of the 4 statements."),
        (Content(["yes"] * 4, ["single"] * 3), "Give one answer for each of the 4 statements."),
        (Content([], []), "Give one answer for each of the 4 statements."),
        (content("maybe"), "An answer is yes, partly, no, unknown or blank."),
        (content("YES"), "An answer is yes, partly, no, unknown or blank."),
        (
            Content(["yes", "", "", ""], ["guess", "", "", ""]),
            "An answer is made by rung or single, or carried from last time.",
        ),
        (
            Content(["yes", "", "", ""], ["settled", "", "", ""]),
            "An answer is made by rung or single, or carried from last time.",
        ),
        (
            Content(["yes", "", "", ""], [""] * 4),
            "Say of each answer how it was made: rung or single.",
        ),
        (content("yes", status="done"), "The status is answered or not_applicable."),
        (
            content("yes", evidence=[("", "page 3", "")]),
            "Name the document or address that is the evidence.",
        ),
    ],
)
def test_content_of_wrong_form_is_refused_with_a_sentence(sheet, sent, sentence):
    with pytest.raises(ValidationError) as caught:
        save(sheet, sent, revision=0)
    assert caught.value.messages == [sentence]
    assert (stored(sheet).revision, ResponseChange.objects.count()) == (0, 0)


def test_evidence_longer_than_its_column_is_refused(sheet):
    with pytest.raises(ValidationError, match="at most 500 characters"):
        save(sheet, content("yes", evidence=[("x" * 501, "", "")]), revision=0)


def test_a_submitted_sheet_takes_no_answer(team, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    with pytest.raises(Refused) as caught:
        save(sheet, content("yes"), revision=0)
    assert caught.value.sentence == (
        "The sheet has been submitted; nothing was saved. The coordinator can open it again."
    )
    assert stored(sheet).revision == 0


@pytest.mark.parametrize("state", ["planned", "settling", "closed", "archived"])
def test_a_round_that_does_not_collect_takes_no_answer(sheet, state):
    sheet.round.state = state
    sheet.round.save()
    with pytest.raises(Refused) as caught:
        save(sheet, content("yes"), revision=0)
    assert caught.value.sentence == "The round is not collecting answers; nothing was saved."


def test_an_item_of_a_theme_not_assigned_is_not_there(team):
    made = rounds.RoundFactory(
        country=team.country, sheets=[(team.organisation, "government", ["money"])]
    )
    with pytest.raises(Response.DoesNotExist):
        save(made.sheets.get(), content("yes"), revision=0, item="advice.item_1")
