"""The clusters of the documents: entered once, each with its place; faults told with their line."""

from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from activity.models import Event
from clusters.actions import add_cluster, change_cluster, load_documented, remove_figure
from clusters.identity import Kind
from clusters.models import Cluster, ClusterFigure
from countries.content.faults import ContentFault
from countries.models import Country
from reports import examples_loading as loading
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

ENTRY = """\
clusters:
  - code: sabae
    country: JPN
    name: Sabae eyeglass frames
    place: Sabae
    latitude: 35.94
    longitude: 136.18
    point_of: town
    products: Eyeglass frames
    industry: "32"
    history: A century of frames.
    phase: {phase: quality, says: It has grown up, place: "Lecture 5"}
    test:
      near: {answer: "yes", says: One city, place: "Lecture 4"}
    figures: [{measure: output, value: 90, unit: percent of Japan, year: null, source: lecture 4}]
    document: adbi-2007
    document_place: "Lecture 4, Introduction"
"""


@pytest.fixture(autouse=True)
def countries():
    loading.load_countries()


def test_they_are_entered_once_each_with_its_place(team):
    count = loading.load_clusters()
    shipped = Cluster.objects.all()
    assert count == shipped.count() >= 100
    for cluster in shipped:
        assert all([cluster.document, cluster.document_place, cluster.history])
        assert cluster.industry.section
        assert not cluster.country.is_fictional
        assert bool(cluster.place) == (cluster.latitude is not None) == bool(cluster.point_of)
    assert {figure.cluster.name for figure in ClusterFigure.objects.filter(measure="output")} == {
        "Sabae eyeglass frames",
        "Nnewi automotive parts",
    }

    sabae = shipped.get(name="Sabae eyeglass frames")
    change_cluster(cluster=sabae, by=team.coordinator, history="Corrected by hand.")
    before = [model.objects.count() for model in (Cluster, ClusterFigure, Event)]
    assert loading.load_clusters() == count
    assert [model.objects.count() for model in (Cluster, ClusterFigure, Event)] == before
    sabae.refresh_from_db()
    assert sabae.history == "Corrected by hand."


def test_an_entry_that_a_person_has_by_that_name_is_left_alone(tmp_path, team):
    file = tmp_path / "clusters.yaml"
    file.write_text(ENTRY, encoding="utf-8")
    japan = Country.objects.get(code="JPN")
    own = add_cluster(country=japan, name="SABAE eyeglass frames", by=team.coordinator)
    load_documented(file)
    assert list(Cluster.objects.values_list("pk", "name", "code")) == [
        (own.pk, "SABAE eyeglass frames", "")
    ]


def test_each_is_judged_by_what_its_document_says():
    loading.load_clusters()
    kinds = Counter(cluster.verdict.kind for cluster in Cluster.objects.all())
    assert kinds[Kind.CLUSTER] >= 40
    assert kinds[Kind.OPEN] < 50
    assert {Kind.PARK, Kind.SUBSECTOR, Kind.CHAIN, Kind.OTHER} <= kinds.keys()
    for cluster in Cluster.objects.all():
        assert cluster.test.keys() == cluster.grounds.keys() != set()


def test_who_answers_otherwise_takes_away_the_documents_ground(team, signed_in):
    loading.load_clusters()
    cluster = Cluster.objects.get(name="Bat Trang ceramics")
    page = signed_in(team.officer).get(cluster.get_absolute_url()).content.decode()
    assert "By the test: a cluster." in page
    assert "<strong>Yes: </strong>one village in Hanoi [Action Plan for Viet Nam]" in page
    answers = cluster.test | {"near": "no"}
    change_cluster(cluster=cluster, by=team.coordinator, test=answers)
    cluster.refresh_from_db()
    assert cluster.grounds.keys() == {"same", "small", "shared"}
    loading.load_clusters()
    cluster.refresh_from_db()
    assert cluster.test["near"] == "no"


def test_an_entry_that_nobody_has_changed_takes_what_the_file_says(tmp_path):
    path = tmp_path / "clusters.yaml"
    path.write_text(ENTRY)
    load_documented(path)
    Cluster.objects.update(code="")  # as entered before there were codes
    path.write_text(ENTRY.replace("One city", "One town").replace("value: 90", "value: 95"))
    load_documented(path)
    cluster = Cluster.objects.get()
    assert (cluster.code, cluster.grounds) == ("sabae", {"near": "One town [Lecture 4]"})
    assert [figure.value for figure in cluster.figures.all()] == [95]
    remove_figure(figure=cluster.figures.get(), by=UserFactory())
    path.write_text(ENTRY.replace("A century", "A hundred years"))
    load_documented(path)
    cluster.refresh_from_db()
    assert cluster.history == "A century of frames."
    assert not cluster.figures.exists()


