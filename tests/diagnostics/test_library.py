"""The library of experience: its files, loading them, finding in them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from countries.models import Country, Document
from diagnostics import actions
from diagnostics.authoring.experience import (
    Known,
    LibraryFault,
    read_library,
    read_translations,
)
from diagnostics.experience import SearchForm, address, illustrating
from diagnostics.models import Experience
from reports import examples_loading as loading

KNOWN = Known(documents={"a-book"}, countries={"LAO", "VNM"})
ENTRY = """\
  - code: {code}
    title: {title}
    kind: {kind}
    countries: [{country}]
    themes: [finance]
    stages: [{stage}]
    addressees: [government]
    pathway: {pathway}
    text: {text}
    place: Page 7
"""


def entry(**changed: object) -> str:
    values = {
        "code": "a-fund", "title": "A fund", "kind": "programme", "country": "LAO", "stage": 2,
        "pathway": "inclusive", "text": "It lends.",
    }  # fmt: skip
    return ENTRY.format(**values | changed)


def shelf(folder: Path, *entries: str, document: str = "a-book", name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(f"document: {document}\nentries:\n" + "".join(entries))
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(LibraryFault) as refused:
        read_library([path], KNOWN)
    return [str(fault) for fault in refused.value.faults]


def test_a_sound_file_is_read(tmp_path):
    (read,) = read_library([shelf(tmp_path, entry())], KNOWN)
    assert (read.document, read.entries[0].stages, read.entries[0].outcome) == ("a-book", [2], "")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"code": "A Fund"}, 'line 3: error: entries[0].code: "A Fund" is no code'),
        ({"kind": "program"}, 'entries[0].kind: "program" is no known kind of entry; did you mean'),
        ({"country": "LAOS"}, 'entries[0].countries[0]: "LAOS" is no known country'),
        ({"country": "LAO, LAO"}, "entries[0].countries[1]: LAO stands here twice."),
        ({"stage": 6}, 'entries[0].stages[0]: "6" is no known stage'),
        ({"stage": ""}, "entries[0].stages: Expected at least one stage."),
        ({"stage": '"2"'}, "entries[0].stages[0]: Expected a whole number, found the text"),
        ({"pathway": "both"}, 'entries[0].pathway: "both" is no known pathway'),
        ({"text": '"  "'}, "entries[0].text: Expected a text, found an empty one."),
        ({"text": "It lends.\n    because: no"}, '"because" is no known key of the entry'),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, changed, fault):
    (told,) = faults(shelf(tmp_path, entry(**changed)))
    assert fault in told


def test_a_missing_key_and_an_unknown_document_are_told(tmp_path):
    assert (
        '"place" is missing; the entry needs it.'
        in faults(shelf(tmp_path, entry().replace("    place: Page 7\n", "")))[0]
    )
    assert (
        'document: "a-bok" is no known document'
        in faults(shelf(tmp_path, entry(), document="a-bok"))[0]
    )


@pytest.mark.parametrize("text", ["", "- one", "document: [", "document: a-book\ndocument: b"])
def test_what_is_no_shelf_is_refused(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text)
    assert faults(path)


def test_two_entries_may_not_share_a_code_across_files_either(tmp_path):
    first, second = shelf(tmp_path, entry()), shelf(tmp_path, entry(), name="b.yaml")
    with pytest.raises(LibraryFault, match=r"is the code of another entry, in a\.yaml"):
        read_library([first, second], KNOWN)
    assert "in this file" in faults(shelf(tmp_path, entry(), entry()))[0]


@pytest.fixture
def shelves(db, tmp_path):
    for code, name in {"LAO": "Lao PDR", "VNM": "Viet Nam"}.items():
        Country.objects.create(code=code, name=name, time_zone="UTC")
    Document.objects.create(code="a-book", citation="A book.")
    path = shelf(
        tmp_path,
        entry(),
        entry(code="a-fair", title="A fair", country="VNM", stage="3, 4", pathway="competitive"),
        entry(code="a-law", title="A law on credit", kind="policy", country="", pathway='""'),
    )
    return read_library([path], KNOWN)


def found(**asked: str) -> set[str]:
    return {one.code for one in SearchForm(asked).found()}


def test_loading_again_renews_by_code_and_takes_away_what_is_gone(shelves):
    assert actions.load_library(shelves=shelves) == 3
    before = Experience.objects.get(code="a-fund").pk
    kept = shelves[0].model_copy(
        update={"entries": [shelves[0].entries[0].model_copy(update={"title": "The fund"})]}
    )
    assert actions.load_library(shelves=[kept]) == 1
    only = Experience.objects.get()
    assert (only.pk, only.title, [c.pk for c in only.countries.all()]) == (
        before,
        "The fund",
        ["LAO"],
    )


def test_words_and_filters_find_together(shelves):
    actions.load_library(shelves=shelves)
    assert found() == {"a-fund", "a-fair", "a-law"}
    assert found(q="credits") == {"a-law"}
    assert found(q="viet") == {"a-fair"}
    assert found(stage="4") == {"a-fair"}
    assert found(country="LAO", theme="finance") == {"a-fund"}
    assert found(pathway="inclusive", kind="programme", document="a-book") == {"a-fund"}
    assert found(theme="bds") == set()


def test_a_theme_the_library_has_not_is_one_of_clusters(shelves):
    actions.load_library(shelves=shelves)
    assert {one.code for one in illustrating("finance", 3)} == {"a-fair"}
    nearest = illustrating("finance", 2, "Pass a law: secured credit (draft)")
    assert [one.code for one in nearest] == ["a-law", "a-fund"]
    assert not illustrating("cooperation", 1).exists()
    assert address("finance", [2]).endswith("?theme=finance&stage=2")
    assert address("cooperation").endswith("?theme=clusters")


def test_anybody_reads_the_library_and_a_false_filter_is_told(shelves, client):
    actions.load_library(shelves=shelves)
    page = client.get(reverse("diagnostics:library"), {"stage": "4"}).content.decode()
    assert "1 entry of 3" in page
    assert "A fair" in page
    told = client.get(reverse("diagnostics:library"), {"stage": "9"})
    assert told.status_code == 200
    assert "Select a valid choice" in told.content.decode()
    one = client.get(reverse("diagnostics:experience", args=["a-fund"])).content.decode()
    assert "Page 7" in one
    assert "A book." in one


def test_the_api_tells_the_same(shelves, client):
    actions.load_library(shelves=shelves)
    (told,) = client.get(reverse("api:library"), {"q": "fund"}).json()
    assert (told["code"], told["countries"], told["citation"]) == ("a-fund", ["LAO"], "A book.")
    assert client.get(reverse("api:library"), {"country": "XXX"}).status_code == 400


FRENCH = """\
document: a-book
language: fr
reviewed_by:
entries:
  a-fund: {title: Un fonds, text: Il accorde des prêts., place: Page 7}
