"""What checks find is told in the language of the administrator; programs get English."""

import io

import openpyxl
import pytest
from django.urls import reverse

from tests.loading.conftest import WRONG

TWICE = (
    b"Country Code,Indicator Code,year,value,unit\nLAO,A.B,2010,1.5,kg\nLAO,A.B,2010,2.5,kg\n"
    b"VNM,A.B,2011,..,kg\nVNM,A.B,42370,3,kg\n"
)


@pytest.fixture
def french(team) -> None:
    team.administrator.language = "fr"
    team.administrator.save()


def shown(client, imported) -> str:
    return client.get(imported.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("french")
def test_faults_and_notes_are_in_french_with_their_places(client, give):
    page = shown(client, give(WRONG))
    assert "n’est ni un pays ni un groupe de pays connu ici" in page
    assert "peut-être Kazakhstan (KAZ)" in page
    assert "n’est pas un nombre" in page
    page = shown(client, give(TWICE))
    assert "1.5 ici, 2.5 à l’autre endroit (ligne 3, colonne value)" in page
    assert "une année comme 2016 (42370 est le 2016-01-01" in page
    assert "qu’il n’y a pas de valeur (..) : 1" in page
    assert "is no country" not in page


@pytest.mark.usefixtures("french")
def test_the_marked_workbook_is_in_the_language_of_who_gave_the_file(client, give):
    imported = give(WRONG)
    content = client.get(reverse("loading:marked", args=[imported.pk])).getvalue()
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][-1] == "Ce qui est inexact"
    assert rows[1][3] == "erreur"
    assert "Attendu : un nombre" in book.worksheets[1]["D3"].comment.text


@pytest.mark.usefixtures("french")
def test_a_file_that_cannot_be_read_is_refused_in_french(client, give):
    assert "Le fichier est un document PDF" in shown(client, give(b"%PDF-1.7 ..."))


@pytest.mark.usefixtures("french")
def test_programs_get_english_and_codes(client, give):
    imported = give(WRONG)
    answer = client.get(f"/api/imports/{imported.pk}/", HTTP_ACCEPT_LANGUAGE="fr").json()
    fault = next(one for one in answer["faults"] if one["code"] == "value_not_number")
    assert (fault["message"], fault["expected"]) == ('"many" is not a number.', "a number")
    assert answer["told"] == ["New indicators: 1 (A.B)."]


def test_faults_kept_as_texts_before_still_show(client, give):
    imported = give(WRONG)
    imported.faults = [{**imported.faults[0], "message": "An old text.", "expected": "Old."}]
    imported.told = ["An old note."]
    imported.save()
    page = shown(client, imported)
    assert "An old text." in page
    assert "An old note." in page
