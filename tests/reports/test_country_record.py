"""A country takes its own record away: all of it, nothing of others, its coordinators alone."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activity import cleaning, comments, files
from activity.models import Event, File
from clusters import actions
from clusters.studies import content
from diagnostics.actions import planning
from diagnostics.models import Evidence
from reports import country_record
from reports.actions import sharing
from reports.models import CountryRecord
from tests.clusters.test_studies import written
from tests.factories import rounds
from tests.factories.clusters import ClusterFactory
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(team, report_on, run_jobs, signed_in) -> CountryRecord:
    """The record of a country with a report, a file, a comment and a formula in an answer."""
    report = report_on(MIXED)
    sheet = report.round.sheets.exclude(panel="agreed").get()
    upload = SimpleUploadedFile("proof.txt", b"Article 3.")
    response = sheet.responses.get(item__code="money.item_1")
    Evidence.objects.create(response=response, link="=1+1", file=files.keep(upload, by=None))
    comments.say(
        topic=f"sheet {sheet.pk} money.item_1", text="Which article?",
        by=team.officer, country=team.country, about="Money", url="/",
    )  # fmt: skip
    there = team.stranger.memberships.get().organisation
    elsewhere = rounds.sheet_of(there)
    rounds.answer(elsewhere, "money.item_1", "yes", comment="Of another country.")
    client = signed_in(team.coordinator)
    assert client.post(reverse("reports:country_record", args=["LAO"])).status_code == 302
    run_jobs()
    return CountryRecord.objects.get()


def opened(record: CountryRecord) -> zipfile.ZipFile:
    with record.content.open() as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_it_holds_all_of_the_country_and_nothing_of_another(made, team):
    archive = opened(made)
    names = set(archive.namelist())
    evidence = json.loads(archive.read("evidence.json"))
    assert evidence[0]["link"] == "=1+1"
    assert archive.read(f"evidence/{File.objects.get().pk}.txt") == b"Article 3."
    assert len(json.loads(archive.read("history.json"))) >= len(MIXED)
    assert json.loads(archive.read("comments.json"))[0]["text"] == "Which article?"
    kinds = {one["kind"] for one in json.loads(archive.read("events.json"))}
    assert {"report.made", "comment.made"} <= kinds
    (snapshot,) = [name for name in names if name.endswith("snapshot.json")]
    assert json.loads(archive.read(snapshot))["subject"]["country"]["code"] == "LAO"
    assert not [name for name in names if b"Of another country." in archive.read(name)]
    tables = {name[:-4] for name in names if name.endswith(".csv")}
    assert all(f"{name}.json" in names for name in tables)
    readme = archive.read("README.txt").decode()
    assert all(f"{name}:" in readme for name in tables)


def test_it_holds_clusters_with_their_studies_and_no_key(team, report_on, signed_in):
    report = report_on(MIXED)
    _link, token = sharing.share(report=report, reader="A reader", days=1, by=team.coordinator)
    plan = planning.begin_plan(round=report.round, by=None)
    measure = plan.measures.create(title="A law", theme="money", horizon=1)
    measure.funding.create(source="donor", funder="A bank", amount=5)
    plan.judgements.create(criterion="impact", text="Many firms gained.")
    study = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    written(study, signed_in(team.coordinator))
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)
    actions.add_lesson(study=study, by=None, text="Early", day="2025-07-01", author="The forum")
    abroad = team.stranger.memberships.get().organisation.country
    elsewhere = actions.begin_study(cluster=ClusterFactory(country=abroad), by=None)
    place = io.BytesIO()
    country_record.write(team.country, place)
    archive = zipfile.ZipFile(place)

    def table(name):
        return json.loads(archive.read(f"{name}.json"))

    assert [one["funder"] for one in table("funding")] == ["A bank"]
    assert [one["text"] for one in table("judgements")] == ["Many firms gained."]
    assert [one["reader"] for one in table("links")] == ["A reader"]
    study.refresh_from_db()
    assert [(one["study"], one["sha256"]) for one in table("studies")] == [(study.pk, study.sha256)]
    assert table("study_lines")[0]["text"] == "Try a kiln"
    assert [one["author"] for one in table("lessons")] == ["The forum"]
    said = json.loads(archive.read(f"studies/study-{study.pk}/content.json"))
    assert content.digest(said) == study.sha256
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert token.encode() not in everything
    assert hashlib.sha256(token.encode()).hexdigest().encode() not in everything
    assert elsewhere.cluster.name.encode() not in everything


def test_its_tables_open_safely_and_its_sums_are_true(made):
    archive = opened(made)
    rows = list(csv.DictReader(io.StringIO(archive.read("evidence.csv").decode("utf-8-sig"))))
    assert rows[0]["link"] == "'=1+1"
    sums = dict(
        reversed(line.split("  ", 1))
        for line in archive.read("SHA256SUMS.txt").decode().splitlines()
    )
    assert set(sums) | {"SHA256SUMS.txt"} == set(archive.namelist())
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


@pytest.mark.parametrize("who", ["officer", "donor", "administrator", "stranger"])
def test_nobody_but_coordinators_takes_it_away(made, team, signed_in, who):
    assert signed_in(getattr(team, who)).get(f"/records/{made.pk}/").status_code == 404


def test_who_takes_it_away_is_recorded_until_it_is_gone(made, team, signed_in):
    client = signed_in(team.coordinator)
    page = client.get(reverse("reports:country_record", args=["LAO"])).content.decode()
    assert f"/records/{made.pk}/" in page
    answer = client.get(f"/records/{made.pk}/")
    assert hashlib.sha256(answer.getvalue()).hexdigest() == made.sha256
    taken = Event.objects.get(kind="record.taken")
    assert (taken.by, taken.country) == (team.coordinator, team.country)
    CountryRecord.objects.update(made_at=made.made_at - timedelta(days=15))
    assert client.get(f"/records/{made.pk}/").status_code == 404
    assert cleaning.clean_up()["records"] == 1
