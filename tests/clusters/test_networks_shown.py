"""Surveys of linkages on pages and in files: measured, drawn, compared, told to few."""

import csv
import io
from datetime import date

import pytest
from django.core.files.base import ContentFile

from accounts.roles import Approver, Assessor, Donor, Officer
from activity.charts import Mark
from clusters import actions
from clusters.linkages import changes, drawing, words
from clusters.models import Actor
from tests.factories import people
from tests.factories.clusters import ClusterFactory, agent
from tests.factories.surveys import TIES, surveyed


@pytest.fixture
def survey(team):
    return surveyed(ClusterFactory(country=team.country), 2024)


def test_two_dates_are_compared_tie_by_tie(team, survey, signed_in):
    ties = TIES.replace(b"A,C,trade,,gives\n", b"").replace(b"B,A,joint,1,\n", b"B,S,joint,,\n")
    later = surveyed(survey.cluster, 2025, ties=ties + b"B,G,trade,,\n")
    actions.enter_actors(survey=later, table=b"name,kind\nN,core\n", by=None)
    actions.enter_ties(survey=later, table=b"source,target,kind\nN,A,trade\n", by=None)
    told = [
        ["B", "G", "buys and sells", "not said", "–", "new"],
        ["B", "S", "acts jointly", "not said", "–", "new"],
        ["A", "C", "buys and sells", "gives", "–", "gone"],
        ["B", "A", "acts jointly", "not said", "–", "gone"],
        ["N", "A", "buys and sells", "not said", "–", "told; unknown before"],
    ]
    found = [words.found(one) for one in (survey, later)]
    assert changes.changes(*found).rows == told
    assert changes.changes(*found[::-1]).rows == told
    client = signed_in(team.coordinator)
    page = client.get(later.get_absolute_url()).content.decode()
    places = [page.index(words) for words in (
        "What it says", 'id="drawn"', 'id="measures"', "4 ties are new, gone or have changed",
        "Ties that appeared, vanished or changed",
        "1 tie is told of at one date; what it was at the other is unknown.",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "told; unknown before" not in page
    text = client.get(f"/linkages/{later.pk}/changes.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:] == told


def test_a_tie_at_both_dates_may_turn_and_one_may_say_since_when_it_is_there(survey):
    ties = (
        b"source,target,kind,strength,direction,since\nA,B,joint,2,both,\nB,A,joint,3,,\n"
        b"A,C,trade,,takes,\nS,A,trade,,,\nB,S,trade,,,2019-05\nB,C,trade,,,2024-06\n"
    )
    later = surveyed(survey.cluster, 2025, ties=ties)
    found = [words.found(one) for one in (survey, later)]
    rows = changes.changes(*found).rows
    assert [(row[0], row[1], row[4], row[5]) for row in rows] == [
        ("B", "C", "Jun 2024", "new"),
        ("B", "S", "May 2019", "told only now; there before"),
        ("A", "B", "–", "looser"),
        ("A", "C", "–", "direction before: gives"),
        ("B", "A", "–", "closer"),
    ]


def test_many_actors_and_ties_are_found_by_name_and_stand_on_pages(team, signed_in):
    made = surveyed(ClusterFactory(country=team.country), 2024)
    table = "\n".join(["name,kind", *(f"Firm {n:03},core" for n in range(150))])
    actions.enter_actors(survey=made, table=table.encode(), by=None)
    client = signed_in(team.coordinator)
    address = f"/linkages/{made.pk}/enter/"
    first = client.get(address).content.decode()
    assert "155 actors" in first
    assert 'Rename<span class="visually-hidden"> Firm 149' not in first
    assert "Firm 149</th>" in client.get(f"{address}?actors=2").content.decode()
    found = client.get(f"{address}?q=firm%20149").content.decode()
    assert "1 actor<" in found
    assert '<h2 id="ties">' in found
    assert "4 ties" not in found
    assert client.get(f"{address}?q=nobody&actors=x&ties=-1").status_code == 200


def test_the_page_says_what_is_missing_and_what_is_unknown(team, survey, signed_in):
    page = signed_in(team.coordinator).get(survey.get_absolute_url()).content.decode()
    assert "Missing: ties between core firms and institutions." in page
    assert "Unknown: ties among institutions." in page
    assert "2 actors did not answer" in page
    assert "A network: core firms deal with each other as well." in page
    assert "A deals with most others: 3 of 4" in page


def test_before_the_first_tie_nothing_is_found(team, signed_in):
    made = surveyed(ClusterFactory(country=team.country), 2024, b"source,target,kind\nA,B,joint\n")
    client = signed_in(team.coordinator)
    found = "Missing: ties between core firms and institutions"
    assert found in client.get(made.get_absolute_url()).content.decode()
    made.ties.all().delete()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "No tie is entered yet" in page
    assert found not in page
    measures = {row[0]: row[1] for row in words.whole(words.found(made), None).rows}
    assert measures["Ties told of"] == 0
    assert measures["Separate parts"] == measures["Actors that hold parts together"] == "unknown"
    assert measures["Density: ties told among those that could be, in percent"] == "unknown"
    assert words.actors(words.found(made)).rows[0][4:] == ["unknown"] * 8
    (core, *_others) = words.by_kind(words.found(made))
    assert (core.actors, core.dealing) == (3, None)
    network = client.get(f"/api/linkages/{made.pk}/").json()
    assert (network["density"], network["actors"][0]["in_degree"]) == (None, None)
    told = surveyed(made.cluster, 2025)
    found = [words.found(one) for one in (made, told)]
    assert {row[-1] for row in changes.changes(*found).rows} == {"told; unknown before"}


@pytest.mark.parametrize(
    ("share", "percent"),
    [(None, "unknown"), (0.005, 0.5), (0.00048, 0.048), (0.096, 9.6), (0.35, 35)],
)
def test_a_small_share_is_not_none(share, percent):
    assert words.percent(share) == percent


def test_the_drawing_tells_who_did_not_answer_and_which_dealings_run_both_ways(survey):
    chart = drawing.drawing(words.found(survey))
    shown = {
        name: (one.mark, one.tone(at))
        for one in chart.series
        for at, name in enumerate(chart.categories)
        if one.values[at] is not None
    }
    hollow = [name for name, (_mark, tone) in shown.items() if tone == "surface"]
    assert sorted(hollow) == ["C", "G"]
    assert shown["G"][0] == Mark.PLUS
    told = chart.series[-1]
    assert (told.name, told.tones, set(told.values)) == ("did not answer", ["surface"], {None})
    lines = {(chart.categories[line.start], chart.categories[line.end]):
             (line.both, line.dotted, line.width) for line in chart.plane.lines}  # fmt: skip
    assert lines == {
        ("A", "B"): (False, True, 3), ("A", "C"): (False, False, 2), ("A", "S"): (True, False, 2)
    }  # fmt: skip


def test_an_actor_stands_where_it_stood_and_dates_are_compared(survey):
    later = surveyed(survey.cluster, 2025, ties=TIES + b"B,S,trade,,\n")
    charts = [drawing.drawing(words.found(one)) for one in (survey, later)]
    places = [dict(zip(c.categories, c.plane.points, strict=True)) for c in charts]
    assert places[0] == places[1]
    table = words.whole(words.found(later), words.found(survey))
    assert ["Ties told of", 4, 5] in [list(row) for row in table.rows]
    assert len(table.columns) == 3


def test_each_table_is_had_as_csv(team, survey, signed_in):
    client = signed_in(team.coordinator)
    for table, rows in {"network": 6, "ties": 5, "whole": 11, "kinds": 4, "classes": 5}.items():
        text = client.get(f"/linkages/{survey.pk}/{table}.csv").content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text)))) == rows
    assert client.get(f"/linkages/{survey.pk}/other.csv").status_code == 404


