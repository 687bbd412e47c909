"""Surveys of linkages entered, whole or not at all, changed and removed."""

import csv
import importlib
import io
import sys
from datetime import date
from unicodedata import category

import pandas as pd
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from activity.queries import told
from clusters import actions
from clusters.linkages import words
from clusters.models import Actor, Tie
from countries.seen import same_name
from tests.factories.clusters import ClusterFactory, agent
from tests.factories.surveys import surveyed


@pytest.fixture
def survey(team):
    return surveyed(ClusterFactory(country=team.country), 2024)


def test_a_survey_is_entered_by_its_agent_one_by_one_and_as_tables(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    client = signed_in(agent(cluster))
    asked = {"title": "First", "date": "2024-05-01", "source": "Visits"}
    entering = client.post(f"/clusters/{cluster.pk}/linkages/", asked).url
    client.post(entering, {"what": "actors", "actors-pasted": "name\tkind\nA\tcore\nB\tcore"})
    one = {
        "what": "actor",
        "actor-name": "S, Ltd",
        "actor-kind": "supplier",
        "actor-answered": "on",
    }
    client.post(entering, one)
    outside = Actor.objects.get(name="S, Ltd")
    assert not outside.surveyed.get().inside
    file = ContentFile(b"source,target,kind\nA,B,trade\n", "ties.csv")
    client.post(entering, {"what": "ties", "ties-upload": file})
    a = Actor.objects.get(name="A").pk
    tie = {"tie-source": a, "tie-target": outside.pk, "tie-kind": "joint", "tie-strength": "3"}
    client.post(entering, {"what": "tie"} | tie)
    ties = Tie.objects.values_list("source__name", "target__name", "kind", "strength")
    assert set(ties) == {("A", "B", "trade", 2), ("A", "S, Ltd", "joint", 3)}
    assert any("entered ties into First: 1." in words for _event, words in told(cluster.topic))


def test_nothing_of_a_table_with_a_fault_is_entered(team, survey, signed_in):
    page = signed_in(team.coordinator).post(
        f"/linkages/{survey.pk}/enter/",
        {"what": "ties", "ties-pasted": "source,target,kind\nB,S,trade\nB,X,trade\nC,A,trade"},
    )
    said = page.content.decode()
    assert "Row 3, column target: &quot;X&quot; is not among the actors of this survey" in said
    assert "Row 4, column source: &quot;C&quot; did not answer" in said
    assert survey.ties.count() == 4


@pytest.mark.parametrize(
    "sent", [{}, {"ties-pasted": "x", "ties-upload": ContentFile(b"y", "t.csv")}]
)
def test_one_table_is_expected(team, survey, signed_in, sent):
    page = signed_in(team.coordinator).post(
        f"/linkages/{survey.pk}/enter/", {"what": "ties"} | sent
    )
    assert "Paste a table or choose a file, one of the two." in page.content.decode()


def test_a_workbook_is_uploaded_by_page_and_program_and_what_it_lacks_is_told(
    team, survey, signed_in
):
    client = signed_in(team.coordinator)
    book = io.BytesIO()
    pd.DataFrame({"Acteur": ["D"], "Sorte": ["core"], "Ville": ["Pau"]}).to_excel(book, index=False)
    file = ContentFile(book.getvalue(), "acteurs.xlsx")
    sent = {"what": "actors", "actors-upload": file}
    page = client.post(f"/linkages/{survey.pk}/enter/", sent, follow=True).content.decode()
    assert "1 row is entered." in page
    assert "The column &quot;Ville&quot; of &quot;Sheet1&quot; was not read." in page
    ties = "source;target;kind\r\nD;A;trade\r\n".encode("utf-16")
    answer = client.post(
        f"/api/linkages/{survey.pk}/ties/", {"file": ContentFile(ties, "ties.csv")}
    )
    assert answer.json() == {"entered": 1, "told": []}
    assert survey.ties.filter(source__name="D", target__name="A").exists()
    both = {"file": ContentFile(ties, "ties.csv"), "table": "x"}
    refused = client.post(f"/api/linkages/{survey.pk}/ties/", both)
    assert refused.status_code == 400
    assert "one of the two" in str(refused.json())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "The file is a PDF document"),
        (b"name,kind\n" + b" " * 5_000_000, "The file is larger than 5 MB."),
        (b"PK\x03\x04", "a ZIP file or a workbook but is damaged"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence(team, survey, signed_in, content, sentence):
    sent = {"what": "actors", "actors-upload": ContentFile(content, "a.csv")}
    page = signed_in(team.coordinator).post(f"/linkages/{survey.pk}/enter/", sent)
    assert sentence in page.content.decode()
    program = signed_in(team.coordinator).post(
        f"/api/linkages/{survey.pk}/actors/", {"file": ContentFile(content, "a.csv")}
    )
    assert program.status_code == 400
    assert sentence in str(program.json())


def test_who_told_of_ties_did_answer(survey):
    table = b"name,kind,answered\nN,core,yes\nA,core,no\n"
    with pytest.raises(ValidationError, match='Row 3, column answered: "A" told of ties'):
        actions.enter_actors(survey=survey, table=table, by=None)
    assert not Actor.objects.filter(name="N").exists()


def test_entered_again_a_row_is_changed(survey):
    actions.enter_ties(survey=survey, table=b"source,target,kind,strength\nA,C,trade,3\n", by=None)
    assert survey.ties.count() == 4
    assert survey.ties.get(target__name="C").strength == 3


def test_only_what_a_table_adds_counts_towards_the_most(survey, monkeypatch):
    monkeypatch.setattr("clusters.actions.linkages.MOST_TIES", 4)
    again = b"source,target,kind,strength\nA,C,trade,3\n"
    assert actions.enter_ties(survey=survey, table=again, by=None).count == 1
    with pytest.raises(ValidationError, match="at most 4"):
        actions.enter_ties(survey=survey, table=b"source,target,kind\nA,C,joint\n", by=None)


def test_what_a_table_does_not_say_stays_as_it_was(survey):
    actions.enter_actors(survey=survey, table=b"name,kind\nC,buyer\nS,supplier\nN,core\n", by=None)
    found = survey.surveyed.values_list("actor__name", "kind", "inside", "answered")
    assert set(found.filter(actor__name__in="CSN")) == {
        ("C", "buyer", True, False), ("S", "supplier", False, True), ("N", "core", True, True),
    }  # fmt: skip
    actions.enter_ties(survey=survey, table=b"source,target,kind\nS,A,trade\n", by=None)
    assert survey.ties.get(source__name="S").direction == "both"


def test_a_later_survey_leaves_an_older_one_as_it_was(survey):
    before = words.found(survey)
    later = surveyed(survey.cluster, 2025)
    table = b"name,kind,inside\nA,supplier,no\nB,core,no\nC,buyer,no\n"
    actions.enter_actors(survey=later, table=table, by=None)
    after = words.found(survey)
    assert after.measures == before.measures
    assert words.actors(after) == words.actors(before)
    assert words.found(later).measures != before.measures


def test_a_survey_is_changed_and_deleted_while_no_study_rests_on_it(team, survey, signed_in):
    other = surveyed(survey.cluster, 2025)
    client = signed_in(team.coordinator)
    said = {"title": "Spring 2024", "date": "2024-03-01", "source": "Visits"}
    client.post(f"/linkages/{survey.pk}/change/", said)
    survey.refresh_from_db()
    assert (survey.title, survey.date) == ("Spring 2024", date(2024, 3, 1))
    taken = client.post(
        f"/linkages/{survey.pk}/change/", said | {"title": "In 2025", "revision": 1}
    )
    assert "There is a survey of this title already." in taken.content.decode()

    study = survey.cluster.studies.create(number=1)
    line = study.swot.create(
        kind="threat", text="Few ties", evidence_key=f"network {survey.pk} 3", evidence="Density"
    )
    refused = client.post(f"/linkages/{survey.pk}/remove/").content.decode()
    assert "rests on this: “Few ties”. It stays." in refused
    line.delete()
    assert "4 ties" in client.get(f"/linkages/{survey.pk}/remove/").content.decode()
    client.post(f"/linkages/{survey.pk}/remove/")
    assert list(survey.cluster.linkage_surveys.all()) == [other]
    assert survey.cluster.actors.count() == 5  # all stand in the other survey
    words = [words for _event, words in told(survey.cluster.topic)]
    assert any("deleted the survey of linkages Spring 2024" in one for one in words)
    client.post(f"/linkages/{other.pk}/remove/")
    assert not survey.cluster.actors.exists()


def test_a_survey_cannot_be_moved_before_the_beginning_of_its_ties(survey):
    actions.enter_ties(
        survey=survey, table=b"source,target,kind,since\nA,C,trade,2023-07\n", by=None
    )
    said = {"title": survey.title, "source": survey.source, "by": None}
    with pytest.raises(ValidationError, match="A → C is said to be there since 2023-07"):
        actions.change_linkage_survey(survey=survey, date=date(2023, 6, 30), **said)
    actions.change_linkage_survey(survey=survey, date=date(2023, 7, 1), **said)


def test_an_actor_is_renamed_in_all_surveys_and_takes_nobodys_name(team, survey, signed_in):
    later = surveyed(survey.cluster, 2025)
    client = signed_in(team.coordinator)
    pk = survey.surveyed.get(actor__name="A").pk
    rename = f"/linkages/{survey.pk}/actors/{pk}/rename/"
    assert "“B” is another actor" in client.post(rename, {"name": " b"}).content.decode()
    odd = client.post(rename, {"name": "A\u202eB"}).content.decode()
    assert "a character that is not seen (U+202E)" in odd
    client.post(rename, {"name": "Alpha"})
    assert later.actors.filter(name="Alpha").exists()
    words = [words for _event, words in told(survey.cluster.topic)]
    assert any("renamed the actor A: Alpha." in one for one in words)


def test_the_database_too_holds_a_name_once_in_a_cluster_whatever_its_capitals(survey):
    with pytest.raises(IntegrityError, match="actor_name_is_unique"), transaction.atomic():
        survey.cluster.actors.create(name="a")
    ClusterFactory().actors.create(name="a")


def test_what_the_database_takes_for_one_letter_is_one_where_names_are_read(db):
    letters = [chr(n) for n in range(1, sys.maxunicode)]
    letters = [one for one in letters if category(one) not in ("Cs", "Cn")]  # none, or of later
    with connection.cursor() as cursor:
        cursor.execute("SELECT letter, lower(letter) FROM unnest(%s) AS letter", [letters])
        turned = [(one, low) for one, low in cursor if one != low]
    assert ("İ", "i") in turned
    assert not [one for one, low in turned if same_name(one) != same_name(low)]


def test_the_migration_names_both_of_two_actors_that_differ_in_capitals_only(survey):
    change = importlib.import_module("clusters.migrations.0027_actors_have_one_name")
    change.refuse_names_alike(apps, None)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX actor_name_is_unique_in_cluster")
    survey.cluster.actors.create(name="a")
    ClusterFactory().actors.create(name="A")  # of another cluster
    place = f"{survey.cluster.country_id}, {survey.cluster.name}"
    with pytest.raises(RuntimeError, match=f"have to be renamed first, .*: {place}: “A” and “a”$"):
        change.refuse_names_alike(apps, None)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": "tie", "tie-source": "A", "tie-target": "A"}, "&quot;A&quot; has a tie with"),
        ({"what": "actor", "actor-name": "a", "actor-kind": "core"}, "differs only in capitals"),
    ],
)
def test_a_form_that_does_not_fit_says_so_without_a_line(team, survey, signed_in, sent, sentence):
    ids = {one.name: one.pk for one in survey.actors.all()}
    tie = {"tie-kind": "trade", "tie-strength": "2"} if sent["what"] == "tie" else {}
    sent = {key: ids.get(value, value) for key, value in sent.items()}
    page = signed_in(team.coordinator).post(f"/linkages/{survey.pk}/enter/", sent | tie)
    said = page.content.decode()
    assert sentence in said
    assert "Row 2" not in said


