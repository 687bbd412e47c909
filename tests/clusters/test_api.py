"""The registry by program: entered, changed, tested and read as on the pages."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

from activity.queries import told
from clusters import actions
from clusters.models import Cluster, SizeStructure
from countries.models import Industry, Region
from tests.clusters.test_registry import FIGURE
from tests.clusters.test_studies import LINE
from tests.clusters.test_study_api import Program
from tests.doors.clusters import OUTLINES
from tests.doors.scene import SIZES
from tests.factories.clusters import ClusterFactory, agent
from tests.factories.people import CountryFactory, OrganisationFactory


@pytest.fixture
def program(team, signed_in) -> Program:
    return Program(signed_in(team.coordinator))


@pytest.fixture
def cluster(team) -> Cluster:
    return ClusterFactory(country=team.country)


def test_an_entry_is_made_and_changed_and_what_is_not_sent_stays(team, program):
    Industry.objects.create(code="16", title="Wood and cork")
    for name in ("North", "South"):
        Region.objects.create(country=team.country, name=name)
    said = {
        "name": "Hlaing", "place": "Yangon", "regions": ["South", "North"], "latitude": 16.8,
        "longitude": 96.1, "industry": "16", "national_code": "1629", "products": "Furniture",
        "formation": "many", "history": "Sawmills came first.",
    }  # fmt: skip
    made = program("post", f"countries/{team.country.pk}/clusters/", said, status=201)
    assert made | said | {"regions": ["North", "South"]} == made
    at = f"clusters/{made['id']}/"
    changed = program("put", at, {"products": "Doors", "regions": ["North"]})
    assert changed == made | {"products": "Doors", "regions": ["North"], "revision": 1}
    assert program("get", at) == changed
    assert any("changed products, regions of" in words for _event, words in told(
        Cluster.objects.get().topic))  # fmt: skip
    refused = program("put", at, {"latitude": None}, status=400)
    assert "A point needs both a latitude and a longitude." in refused["error"]
    refused = program("post", f"countries/{team.country.pk}/clusters/", said, status=400)
    assert "a cluster of this name already" in refused["error"]


def test_regions_of_an_entry_are_the_countrys_and_not_too_many(team, cluster, program):
    Region.objects.create(country=CountryFactory(code="VNM"), name="Ha Noi")
    at = f"clusters/{cluster.pk}/"
    refused = program("put", at, {"regions": ["Ha Noi"]}, status=400)
    assert "has no region “Ha Noi”" in refused["error"]
    refused = program("put", at, {"regions": [str(n) for n in range(10_000)]}, status=400)
    assert "no more than 1000 elements" in refused["error"]
    assert not cluster.regions.exists()


def test_the_guided_test_is_answered_and_says_its_verdict_in_words(cluster, program):
    at = f"clusters/{cluster.pk}/test/"
    asked = program("get", at)
    assert asked["verdict"] == "not yet clear"
    assert "Are most of them small" in asked["questions"]["small"]
    answers = dict.fromkeys(["near", "same", "small", "shared"], "yes")
    said = program("put", at, {"answers": answers})
    assert (said["kind"], said["verdict"]) == ("cluster", "a cluster")
    assert said["answers"]["grown"] == "unknown"
    said = program("put", at, {"answers": {"near": "no", "local": "yes"}})
    assert said["verdict"] == "a sub-sector"
    assert "share a trade but no place" in said["reasons"][0]
    assert program("get", f"clusters/{cluster.pk}/")["verdict"] == "a sub-sector"


def test_figures_are_added_and_removed(cluster, program):
    at = f"clusters/{cluster.pk}/figures/"
    made = program("post", at, FIGURE, status=201)
    assert program("get", f"clusters/{cluster.pk}/")["figures"] == [made]
    refused = program("post", at, FIGURE, status=400)
    assert "a figure for this year already" in refused["error"]
    refused = program("post", at, FIGURE | {"value": "1.5"}, status=400)
    assert refused["error"].startswith("value: ")
    assert program.client.post(f"/api/{at}{made['id']}/remove/").status_code == 415
    program.gone(f"{at}{made['id']}/remove/")
    assert not cluster.figures.exists()


def test_employment_by_size_of_firm_is_read_and_kept(team, program):
    at = f"countries/{team.country.pk}/size-structure/"
    made = program("post", at, SIZES, status=201)
    assert made["pattern"] == "missing_middle"
    assert program("get", at) == [made]
    refused = program("post", at, SIZES | {"large": "10", "year": 2011}, status=400)
    assert "The three shares sum to 70 percent" in refused["error"]
    program.gone(f"{at}{made['id']}/remove/")
    assert not SizeStructure.objects.exists()


def test_regions_get_their_outlines_from_a_file(team, program):
    at = f"/api/countries/{team.country.pk}/regions/outlines/"
    said = {"source": "An office", "file": ContentFile(OUTLINES, "regions.json")}
    assert program.client.post(at, said).json() == {"outlined": 1, "added": ["North"]}
    (north,) = program("get", f"countries/{team.country.pk}/regions/")
    assert (north["name"], north["outline_source"]) == ("North", "An office")
    said = {"source": "An office", "file": ContentFile(b"{}", "regions.json")}
    assert program.client.post(at, said).status_code == 400


def test_somebody_is_invited_to_a_cluster(team, cluster, program):
    place = OrganisationFactory(country=team.country)
    at = f"clusters/{cluster.pk}/invitations/"
    said = {"email": "agent@example.org", "role": "cluster_agent", "organisation": place.pk}
    assert "/account/" in program("post", at, said, status=201)["link"]
    assert mail.outbox[0].to == ["agent@example.org"]
    abroad = OrganisationFactory(country=CountryFactory(code="VNM"))
    refused = program("post", at, said | {"organisation": abroad.pk}, status=400)
    assert refused["error"].startswith("organisation: ")


def test_an_agent_writes_on_their_own_cluster_only(team, cluster, signed_in):
    other = ClusterFactory(country=team.country)
    program = Program(signed_in(agent(other)))
    for method, path, said in [
        ("put", "", {"products": "Cloth"}),
        ("put", "test/", {"answers": {}}),
        ("post", "figures/", FIGURE),
        ("put", "position/", {"answers": {}, "year": 2020, "source": "A visit"}),
        ("post", "studies/", {}),
    ]:
        refused = program(method, f"clusters/{cluster.pk}/{path}", said, status=403)
        assert refused["error"].startswith("Only ")
    for path in ("linkages/", "firms/"):
        program("get", f"clusters/{cluster.pk}/{path}", status=404)
    program("put", f"clusters/{other.pk}/", {"products": "Cloth"})
    program("post", f"countries/{team.country.pk}/clusters/", {"name": "New"}, status=403)


def test_what_belongs_to_another_is_not_there(team, cluster, program):
    """Numbers of parts are looked up in the whole that the address names."""
    other = ClusterFactory(country=team.country)
    figure = other.figures.create(measure="firms", value=1, unit="firms", source="A survey")
    surveys, studies = [], []
    for one in (cluster, other):
        survey = actions.add_linkage_survey(
            cluster=one, title="Linkages", date="2024-01-01", source="A survey", by=None
        )
        actions.enter_actors(survey=survey, table=b"name,kind\nA,core\nB,core\n", by=None)
        actions.enter_ties(survey=survey, table=b"source,target,kind\nA,B,trade\n", by=None)
        surveys.append(survey)
        studies.append(actions.begin_study(cluster=one, by=None))
    line = program("post", f"studies/{studies[1].pk}/lines/", LINE, status=201)
    elsewhere = SizeStructure.objects.create(country=CountryFactory(code="VNM"), **SIZES)
    tie, actor = surveys[1].ties.get(), surveys[1].surveyed.first()
    mine, abroad = f"studies/{studies[0].pk}", f"countries/{team.country.pk}/size-structure"
    for path in [
        f"clusters/{cluster.pk}/figures/{figure.pk}/remove/",
        f"linkages/{surveys[0].pk}/ties/{tie.pk}/remove/",
        f"linkages/{surveys[0].pk}/actors/{actor.pk}/remove/",
        f"{mine}/lines/{line['id']}/remove/",
        f"{mine}/swot/{line['id']}/remove/",
        f"{mine}/values/{line['id']}/correct/",
        f"{mine}/comments/1/answer/",
        f"{abroad}/{elsewhere.pk}/remove/",
    ]:
        program("post", path, status=404)
    program("put", f"{mine}/lines/{line['id']}/", LINE, status=404)
    actions.rename_actor(actor=actor.actor, name="Only there", by=None)
    refused = program("post", f"linkages/{surveys[0].pk}/actors/rename/",
                      {"actor": "Only there", "name": "C"}, status=400)  # fmt: skip
    assert refused["error"].startswith("actor: ")


def test_an_actor_and_a_tie_are_taken_out_by_their_numbers(cluster, program):
    said = {"title": "Now", "date": "2024-01-01", "source": "Visits"}
    made = program("post", f"clusters/{cluster.pk}/linkages/", said, status=201)
    at = f"linkages/{made['id']}/"
    program("post", f"{at}actors/", {"table": "name,kind\nA,core\nB,core"})
    program("post", f"{at}ties/", {"table": "source,target,kind\nA,B,trade"})
    found = program("get", at)
    actor = f"{at}actors/{found['actors'][0]['id']}/remove/"
    assert "has ties in this survey" in program("post", actor, status=400)["error"]
    program.gone(f"{at}ties/{found['ties'][0]['id']}/remove/")
    program.gone(actor)
    assert [one["name"] for one in program("get", at)["actors"]] == ["B"]


def test_two_surveys_are_compared(cluster, program):
    at = f"clusters/{cluster.pk}/linkages/"
    first, second = (
        program("post", at, {"title": day, "date": day, "source": "Visits"}, status=201)["id"]
        for day in ("2020-01-01", "2024-01-01")
    )
    for survey in (first, second):
        program("post", f"linkages/{survey}/actors/", {"table": "name,kind\nA,core\nB,core"})
        program("post", f"linkages/{survey}/ties/", {"table": "source,target,kind\nB,A,joint"})
    program("post", f"linkages/{second}/ties/", {"table": "source,target,kind\nA,B,trade"})
    assert program("get", f"linkages/{second}/")["changes"] is None
    (change,) = program("get", f"linkages/{second}/?with={first}")["changes"]
    assert change | {"source": "A", "target": "B", "change": "new"} == change
    refused = program("get", f"linkages/{second}/?with={second}", status=400)
    assert f"no other survey {second}; expected one of: {first}." in refused["error"]


def test_no_cell_of_a_table_starts_a_formula(team, cluster, program):
    program("put", f"clusters/{cluster.pk}/", {"name": "=HYPERLINK(1)", "products": "@x"})
    table = program.client.get(f"/countries/{team.country.pk}/clusters.csv").text
    assert "'=HYPERLINK(1)" in table
    assert ",'@x," in table


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_at_once_are_told_so_once(team, signed_in):
    """The second waits for the first, and finds the name taken."""
    at = f"/api/countries/{team.country.pk}/clusters/"
    clients = [signed_in(team.coordinator), signed_in(team.coordinator)]
    together = Barrier(2)

    def enter(client: Client) -> int:
        try:
            together.wait()
            return client.post(at, {"name": "Hlaing"}, "application/json").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, clients)) == [201, 400]