def test_a_survey_that_was_saved_and_entered_into_a_new_one_is_the_same(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    before, after = (
        actions.add_linkage_survey(
            cluster=cluster, title=title, date=date(2024, 1, 1), source="Asked", by=None
        )
        for title in ("Before", "After")
    )
    table = "name,kind,inside,answered\n+Plus & Co,core,no,no\nA,core,,\nຜ້າ,government,no,\n"
    actions.enter_actors(survey=before, table=table.encode(), by=None)
    table = (
        "source,target,kind,strength,direction,since,note\n"
        'A,+Plus & Co,trade,3,gives,2022-09-01,"Told, twice"\n'
        "ຜ້າ,A,joint,1,,2019-05,-\nຜ້າ,A,finance,,both,2019,\nA,ຜ້າ,joint,,takes,,\n"
    )
    actions.enter_ties(survey=before, table=table.encode(), by=None)
    client = signed_in(team.coordinator)
    client.cookies["django_language"] = "ru"
    for what, name in {"actors": "network", "ties": "ties"}.items():
        saved = client.get(f"/linkages/{before.pk}/{name}.csv").content
        sent = {"what": what, f"{what}-upload": ContentFile(saved, f"{name}.csv")}
        client.post(f"/linkages/{after.pk}/enter/", sent)
    assert {"+Plus & Co", "A", "ຜ້າ"} == set(cluster.actors.values_list("name", flat=True))
    for rows in (
        lambda survey: set(survey.surveyed.values_list("actor", "kind", "inside", "answered")),
        lambda survey: set(
            survey.ties.values_list(
                "source", "target", "kind", "strength", "direction", "since", "note"
            )
        ),
    ):
        assert rows(before) == rows(after)
        assert len(rows(after)) > 2


@pytest.mark.parametrize("role", [Officer, Assessor, Donor, Approver])
def test_members_of_the_country_read_measures_and_kinds_but_no_names(team, survey, signed_in, role):
    later = surveyed(survey.cluster, 2025, ties=TIES + b"B,S,trade,,\n")
    odd = "Zinnia works"
    Actor.objects.filter(name="A").update(name=odd)
    client = signed_in(people.member(role, team.organisation, team.country))
    page = client.get(later.get_absolute_url()).content.decode()
    assert "Which firms deal with which is for" in page
    assert "Ties told of" in page
    assert '<td class="num">3</td>' in page  # core firms
    listed = client.get(f"/clusters/{survey.cluster_id}/linkages/").content.decode()
    for table in ("whole", "kinds", "classes"):
        page += client.get(f"/linkages/{later.pk}/{table}.csv").content.decode("utf-8-sig")
    for table in ("network", "ties", "changes"):
        refused = client.get(f"/linkages/{later.pk}/{table}.csv?with={survey.pk}")
        assert refused.status_code == 403
        page += refused.content.decode()
    network = client.get(f"/api/linkages/{later.pk}/").json()
    assert (network["actors"], network["ties"]) == (None, None)
    core = {"kind": "core", "actors": 3, "inside": 3, "answered": 2, "dealing": 3}
    assert network["kinds"][0] == core
    assert odd not in page + listed + str(network)


def test_the_clusters_agent_and_the_coordinator_read_the_names(team, survey, signed_in):
    for reader in (agent(survey.cluster), team.coordinator):
        client = signed_in(reader)
        assert "A deals with most others" in client.get(survey.get_absolute_url()).content.decode()
        assert client.get(f"/linkages/{survey.pk}/ties.csv").status_code == 200
        assert len(client.get(f"/api/linkages/{survey.pk}/").json()["ties"]) == 4
    elsewhere = agent(ClusterFactory(country=team.country))
    assert signed_in(elsewhere).get(survey.get_absolute_url()).status_code == 404


def test_a_program_reads_the_network_and_enters_tables_by_the_same_rules(team, survey, signed_in):
    client = signed_in(team.coordinator)
    network = client.get(f"/api/linkages/{survey.pk}/").json()
    silent = next(one for one in network["actors"] if one["name"] == "C")
    assert (silent["answered"], silent["out_degree"], silent["in_degree"]) == (False, None, 1)
    assert (network["form"], network["ties_by_class"]["core"], len(network["ties"])) == (
        "network", 2, 4,
    )  # fmt: skip
    bad = {"table": "source,target,kind\nA,X,trade\nC,A,trade"}
    refused = client.post(f"/api/linkages/{survey.pk}/ties/", bad, "application/json")
    assert refused.status_code == 400
    assert 'Row 2, column target: "X" is not among' in refused.json()["error"]
    assert 'Row 3, column source: "C" did not answer' in refused.json()["error"]
