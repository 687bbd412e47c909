"""Two people at one form: the later save never undoes the earlier without a word."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.refusals import Refused
from activity.models import Event
from clusters import actions
from clusters.models import Cluster
from diagnostics.firms.profiles import profile_of
from tests.clusters.test_studies import LINE, PROBLEM, SWOT
from tests.clusters.test_study_api import Program
from tests.factories.clusters import ClusterFactory, agent, firm
from tests.factories.employment import employment

ROWS = {
    "swot": (SWOT, "text"),
    "problems": (PROBLEM, "conditions"),
    "lines": (LINE, "payer"),
}


@pytest.fixture
def cluster(team):
    return ClusterFactory(country=team.country, name="Doors")


@pytest.fixture
def study(cluster):
    return actions.begin_study(cluster=cluster, by=None)


def test_an_entry_comes_back_with_what_another_saved_beside_what_was_typed(
    team, cluster, signed_in
):
    north = team.country.regions.create(name="North")
    client, at = signed_in(team.coordinator), f"/clusters/{cluster.pk}/change/"
    assert 'name="revision" value="0"' in client.get(at).content.decode()
    ours = {"revision": 0, "name": "Doors", "history": "Sawmills <b>came first.",
            "formation": "many", "regions": north.pk}  # fmt: skip
    client.post(at, ours)
    theirs = {"revision": 0, "name": "Doors", "products": "Doors and frames"}
    page = client.post(at, theirs).content.decode()
    assert "Somebody else has saved here meanwhile" in page
    assert 'value="Doors and frames"' in page
    assert "Saved meanwhile: Sawmills &lt;b&gt;came first." in page
    assert "Saved meanwhile: type 1: many small and medium firms" in page
    assert "Saved meanwhile: North" in page
    assert page.count("Saved meanwhile:") == 4  # three of theirs, and products that were blank
    assert Cluster.objects.get().history == "Sawmills <b>came first."
    assert 'name="revision" value="1"' in page
    client.post(at, theirs | {"revision": 1})
    assert Cluster.objects.get().products == "Doors and frames"


def test_the_guided_test_likewise(team, cluster, signed_in):
    client, at = signed_in(team.coordinator), f"/clusters/{cluster.pk}/test/"
    asked = client.get(at).context["form"].fields
    open_ = {name: "unknown" for name in asked if name != "revision"}
    client.post(at, open_ | {"near": "yes", "revision": 0})
    page = client.post(at, open_ | {"same": "yes", "revision": 0}).content.decode()
    assert page.count("Saved meanwhile: yes") == 1
    assert page.count("Saved meanwhile: not known") == 1
    assert Cluster.objects.get().test["near"] == "yes"


@pytest.mark.parametrize("part", ROWS)
def test_rows_of_a_study_likewise(team, study, signed_in, part):
    said, field = ROWS[part]
    client, at = signed_in(team.coordinator), f"{study.get_absolute_url()}{part}/"
    client.post(f"{at}add/", said)
    rows = getattr(study, "lines" if part == "lines" else part)
    at = f"{at}{rows.get().pk}/"
    client.post(at, said | {field: "The first", "revision": 0})
    page = client.post(at, said | {field: "The second", "revision": 0}).content.decode()
    assert "Somebody else has saved here meanwhile" in page
    assert "Saved meanwhile: The first" in page
    assert page.count("Saved meanwhile:") == 1
    assert getattr(rows.get(), field) == "The first"
    client.post(at, said | {field: "Both", "revision": 1})
    assert getattr(rows.get(), field) == "Both"


@pytest.mark.parametrize("part", ROWS)
def test_a_program_gets_both_values(team, study, signed_in, part):
    said, field = ROWS[part]
    program = Program(signed_in(team.coordinator))
    made = program("post", f"studies/{study.pk}/{part}/", said, status=201)
    at = f"studies/{study.pk}/{part}/{made['id']}/"
    first = program("put", at, said | {field: "The first", "revision": 0})
    assert first["revision"] == 1
    assert program("get", f"studies/{study.pk}/")["revisions"][part] == [1]
    late = said | {field: "The second", "revision": 0}
    refused = program("put", at, late, status=409)
    assert refused["stored"] == first
    assert refused["given"] == late
    assert program("put", at, said | {field: "Whatever"})[field] == "Whatever"


def test_a_program_is_told_of_entries_tests_and_texts_likewise(team, cluster, study, signed_in):
    program = Program(signed_in(team.coordinator))
    calls = {
        f"clusters/{cluster.pk}/": {"products": "Doors"},
        f"clusters/{cluster.pk}/test/": {"answers": {"near": "yes"}},
        f"studies/{study.pk}/": {"vision": "Dry timber"},
    }
    for at, said in calls.items():
        read = program("get", at)["revision"]
        saved = program("put", at, said | {"revision": read})
        refused = program("put", at, said | {"revision": read}, status=409)
        assert refused["stored"] == saved
        assert "meanwhile" in refused["error"]


@pytest.fixture
def survey(cluster):
    made = actions.add_linkage_survey(
        cluster=cluster, title="First", date=date(2024, 3, 31), source="Visits", by=None
    )
    actions.enter_actors(survey=made, table=b"name,kind\nMill,core\nYard,supplier", by=None)
    return made


def test_a_regions_name_and_code_likewise(team, signed_in):
    north = team.country.regions.create(name="North")
    client, at = signed_in(team.coordinator), f"/regions/{north.pk}/change/"
    client.post(at, {"name": "North", "code": "01", "revision": 0})
    page = client.post(at, {"name": "Northern", "code": "", "revision": 0}).content.decode()
    assert "Somebody else has saved here meanwhile" in page
    assert 'value="Northern"' in page
    assert "Revision" not in page
    assert "Saved meanwhile: 01" in page
    assert (team.country.regions.get().name, team.country.regions.get().code) == ("North", "01")
    client.post(at, {"name": "Northern", "code": "01", "revision": 1})
    assert team.country.regions.get().name == "Northern"


def test_a_surveys_title_and_date_likewise(team, survey, signed_in):
    client, at = signed_in(team.coordinator), f"/linkages/{survey.pk}/change/"
    said = {"title": "First", "date": "2024-03-31", "source": "Visits", "revision": 0}
    client.post(at, said | {"date": "2024-04-30"})
    page = client.post(at, said | {"title": "The first"}).content.decode()
    assert "Saved meanwhile: 30 Apr 2024" in page
    assert page.count("Saved meanwhile:") == 2
    assert page.count("The first") == 1  # in the form, not in the headings
    survey.refresh_from_db()
    assert (survey.title, survey.date) == ("First", date(2024, 4, 30))
    client.post(at, said | {"title": "The first", "date": "2024-04-30", "revision": 1})
    survey.refresh_from_db()
    assert (survey.title, survey.date) == ("The first", date(2024, 4, 30))


def test_an_actors_name_likewise(team, survey, signed_in):
    mill = survey.surveyed.get(actor__name="Mill")
    client, at = signed_in(team.coordinator), f"/linkages/{survey.pk}/actors/{mill.pk}/rename/"
    client.post(at, {"name": "First Mill", "revision": 0})
    page = client.post(at, {"name": "Old Mill", "revision": 0}).content.decode()
    assert "Saved meanwhile: First Mill" in page
    assert "First Mill is called so in all surveys" in page
    assert "Revision" not in page
    assert {one.name for one in survey.actors.all()} == {"First Mill", "Yard"}
    client.post(at, {"name": "Old Mill", "revision": 1})
    assert {one.name for one in survey.actors.all()} == {"Old Mill", "Yard"}


def test_the_title_of_a_table_of_employment_likewise(team, signed_in):
    table = employment(team.country, "region,industry,year,employment\nNorth,Wood,2015,100\n")
    client, at = signed_in(team.coordinator), f"/employment/{table.pk}/change/"
    said = {"title": table.title, "source": "An office", "revision": 0}
    client.post(at, said | {"source": "The office"})
    page = client.post(at, said | {"title": "Work"}).content.decode()
    assert "Saved meanwhile: The office" in page
    assert "Revision" not in page
    assert f">{table.title}</a>" in page  # what was typed stands in no heading
    table.refresh_from_db()
    assert table.source == "The office"
    client.post(at, said | {"title": "Work", "source": "The office", "revision": 1})
    table.refresh_from_db()
    assert (table.title, table.source) == ("Work", "The office")


def test_a_firms_entry_likewise(cluster, signed_in):
    weaver = firm(cluster, name="Weaver")
    client, at = signed_in(agent(cluster)), f"/firms/{weaver.pk}/change/"
    said = {"name": "Weaver", "size": "small", "role": "core", "revision": 0}
    client.post(at, said | {"name": "Weaver & Daughters"})
    page = client.post(at, said | {"size": "medium"}).content.decode()
    assert "Saved meanwhile: Weaver &amp; Daughters" in page
    assert "Saved meanwhile: small" in page
    assert "Revision" not in page
    weaver.refresh_from_db()
    assert (str(weaver), weaver.size) == ("Weaver & Daughters", "small")
    assert str(profile_of(weaver).organisation) == "Weaver & Daughters"
    program = Program(client)
    read = program("get", f"firms/{weaver.pk}/")["revision"]
    entry = {"name": "Weaver & Daughters", "size": "medium", "role": "core", "revision": read}
    saved = program("put", f"firms/{weaver.pk}/", entry)
    refused = program("put", f"firms/{weaver.pk}/", entry, status=409)
    assert refused["stored"] == saved
    assert refused["given"] == entry


def test_a_program_is_told_of_tables_regions_surveys_and_names_likewise(team, survey, signed_in):
    program = Program(signed_in(team.coordinator))
    north = program("post", f"countries/{team.country.pk}/regions/", {"name": "N"}, status=201)
    network = program("get", f"linkages/{survey.pk}/")
    table = employment(team.country, "region,industry,year,employment\nNorth,Wood,2015,100\n")
    calls = {
        f"regions/{north['id']}/": ("put", north["revision"], {"name": "North"}),
        f"employment/{table.pk}/": (
            "put", table.revision, {"title": "Work", "source": "An office"},
        ),
        f"linkages/{survey.pk}/": (
            "put", network["revision"], {"title": "1st", "date": "2024-03-31", "source": "Visits"},
        ),
        f"linkages/{survey.pk}/actors/rename/": (
            "post", network["actors"][0]["revision"], {"actor": "Mill", "name": "Mill"},
        ),
    }  # fmt: skip
    for at, (how, read, said) in calls.items():
        saved = program(how, at, said | {"revision": read})
        assert saved["revision"] == read + 1
        refused = program(how, at, said | {"revision": read}, status=409)
        assert refused["stored"] == saved
        assert refused["given"] == said | {"revision": read}
        assert program(how, at, said)["revision"] == read + 2


def test_a_row_that_is_gone_is_not_brought_back(study):
    row = study.problems.create(**PROBLEM)
    actions.remove_row(row=study.problems.get(), by=None)
    with pytest.raises(Refused, match="removed this meanwhile"):
        actions.keep_row(study=study, row=row, by=None)


def figure(cluster):
    said = {"measure": "firms", "value": 9, "unit": "firms", "year": 2020, "source": "Census"}
    return actions.add_figure(cluster=cluster, by=None, **said), actions.remove_figure, "figure"


def region(cluster):
    made = actions.add_region(country=cluster.country, name="North", by=None)
    return made, actions.remove_region, "region"


def shares(cluster):
    said = {"year": 2020, "coverage": "formal", "small": 50, "medium": 20, "large": 30,
            "source": "Census"}  # fmt: skip
    made = actions.add_size_structure(country=cluster.country, by=None, **said)
    return made, actions.remove_size_structure, "shares"


def surveyed(cluster):
    made = actions.add_linkage_survey(
        cluster=cluster, title="First", date=date(2024, 1, 1), source="Visits", by=None
    )
    actions.enter_actors(survey=made, table=b"name,kind\nA,core\nB,core\n", by=None)
    actions.enter_ties(survey=made, table=b"source,target,kind\nA,B,trade\n", by=None)
    return made, actions.remove_linkage_survey, "survey"


def tie(cluster):
    return surveyed(cluster)[0].ties.get(), actions.remove_tie, "tie"


def own_firm(cluster):
    made = actions.add_firm(cluster=cluster, name="Alder", size="small", role="core", by=None)
    return made, actions.remove_firm, "firm"


@pytest.mark.parametrize("made", [figure, region, shares, surveyed, tie, own_firm])
def test_who_removes_as_the_second_is_told_and_the_record_has_one(made, cluster):
    row, remove, name = made(cluster)
    again = type(row).objects.get(pk=row.pk)
    remove(**{name: row}, by=None)
    kept = Event.objects.count()
    with pytest.raises(Refused, match="removed this meanwhile"):
        remove(**{name: again}, by=None)
    assert Event.objects.count() == kept


def test_the_cluster_is_held_before_a_survey_of_it_goes(cluster):
    made, remove, _name = surveyed(cluster)
    with CaptureQueriesContext(connection) as asked:
        remove(survey=made, by=None)
    held = [one["sql"] for one in asked if "UPDATE" in one["sql"].partition(" FOR ")[2]]
    assert ["clusters_cluster" in one for one in held] == [True, False]
