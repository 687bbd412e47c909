"""Tables of employment on screen: refused by line, mapped by year, entered as candidates."""

import csv
import io
import json
import re
from datetime import date

import pandas as pd
import polars as pl
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from activity import jobs
from activity.models import Job
from clusters import actions
from clusters.employment import maps
from clusters.employment.rows import candidates
from countries.models import Industry
from tests.factories.employment import employment, work
from tests.factories.people import CountryFactory

COLUMNS = "region,industry,year,employment\n"
ROWS = "North,Wood,2015,90\nNorth,Food,2015,10\nSouth,Wood,2015,10\nSouth,Food,2015,\n"
LATER = "North,Wood,2016,120\nNorth,Food,2016,10\nSouth,Wood,2016,10\nSouth,Food,2016,500\n"


@pytest.fixture
def table(team):
    return employment(team.country, COLUMNS + ROWS + LATER)


def test_a_file_is_read_by_a_worker_and_its_faults_are_on_the_page(team, signed_in):
    client = signed_in(team.coordinator)
    wrong = ContentFile(f"{COLUMNS}A,b,2015,-1\nA,b,x,2\n".encode(), "t.csv")
    sent = {"title": "T", "source": "S", "upload": wrong}
    made = client.post(f"/countries/{team.country.pk}/employment/", sent)
    assert "The file is being read" in client.get(made.url).content.decode()
    table = work(team.country.employment_tables.get())
    page = client.get(made.url).content.decode()
    assert "2 faults in the file" in page
    assert "row 2, employment" in page
    assert "&quot;-1&quot; is below 0." in page
    # Nobody else is shown it, and nothing of it.
    assert signed_in(team.officer).get(made.url).status_code == 404
    assert client.get(f"{made.url}regions/").status_code == 404
    # A coordinator mends it.
    right = ContentFile((COLUMNS + ROWS).encode(), "t.csv")
    client.post(f"{made.url}file/", {"upload": right})
    assert work(table).is_mapped
    assert "Candidates" in signed_in(team.officer).get(made.url).content.decode()
    again = ContentFile(b"region\n", "t.csv")
    told = client.post(f"{made.url}file/", {"upload": again}, follow=True)
    assert "stays as it is" in told.content.decode()


def test_a_file_that_is_no_table_gets_one_sentence_and_can_be_discarded(team, signed_in):
    client = signed_in(team.coordinator)
    table = employment(team.country, b"%PDF-1.7")
    page = client.get(table.get_absolute_url()).content.decode()
    assert "The file is a PDF document, not a table" in page
    client.post(f"{table.get_absolute_url()}discard/")
    assert not team.country.employment_tables.exists()


def test_a_newer_file_is_not_overwritten_by_work_on_the_older(team):
    first = ContentFile((COLUMNS + ROWS).encode(), "t.csv")
    table = actions.add_employment_table(
        country=team.country, title="T", source="S", upload=first, by=None
    )
    older = Job.objects.get(topic=table.topic)
    other = ContentFile((COLUMNS + LATER).encode(), "t.csv")
    actions.give_employment_file(table=table, upload=other, by=None)
    jobs.run(older.pk)
    older.refresh_from_db()
    assert older.state == Job.State.FAILED
    assert [one.year for one in maps.years(work(table))] == [2016]


def test_a_workbook_in_another_language_is_read(team, signed_in):
    rows = {"Tỉnh": ["A", "B"], "Ngành": ["x", "x"], "Năm": [date(2015, 1, 1)] * 2,
            "Lao động": ["1.234", "12.345"], "Ghi": [1, 2]}  # fmt: skip
    book = io.BytesIO()
    pd.DataFrame(rows).to_excel(book, sheet_name="Bảng", index=False, startrow=2)
    table = employment(team.country, book.getvalue(), name="b.xlsx")
    assert maps.cells(table, 2015)["employment"].to_list() == [1234, 12345]
    page = signed_in(team.officer).get(table.get_absolute_url()).content.decode()
    assert "The column &quot;Ghi&quot; of &quot;Bảng&quot; was not read." in page


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("A,X,2015,1\nA,X,2015,1\nB,X,2015,2\n", "Repeated rows that agree, each taken once: 1."),
        ("A,X,2015,1\nB,X,2015,2\nTotal,X,2015,3\n", "nobody is counted twice: 1 (Total)."),
    ],
)
def test_what_was_noticed_stands_on_the_page(team, signed_in, rows, told):
    table = employment(team.country, COLUMNS + rows)
    assert len(maps.cells(table, 2015)) == 2
    assert told in signed_in(team.officer).get(table.get_absolute_url()).content.decode()


