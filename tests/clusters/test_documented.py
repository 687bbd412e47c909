"""The clusters of the documents: entered once, each with its place; faults told with their line."""

from collections import Counter

import pytest

from activity.models import Event
from clusters.actions import change_cluster, load_documented
from clusters.identity import Kind
from clusters.models import Cluster, ClusterFigure
from countries.content.faults import ContentFault
from reports import examples_loading as loading

pytestmark = pytest.mark.django_db

ENTRY = """\
clusters:
  - country: JPN
    name: Sabae eyeglass frames
    products: Eyeglass frames
    industry: "32"
    history: A century of frames.
    test:
      near: {answer: "yes", says: One city, place: "Lecture 4"}
    figures: [{measure: output, value: 90, unit: percent, year: null, source: lecture 4}]
    document: adbi-2007
    document_place: "Lecture 4, Introduction"
"""


@pytest.fixture(autouse=True)
def countries():
    loading.load_countries()


def test_they_are_entered_once_each_with_its_place():
    count = loading.load_clusters()
    shipped = Cluster.objects.all()
    assert count == shipped.count() >= 20
    for cluster in shipped:
        assert all([cluster.document, cluster.document_place, cluster.history])
        assert cluster.industry.section
        assert not cluster.country.is_fictional
    assert {figure.cluster.name for figure in ClusterFigure.objects.filter(measure="output")} == {
        "Sabae eyeglass frames",
        "Nnewi automotive parts",
    }

    sabae = shipped.get(name="Sabae eyeglass frames")
    Cluster.objects.filter(pk=sabae.pk).update(history="Corrected by hand.")
    before = [model.objects.count() for model in (Cluster, ClusterFigure, Event)]
    assert loading.load_clusters() == count
    assert [model.objects.count() for model in (Cluster, ClusterFigure, Event)] == before
    sabae.refresh_from_db()
    assert sabae.history == "Corrected by hand."


def test_each_is_judged_by_what_its_document_says():
    loading.load_clusters()
    kinds = Counter(cluster.verdict.kind for cluster in Cluster.objects.all())
    assert kinds[Kind.CLUSTER] >= 35
    assert kinds[Kind.OPEN] <= 35
    assert {Kind.PARK, Kind.SUBSECTOR, Kind.CHAIN, Kind.OTHER} <= kinds.keys()
    for cluster in Cluster.objects.all():
        assert cluster.test.keys() == cluster.grounds.keys() != set()


def test_who_answers_otherwise_takes_away_the_documents_ground(team, signed_in):
    loading.load_clusters()
    cluster = Cluster.objects.get(name="Bat Trang ceramics")
    page = signed_in(team.officer).get(cluster.get_absolute_url()).content.decode()
    assert "By the test: a cluster." in page
    assert "<strong>Yes:</strong> one village in Hanoi (Action Plan for Viet Nam)" in page
    change_cluster(cluster=cluster, by=None, test=cluster.test | {"near": "no"})
    cluster.refresh_from_db()
    assert cluster.grounds.keys() == {"same", "small", "shared"}
    loading.load_clusters()
    cluster.refresh_from_db()
    assert cluster.test["near"] == "no"


def test_an_entry_that_nobody_has_judged_takes_the_documents_answers(team):
    loading.load_clusters()
    untouched = Cluster.objects.filter(name="Bat Trang ceramics")
    untouched.update(test={"near": "yes"}, grounds={})
    loading.load_clusters()
    assert untouched.get().verdict.kind == Kind.CLUSTER


@pytest.mark.parametrize(
    ("found", "instead", "line", "sentence"),
    [
        ("JPN", "JPX", 2, '"JPX" is no known country'),
        ('"32"', '"C"', 5, '"C" is no known division of ISIC'),
        ('"32"', "32", 5, "Expected text, found the number 32. Put it in quotes."),
        ("adbi-2007", "adbi-2008", 10, 'did you mean "adbi-2007"?'),
        ("measure: output", "measure: sales", 9, '"sales" is no known figure'),
        ("value: 90", "value: many", 9, 'Expected a number, found the text "many".'),
        ("_place: ", "_plaice: ", 11, '"document_plaice" is no known key of the cluster'),
        ("near:", "nearby:", 8, 'did you mean "near"?'),
        ('answer: "yes"', "answer: perhaps", 8, '"perhaps" is no known answer'),
        ("says: One city, ", "", 8, '"says" is missing; the answer needs it.'),
        ("source: lecture 4", "sauce: x", 9, '"source" is missing; the figure needs it.'),
    ],
)
def test_a_fault_is_told_with_its_line_and_nothing_is_entered(
    tmp_path, found, instead, line, sentence
):
    path = tmp_path / "clusters.yaml"
    path.write_text(ENTRY.replace(found, instead))
    with pytest.raises(ContentFault) as refusal:
        load_documented(path)
    assert any(fault.line == line and sentence in fault.message for fault in refusal.value.faults)
    assert not Cluster.objects.exists()
