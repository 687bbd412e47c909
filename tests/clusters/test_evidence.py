"""What lines of a study point to, of every kind, and who is led there."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from clusters import actions, position
from clusters.employment import maps
from clusters.linkages import words
from clusters.models import Study, SwotLine
from clusters.studies import evidence
from clusters.studies.evidence import Readers
from clusters.studies.pages import StudyOnPage
from countries.models import Region
from diagnostics import indicator_evidence
from diagnostics.actions import submit_sheet
from reports import examples_loading as loading
from tests.clusters.test_studies import published, written
from tests.factories import statistics
from tests.factories.clusters import ClusterFactory
from tests.factories.employment import employment
from tests.factories.people import CountryFactory
from tests.factories.rounds import RoundFactory, close, fill, version
from tests.reports.test_plans import publish

EMPLOYMENT = """region,industry,year,employment
Hills,Weaving,2020,90
Hills,Milling,2020,10
Plain,Weaving,2020,10
Plain,Milling,2020,90
"""


TIES = b"source,target,kind\nA,B,trade\n"


@pytest.fixture
def cluster(team):
    """With something of every kind of this floor."""
    made = ClusterFactory(country=team.country)
    made.figures.create(measure="firms", value=120, unit="firms", year=2020, source="Census")
    made.regions.add(Region.objects.create(country=team.country, name="Hills"))
    employment(team.country, EMPLOYMENT)
    marks = dict.fromkeys([*position.PRODUCT_MARKS, *position.PROCESS_MARKS], "yes")
    actions.answer_capability(cluster=made, answers=marks, year=2024, source="Visits", by=None)
    survey = actions.add_linkage_survey(
        cluster=made, title="Survey", date=date(2024, 5, 1), source="Visits", by=None
    )
    table = b"name,kind,inside,answered\nA,core,yes,yes\nB,core,yes,yes\n"
    actions.enter_actors(survey=survey, table=table, by=None)
    actions.enter_ties(survey=survey, table=TIES, by=None)
    return made


def offered(cluster):
    """Words by key of everything in every group."""
    return {
        key: words for kept in evidence.grouped(cluster).values() for key, words in kept.items()
    }


def test_of_every_kind_it_says_what_it_is_with_its_value_and_where(cluster):
    words = offered(cluster)
    said = "\n".join(words.values())
    assert "firms: 120 firms, 2020 (Census)" in said
    assert "Products: high, 2024 (Visits)" in said
    assert "Weaving in Hills: location quotient 1.8, stars:" in said
    assert "Actors: 2 (Survey" in said
    assert "Plain" not in said
    assert all(len(key) <= SwotLine._meta.get_field("evidence_key").max_length for key in words)
    assert {key: evidence.words_of(cluster, key) for key in words} == words


@pytest.mark.parametrize(
    "key",
    ["", "luck 7", "figure", "figure 0", "figure one", f"figure {10**30}", "figure 1 2", "position",
     "cell 1 2020", "cell 0 2020 0123456789abcdef", "network 0 0", "size LAO 0", "lesson 0 0",
     "indicator 0", "item 0 stage money", "document", "document adbi-2007"],
)  # fmt: skip
def test_what_is_no_key_names_nothing(cluster, key):
    assert evidence.words_of(cluster, key) == ""
    with pytest.raises(ValidationError):
        evidence.pointed_to(SwotLine(), cluster, on_record=key)


def test_one_country_s_evidence_is_not_another_s(cluster, team):
    elsewhere = ClusterFactory(country=CountryFactory(code="KHM"))
    actions.add_size_structure(
        country=team.country, year=2020, coverage="All", small=60, medium=10, large=30,
        source="Census", by=None,
    )  # fmt: skip
    kinds = {key.split()[0]: key for key in offered(cluster)}
    assert kinds.keys() == {"figure", "cell", "network", "position", "size"}
    del kinds["position"]  # names no cluster
    assert {evidence.words_of(elsewhere, key) for key in kinds.values()} == {""}


def test_a_reader_is_led_where_they_may_go(cluster, team, signed_in):
    keys = {key.split()[0]: key for key in offered(cluster)}
    for kind in ("figure", "position", "cell", "network"):
        assert evidence.address(keys[kind], cluster.pk, Readers.ANYBODY) == ""
        where = evidence.address(keys[kind], cluster.pk, Readers.INSIDE)
        assert signed_in(team.officer).get(where).status_code == 200
    assert evidence.address(keys["network"], cluster.pk, Readers.SIGNED_IN) == ""
    assert evidence.address(evidence.CITED, cluster.pk, Readers.INSIDE) == ""
    assert evidence.address("luck 7", cluster.pk, Readers.INSIDE) == ""


def test_a_newer_survey_takes_nothing_away_from_what_rests_on_the_older(cluster):
    study = actions.begin_study(cluster=cluster, by=None)
    keys = [key for key in offered(cluster) if key.split()[0] in ("network", "cell")]
    for key in keys:
        study.swot.create(kind="strength", text=key, evidence_key=key, evidence="Said.")
    study.swot.create(kind="threat", text="Lost", evidence_key="figure 0", evidence="Said.")
    newer = actions.add_linkage_survey(
        cluster=cluster, title="Newer", date=date(2025, 5, 1), source="Visits", by=None
    )
    assert "Older, and a study rests on it" not in evidence.grouped(cluster)  # it tells of no ties
    table = b"name,kind\nA,core\nB,core\n"
    actions.enter_actors(survey=newer, table=table, by=None)
    actions.enter_ties(survey=newer, table=TIES, by=None)
    assert {*keys} <= {*offered(cluster)}
    assert evidence.grouped(cluster)["Older, and a study rests on it"].keys() == {
        key for key in keys if key.startswith("network")
    }
    assert [line.text for line in evidence.gone(study)] == ["Lost"]
    (older,) = (key for key in keys if key.endswith(" 0"))
    said = evidence.pointed_to(SwotLine(), cluster, on_record=older)["evidence"]
    assert said.startswith("Actors: 2 (Survey")


def test_of_what_is_unknown_nothing_is_offered(cluster):
    survey = cluster.linkage_surveys.get()
    survey.surveyed.update(answered=False)
    actions.answer_capability(
        cluster=cluster, answers={"own_design": "yes"}, year=2025, source="A call", by=None
    )
    words = offered(cluster).values()
    assert any(said.startswith("Actors: 2 (") for said in words)
    for gone in ("Density", "Reciprocity", "Products", "Processes", "unknown", "not known"):
        assert not [said for said in words if said.startswith(gone)]
    survey.ties.all().delete()
    assert not [key for key in offered(cluster) if key.startswith("network")]


def test_a_newer_map_takes_no_cell_away(cluster, team):
    table = employment(team.country, EMPLOYMENT)
    cluster.table, cluster.table_region, cluster.table_industry = table, "Hills", "Milling"
    cluster.save()
    industries = "".join(f"Hills,I{n},2024,100\nCoast,I{n},2024,9\n" for n in range(30))
    newer = employment(team.country, EMPLOYMENT.replace("2020", "2024") + industries, title="Newer")
    other = employment(team.country, EMPLOYMENT.replace("Hills", "Islands"), title="Elsewhere")
    told = [key.split() for key in evidence.grouped(cluster)["Map of employment"]]
    tables = [int(table) for _code, table, *_cell in told]
    first = team.country.employment_tables.last()
    # Its own cell of each, though in the newest it is by far not among its region's first.
    assert tables[:3] == [newer.pk, table.pk, first.pk]
    assert tables.count(newer.pk) == 21
    assert other.pk not in tables


def test_of_networks_lessons_and_the_country_it_says_what_matters(cluster, team, signed_in):
    survey = cluster.linkage_surveys.get()
    actions.enter_actors(survey=survey, table=b"name,kind,answered\nSchool,support,yes\n", by=None)
    cluster.figures.create(measure="export_share", value=30, unit="%", year=2023, source="Survey")
    actions.add_size_structure(
        country=team.country, year=2020, coverage="All", small=60, medium=10, large=30,
        source="Census", by=None,
    )  # fmt: skip
    study = actions.begin_study(cluster=cluster, by=None)
    written(study, signed_in(team.coordinator))
    published(study)
    actions.add_lesson(
        study=study, text="Begin small.", day=date(2025, 1, 5), author="Office", by=None
    )
    groups = evidence.grouped(cluster)
    network = list(groups["The network as a whole"].values())
    assert network[0].startswith("The form of the network: A network: core firms deal with each")
    assert network[1].startswith("Missing: ties between core firms and institutions.")
    position = "\n".join(groups["Position"].values())
    assert "Capability: fast follower, 2024 (Visits)" in position
    assert "30 percent of output is exported" in position
    assert "(2023; Survey)" in position
    assert "The cluster stands at: " in position
    (size,) = groups["The country's firms by size"].items()
    assert "small 60, medium 10, large 30 percent; missing middle (Census)" in size[1]
    (lesson,) = groups["Lessons"].items()
    assert lesson[1].startswith("Begin small. (Office, ")
    client = signed_in(team.officer)
    for key, _words in (size, lesson):
        where = evidence.address(key, cluster.pk, Readers.SIGNED_IN)
        assert client.get(where).status_code == 200


def diagnosed(cluster):
    """A round on the cluster, collecting."""
    return RoundFactory(
        country=cluster.country, cluster=cluster, instrument_version=version(subject="cluster"),
        title="Visits",
    )  # fmt: skip


def test_an_item_tells_its_level_and_that_nobody_has_published_it_yet(cluster):
    made = diagnosed(cluster)
    (sheet,) = made.sheets.all()
    fill(sheet, ["yes", "no"])
    fill(sheet, {"money.item_2": ["yes", "unknown"], "money.item_3": []})
    submit_sheet(sheet=sheet, by=None)
    close(made)
    said = list(evidence.grouped(cluster)["Visits"].values())
    where = "(Visits; its report is not published)"
    assert said[0] == f"Money item 1: level 2 of 5 {where}"
    assert said[1] == f"Money item 2: level 2 of 5 or higher, it is not known {where}"
    assert "Money item 3" not in "".join(said)
    keys = [f"item {made.pk} {code}" for code in ("money.item_1", "stage money", "money.item_0")]
    assert [evidence.words_of(cluster, key) for key in keys] == [said[0], "", ""]


def test_a_draft_tells_of_now_and_an_approved_study_of_its_approval(
    cluster, team, signed_in, run_jobs
):
    made = diagnosed(cluster)
    fill(made.sheets.get(), ["yes", "no"])
    submit_sheet(sheet=made.sheets.get(), by=None)
    close(made)
    run_jobs()
    study = actions.begin_study(cluster=cluster, by=None)
    client = signed_in(team.coordinator)
    at = written(study, client)
    figure = cluster.figures.get()
    keys = [f"item {made.pk} money.item_1", f"item {made.pk} stage money", f"figure {figure.pk}"]
    for key in keys:
        client.post(f"{at}swot/add/", {"kind": "strength", "text": "Paid", "on_record": key})

    def told():
        shown = StudyOnPage(Study.objects.get(pk=study.pk))
        (strengths,) = (lines for title, lines in shown.swot if title == "strength")
        return [line["evidence"] for line in strengths]

    item, stage, firms = told()
    assert item == "Money item 1: level 2 of 5 (Visits; its report is not published)"
    assert stage.startswith("Money: stage 2")
    assert stage.endswith("(Visits; its report is not published)")
    assert firms == "firms: 120 firms, 2020 (Census)"
    publish(made.reports.get())
    cluster.figures.update(value=130)
    approved = [one.replace("; its report is not published", "") for one in (item, stage)]
    approved.append("firms: 130 firms, 2020 (Census)")
    assert told() == approved
    for step in ("send", "approve"):
        actions.take_study_step(study=study, step=step, by=None)
    cluster.figures.update(value=140)
    assert told() == approved


def test_an_indicator_is_offered_with_its_newest_value_and_open_to_all(team):
    loading.load_instruments()
    cluster = ClusterFactory(country=team.country)
    code = sorted(indicator_evidence.bound())[0]
    indicator = statistics.IndicatorFactory(code=code, title="Days to start", unit="days")
    by = statistics.ImportFactory(dataset=indicator.dataset)
    for year, value in (("2015", 9), ("2017", 7.5)):
        statistics.observe(indicator, team.country.pk, year, value, by=by)
    (key,) = [key for key in offered(cluster) if key.startswith("indicator")]
    assert offered(cluster)[key].startswith("Days to start: 7.5 days, 2017")
    assert Client().get(evidence.address(key, cluster.pk, Readers.ANYBODY)).status_code == 200


def test_evidence_is_told_in_the_readers_language_not_the_choosers(cluster, team, signed_in):
    study = actions.begin_study(cluster=cluster, by=None)
    client = signed_in(team.coordinator)
    at = written(study, client)
    keys = {key.split()[0]: key for key in offered(cluster)}
    client.cookies["django_language"] = "fr"
    for kind in ("figure", "network"):
        client.post(f"{at}swot/add/", {"kind": "strength", "text": kind, "on_record": keys[kind]})
    published(study)
    for language in ("en", "fr", "ru", "vi"):
        with translation.override(language):
            told = [line["evidence"] for _kind, lines in StudyOnPage(study).swot for line in lines]
            assert {evidence.words_of(cluster, keys[k]) for k in ("figure", "network")} <= {*told}
    with translation.override("fr"):
        french = evidence.words_of(cluster, keys["network"])
    assert french not in Client().get(at).content.decode()


def test_only_the_table_that_a_line_points_to_is_read(cluster, team, signed_in, monkeypatch):
    key = next(key for key in offered(cluster) if key.startswith("cell"))
    employment(team.country, EMPLOYMENT.replace("2020", "2024"), title="Newer")
    study = actions.begin_study(cluster=cluster, by=None)
    at = f"{study.get_absolute_url()}swot/add/"
    read = []
    cells = maps.cells
    monkeypatch.setattr(maps, "cells", lambda table, year: read.append(year) or cells(table, year))
    client = signed_in(team.coordinator)
    client.post(at, {"kind": "strength", "text": "Special", "on_record": key})
    assert "in Hills: location quotient" in study.swot.get().evidence
    assert read == [2020] * len(settings.LANGUAGES)
    client.get(at)
    assert read[len(settings.LANGUAGES) :] == [2024, 2020]  # the newest, then what is rested on


def test_what_stays_is_not_looked_for(cluster, monkeypatch):
    study = actions.begin_study(cluster=cluster, by=None)
    network = next(key for key in offered(cluster) if key.startswith("network"))
    for key in ("figure 0", "position product", network, evidence.CITED):
        study.swot.create(kind="threat", text=key, evidence_key=key, evidence="Said.")
    monkeypatch.setattr(words, "found", None)
    assert [line.text for line in evidence.gone(study)] == ["figure 0"]


def test_the_page_links_what_this_reader_may_open(cluster, team, signed_in):
    study = actions.begin_study(cluster=cluster, by=None)
    client = signed_in(team.coordinator)
    at = written(study, client)
    figure = next(key for key in offered(cluster) if key.startswith("figure"))
    client.post(f"{at}swot/add/", {"kind": "strength", "text": "Many firms", "on_record": figure})
    published(study)
    link = f'<a href="/clusters/{cluster.pk}/#figures">firms: 120 firms, 2020 (Census)</a>'
    assert link in signed_in(team.stranger).get(at).content.decode()
    public = Client().get(at).content.decode()
    assert "firms: 120 firms, 2020 (Census)" in public
    assert link not in public


def test_what_was_measured_is_drawn_and_does_not_move(cluster, team, signed_in):
    study = actions.begin_study(cluster=cluster, by=None)
    at = written(study, signed_in(team.coordinator))
    published(study)
    study.refresh_from_db()
    assert [one.id for one in StudyOnPage(study).measured] == ["capability", "classes"]
    marks = dict.fromkeys([*position.PRODUCT_MARKS, *position.PROCESS_MARKS], "no")
    actions.answer_capability(cluster=cluster, answers=marks, year=2026, source="Visits", by=None)
    page = Client().get(at).content.decode()
    assert "Capability: fast follower" in page
    assert "specialist in applications" not in page
    table = Client().get(f"{at}charts/capability.csv").content.decode()
    assert "Products,4,0,0,high" in table
    assert Client().get(f"{at}charts/luck.csv").status_code == 404