def test_a_cross_table_is_mapped_and_its_page_says_how_it_was_read(
    team, signed_in, capsys, tmp_path
):
    rows = "Province,Wood,,Food,\n,2015,2016,2015,2016\nNorth,90,120,10,10\nSouth,10,10,<5,500\n"
    table, long = (employment(team.country, text) for text in (rows, COLUMNS + ROWS + LATER))
    page = signed_in(team.officer).get(table.get_absolute_url()).content.decode()
    assert (
        "Read as: regions down, industries and years across; 2015, 2016; 2 regions; 2 industries."
        in page
    )
    same = ["region", "industry"]
    for year in (2015, 2016):
        assert maps.cells(table, year).sort(same).equals(maps.cells(long, year).sort(same))
    file = tmp_path / "e.csv"
    file.write_text(rows)
    call_command("map_clusters", str(file), "--json")
    found = json.loads(capsys.readouterr().out)["cells"]
    assert [cell["lq"] for cell in found if cell["year"] == 2016] == maps.cells(table, 2016)[
        "lq"
    ].to_list()


def test_a_region_says_which_cells_the_whole_it_is_compared_with_lacks(table, team, signed_in):
    client = signed_in(team.officer)
    assert (
        client.get(f"/api/employment/{table.pk}/regions/?year=2015").json()["results"][0][
            "cells_left_out"
        ]
        == 1
    )
    page = client.get(f"/employment/{table.pk}/regions/?year=2015").content.decode()
    assert "Suppressed cells are left out of an index" in page
    # A map that was kept before they were counted says that it does not know.
    older = pl.read_parquet(table.regions.path).drop("cells_left_out")
    older.write_parquet(table.regions.path)
    page = client.get(f"/employment/{table.pk}/regions/?year=2015")
    assert '<td class="num">–</td></tr>' in page.content.decode()


def test_sizes_of_plants_give_the_index_of_ellison_and_glaeser_with_its_reading(team, signed_in):
    rows = "A,x,2000,30\nA,y,2000,10\nB,x,2000,10\nB,y,2000,50\n"
    plants = b"industry,year,employment\nx,2000,20\nx,2000,10\nx,2000,10\n"
    table = employment(team.country, COLUMNS + rows, plants)
    page = page_of(signed_in, team, table, "industries/")
    # G = 2 x 0.35 ^ 2, H = 0.375, 1 - sum x ^ 2 = 0.48
    gamma = (0.245 - 0.48 * 0.375) / (0.48 * 0.625)
    assert f"{gamma:.3f}</td><td>very localised" in re.sub(r"\s*\n\s*", "", page)
    assert "sizes not known" in page
    without = employment(team.country, COLUMNS + rows)
    assert "needs the sizes of the plants" in page_of(signed_in, team, without, "industries/")


def test_pages_of_a_large_table_stay_small(team, signed_in):
    rows = "\n".join(
        f"Region {r},{i % 90 + 1:02} Industry {i},{year},{(r * 37 + i * 11 + year) % 500}"
        for year in (2015, 2016) for r in range(300) for i in range(600)
    )  # fmt: skip
    table = employment(team.country, COLUMNS + rows)
    for part in ("", "quotients/", "industries/", "regions/"):
        assert len(page_of(signed_in, team, table, part).encode()) < 300_000


def test_the_newest_year_is_shown_and_others_on_request(table):
    newest = maps.year_of(table)
    assert (newest.year, newest.suppressed) == (2016, 0)
    older = maps.year_of(table, "2015")
    assert (older.year, older.suppressed) == (2015, 1)
    assert maps.year_of(table, "1066").year == 2016


def test_a_suppressed_cell_is_a_dash_and_is_counted(table, team, signed_in):
    page = signed_in(team.officer).get(f"/employment/{table.pk}/quotients/?year=2015")
    assert "1 cell of this year is suppressed" in page.content.decode()
    assert '<td class="heat-0">–</td>' in page.content.decode()


def rows_of(answer):
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_csv_has_every_cell_of_every_year(table, team, signed_in):
    rows = rows_of(signed_in(team.officer).get(f"/employment/{table.pk}/cells.csv"))
    assert len(rows) == 8
    assert rows[3]["lq"] == ""
    assert "label" not in rows[0]


