"""Tables of employment on screen: refused by line, mapped by year, entered as candidates."""

import csv
import io

import pytest
from django.core.files.base import ContentFile

from clusters import actions, maps
from countries.models import Industry
from tests.factories.people import CountryFactory

COLUMNS = "region,industry,year,employment\n"
ROWS = "North,Wood,2015,90\nNorth,Food,2015,10\nSouth,Wood,2015,10\nSouth,Food,2015,\n"
LATER = "North,Wood,2016,120\nNorth,Food,2016,10\nSouth,Wood,2016,10\nSouth,Food,2016,500\n"


@pytest.fixture
def table(team):
    return actions.add_employment_table(
        country=team.country,
        title="Employment",
        source="An office",
        upload=ContentFile((COLUMNS + ROWS + LATER).encode(), "employment.csv"),
        by=None,
    )


def test_every_fault_is_on_the_page_with_its_line(team, signed_in):
    page = signed_in(team.coordinator).post(
        f"/countries/{team.country.pk}/employment/",
        {"title": "T", "source": "S", "upload": ContentFile(b"region,industry\nA,b\n", "t.csv")},
    )
    said = page.content.decode()
    assert "Line 1: the column &quot;year&quot; is missing" in said
    assert "Line 1: the column &quot;employment&quot; is missing" in said
    assert not team.country.employment_tables.exists()


def test_the_newest_year_is_shown_and_others_on_request(table):
    newest = maps.year_map(table)
    assert (newest.year, newest.suppressed) == (2016, 0)
    assert newest.candidates[0].employment_change is not None or newest.candidates
    older = maps.year_map(table, 2015)
    assert (older.year, older.suppressed) == (2015, 1)
    assert maps.year_map(table, 1066).year == 2016


def test_a_suppressed_cell_is_a_dash_and_is_counted(table, team, signed_in):
    page = signed_in(team.officer).get(f"/employment/{table.pk}/?year=2015").content.decode()
    assert "1 cell of this year is suppressed" in page
    assert '<td class="heat-0">–</td>' in page


def test_the_csv_has_every_cell_of_every_year(table, team, signed_in):
    answer = signed_in(team.officer).get(f"/employment/{table.pk}/cells.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 8
    assert rows[3]["location_quotient"] == ""
    assert "label" not in rows[0]


def test_fiction_says_so_in_its_csv(signed_in, team):
    fictional = CountryFactory(code="XZA", is_fictional=True)
    table = actions.add_employment_table(
        country=fictional, title="T", source="S", by=None,
        upload=ContentFile((COLUMNS + ROWS).encode(), "t.csv"),
    )  # fmt: skip
    answer = signed_in(team.officer).get(f"/employment/{table.pk}/cells.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["label"] for row in rows} == {"fictional country"}


def test_a_star_becomes_a_candidate_once(table, team, signed_in):
    client = signed_in(team.coordinator)
    best = maps.year_map(table).candidates[0]
    named = {"year": 2016, "region": best.region, "industry": best.industry}
    answer = client.post(f"/employment/{table.pk}/candidates/", named)
    made = team.country.clusters.get()
    assert answer.url == f"/clusters/{made.pk}/test/"
    assert made.name == f"{best.industry}, {best.region}"
    assert made.verdict.kind == "open"
    figure = made.figures.get()
    assert (figure.measure, figure.value, figure.year, figure.source) == (
        "employment", best.employment, 2016, "An office",
    )  # fmt: skip
    # Under another name it is the same concentration still.
    actions.change_cluster(cluster=made, name="Wood of the North", by=None)
    page = client.get(f"/employment/{table.pk}/").content.decode()
    assert f'<a href="/clusters/{made.pk}/">entered' in page
    again = client.post(f"/employment/{table.pk}/candidates/", named, follow=True)
    assert team.country.clusters.count() == 1
    assert "in the registry already" in again.content.decode()


@pytest.mark.parametrize("year", ["9" * 5_000, "²"])
def test_a_year_that_is_none_is_the_newest(table, team, signed_in, year):
    client = signed_in(team.coordinator)
    asked = {"year": year, "region": "Nowhere", "industry": "Wood"}
    assert client.post(f"/employment/{table.pk}/candidates/", asked).status_code == 302
    assert "2016" in client.get(f"/employment/{table.pk}/", {"year": "99999"}).content.decode()
    assert client.get(f"/api/employment/{table.pk}/", {"year": year}).json()["year"] == 2016


def test_the_code_of_an_industry_comes_along(team):
    Industry.objects.create(code="16", title="Wood and cork")
    content = (COLUMNS + "N,Wood and cork,2015,90\nN,1410 Shirts,2015,1\nS,1410 Shirts,2015,90\n"
               "S,Wood and cork,2015,1\n").encode()  # fmt: skip
    table = actions.add_employment_table(
        country=team.country, title="T", source="S", upload=ContentFile(content, "t.csv"), by=None
    )
    for cell in maps.year_map(table).cells:
        actions.enter_candidate(table=table, cell=cell, year=2015, by=None)
    codes = team.country.clusters.filter(place="N").values_list("industry", "national_code")
    assert set(codes) == {("16", ""), (None, "1410")}


def test_the_page_asks_what_an_absent_row_means(team, signed_in):
    client = signed_in(team.coordinator)
    for means, index in (("", "–"), ("zero", "1.00")):
        file = ContentFile(f"{COLUMNS}A,X,2015,100\nB,Y,2015,100\n".encode(), "t.csv")
        sent = {"title": f"T{means}", "source": "S", "upload": file, "absent_is_zero": means}
        made = client.post(f"/countries/{team.country.pk}/employment/", sent)
        page = client.get(made.url).content.decode()
        row = f'<th scope="row">A</th><td class="num">100</td><td class="num">{index}</td>'
        assert row in page


def test_what_the_table_does_not_show_is_no_candidate(table, team, signed_in):
    answer = signed_in(team.coordinator).post(
        f"/employment/{table.pk}/candidates/",
        {"year": "2016", "region": "Nowhere", "industry": "Wood"},
        follow=True,
    )
    assert "The table shows no such concentration." in answer.content.decode()
