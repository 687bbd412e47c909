"""Objections: filed while settling, answered once with a reason, printed with organisations."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.refusals import Refused
from activity.models import Event, Notification
from diagnostics import actions
from diagnostics.actions.responses import EvidenceRow
from diagnostics.models import Objection
from reports.models import ReportVersion
from tests.factories import rounds

pytestmark = pytest.mark.django_db
ITEM = "money.item_1"


@pytest.fixture
def settling(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.fill(sheet, ["yes", "no"])
    actions.submit_sheet(sheet=sheet, by=None)
    actions.end_collecting(round=sheet.round, by=None)
    sheet.round.refresh_from_db()
    return sheet.round


def object_to(made, team, **fields):
    values = {
        "item": ITEM,
        "organisation": team.donor.memberships.get().organisation,
        "about": "answer",
        "text": "The law says otherwise.",
        "evidence": EvidenceRow("The law (invented)", "Article 3"),
        "by": team.donor,
        **fields,
    }
    return actions.file_objection(round=made, **values)


def answer(objection, *, accepted=True, reason="It was read.", by=None):
    return actions.answer_objection(objection=objection, accepted=accepted, reason=reason, by=by)


def test_the_coordinators_are_told_and_the_answer_reaches_who_objected(settling, team):
    filed = object_to(settling, team)
    assert Notification.objects.get(kind="objection.filed").to == team.coordinator
    answer(filed, accepted=False, by=team.coordinator)
    filed.refresh_from_db()
    assert (filed.state, filed.answer) == ("refused", "It was read.")
    assert Notification.objects.get(kind="objection.answered").to == team.donor
    assert Event.objects.filter(kind__startswith="objection.").count() == 2


def test_an_unanswered_objection_keeps_the_round_from_closing_but_not_one_to_wording(
    settling, team
):
    object_to(settling, team, about="wording")
    filed = object_to(settling, team)
    with pytest.raises(actions.StillOpen, match="Money item 1"):
        actions.close_round(round=settling, by=None)
    answer(filed)
    actions.close_round(round=settling, by=None)


def test_it_is_answered_once_and_with_a_reason(settling, team):
    filed = object_to(settling, team)
    with pytest.raises(Refused, match="Say why"):
        answer(filed, reason=" ")
    answer(filed)
    with pytest.raises(Refused, match="answered already"):
        answer(filed, accepted=False)


def test_nothing_is_filed_after_settling_or_without_words(settling, team):
    with pytest.raises(Refused, match="Say what is wrong"):
        object_to(settling, team, text=" ")
    with pytest.raises(ValidationError):
        object_to(settling, team, about="the weather")
    actions.close_round(round=settling, by=None)
    with pytest.raises(Refused, match="Objections are filed while"):
        object_to(settling, team)


@pytest.mark.parametrize("change", [{"text": "Nothing."}, {"answer": "Another."}, None])
def test_the_database_alters_no_objection_and_no_answer(settling, team, change):
    answer(object_to(settling, team))
    found = Objection.objects.all()
    with pytest.raises(DatabaseError, match="History is not altered"), transaction.atomic():
        found.update(**change) if change else found.delete()


def test_it_is_no_rating_and_the_report_prints_it_without_a_name(
    settling, team, run_jobs, signed_in
):
    answer(object_to(settling, team), by=team.coordinator)
    object_to(settling, team, about="wording", text="Which law?")
    actions.close_round(round=settling, by=None)
    run_jobs()
    report = ReportVersion.objects.get()
    (one,) = report.snapshot["settlement"]["objections"][ITEM]
    assert (one["state"], one["answer"]) == ("accepted", "It was read.")
    assert report.snapshot["result"]["panels"] == {"government": 1}
    page = signed_in(team.officer).get(report.get_absolute_url()).content.decode()
    assert "1 objection was filed on this theme, accepted: 1." in page
    assert "The law says otherwise." in page
    assert "Which law?" not in page
    assert team.donor.name not in page


def test_a_donor_objects_on_the_page_and_the_coordinator_answers_there(settling, team, signed_in):
    page = f"/rounds/{settling.pk}/settlement/{ITEM}/"
    donor, coordinator = signed_in(team.donor), signed_in(team.coordinator)
    assert "File an objection" in donor.get(page).content.decode()
    assert "File an objection" not in coordinator.get(page).content.decode()
    organisation = team.donor.memberships.get().organisation
    form = {"organisation": organisation.pk, "about": "answer", "text": "No such law."}
    donor.post(f"{page}objections/", form)
    filed = Objection.objects.get()
    assert "Answer it" in coordinator.get(page).content.decode()
    coordinator.post(f"/objections/{filed.pk}/answer/", {"verdict": "accepted", "reason": "Right."})
    assert "Right." in donor.get(page).content.decode()


def test_nobody_objects_for_an_organisation_of_others(settling, team, signed_in):
    form = {"organisation": team.organisation.pk, "about": "answer", "text": "No such law."}
    signed_in(team.donor).post(f"/rounds/{settling.pk}/settlement/{ITEM}/objections/", form)
    assert not Objection.objects.exists()


def test_objections_to_wording_are_answered_on_the_rubric_page(settling, team, signed_in):
    filed = object_to(settling, team, about="wording", text="Which law?")
    version = settling.instrument_version
    page = f"/instruments/{version.code}/{version.version}/soundness/"
    administrator = signed_in(team.administrator)
    assert "Which law?" in administrator.get(page).content.decode()
    form = {"verdict": "accepted", "reason": "The next version says it."}
    assert signed_in(team.coordinator).post(
        f"/objections/{filed.pk}/answer/", form
    ).status_code == 403  # fmt: skip
    administrator.post(f"/objections/{filed.pk}/answer/", form)
    assert "The next version says it." in administrator.get(page).content.decode()
