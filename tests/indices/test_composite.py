"""Indices of loaded datasets: given by administrators, built by a job, read by everybody."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import manage
from accounts.refusals import Refused
from activity.models import Event, Job
from indicators.composite import actions
from indicators.models import CompositeIndex
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe

SPECIFICATION = """\
code: trial
title: A trial index
data: {dataset: d, period: 2015}
indicators:
  - {code: A}
  - {code: B, direction: -1}
impute: panel
normalise: {method: min_max, range: [1, 100]}
uncertainty:
  runs: 50
  sobol: 16
  vary:
    - {what: aggregate, among: [arithmetic, geometric]}
    - {what: weights, by: 0.5}
remove_one: true
"""
VALUES = {"LAO": (1.0, 9.0), "KHM": (2.0, 2.0), "VNM": (3.0, 1.0), "THA": (4.0, 5.0)}
TABLES = [
    *("data", "denominate", "screen", "impute", "treat", "normalise", "aggregate"),
    *("weights", "ranks", "scores", "log", "intervals", "effects", "remove_one"),
]


@pytest.fixture
def dataset(db):
    """Two indicators of four countries in 2015; B of Thailand is of 2014."""
    dataset = DatasetFactory(code="d", title="Figures")
    origin = ImportFactory(dataset=dataset)
    first, second = (IndicatorFactory(dataset=dataset, code=code) for code in "AB")
    for code, (a, b) in VALUES.items():
        CountryFactory(code=code, name=f"Country {code}")
        observe(first, code, "2015", a, by=origin)
        observe(second, code, "2014" if code == "THA" else "2015", b, by=origin)
    return dataset


@pytest.fixture
def index(dataset, run_jobs) -> CompositeIndex:
    taken = actions.take_index(text=SPECIFICATION, by=None)
    run_jobs()
    taken.refresh_from_db()
    return taken


def test_an_index_is_built_from_loaded_values(index):
    found = index.result
    assert found["period"] == "2015"
    assert found["tables"]["impute"]["THA"] == {"A": 4.0, "B": 5.0}
    assert any("THA, B: 5, the value of 2014" in note["message"] for note in found["log"])
    assert [row["unit"] for row in found["scores"]] == ["VNM", "THA", "KHM", "LAO"]
    assert Event.objects.get(kind="index.taken").facts == {"index": "A trial index"}


def test_anybody_reads_it_with_every_table(index):
    client = Client()
    assert "A trial index" in client.get(reverse("indices:indices")).content.decode()
    page = client.get(reverse("indices:index", args=["trial"])).content.decode()
    assert "Country VNM stands first of 4" in page
    assert "Step by step" in page
    for name in TABLES:
        answer = client.get(reverse("indices:table_csv", args=["trial", name]))
        assert answer.status_code == 200, name
        assert answer.content.decode().count("\n") > 1
    assert client.get(reverse("indices:table_csv", args=["trial", "other"])).status_code == 404


def test_only_administrators_give_one(dataset, team, signed_in, run_jobs):
    def give(user) -> int:
        file = SimpleUploadedFile("trial.yaml", SPECIFICATION.encode())
        return signed_in(user).post(reverse("indices:indices"), {"file": file}).status_code

    assert give(team.coordinator) == 403
    assert not CompositeIndex.objects.exists()
    assert give(team.administrator) == 302
    run_jobs()
    assert CompositeIndex.objects.get().result is not None


def test_faults_are_told_beside_the_form(dataset, team, signed_in):
    text = SPECIFICATION.replace("min_max", "minmaks").replace("code: B", "code: A")
    file = SimpleUploadedFile("trial.yaml", text.encode())
    page = signed_in(team.administrator).post(reverse("indices:indices"), {"file": file})
    words = page.content.decode()
    assert "normalise.method" in words
    assert "indicators[1].code" in words
    assert not CompositeIndex.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("dataset: d", "dataset: x", 'no dataset has the code "x"'),
        ("code: B", "code: C", '"C" is no indicator of the dataset d'),
        ("dataset: d", "file: d.csv", "a loaded dataset, not a file"),
        ("code: trial", "code: a/b", "code: expected letters"),
    ],
)
def test_what_is_not_loaded_is_refused(dataset, old, new, sentence):
    with pytest.raises(Refused) as refusal:
        actions.take_index(text=SPECIFICATION.replace(old, new), by=None)
    assert sentence in refusal.value.sentence


def test_faults_are_told_in_the_language_of_who_gives_it(dataset, team, signed_in):
    team.administrator.language = "fr"
    team.administrator.save()
    text = SPECIFICATION.replace("min_max", "minmix").replace("runs: 50", "runs: many")
    for sent, sentence in (
        (text, "on attend un nombre entier"),
        (SPECIFICATION.replace("min_max", "minmix"), "vouliez-vous dire « min_max » ?"),
        (
            SPECIFICATION.replace("dataset: d", "dataset: e"),
            "aucun jeu de données n’a le code « e »",
        ),
    ):
        file = SimpleUploadedFile("trial.yaml", sent.encode())
        page = signed_in(team.administrator).post(reverse("indices:indices"), {"file": file})
        assert sentence.casefold() in page.content.decode().casefold()


def test_what_cannot_be_built_says_why(dataset, run_jobs):
    text = SPECIFICATION.replace("range: [1, 100]", "range: [0, 1]")
    text = text.replace("impute: panel", "aggregate: geometric")
    taken = actions.take_index(text=text, by=None)
    run_jobs()
    taken.refresh_from_db()
    assert taken.result is None
    assert "geometric mean needs values above 0" in Job.objects.get().message
    page = Client().get(reverse("indices:index", args=["trial"])).content.decode()
    assert "geometric mean needs values above 0" in page


def test_the_same_code_again_replaces_it(index, run_jobs):
    actions.take_index(text=SPECIFICATION.replace("A trial", "Another"), by=None)
    run_jobs()
    found = CompositeIndex.objects.get()
    assert (found.title, found.revision) == ("Another index", 2)
    assert found.result["title"] == "Another index"


def test_the_command_reads_a_loaded_dataset(index, tmp_path):
    path = tmp_path / "trial.yaml"
    path.write_text(SPECIFICATION)
    assert manage.needs_servers(["build_index", str(path), "--json"])
    out = StringIO()
    call_command("build_index", str(path), "--json", stdout=out)
    assert json.loads(out.getvalue())["scores"] == index.result["scores"]


def test_the_command_starts_no_database_for_a_file(tmp_path):
    path = tmp_path / "trial.yaml"
    path.write_text(SPECIFICATION.replace("{dataset: d, period: 2015}", "figures.csv"))
    assert not manage.needs_servers(["build_index", str(path), "--json"])
    assert not manage.needs_servers(["build_index", str(tmp_path / "none.yaml")])
    path.write_text("code: x\ndata:\n  dataset: d\n")
    assert manage.needs_servers(["build_index", str(path)])