@pytest.mark.parametrize(
    ("found", "instead", "line", "sentence"),
    [
        ("JPN", "JPX", 3, '"JPX" is no known country'),
        ("code: sabae", "code: Sabae", 2, '"Sabae" is no code'),
        ('"32"', '"C"', 10, '"C" is no known division, group or class of ISIC'),
        ('"32"', "32", 10, "Expected text, found the number 32. Put it in quotes."),
        ("point_of: town", "point_of: city", 8, '"city" is no known kind of point'),
        ("    latitude: 35.94\n", "", 5, "A place needs latitude, longitude and point_of"),
        ("    place: Sabae\n", "", 2, "A place needs latitude, longitude and point_of"),
        ("phase: quality", "phase: best", 12, '"best" is no known phase'),
        ("says: It has grown up, ", "", 12, '"says" is missing; the phase needs it.'),
        ("adbi-2007", "adbi-2008", 16, 'did you mean "adbi-2007"?'),
        ("measure: output", "measure: sales", 15, '"sales" is no known figure'),
        ("value: 90", "value: many", 15, 'Expected a number, found the text "many".'),
        ("_place: ", "_plaice: ", 17, '"document_plaice" is no known key of the cluster'),
        ("near:", "nearby:", 14, 'did you mean "near"?'),
        ('answer: "yes"', "answer: perhaps", 14, '"perhaps" is no known answer'),
        ("says: One city, ", "", 14, '"says" is missing; the answer needs it.'),
        ("source: lecture 4", "sauce: x", 15, '"source" is missing; the figure needs it.'),
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


FRENCH = """\
language: fr
reviewed_by:
clusters:
  sabae:
    name: Lunettes de Sabae
    place: Sabae (Japon)
    products: Montures de lunettes
    history: Un siècle de montures.
    phase: {says: Le district est mûr, place: Conférence 5}
    figures: [{unit: pour cent, source: conférence 4}]
    test:
      near: {says: Une seule ville, place: Conférence 4}
    document_place: Conférence 4, introduction
"""


@pytest.fixture
def told(tmp_path):
    """Enter the entry with this French beside it."""
    english = tmp_path / "clusters.yaml"
    english.write_text(ENTRY)

    def load(french: str) -> Cluster:
        path = tmp_path / "fr.yaml"
        path.write_text(french)
        load_documented(english, [path])
        return Cluster.objects.get()

    return load


def test_an_entry_is_told_in_the_language_of_its_reader(told, team, signed_in):
    cluster = told(FRENCH)
    client = signed_in(team.officer)
    pages = [
        cluster.get_absolute_url(),
        reverse("clusters:country", args=["JPN"]),
        reverse("clusters:country_csv", args=["JPN"]),
        f"/api/clusters/{cluster.pk}/",
    ]
    for page in pages:
        french = client.get(page, headers={"accept-language": "fr"}).content.decode()
        assert "Lunettes de Sabae" in french
        assert "Montures de lunettes" in french
        assert "yeglass" not in french
        english = client.get(page, headers={"accept-language": "en"}).content.decode()
        assert "Lunettes de Sabae" not in english
    page = client.get(pages[0], headers={"accept-language": "fr"}).content.decode()
    for text in ("Un siècle de montures.", "Une seule ville [Conférence 4]", "pour cent",
                 "Le district est mûr [Conférence 5]", "Conférence 4, introduction"):  # fmt: skip
        assert text in page


def test_a_text_that_somebody_changed_is_told_as_it_was_written(told, team):
    cluster = told(FRENCH)
    change_cluster(cluster=cluster, by=team.coordinator, history="Two centuries of frames.")
    cluster.refresh_from_db()
    with translation.override("fr"):
        assert cluster.told(cluster.history) == "Two centuries of frames."
        assert str(cluster) == "Lunettes de Sabae"


@pytest.mark.parametrize(
    ("found", "instead", "line", "sentence"),
    [
        ("  sabae:", "  sabai:", 4, '"sabai" is no known code of an entry; did you mean "sabae"?'),
        ("Un siècle de montures.", '" "', 8, "Expected a text, found none."),
        ("    place: Sabae (Japon)\n", "", 4, "Expected a text, found none."),
        ("near:", "same:", 12, "The English entry has no such text."),
        ("[{unit: pour cent, source: conférence 4}]", "[]", 10, "has 1 figures, found 0."),
        ("source: conférence 4", "sauce: x", 10, '"sauce" is no known key of the figure'),
    ],
)
def test_a_fault_of_a_translation_is_told_with_its_line(told, found, instead, line, sentence):
    with pytest.raises(ContentFault) as refusal:
        told(FRENCH.replace(found, instead))
    assert any(fault.line == line and sentence in fault.message for fault in refusal.value.faults)


def test_what_documents_name_no_place_for_says_so(team, signed_in):
    loading.load_clusters()
    jamaica = Cluster.objects.get(code="furniture-of-jamaica")
    client = signed_in(team.officer)
    page = client.get(jamaica.get_absolute_url()).content.decode()
    assert "The document names no place in the country." in page
    listed = client.get(reverse("clusters:country", args=["JAM"])).content.decode()
    assert "the document names no place" in listed


def test_a_cluster_and_what_the_library_tells_of_it_lead_to_each_other(team, signed_in):
    loading.load_clusters()
    loading.load_library()
    wenzhou = Cluster.objects.get(code="wenzhou-footwear")
    client = signed_in(team.officer)
    experience = reverse("diagnostics:experience", args=["chn-wenzhou"])
    assert experience in client.get(wenzhou.get_absolute_url()).content.decode()
    assert wenzhou.get_absolute_url() in client.get(experience).content.decode()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_the_shipped_entries_are_told_whole_in_every_language(language):
    loading.load_clusters()
    untold = Cluster.objects.exclude(words__has_key=language)
    assert [one.code for one in untold] == []
