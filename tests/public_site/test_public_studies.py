"""Published studies of clusters on the public site: address, lists, the country's page."""

import csv
import io
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from clusters import actions
from clusters.models import Cluster
from clusters.studies.content import digest
from countries.models import Country
from reports.public.listing import address_of
from tests.clusters.test_studies import written
from tests.factories.clusters import ClusterFactory
from tests.public_site.test_public import get, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(team, signed_in):
    """Published, of a cluster of Lao PDR; its plan has one line with a value."""
    cluster = ClusterFactory(country=team.country, name="Hill weavers")
    study = actions.begin_study(cluster=cluster, by=None)
    written(study, signed_in(team.coordinator))
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)
    study.refresh_from_db()
    actions.add_reading(line=study.lines.get(), by=None, day=date(2025, 6, 30),
                        value=Decimal(35), status="late", source="Visits")  # fmt: skip
    return study


def test_a_study_has_one_address_that_stays_and_says_how_to_cite_it(study):
    at = address_of(study)
    assert at == f"/p/LAO/hill-weavers-{study.cluster_id}/study-1/"
    page = text(at)
    assert "Cite this study" in page
    assert study.sha256 in page
    assert f'<link rel="canonical" href="http://testserver{at}">' in page
    Cluster.objects.filter(pk=study.cluster_id).update(name="Weavers")
    moved = get(at)
    assert moved.status_code == 301
    assert moved["Location"] == f"/p/LAO/weavers-{study.cluster_id}/study-1/"
    assert get(moved["Location"]).status_code == 200


@pytest.mark.parametrize(
    "address", ["/p/LAO/{name}/study-2/", "/p/VNM/{name}/study-1/", "/p/LAO/weavers/study-1/"]
)
def test_addresses_that_name_no_study_are_not_there(study, address):
    name = address_of(study).split("/")[3]
    assert get(address.format(name=name)).status_code == 404


def test_it_stands_in_the_lists_for_programs_beside_reports(study):
    (row,) = get("/p/reports.json").json()["studies"]
    assert row["address"] == f"http://testserver{address_of(study)}"
    assert (row["country"], row["cluster"], row["number"]) == ("LAO", "Hill weavers", 1)
    (line,) = csv.DictReader(io.StringIO(text("/p/studies.csv").removeprefix("\ufeff")))
    assert {key: str(value or "") for key, value in row.items()} == line
    said = get(row["data"].removeprefix("http://testserver")).json()
    assert digest(said["content"]) == said["sha256"] == study.sha256
    assert [one["value"] for one in said["values"]] == [35]
    atom = ElementTree.fromstring(text("/p/reports.atom"))
    links = atom.findall("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id")
    assert [one.text for one in links] == [row["address"]]
    assert row["address"] in text("/sitemap.xml")


def test_what_became_of_a_study_stands_at_its_address_and_in_the_lists(study):
    following = actions.begin_study(cluster=study.cluster, by=None)
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=following, step=step, by=None)
    actions.take_study_step(study=study, step="withdraw", by=None, reason="Two figures are wrong")
    at = address_of(study)
    assert "Two figures are wrong" in text(at)
    assert get(f"{at}content.json").status_code == 410
    rows = {one["number"]: one for one in get("/p/reports.json").json()["studies"]}
    assert (rows[1]["state"], rows[1]["withdrawn_because"]) == (
        "withdrawn",
        "Two figures are wrong",
    )
    assert rows[1]["updated_at"] == rows[1]["withdrawn_at"]
    assert rows[2]["state"] == "published"
    assert "Hill weavers: diagnostic study 1: withdrawn" in text("/p/reports.atom")
    assert at in text("/p/LAO/")
    assert at not in text("/p/") + text("/sitemap.xml")


def test_news_are_told_in_the_language_of_the_reader(study):
    entry = get("/p/reports.atom", **{"Accept-Language": "fr"}).content.decode()
    assert "publié</summary>" in entry


def test_visitors_find_it_from_the_start_and_from_its_country(team, study, signed_in):
    assert address_of(study) in text("/p/")
    assert 'href="/p/LAO/"' in text("/p/")
    page = text("/p/LAO/")
    assert address_of(study) in page
    assert "plan: 1 late" in page
    assert "plan: 1 late" in signed_in(team.officer).get("/countries/LAO/").content.decode()


def test_a_study_that_is_not_published_is_nowhere_on_the_public_site(team):
    draft = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    assert address_of(draft) == ""
    assert Client().get("/p/LAO/").status_code == 404
    assert Client().get(f"/p/LAO/x-{draft.cluster_id}/study-1/").status_code == 404
    assert draft.cluster.name not in text("/p/") + text("/p/reports.atom") + text("/p/studies.csv")


def test_an_invented_study_stands_apart(db):
    cluster = Cluster.objects.create(
        name="Makers",
        country=Country.objects.create(code="XZB", name="Inventia", is_fictional=True),
    )
    study = cluster.studies.create(
        number=1, state="published", snapshot={}, sha256="0" * 64, published_at=timezone.now()
    )
    real, invented = text("/p/").split("To learn with: invented answers")
    assert address_of(study) not in real + invented
    assert 'href="/p/XZB/"' in invented
    (row,) = get("/p/reports.json").json()["studies"]
    assert row["label"] == "fictional country"
