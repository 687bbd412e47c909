"""Indicators beside the sheets: of the round's own years, never overruling, copied where used."""

from dataclasses import replace

import pytest
from django.urls import reverse

from countries.models import Country, GroupMember
from diagnostics import actions
from diagnostics.actions.responses import Content
from diagnostics.queries import sheets_visible_to
from diagnostics.scoring.instrument import IndicatorBinding
from diagnostics.witnesses import heard, on_page
from reports.models import ReportVersion
from tests.factories import people, rounds
from tests.factories.statistics import ImportFactory, IndicatorFactory, observe

pytestmark = pytest.mark.django_db

LOANS = IndicatorBinding("LOANS", "higher", "It counts loans.", thresholds=(5, 15, 25, 35))
DAYS = IndicatorBinding("DAYS", "lower", "It counts days.", thresholds=(60, 30, 15, 5))
RATE = IndicatorBinding(
    "RATE", "within", "A spread.", ranges=((0, 20), (1, 15), (2, 10), (3, 6)), years=(2004, 2020)
)


@pytest.fixture
def version():
    """The small instrument with three series bound to its first item."""
    plain = rounds.small_instrument(code="witnessed")
    money = plain.themes[0]
    first = replace(money.items[0], indicators=(LOANS, DAYS, RATE))
    themes = (replace(money, items=(first, *money.items[1:])), *plain.themes[1:])
    return actions.load_instrument(instrument=replace(plain, themes=themes), by=None)


@pytest.fixture
def values(team):
    """Values of the round's country around its end, 2025, and of others of its region."""
    by = ImportFactory(vintage="2026-01")
    loans, days = IndicatorFactory(code="LOANS", unit="%"), IndicatorFactory(code="DAYS")
    for year, value in (("2019", 40.0), ("2023", 12.5), ("2026", 99.0)):
        observe(loans, team.country.code, year, value, by=by)
    observe(days, team.country.code, "2020", 61.0, by=by)
    region = Country.areas.create(
        code="EAS", name="A region", kind="aggregate", grouping="bank_region"
    )
    GroupMember.objects.create(group=region, country=team.country, source="test")
    for code, value in (("AAA", 10.0), ("BBB", 20.0), ("CCC", 40.0)):
        other = people.CountryFactory(code=code)
        GroupMember.objects.create(group=region, country=other, source="test")
        observe(loans, code, "2024", value, by=by)
    return by


def sheet_of(team, version):
    return rounds.sheet_of(team.organisation, instrument_version=version)


def test_the_newest_value_up_to_the_rounds_end_is_heard(team, version, values):
    found = heard(sheet_of(team, version).round)
    assert found.end_year == 2025
    assert {code: (one.year, one.value) for code, one in found.values.items()} == {
        "LOANS": (2023, 12.5),
        "DAYS": (2020, 61.0),
    }


def test_no_indicator_of_a_country_speaks_of_a_cluster(team):
    made = rounds.version(code="for-clusters", subject="cluster")
    sheet = rounds.sheet_of(team.organisation)
    sheet.round.instrument_version = made
    assert heard(sheet.round).end_year is None
    assert on_page(sheet.round, "money") == {}


def test_a_page_has_value_marks_level_and_the_median_of_the_region(
    team, version, values, signed_in, django_assert_num_queries
):
    sheet = sheets_visible_to(team.officer).get(pk=sheet_of(team, version).pk)
    with django_assert_num_queries(2):
        found = on_page(sheet.round, "money")
    assert set(found) == {"money.item_1"}
    said = found["money.item_1"]
    assert said.level == 1  # the lower median of 2 and 1
    loans, days, rate = said.witnesses
    assert (loans.value.value, loans.level, loans.peers, loans.peer_count) == (12.5, 2, 20.0, 3)
    assert loans.marks == [(2, "at least 5"), (3, "at least 15"), (4, "at least 25"),
                           (5, "at least 35")]  # fmt: skip
    assert (days.level, days.peers, days.marks[0]) == (1, None, (2, "at most 60"))
    assert (rate.value, rate.level, rate.marks[1]) == (None, None, (3, "1 to 15"))
    url = reverse("diagnostics:sheet_theme", args=[sheet.pk, "money"])
    page = " ".join(signed_in(team.officer).get(url).content.decode().split())
    assert "Indicators say level 1" in page
    assert "<strong>12.50</strong> % (2023): level 2." in page
    assert "The median of 3 countries of the region is 20." in page
    assert "The series runs from 2004 to 2020." in page


def test_settlement_shows_values_marks_peers_and_where_indicators_diverge(
    team, version, values, signed_in, django_assert_num_queries
):
    sheet = sheet_of(team, version)
    rounds.fill(sheet, ["yes", "yes", "no", "no"], by=team.officer)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.end_collecting(round=sheet.round, by=team.coordinator)
    round = sheets_visible_to(team.officer).get(pk=sheet.pk).round
    with django_assert_num_queries(2):
        assert set(on_page(round)) == {"money.item_1"}
    client = signed_in(team.coordinator)
    board = client.get(reverse("diagnostics:settlement", args=[sheet.round_id]))
    assert board.content.decode().count("two or more from what is agreed") == 1
    url = reverse("diagnostics:settlement_item", args=[sheet.round_id, "money.item_1"])
    page = " ".join(client.get(url).content.decode().split())
    assert "Indicators say level 1, agreed is level 3" in page
    assert "<strong>12.50</strong> % (2023): level 2." in page
    assert "The median of 3 countries of the region is 20." in page
    assert "at least 15" in page
    agreed = round.sheets.get(panel="agreed").responses.get(item__code="money.item_1")
    actions.settle_item(
        round=round, item="money.item_1", content=Content(["yes", "no", "no", "no"], []),
        reason="The loans are few.", revision=agreed.revision, by=team.coordinator,
    )  # fmt: skip
    page = client.get(url).content.decode()
    assert "Indicators say level 1." in page
    assert "agreed is level" not in page


def test_result_and_report_carry_the_values_that_were_used(
    team, version, values, signed_in, run_jobs
):
    sheet = sheet_of(team, version)
    rounds.fill(sheet, ["yes", "yes", "no", "no"], by=team.officer)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    answers = signed_in(team.coordinator).get(
        reverse("diagnostics:round_answers", args=[sheet.round_id])
    )
    assert "two or more from the majority" in answers.content.decode()
    rounds.close(sheet.round, by=team.coordinator)
    run_jobs()
    report = ReportVersion.objects.get(round=sheet.round)
    result = report.snapshot["result"]
    copied = {one["code"]: one for one in result["observations"]}
    assert (copied["LOANS"]["value"], copied["LOANS"]["period"]) == (12.5, "2023")
    assert copied["LOANS"]["import_id"] == values.pk
    (divergence,) = result["themes"][0]["divergences"]
    assert (divergence["item"], divergence["agreed"], divergence["level"]) == ("money.item_1", 3, 1)
    page = " ".join(signed_in(team.officer).get(report.get_absolute_url()).content.decode().split())
    assert "settled at level 3, indicators say 1." in page
    assert "Indicator LOANS: 12.50 % in 2023, which is level 2." in page
