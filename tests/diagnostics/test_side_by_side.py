"""The coordinator's page of submitted sheets, and last round's answers on the sheet."""

from datetime import date

import pytest
from django.urls import reverse

from diagnostics import actions, queries
from diagnostics.authoring.reading import read_instrument
from diagnostics.comparing import compared
from diagnostics.witnesses import heard
from reports.examples_loading import INSTRUMENTS
from tests.factories import people, rounds
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_sheets(team):
    """A round with a government and an independent sheet that differ by two on one item."""
    independent = people.OrganisationFactory(country=team.country, name="Institute")
    made = rounds.RoundFactory(
        country=team.country,
        sheets=[
            (team.organisation, "government", ["money", "advice"]),
            (independent, "independent", ["money"]),
        ],
    )
    for sheet in made.sheets.order_by("pk"):
        rounds.fill(sheet, ["yes", "no"])
    first = made.sheets.get(panel="government")
    rounds.answer(first, "money.item_3", "yes", "yes", "yes", "no")
    for sheet in made.sheets.all():
        actions.submit_sheet(sheet=sheet, by=None)
    return made


def test_contested_items_come_first_with_the_reason(two_sheets):
    sheets = list(two_sheets.sheets.order_by("pk"))
    money, advice = compared(two_sheets.instrument_version.instrument, sheets, heard(two_sheets))
    assert money.rows[0].item.code == "money.item_3"
    assert [cell.level for cell in money.rows[0].cells] == [4, 2]
    assert money.rows[0].spread == 2
    assert money.rows[0].why
    assert not money.rows[1].why
    assert {row.cells[1].state for row in advice.rows} == {"not_assigned"}
    assert {line.sheet for line in money.severity} == {str(sheet) for sheet in sheets}
    assert advice.severity_reason


def test_the_page_shows_only_submitted_sheets(two_sheets, team, signed_in):
    url = reverse("diagnostics:round_answers", args=[two_sheets.pk])
    page = signed_in(team.coordinator).get(url).content.decode()
    assert "Institute" in page
    sheet = two_sheets.sheets.get(panel="independent")
    actions.reopen_sheet(sheet=sheet, reason="One more look.", by=team.coordinator)
    assert "Institute" not in signed_in(team.coordinator).get(url).content.decode()


def test_last_time_is_the_newest_earlier_closed_round_of_the_same_kind(team, signed_in, run_jobs):
    closed = rounds.closed_round(team.country, answers=["yes", "yes", "no"])
    later = rounds.sheet_of(team.organisation)
    assert queries.last_time(later.round) == (None, {})  # the same period is not earlier
    closed.period_start, closed.period_end = date(2022, 1, 1), date(2022, 12, 31)
    closed.save()
    last, answers = queries.last_time(later.round)
    assert last == closed
    assert [str(answer) for answer in answers["money.item_1"].answers] == ["yes", "yes", "no", ""]
    page = signed_in(team.officer).get(reverse("diagnostics:sheet_theme", args=[later.pk, "money"]))
    assert f"Last time ({closed.title}): level 3" in page.content.decode()
    assert later.responses.filter(revision=0).count() == later.responses.count()


def test_an_invented_round_is_never_last_time_of_a_real_one(team):
    closed = rounds.closed_round(team.country)
    closed.period_start, closed.period_end = date(2022, 1, 1), date(2022, 12, 31)
    closed.provenance, closed.label = "fictional", "invented"
    closed.save()
    assert queries.last_time(rounds.sheet_of(team.organisation).round) == (None, {})


def test_a_sheet_on_the_phase_of_a_cluster_names_the_cluster_and_speaks_of_phases(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    read = read_instrument(INSTRUMENTS / "cluster-phase-1.0.yaml")
    phases = actions.load_instrument(instrument=read, by=None)
    fields = {"cluster": cluster, "instrument_version": phases, "country": team.country,
              "sheets": [(team.organisation, "government", ["phase"])]}  # fmt: skip
    before = rounds.RoundFactory(**fields)
    sheet = before.sheets.get(panel="government")
    rounds.fill(sheet, ["no", "yes", "no"])
    rounds.answer(sheet, "phase.founders", "no", "no", "no")
    actions.submit_sheet(sheet=sheet, by=None)
    rounds.close(before)
    before.period_start, before.period_end = date(2022, 1, 1), date(2022, 12, 31)
    before.save()
    later = rounds.RoundFactory(**fields).sheets.get(panel="government")
    client = signed_in(team.officer)
    page = client.get(reverse("diagnostics:sheet_theme", args=[later.pk, "phase"])).content.decode()
    assert f"Last time ({before.title}): true of Quantity expansion" in page
    assert f"Last time ({before.title}): true of no phase" in page
    assert "level 2" not in page
    assert 'data-called="Quality improvement"' in page
    assert f"<h1>Phase of development · {cluster}</h1>" in page
    page = client.get(later.get_absolute_url()).content.decode()
    assert f"<h1>{team.organisation} · {cluster}</h1>" in page
