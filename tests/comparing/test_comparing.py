"""Comparison pages: what stands side by side, what never does, and their tables."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from countries.models import Country, GroupMember
from diagnostics import actions
from reports.comparing import choosing, over_time, panels, side_by_side
from reports.comparing.choosing import chosen, readable
from reports.models import ReportVersion
from tests.factories import people, rounds
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db
PUBLISHED = ReportVersion.State.PUBLISHED
LOW, HIGH = ("yes", "no"), ("yes", "yes", "yes", "no")


@pytest.fixture
def made(run_jobs, db):
    """A published report on a new round, one sheet in each of the named panels."""

    def make(code="LAO", state=PUBLISHED, year=2024, answers=LOW, **fields) -> ReportVersion:
        country, _new = Country.objects.get_or_create(
            code=code, defaults={"name": code.title(), "is_fictional": code.startswith("XZ")}
        )
        given = answers if isinstance(answers, dict) else {"government": answers}
        sheets = [
            (people.OrganisationFactory(country=country), panel, ["money", "advice"])
            for panel in given
        ]
        one = rounds.RoundFactory(country=country, sheets=sheets, opened=False, **fields)
        one.period_start, one.period_end = date(year, 1, 1), date(year, 12, 31)
        one.save()
        actions.open_round(round=one, by=None)
        for sheet in one.sheets.all():
            rounds.fill(sheet, given[sheet.panel])
            actions.submit_sheet(sheet=sheet, by=None)
        rounds.close(one)
        run_jobs()
        because = "A table was wrong." if state == "withdrawn" else ""
        ReportVersion.objects.filter(round=one).update(state=state, withdrawn_because=because)
        return ReportVersion.objects.get(round=one)

    return make


def page(query="", user: User | None = None, at="/compare/") -> str:
    client = Client()
    if user:
        client.force_login(user)
    response = client.get(at + query)
    assert response.status_code == 200
    return response.content.decode()


def table(address: str) -> list[list[str]]:
    response = Client().get(address)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def choice(query="", user=None):
    return chosen(QueryDict(query), user or AnonymousUser())


def test_published_reports_stand_side_by_side_by_name_and_not_by_stage(made):
    made("VNM", answers=HIGH)
    made("LAO", answers=LOW)
    names = [one.name for one in choice().shown]
    assert names == sorted(names)
    first = side_by_side.parts(choice())[0]
    assert first.title.startswith("Money: ")
    assert [row[1] for row in first.rows] == [
        {"LAO": 2, "VNM": 4}[one.country] for one in choice().shown
    ]
    assert "not a ranking" in page()


def test_of_a_country_the_newest_report_stands_for_it(made):
    made(year=2021, answers=HIGH)
    newest = made(year=2023)
    assert [one.pk for one in choice().shown] == [newest.pk]


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "withdrawn", "superseded"])
def test_only_what_is_published_and_stands_is_compared_by_strangers(made, state):
    made(state=state)
    assert choice("drafts=1").shown == []
    assert "nothing to compare" in page("?drafts=1")


def test_a_draft_is_shown_to_who_may_read_it_if_asked_for_and_marked(made, team):
    made(state="draft")
    assert choice("", team.coordinator).shown == []
    (one,) = choice("drafts=1", team.coordinator).shown
    assert one.heading.endswith("(draft)")
    assert "(draft)" in page("?drafts=1", team.coordinator)
    assert choice("drafts=1", team.stranger).shown == []


def test_fiction_never_stands_beside_a_country(made):
    made("LAO")
    made("VNM", provenance="fictional", label="practice; invented answers")
    made("XZB", provenance="fictional", label="invented answers")
    assert [one.country for one in choice().shown] == ["LAO"]
    assert {one.country for one in choice("of=fictional").shown} == {"VNM", "XZB"}
    assert "Every answer compared here is invented" in page("?of=fictional")
    assert "Every answer compared here is invented" not in page()
    shown = page("?of=fictional&country=LAO").split("<footer")[0]  # which leads back to this page
    assert "LAO" not in shown.replace("on LAO", "")


def test_instruments_of_different_families_never_meet(made):
    made("LAO")
    made("VNM", instrument_version=rounds.version(code="other"))
    assert len(choice().families) == 2
    assert [one.country for one in choice("instrument=small").shown] == ["LAO"]
    assert [one.country for one in choice("instrument=other").shown] == ["VNM"]
    assert choice("instrument=none").told == ["No report here rests on the instrument none."]


def test_a_report_on_a_cluster_is_no_country(made, run_jobs):
    cluster = ClusterFactory()
    made(
        cluster.country_id,
        cluster=cluster,
        instrument_version=rounds.version(code="around", subject="cluster"),
    )
    assert readable(people.administrator(), drafts=True) == []


def test_countries_are_picked_by_the_address_and_by_group(made):
    made("LAO")
    made("VNM")
    group = Country.areas.create(
        code="SEA", name="Some region", kind="aggregate", grouping="un_subregion"
    )
    GroupMember.objects.create(group=group, country_id="VNM", source="test")
    assert [one.country for one in choice("country=lao").shown] == ["LAO"]
    assert [one.country for one in choice("group=SEA").shown] == ["VNM"]
    assert choice("country=QQQ&group=ZZZ").told == [
        "There is no report to compare on QQQ.",
        "No country here is in the group ZZZ.",
    ]
    groups = table("/compare/groups.csv")
    assert groups[1] == ["Some region", "1", "stage 2: 1", "stage 2: 1"]


def test_groups_count_more_countries_than_a_table_has_room_for(made, monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 1)
    group = Country.areas.create(
        code="SEA", name="Some region", kind="aggregate", grouping="un_subregion"
    )
    for code in ("LAO", "VNM"):
        made(code)
        GroupMember.objects.create(group=group, country_id=code, source="test")
    found = choice("group=SEA")
    assert [one.country for one in found.shown] == ["LAO"]
    assert found.told == ["At most 1 countries stand side by side: the first."]
    assert table("/compare/groups.csv")[1][:2] == ["Some region", "2"]


def test_items_are_told_apart_and_counted(made):
    made("LAO", answers=LOW)
    made("VNM", answers=HIGH)
    rows = table("/compare/items-money.csv")
    assert rows[1][0] == "Money item 1"
    assert sorted(rows[1][1:]) == ["2", "4"]
    assert "4 of 4 items stand two levels or more apart" in page()


def test_the_csv_says_what_the_answers_are(made):
    made("LAO", provenance="coded", label="coded from a document; no assessment")
    rows = table("/compare/theme-money.csv")
    assert rows[0][-1] == "label"
    assert "coded from a document" in rows[1][-1]
    assert Client().get("/compare/no-such.csv").status_code == 404


def test_on_common_items_where_the_sheet_is_a_national_edition(made):
    made("LAO")
    (one,) = choice().shown
    with_common = {**one.result, "common": [{"theme": "money", "stage": 3, "position": 3.5}]}
    national = replace(one, result=with_common)
    assert national.place("money") == (3, 3.5)
    assert national.place("advice") == one.place("advice")
    assert national.place("nothing") == (None, None)
    sure = {code: side_by_side._sure(national, code) for code in ("money", "advice")}
    assert sure["money"] == "not said: the stage on common items is not re-scored"
    assert sure["advice"] in {"firm", "provisional"}


def test_queries_do_not_grow_with_countries(made):
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            page()
        return len(found)

    made("LAO")
    one = count()
    made("VNM")
    made("KHM")
    assert count() == one
    assert one <= 4


def test_rounds_over_time_with_published_and_comparable_pairs(made):
    made(year=2021, answers=LOW)
    made(year=2024, answers=HIGH)
    text = page(at="/compare/over-time/LAO/")
    assert "stage 2 → stage 4" in text
    rows = table("/compare/over-time/LAO/pairs.csv")
    assert rows[1][1] == "Money"
    assert rows[1][2] == "2.00 → 4.00"
    assert rows[1][-1] in {"real", "no clear change"}
    lines = table("/compare/over-time/LAO/theme-money.csv")
    assert [row[1] for row in lines[1:]] == ["2", "4"]


def test_what_is_withdrawn_is_in_no_pair_and_a_draft_says_so_everywhere(made, team):
    old = made(year=2021, answers=LOW)
    made(year=2024, answers=HIGH, state=ReportVersion.State.IN_REVIEW)
    reader = people.coordinator(Country.objects.get(code="LAO"))
    text = page("?drafts=1", reader, "/compare/over-time/LAO/")
    assert "stage 2 → stage 4 (draft)" in text
    client = Client()
    client.force_login(reader)
    lines = client.get("/compare/over-time/LAO/theme-money.csv?drafts=1").content.decode()
    assert lines.count("(draft)") == 1
    assert client.get("/compare/over-time/LAO/pairs.csv?drafts=1").status_code == 200
    ReportVersion.objects.filter(pk=old.pk).update(state="withdrawn", withdrawn_because="Wrong.")
    assert client.get("/compare/over-time/LAO/pairs.csv?drafts=1").status_code == 404
    alone = page("?drafts=1", reader, "/compare/over-time/LAO/")
    assert "stage 4 (draft)" in alone
    assert "on what can be compared" not in alone
    assert "cannot be compared" not in alone


def test_kinds_of_rounds_are_never_on_one_line(made):
    made(year=2021, provenance="coded", label="coded from a document")
    made(year=2024)
    text = page(at="/compare/over-time/LAO/?of=coded&instrument=small")
    assert "1 round: what it published" in text
    assert "coded from a document" in text


def test_a_country_without_rounds_says_so_and_an_unknown_one_is_not_there(team):
    assert "nothing to compare" in page(at="/compare/over-time/LAO/")
    assert Client().get("/compare/over-time/QQQ/").status_code == 404


def test_a_single_round_has_no_pairs(made):
    made()
    (one,) = choice().shown
    assert [part.id for part in over_time.parts([one])] == ["theme-money", "theme-advice"]


def test_government_against_independent_item_by_item(made):
    report = made(answers={"government": HIGH, "independent": LOW})
    text = page(at=f"/reports/{report.pk}/panels/")
    assert "of 4 items both know, government places 4 higher and 0 lower" in text
    rows = table(f"/reports/{report.pk}/panels/panels-money.csv")
    assert rows[1] == ["Money item 1", "4", "2", "2"]
    assert Client().get(f"/reports/{report.pk}/panels/other.csv").status_code == 404


def test_without_both_panels_there_is_no_gap_to_show(made):
    report = made()
    assert panels.parts(report.snapshot["result"]) == []
    assert "No item is known to both panels" in page(at=f"/reports/{report.pk}/panels/")


def test_what_is_partly_known_is_told_as_at_least_and_no_chart_is_empty(made):
    made("LAO", answers=("yes", "unknown"))
    money = side_by_side.parts(choice())[0]
    assert "without a stage" in money.title
    assert not hasattr(money, "series")
    assert money.rows[0][3] == "between 2 and 5"
    assert table("/compare/items-money.csv")[1][1] == "at least 2"
