"""A table of employment afterwards: its files, another title, discarded if nothing rests on it."""

import io

import pytest
from openpyxl import load_workbook

from activity import events
from activity.models import Event, File
from clusters import actions
from clusters.employment import maps
from clusters.employment.rows import candidates
from clusters.models import EmploymentTable
from tests.factories.employment import employment

ROWS = (b"region,industry,year,employment\nNorth,Wood,2015,90\nNorth,Food,2015,10\n"
        b"South,Wood,2015,10\nSouth,Food,2015,50\n")  # fmt: skip
PLANTS = b"industry,year,employment\nWood,2015,60\nWood,2015,40\n"


@pytest.fixture
def table(team):
    return employment(team.country, ROWS, PLANTS)


def newest() -> str:
    return events.in_words(Event.objects.latest("pk"))


def test_keepers_have_the_files_as_they_came(team, table, signed_in):
    client = signed_in(team.coordinator)
    for part, name, content in (("given", "e.csv", ROWS), ("plants", "plants.csv", PLANTS)):
        sent = client.get(f"/employment/{table.pk}/{part}/")
        assert b"".join(sent.streaming_content) == content
        assert f'attachment; filename="{name}"' in sent["Content-Disposition"]
        assert signed_in(team.officer).get(f"/employment/{table.pk}/{part}/").status_code == 403
    assert client.get(f"/employment/{table.pk}/marked/").status_code == 404


def test_a_file_with_faults_is_had_with_its_cells_marked(team, signed_in):
    wrong = employment(team.country, ROWS + b"West,Wood,2015,-1\nWest,Food,never,4\n",
                       PLANTS + b"Food,2015,\n", name="work 2015.csv")  # fmt: skip
    client = signed_in(team.coordinator)
    assert (
        f"/employment/{wrong.pk}/marked/" in client.get(wrong.get_absolute_url()).content.decode()
    )
    sent = client.get(f"/employment/{wrong.pk}/marked/")
    assert "work 2015-marked.xlsx" in sent["Content-Disposition"]
    book = load_workbook(io.BytesIO(b"".join(sent.streaming_content)))
    listed, sheet = book.worksheets
    assert [row[1].value for row in listed.iter_rows(min_row=2)] == [6, 7]
    assert (sheet["D6"].value, sheet["C7"].value) == ("-1", "never")
    assert "is below 0" in sheet["D6"].comment.text
    assert sheet["D2"].comment is None
    # The file of plants is read once the table's is right, and marked likewise.
    plants = employment(team.country, ROWS, PLANTS + b"Food,2015,\n")
    book = load_workbook(plants.marked.path)
    assert book.worksheets[1].title == "plants"
    assert "no number of people employed" in book["plants"]["C4"].comment.text


def test_a_table_is_given_another_title_and_source(team, table, signed_in):
    client = signed_in(team.coordinator)
    employment(team.country, ROWS, title="Taken")
    said = {"title": "Work of 2015", "source": "Another office"}
    client.post(f"/employment/{table.pk}/change/", said)
    table.refresh_from_db()
    assert (table.title, table.source) == ("Work of 2015", "Another office")
    assert "changed the employment table Employment 1, now Work of 2015: Another" in newest()
    taken = client.post(f"/employment/{table.pk}/change/", said | {"title": "Taken", "revision": 1})
    assert "There is a table of this title already." in taken.content.decode()
    answer = client.put(
        f"/api/employment/{table.pk}/", said | {"title": "Taken"}, "application/json"
    )
    assert answer.status_code == 400
    assert EmploymentTable.objects.get(pk=table.pk).title == "Work of 2015"


def test_a_mapped_table_is_discarded_with_a_reason(team, table, signed_in):
    client = signed_in(team.coordinator)
    refused = client.post(f"/employment/{table.pk}/discard/", follow=True)
    assert "Say why it is discarded." in refused.content.decode()
    before = Event.objects.count()
    client.post(f"/employment/{table.pk}/discard/", {"because": "The wrong year"})
    assert not team.country.employment_tables.exists()
    assert not File.objects.filter(pk__in=[table.file_id, table.plants_id]).exists()
    assert newest().endswith("discarded the mapped employment table Employment 1: The wrong year")
    assert Event.objects.count() == before + 1


def test_a_table_stays_while_an_entry_or_a_study_rests_on_it(team, table, signed_in):
    client = signed_in(team.coordinator)
    cell = candidates(maps.cells(table, 2015)).row(0, named=True)
    made = actions.enter_candidate(
        table=table, region=cell["region"], industry=cell["industry"], year=cell["year"], by=None
    )
    study = made.studies.create(number=1)
    study.swot.create(kind="strength", text="Much wood", evidence="Wood in North",
                      evidence_key=f"cell {table.pk} 2015 abc")  # fmt: skip
    page = client.get(f"/employment/{table.pk}/change/").content.decode()
    for what in (f"the entry “{made}” of the registry", f"study 1 of {made}: “Much wood”"):
        assert what in page
    because = {"because": "No more needed"}
    refused = client.post(f"/api/employment/{table.pk}/discard/", because, "application/json")
    assert refused.status_code == 400
    assert f"The table stays, for this rests on it: the entry “{made}”" in refused.json()["error"]
    assert EmploymentTable.objects.filter(pk=table.pk).exists()
    study.swot.all().delete()
    study.delete()
    made.figures.all().delete()
    made.delete()
    gone = client.post(f"/api/employment/{table.pk}/discard/", because, "application/json")
    assert gone.status_code == 204
