"""The public edition names organisations; names and comments stand in the members' edition."""

import pytest
from django.test import Client

from accounts.actions import choose_naming
from accounts.roles import Approver
from diagnostics import actions as diagnostics
from reports import actions, renditions
from reports.models import ReportVersion
from reports.rendering.composing import Choices, compose
from tests.factories import people, rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db

NAMES = {"coordinator": "Kham Coordinator", "officer": "Noy Officer", "donor": "Deng Donor"}
COMMENT, ANSWER = "An internal remark", "An internal answer"
BESIDE = "Said beside an answer"


@pytest.fixture
def named(team):
    for role, name in NAMES.items():
        person = getattr(team, role)
        person.name = name
        person.save()
        choose_naming(user=person, may_be_named=True)
    return team


def reported(team, run_jobs) -> ReportVersion:
    """Published, with a decision, a named dissent and an answered comment."""
    sheet = rounds.sheet_of(team.organisation)
    rounds.fill(sheet, MIXED, by=team.officer)
    rounds.answer(sheet, "money.item_2", *MIXED["money.item_2"], comment=BESIDE, by=team.officer)
    diagnostics.submit_sheet(sheet=sheet, by=team.officer)
    diagnostics.end_collecting(round=sheet.round, by=team.coordinator)
    decided = {"round": sheet.round, "item": "money.item_1"}
    diagnostics.settle_item(
        content=rounds.content("yes", "no"), reason="Read together.", revision=0,
        by=team.coordinator, **decided,
    )  # fmt: skip
    diagnostics.dissent(
        organisation=team.organisation, text="We hold 3.", named=True, by=team.officer, **decided
    )
    diagnostics.close_round(round=sheet.round, by=team.coordinator)
    run_jobs()
    report = ReportVersion.objects.get(round=sheet.round)
    actions.ask_for_review(report=report, by=team.coordinator)
    remark = actions.remark(
        report=report, anchor="money", text=COMMENT, by=team.donor,
        organisation=team.donor.memberships.get().organisation,
    )  # fmt: skip
    actions.answer_remark(remark=remark, verdict="declined", answer=ANSWER, by=team.coordinator)
    actions.approve(report=report, by=team.coordinator)
    actions.approve(report=report, by=people.member(Approver, team.organisation))
    actions.publish(report=report, on=None, by=team.coordinator)
    return ReportVersion.objects.get(pk=report.pk)


def test_no_public_form_holds_a_name_or_an_internal_comment(named, run_jobs):
    report, client = reported(named, run_jobs), Client()
    at = report.get_absolute_url()
    page = client.get(at).content.decode()
    links = {part.split('"')[0] for part in page.split('href="')[1:]}
    links = {link for link in links if link.startswith(at) and "#" not in link}
    assert f"{at}snapshot.json" in links
    assert sum(link.endswith(".csv") for link in links) == 7
    links |= {at, f"/api/reports/{report.pk}/result/", "/api/reports/", "/reports/"}
    for link in sorted(links):
        found = client.get(link)
        assert found.status_code == 200, link
        for word in [*NAMES.values(), COMMENT, ANSWER, BESIDE]:
            assert word not in found.content.decode(), (link, word)


def test_no_document_holds_a_name_or_an_internal_comment(named, run_jobs):
    report = reported(named, run_jobs)
    for wanted in renditions.offered(report, "en"):
        document = str(compose(report, wanted.audience, "en", Choices()))
        assert "Country LAO" in document
        for word in [*NAMES.values(), COMMENT, ANSWER, BESIDE]:
            assert word not in document, (wanted.audience, word)


def test_the_members_edition_holds_them_all(named, run_jobs, signed_in):
    report = reported(named, run_jobs)
    page = signed_in(named.officer).get(f"{report.get_absolute_url()}members/").content.decode()
    for word in [*NAMES.values(), COMMENT, ANSWER, BESIDE, "Read together.", "We hold 3."]:
        assert word in page, word


def test_who_did_not_agree_is_not_named_there_either(team, run_jobs, signed_in):
    for role, name in NAMES.items():
        person = getattr(team, role)
        person.name = name
        person.save()
    report = reported(team, run_jobs)
    page = signed_in(team.colleague).get(f"{report.get_absolute_url()}members/").content.decode()
    assert "Decided by a coordinator of the country" in page
    assert NAMES["coordinator"] not in page
    assert NAMES["donor"] not in page
    assert COMMENT in page


def test_a_consent_taken_back_holds_for_later_versions_only(named, run_jobs, signed_in):
    first = reported(named, run_jobs)
    client = signed_in(named.coordinator)
    client.post("/account/naming/", {})
    named.coordinator.refresh_from_db()
    assert not named.coordinator.may_be_named
    second = reported(named, run_jobs)
    assert first.members["decisions"] == {"money.item_1": NAMES["coordinator"]}
    assert second.members["decisions"] == {}


def test_strangers_find_no_members_edition(named, run_jobs, signed_in):
    report = reported(named, run_jobs)
    address = f"{report.get_absolute_url()}members/"
    assert signed_in(named.stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_notes_of_who_coded_a_document_are_public(team, run_jobs):
    sheet = rounds.sheet_of(team.organisation)
    sheet.round.provenance = "coded"
    sheet.round.label = "Coded from a document (invented)"
    sheet.round.save()
    rounds.answer(sheet, "money.item_2", "yes", comment=BESIDE, by=team.officer)
    diagnostics.submit_sheet(sheet=sheet, by=team.officer)
    rounds.close(sheet.round, by=team.coordinator)
    run_jobs()
    (said,) = ReportVersion.objects.get().snapshot["sheets"]
    assert said["responses"]["money.item_2"]["comment"] == BESIDE