def test_fiction_says_so_in_its_csv(signed_in, team):
    fictional = CountryFactory(code="XZA", is_fictional=True)
    table = employment(fictional, COLUMNS + ROWS)
    answer = signed_in(team.officer).get(f"/employment/{table.pk}/cells.csv")
    assert {row["label"] for row in rows_of(answer)} == {"fictional country"}


def test_a_star_becomes_a_candidate_once(table, team, signed_in):
    client = signed_in(team.coordinator)
    best = candidates(maps.cells(table, 2016)).row(0, named=True)
    named = {"year": 2016, "region": best["region"], "industry": best["industry"]}
    answer = client.post(f"/employment/{table.pk}/candidates/", named)
    made = team.country.clusters.get()
    assert answer.url == f"/clusters/{made.pk}/test/"
    assert made.name == f"{best['industry']}, {best['region']}"
    assert made.verdict.kind == "open"
    figure = made.figures.get()
    assert (figure.measure, figure.value, figure.year, figure.source) == (
        "employment", best["employment"], 2016, "An office",
    )  # fmt: skip
    # Under another name it is the same concentration still.
    actions.change_cluster(cluster=made, name="Wood of the North", by=None)
    page = client.get(f"/employment/{table.pk}/").content.decode()
    assert f'<a href="/clusters/{made.pk}/">entered' in page
    again = client.post(f"/employment/{table.pk}/candidates/", named, follow=True)
    assert team.country.clusters.count() == 1
    told = again.content.decode()
    assert "This concentration is in the registry already." in told
    assert "of this name already" not in told


@pytest.mark.parametrize("year", ["9" * 5_000, "²"])
def test_a_year_that_is_none_is_the_newest(table, team, signed_in, year):
    client = signed_in(team.coordinator)
    asked = {"year": year, "region": "Nowhere", "industry": "Wood"}
    assert client.post(f"/employment/{table.pk}/candidates/", asked).status_code == 302
    assert "2016" in client.get(f"/employment/{table.pk}/", {"year": "99999"}).content.decode()
    assert client.get(f"/api/employment/{table.pk}/cells/", {"year": year}).status_code == 400
    cells = client.get(f"/api/employment/{table.pk}/cells/").json()["results"]
    assert {cell["year"] for cell in cells} == {2016}


def test_an_industry_is_that_of_isic_by_its_title_or_by_its_code(team):
    section = Industry.objects.create(code="C", title="Manufacturing")
    Industry.objects.create(code="G", title="Trade")
    Industry.objects.create(code="16", title="Wood and cork", section=section)
    Industry.objects.create(code="31", title="Manufacture of furniture", section=section)
    names = ["Wood and cork", "16 Wood and cork", "31.09 Beds", "G Shops", "9.1 Knives", "Bells"]
    rows = [f"N,{name},2015,90\nS,{name},2015,1\n" for name in names]
    table = employment(team.country, COLUMNS + "".join(rows) + "S,Other,2015,900\n")
    for industry in names:
        actions.enter_candidate(table=table, region="N", industry=industry, year=2015, by=None)
    found = {
        one.products: (one.industry_id, one.national_code) for one in team.country.clusters.all()
    }
    assert found == {
        "Wood and cork": ("16", ""), "16 Wood and cork": ("16", ""), "31.09 Beds": ("31", "31.09"),
        "G Shops": ("G", "G"), "9.1 Knives": (None, "9.1"), "Bells": (None, ""),
    }  # fmt: skip
    beds = team.country.clusters.get(products="31.09 Beds")
    assert "read from the code 31.09, as ISIC Rev. 4 has it: 31 Manufacture of f" in beds.history
    assert "ISIC" not in team.country.clusters.get(products="16 Wood and cork").history


def test_a_candidate_stands_about_in_the_middle_of_its_region(team, table):
    ring = [[100, 18], [102, 18], [102, 20], [100, 20], [100, 18]]
    team.country.regions.create(
        name="North", outline={"type": "MultiPolygon", "coordinates": [[ring]]}, outline_source="S"
    )
    made = actions.enter_candidate(table=table, region="North", industry="Wood", year=2016, by=None)
    assert (made.latitude, made.longitude, made.point_of) == (19, 101, "middle")
    assert [one.name for one in made.regions.all()] == ["North"]


