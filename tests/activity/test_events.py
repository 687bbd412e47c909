"""What happened, in words, and never altered."""

import ast
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from activity import events, notices
from activity.models import Event
from activity.queries import notices_of, told
from activity.translated import Translated, of_pages
from diagnostics import actions
from diagnostics.models import Objection
from tests.factories import rounds

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("accounts", "activity", "clusters", "countries", "diagnostics", "indicators", "reports")


def test_every_kind_that_has_a_sentence_happens_somewhere():
    written = [
        node.value
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    # Once where its sentence is registered, and at least once where it is recorded.
    assert [kind for kind in events._sentences if written.count(kind) < 2] == []


@pytest.mark.django_db
def test_an_event_without_a_fact_of_its_sentence_is_refused():
    with pytest.raises(LookupError, match=r"'round\.opened' need round"):
        events.record("round.opened", by=None)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_and_nothing_is_written():
    with pytest.raises(LookupError, match=r"kind 'round\.vanished'"):
        events.record("round.vanished", by=None)
    assert not Event.objects.exists()


def test_the_events_of_a_round_are_told_newest_first(team):
    sheet = rounds.sheet_of(team.organisation, title="Spring")
    actions.submit_sheet(sheet=sheet, by=team.officer)
    rounds.close(sheet.round, by=team.coordinator)
    assert [sentence for _event, sentence in told(sheet.round.topic)] == [
        f"{team.coordinator} closed the round Spring; submitted sheets: 1.",
        f"{team.coordinator} ended collecting in Spring; submitted sheets: 1.",
        f"{team.officer} submitted the sheet of {sheet} in Spring.",
        "The system opened the round Spring for answers.",
        "The system planned the round Spring; sheets: 1.",
    ]


def test_braces_in_a_title_stay_as_they_were_typed(team):
    sheet = rounds.sheet_of(team.organisation, title="Spring {by} {0}")
    _event, sentence = told(sheet.round.topic)[0]
    assert sentence == "The system opened the round Spring {by} {0} for answers."


def test_what_happens_in_an_undone_transaction_is_not_told(team):
    sheet = rounds.sheet_of(team.organisation)
    before = len(told(sheet.round.topic))
    with transaction.atomic():
        actions.submit_sheet(sheet=sheet, by=team.officer)
        transaction.set_rollback(True)
    assert len(told(sheet.round.topic)) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.update(kind="round.closed"),
        lambda events: events.update(by=None),
        lambda events: events.delete(),
    ],
    ids=["its kind", "its person", "all of it"],
)
def test_the_database_refuses_to_alter_an_event(team, change):
    rounds.sheet_of(team.organisation)
    with pytest.raises(DatabaseError, match="Events are not altered"), transaction.atomic():
        change(Event.objects.all())


@pytest.mark.django_db
def test_a_fact_kept_in_several_languages_is_told_in_the_reader_s(admin_user):
    item = Translated("Loan collateral", {"fr": "Sûretés"})
    answer = of_pages(Objection.State.ACCEPTED.label)
    facts = {"organisation": "The bank", "item": item, "round": "2024"}
    events.record("item.dissent_withdrawn", by=None, topic="round 1", **facts)
    told_to = {"to": [admin_user], "url": "/", "item": item, "round": "2024", "reason": "Yes."}
    notices.tell("objection.answered", answer=answer, **told_to)
    ((event, english),) = told("round 1")
    (notice,) = notices_of(admin_user)
    assert event.facts["item"] == "Loan collateral"
    assert english == "The bank no longer dissents from Loan collateral in 2024."
    assert "Loan collateral in 2024 is accepted: Yes." in notices.in_words(notice)
    with translation.override("fr"):
        assert "Sûretés" in events.in_words(event)
        assert "Sûretés" in notices.in_words(notice)
        assert str(Objection.State.ACCEPTED.label) in notices.in_words(notice)
    with translation.override("de"):  # kept before the language was spoken here
        assert "Loan collateral" in events.in_words(event)
