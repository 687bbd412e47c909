"""The layouts that statistics offices and international sources send."""

import pytest
import xlwt

from indicators.importing import read

from .small import checked, codes, text_file, triples, workbook

EXPECTED = {
    ("BGD", "TX.A", "2010", 0.5),
    ("BGD", "TX.A", "2012", 1.25),
    ("VNM", "TX.A", "2011", -3.0),
    ("VNM", "IP.B", "2010", 10231.0),
}
WORLD_BANK = (
    '\ufeff"Data Source","World Development Indicators",\r\n\r\n"Last Updated Date","2021-09-15",'
    '\r\n\r\n"Country Name","Country Code","Indicator Name","Indicator Code","2010","2011","2012",'
    '\r\n"Bangladesh","BGD","A","TX.A","0.5","","1.25",\r\n"Vietnam","VNM","A","TX.A","","-3","",'
    '\r\n"Vietnam","VNM","B","IP.B","10231","..","",\r\n'
)
TIDY = (
    "Country Code,Country Name,Indicator Code,Indicator Name,year,value\n"
    "BGD,Bangladesh,TX.A,A,2010,0.5\nBGD,Bangladesh,TX.A,A,2012,1.25\n"
    "VNM,Vietnam,TX.A,A,2011,-3\nVNM,Vietnam,IP.B,B,2010,10231\nVNM,Vietnam,IP.B,B,2011,\n"
)
SHEET = [
    ["Data Source", "World Development Indicators"],
    [],
    ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2010", "2011", "2012"],
    ["Bangladesh", "BGD", "A", "TX.A", 0.5, None, 1.25],
    ["Vietnam", "VNM", "A", "TX.A", None, "-3", None],
    ["Vietnam", "VNM", "B", "IP.B", 10231, "..", None],
]


def test_a_world_bank_export_a_tidy_table_and_a_workbook_give_the_same_values(tmp_path):
    for path in (
        text_file(tmp_path, WORLD_BANK),
        workbook(tmp_path, {"Data": SHEET, "About": [["TX.A", "A"]]}),
    ):
        result = checked(path)
        assert triples(result) == EXPECTED
        assert result.faults == []
    result = checked(text_file(tmp_path, TIDY))
    assert triples(result) == EXPECTED
    assert result.rejected == 0
    assert result.count == 4


def test_a_workbook_of_the_old_excel_is_read_like_a_new_one(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row, cells in enumerate(SHEET):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    sheet.write_merge(8, 8, 0, 3, "Source: a statistics office")
    hidden = book.add_sheet("Draft")
    hidden.visibility = 1
    hidden.write(0, 0, "Country Name")
    path = tmp_path / "table.xls"
    book.save(str(path))
    assert read(path).layout.kind == "xls"
    assert triples(checked(path)) == EXPECTED


def test_rows_and_columns_are_named_as_a_spreadsheet_shows_them(tmp_path):
    seen = read(text_file(tmp_path, WORLD_BANK)).cells
    assert seen.select("row", "column", "text").rows() == [
        (6, "2010", "0.5"),
        (8, "2010", "10231"),
        (7, "2011", "-3"),
        (8, "2011", ".."),
        (6, "2012", "1.25"),
    ]
    seen = read(workbook(tmp_path, {"Data": SHEET})).cells
    assert seen.select("row", "column").rows()[:2] == [(4, "E"), (6, "E")]


def test_every_fault_is_found_and_names_its_place(tmp_path):
    text = (
        "country,iso3,indicator,year,value\nViet Nam,VNM,X.A,2010,1\nJapan,VNM,X.A,2011,1\n"
        "Vietnamese,,X.A,2012,1\nJapan,JPN,X.A,40179,1\nJapan,JPN,X.A,2012,about 5\n"
        "Japan,JPN,X.A,1066,1\nJapan,JPN,X.A,2013,inf\nJapan,JPN,,2014,1\n"
    )
    result = checked(text_file(tmp_path, text))
    assert codes(result) == [
        (3, "iso3", "country_contradicted"),
        (4, "country", "country_unknown"),
        (5, "year", "period_date_number"),
        (6, "value", "value_not_number"),
        (7, "year", "period_out_of_range"),
        (8, "value", "value_infinite"),
        (9, "indicator", "indicator_blank"),
    ]
    assert result.rejected == 7
    assert result.count == 1
    assert result.faults[1].expected == "perhaps Viet Nam (VNM)"
    assert "2010-01-01" in result.faults[2].expected


@pytest.mark.parametrize("second", ["1", "1.0"])
def test_repeated_values_that_agree_are_merged_and_told(tmp_path, second):
    text = f"country,indicator,year,value\nJapan,X.A,2010,1\nJPN,X.A,2010,{second}\n"
    result = checked(text_file(tmp_path, text))
    assert triples(result) == {("JPN", "X.A", "2010", 1.0)}
    assert result.faults == []
    told = next(each.message for each in result.told if each.code == "repeated")
    assert "row 3, column value as row 2, column value" in told


def test_repeated_values_that_differ_are_refused_with_both_lines(tmp_path):
    text = "country,indicator,year,value\nJapan,X.A,2010,1\nFrance,X.A,2010,5\nJPN,X.A,2010,2\n"
    result = checked(text_file(tmp_path, text))
    assert triples(result) == {("FRA", "X.A", "2010", 5.0)}
    assert codes(result) == [(2, "value", "conflict"), (4, "value", "conflict")]
    assert "2.0 in row 4" in result.faults[0].message
    assert "1.0 in row 2" in result.faults[1].message
    assert result.rejected == 2