def test_a_long_industry_gives_way_in_a_name_and_the_region_stays(team):
    bread = "1071 Manufacture of bread; fresh pastry goods and cakes, " + "rice cakes " * 20
    regions = ["North", "South and all that belongs to it " * 3]
    rows = [f'{region},"{bread}",2015,90\n{region},Other,2015,10\n' for region in regions]
    table = employment(team.country, f"{COLUMNS}{''.join(rows)}Rest,Other,2015,900\n")
    for region in map(str.strip, regions):
        made = actions.enter_candidate(
            table=table, region=region, industry=bread.strip(), year=2015, by=None
        )
        assert made.name.startswith("1071 Manufacture")
        assert made.name.endswith(f"…, {region}")
        assert len(made.name) <= 150


def test_the_page_asks_what_an_absent_row_means(team, signed_in):
    client = signed_in(team.coordinator)
    for means, index in (("", "–"), ("zero", "1.00")):
        file = ContentFile(f"{COLUMNS}A,X,2015,100\nB,Y,2015,100\n".encode(), "t.csv")
        sent = {"title": f"T{means}", "source": "S", "upload": file, "absent_is_zero": means}
        made = client.post(f"/countries/{team.country.pk}/employment/", sent)
        work(team.country.employment_tables.get(title=f"T{means}"))
        page = client.get(f"{made.url}regions/").content.decode()
        row = f'<th scope="row">A</th><td class="num">100</td><td class="num">{index}</td>'
        assert row in page


def test_what_the_table_does_not_show_is_no_candidate(table, team, signed_in):
    answer = signed_in(team.coordinator).post(
        f"/employment/{table.pk}/candidates/",
        {"year": "2016", "region": "Nowhere", "industry": "Wood"},
        follow=True,
    )
    assert "The table shows no such concentration." in answer.content.decode()


def page_of(signed_in, team, table, part="", **asked):
    answer = signed_in(team.coordinator).get(f"/employment/{table.pk}/{part}", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("A,X,2015,10\nA,Y,2015,20\n", "With one region or one industry every share"),
        ("A,X,2015,10\nB,X,2015,20\n", "With one region or one industry every share"),
        ("A,X,2015,\nB,X,2015,\nA,Y,2015,\nB,Y,2015,\n", "No cell of this year has a known"),
        ("A,X,2015,0\nB,X,2015,0\nA,Y,2015,0\nB,Y,2015,0\n", "No cell of this year has a known"),
        ("A,X,2015,5\nB,X,2015,5\nA,Y,2015,5\nB,Y,2015,5\n", "more than the country's share"),
    ],
)
def test_where_nothing_concentrates_a_sentence_says_why(team, signed_in, rows, sentence):
    table = employment(team.country, COLUMNS + rows)
    assert sentence in page_of(signed_in, team, table)
    for part in ("quotients/", "industries/", "regions/"):
        assert ">nan<" not in page_of(signed_in, team, table, part).lower()


def test_a_region_of_suppressed_cells_only_employs_an_unknown_number(team, signed_in):
    table = employment(team.country, COLUMNS + "A,X,2015,\nA,Y,2015,\nB,X,2015,5\nB,Y,2015,5\n")
    page = page_of(signed_in, team, table, "regions/")
    assert '<th scope="row">A</th><td class="num">–</td>' in page


def test_the_heat_table_comes_in_pieces_the_largest_first(team, signed_in):
    rows = [f"R{r:02},{i:02}10 I,2015,{100 * r + i}" for r in range(1, 15) for i in range(1, 41)]
    table = employment(team.country, COLUMNS + "\n".join(rows))
    first = page_of(signed_in, team, table, "quotients/")
    assert "Industries 1 to 30 of 40 (rows) in regions 1 to 12 of 14 (columns)" in first
    assert ">R14</th>" in first
    assert ">R02</th>" not in first
    last = page_of(signed_in, team, table, "quotients/", page=2, across=2)
    assert ">R02</th>" in last
    assert ">0110 I</th>" in last
    assert ">4010 I</th>" not in last
    sheets = page_of(signed_in, team, table, "quotients/", section="C", region="r14", q="13")
    assert "Industries 1 to 1 of 1 (rows) in regions 1 to 1 of 1 (columns)" in sheets
    assert "have these words" in page_of(signed_in, team, table, "quotients/", q="zzz")


def test_the_heat_table_shows_the_change_between_years(table, team, signed_in):
    page = page_of(signed_in, team, table, "quotients/", measure="employment_change")
    assert '<td class="heat-3">30</td>' in page  # 90 in 2015, 120 in 2016
    assert '<td class="heat-0">–</td>' in page  # suppressed in 2015
    before = page_of(signed_in, team, table, "quotients/", measure="lq_change", year=2015)
    assert before.count('<td class="heat-0">–</td>') == 4