def test_faults_are_told_in_the_readers_language(team, survey, signed_in):
    client = signed_in(team.coordinator)
    client.cookies["django_language"] = "fr"
    page = client.post(
        f"/linkages/{survey.pk}/enter/",
        {"what": "ties", "ties-pasted": "source,target,kind\nB,X,trade"},
        headers={"Accept-Language": "fr"},
    ).content.decode()
    assert (
        "Ligne 2, colonne target : &quot;X&quot; n’est pas parmi les acteurs de ce relevé" in page
    )


def test_two_thousand_actors_with_odd_names_are_pasted_and_nobody_answered(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    survey = actions.add_linkage_survey(
        cluster=cluster, title="Large", date=date(2024, 1, 1), source="Asked", by=None
    )
    odd = ["=cmd|' /C calc'!A0", "<b>Bold</b> & Sons", "شركة الخشب"]
    names = [*odd, *(f"Firm {n}" for n in range(1997))]
    table = "\n".join(["name\tkind\tanswered", *(f"{name}\tcœur\tnon" for name in names)])
    table = table.replace("cœur", str(spoken_in("fr", Actor.Kind.CORE.label)))
    client = signed_in(team.coordinator)
    client.post(f"/linkages/{survey.pk}/enter/", {"what": "actors", "actors-pasted": table})
    assert survey.surveyed.filter(answered=False, kind="core").count() == 2000
    page = client.get(survey.get_absolute_url()).content.decode()
    assert "Nobody answered: who deals with whom is unknown, not no." in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in page
    assert "<b>Bold" not in page
    text = client.get(f"/linkages/{survey.pk}/network.csv").content.decode("utf-8-sig")
    first = {row[0] for row in csv.reader(io.StringIO(text))}
    assert {"'=cmd|' /C calc'!A0", "شركة الخشب"} <= first
    assert client.get(f"/linkages/{survey.pk}/enter/").status_code == 200


def spoken_in(language, label):
    with override(language):
        return str(label)


def test_an_actor_with_ties_stays_and_one_without_goes(team, survey, signed_in):
    client = signed_in(team.coordinator)
    rows = {one.actor.name: one.pk for one in survey.surveyed.select_related("actor")}
    for name in ("A", "G"):
        client.post(f"/linkages/{survey.pk}/actors/{rows[name]}/remove/")
    assert set(survey.actors.values_list("name", flat=True)) == {"A", "B", "C", "S"}
    client.post(f"/linkages/{survey.pk}/ties/{survey.ties.first().pk}/remove/")
    assert survey.ties.count() == 3


def test_what_an_actor_is_in_a_survey_is_changed_at_its_row(team, survey, signed_in):
    client = signed_in(team.coordinator)
    later = surveyed(survey.cluster, 2025)
    one = survey.surveyed.get(actor__name="S")
    at = f"/linkages/{survey.pk}/actors/{one.pk}/change/"
    assert f'href="{at}"' in client.get(f"/linkages/{survey.pk}/enter/").content.decode()
    assert '<option value="supplier" selected>' in client.get(at).content.decode()
    refused = client.post(at, {"kind": "buyer", "inside": "on"}).content.decode()
    assert "told of ties in this survey, so it did answer" in refused
    client.post(at, {"name": "A", "kind": "buyer", "inside": "on", "answered": "on"})
    one.refresh_from_db()
    assert (one.kind, one.inside, one.answered) == ("buyer", True, True)
    assert survey.surveyed.get(actor__name="A").kind == "core"
    assert later.surveyed.get(actor__name="S").kind == "supplier"


def test_how_many_are_taken_is_said_in_the_readers_numbers(survey, monkeypatch):
    monkeypatch.setattr("clusters.actions.linkages.MOST_ACTORS", 1_000)
    table = "\n".join(["name,kind", *(f"Firm {n},core" for n in range(996))]).encode()
    with (
        override("fr"),
        pytest.raises(ValidationError, match="serait de 1\xa0001 ; 1\xa0000 au plus"),
    ):
        actions.enter_actors(survey=survey, table=table, by=None)


def test_of_a_pasted_table_no_file_is_named(survey):
    table = b"name,kind,town\nN,core,Pau\n"
    told = actions.enter_actors(survey=survey, table=table, by=None).told
    assert told == ['The column "town" was not read.']