"""


def in_french(folder: Path, text: str = FRENCH) -> Path:
    path = folder / "a-book.fr.yaml"
    path.write_text(text)
    return path


def test_an_entry_is_told_and_found_in_the_language_of_the_page(shelves, tmp_path, client):
    translations = read_translations([in_french(tmp_path)], shelves)
    for _again in range(2):
        actions.load_library(shelves=shelves, translations=translations)
    with translation.override("fr"):
        assert found(q="prêt") == {"a-fund"}
        assert found(q="fund") == {"a-fund"}
        assert found(q="fonds") == {"a-fund"}
        assert illustrating("finance", 2, "Un fonds de prêts")[0].told.title == "Un fonds"
    assert found(q="prêt") == set()
    french = {"headers": {"accept-language": "fr"}}
    page = client.get(reverse("diagnostics:library"), **french).content.decode()
    assert "Un fonds" in page
    assert "A fair" in page  # nobody has translated it
    one = client.get(reverse("diagnostics:experience", args=["a-fund"]), **french).content.decode()
    assert "Il accorde des prêts." in one
    assert "A fund" not in one


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("a-book", "a-bok", 'line 1: error: document: "a-bok" is no known shelf; did you mean'),
        ("a-fund:", "a-find:", 'line 5: error: entries.a-find: "a-find" is no known entry'),
        ("Un fonds", '" "', "entries.a-fund.title: Expected a text, found none."),
        ("Page 7", "Page 7, outcome: Bien", "outcome: The English entry has no such text."),
        (", place: Page 7", "", 'entries.a-fund.place: "place" is missing; the entry needs it.'),
        ("language: fr", "language: 7", "language: Expected text, found the number 7"),
    ],
)
def test_a_fault_of_a_translation_is_told_with_its_place(shelves, tmp_path, old, new, fault):
    with pytest.raises(LibraryFault) as refused:
        read_translations([in_french(tmp_path, FRENCH.replace(old, new))], shelves)
    (told,) = refused.value.faults
    assert fault in str(told)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_the_shipped_library_is_whole_in_every_language(db, language):
    loading.load_countries()
    loading.load_clusters()
    loading.load_library()
    missing = Experience.objects.exclude(translations__language=language)
    assert [one.code for one in missing] == []


def test_the_shipped_library_loads_whole_and_has_something_for_every_theme_and_stage(db):
    loading.load_countries()
    loading.load_clusters()
    assert loading.load_library() == Experience.objects.count() >= 60
    for theme in ("business_environment", "bds", "finance", "technology"):
        for stage in range(1, 5):
            assert illustrating(theme, stage).exists(), (theme, stage)