def test_candidates_come_by_the_page_and_can_be_searched(team, signed_in):
    rows = [f"R{r},I{i},2015,{1000 if r == i else 1}" for r in range(30) for i in range(30)]
    table = employment(team.country, COLUMNS + "\n".join(rows))
    page = page_of(signed_in, team, table)
    assert "30 places where employment concentrates" in page
    assert page.count('name="industry" value="I') == 25
    found = page_of(signed_in, team, table, q="r29")
    assert "1 place where employment concentrates" in found
    assert "No candidate has “zzz”" in page_of(signed_in, team, table, q="zzz")
    assert "no industry “coal”" in page_of(signed_in, team, table, industry="coal")
    sent = signed_in(team.officer).get(f"/employment/{table.pk}/candidates.csv")
    assert len(rows_of(sent)) == 30


@pytest.mark.parametrize("part", ["ranking", "industries", "regions", "map", "cells"])
def test_every_table_of_a_page_is_a_file_too(table, team, signed_in, part):
    rows = rows_of(signed_in(team.officer).get(f"/employment/{table.pk}/{part}.csv?year=2016"))
    assert len(rows) == {"ranking": 4, "industries": 2, "regions": 2, "map": 2, "cells": 8}[part]


def test_a_file_that_no_page_has_is_not_there(table, team, signed_in):
    assert signed_in(team.officer).get(f"/employment/{table.pk}/nothing.csv").status_code == 404


def test_a_program_reads_the_table_page_by_page(table, team, signed_in):
    client = signed_in(team.officer)
    (listed,) = client.get("/api/employment/", {"country": team.country.pk}).json()
    about = client.get(f"/api/employment/{listed['id']}/").json()
    assert [year["suppressed"] for year in about["years"]] == [1, 0]
    address = f"/api/employment/{table.pk}/cells/"
    first = client.get(address, {"year": 2015, "limit": 3}).json()
    rest = client.get(first["next"]).json()
    assert [len(first["results"]), len(rest["results"]), rest["next"]] == [3, 1, None]
    assert rest["results"][0]["reason"] == "The employment is suppressed."
    (cell,) = client.get(address, {"region": "North", "industry": "Wood"}).json()["results"]
    assert (cell["year"], cell["employment"]) == (2016, 120)
    industries = client.get(f"/api/employment/{table.pk}/industries/").json()["results"]
    assert "sizes of at least two plants" in industries[0]["ellison_glaeser_reason"]
    regions = client.get(f"/api/employment/{table.pk}/regions/").json()["results"]
    assert {region["region"] for region in regions} == {"North", "South"}
    found = client.get(f"/api/employment/{table.pk}/candidates/").json()["results"]
    assert all(cell["stars"] and cell["lq"] > 1 for cell in found)
    address = f"/api/employment/{table.pk}/candidates/"
    named = {"region": found[0]["region"], "industry": found[0]["industry"]}
    made = signed_in(team.coordinator).post(address, named, content_type="application/json")
    assert made.json()["id"] == team.country.clusters.get().pk
    again = signed_in(team.coordinator).post(address, named, content_type="application/json")
    assert again.status_code == 400


def test_a_program_gives_a_file_and_reads_its_faults(team, signed_in):
    client = signed_in(team.coordinator)
    sent = {"country": team.country.pk, "title": "T", "source": "S",
            "file": ContentFile(f"{COLUMNS}A,b,2015,-1\n".encode(), "t.csv")}  # fmt: skip
    made = client.post("/api/employment/", sent)
    assert (made.status_code, made.json()["state"]) == (201, "waiting")
    assert made.json()["job"]["state"] == "queued"
    table = work(team.country.employment_tables.get())
    address = f"/api/employment/{table.pk}/"
    (fault,) = client.get(address).json()["faults"]
    assert (fault["row"], fault["column"], fault["found"]) == (2, "employment", "-1")
    assert fault["message"] == '"-1" is below 0.'
    assert signed_in(team.officer).get(address).status_code == 404
    assert client.get(f"{address}cells/").status_code == 404
    given = {"file": ContentFile((COLUMNS + ROWS).encode(), "t.csv"), "absent_is_zero": "true"}
    assert client.post(f"{address}file/", given).status_code == 202
    assert work(table).absent_is_zero
    assert client.post(f"{address}discard/", {}, "application/json").status_code == 400
