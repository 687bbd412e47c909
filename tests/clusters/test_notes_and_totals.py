"""What stands around the figures of an office's table: notes and totals."""

from pathlib import Path

import pytest

from clusters.reading.employment import read_employment
from clusters.reading.wrong_cells import WrongCells
from countries.matching import folded
from countries.queries import names_of
from tests.factories.employment import employment
from tests.factories.people import CountryFactory

HEAD = "region,industry,year,employment"
CELLS = ["A,x,2015,10", "A,y,2015,20", "B,x,2015,30", "B,y,2015,40", "C,x,2015,5", "C,y,2015,6"]


def read(tmp_path: Path, *rows: str, head: str = HEAD, **options):
    path = tmp_path / "e.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    table, told = read_employment(path, **options)
    return table, " ".join(str(one.message) for one in told)


def test_notes_below_a_table_are_left_out_and_told(tmp_path):
    table, told = read(tmp_path, *CELLS, "Note: provisional,,,", "Source: the office,,,")
    assert table.regions == ("A", "B", "C")
    assert "left out as notes: 2 (first: Note: provisional)" in told


def test_a_row_with_words_in_two_cells_is_no_note(tmp_path):
    with pytest.raises(WrongCells) as wrong:
        read(tmp_path, *CELLS, "A,z,,")
    assert [fault.code for fault in wrong.value.shown] == ["period_blank"]


@pytest.mark.parametrize("name", ["National", "ALL", "Whole country", "Lao PDR", "laos"])
def test_rows_of_the_whole_country_are_no_region(tmp_path, name):
    rows = [*CELLS, f"{name},x,2015,45", f"{name},y,2015,66"]
    country = {folded("Lao PDR"), folded("Laos")}
    table, told = read(tmp_path, *rows, country=country)
    assert table.regions == ("A", "B", "C")
    assert f"2 ({name})" in told


def test_a_region_or_industry_that_sums_up_the_others_is_told(tmp_path):
    rows = [*CELLS, "Zone,x,2015,45", "Zone,y,2015,66"]
    table, told = read(tmp_path, *rows)
    assert "Zone" in table.regions
    assert "Zone holds the sum of all others" in told
    assert "A holds" not in told
    _table, told = read(tmp_path, *CELLS)
    assert "the sum of all others" not in told


def test_an_area_of_nothing_is_refused(tmp_path):
    with pytest.raises(WrongCells) as wrong:
        read(tmp_path, "A,x,2015,10,0", head=f"{HEAD},area")
    (fault,) = wrong.value.shown
    assert "is no area" in str(fault.message)


@pytest.mark.django_db
def test_the_names_of_the_tables_country_are_known():
    country = CountryFactory(name="Farland")
    country.aliases.create(kind="name", text="Republic of Farland")
    assert names_of(country) == {folded("Farland"), folded("Republic of Farland")}
    rows = [*CELLS, "the republic of FARLAND,x,2015,45"]
    table = employment(country, "\n".join([HEAD, *rows]))
    assert table.is_mapped
    assert "the republic of FARLAND" in str(table.told)
