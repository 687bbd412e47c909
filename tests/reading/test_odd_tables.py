"""Shapes and contents that are odd but right, and cells that are wrong."""

import datetime
import zipfile
from dataclasses import replace

import openpyxl
import polars as pl
import pytest
import xlwt

from indicators.importing import LEAVE_OUT, Definition, Layout, Reference, Refused, check, read
from indicators.importing.layout import SheetLayout

from .small import REFERENCE, checked, codes, text_file, triples, workbook


def with_indicators(*definitions, **more):
    return Reference(REFERENCE.places, {each.code: each for each in definitions}, **more)


def long(*rows):
    return "country,indicator,year,value\n" + "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "Pays;Indicateur;Année;Valeur\nJapon;X.A;2010;1,5\nFrance;X.A;2011;1 234,5\n",
        "Страна\tПоказатель\tГод\tЗначение\nЯпония\tX.A\t2010\t1,5\nФранция\tX.A\t2011\t1 234,5\n",
        "Quốc gia|Chỉ tiêu|Năm|Giá trị\nNhật Bản|X.A|2010|1,5\nPháp|X.A|2011|1.234,5\n",
        'Economy,Series,Year,Value\nJapan,X.A,2010,1.5\nFrance,X.A,2011,"1,234.5"\n',
        "Country;Indicator;2010;2011\nJapan;X.A;1.5;\nFrance;X.A;;1'234.5\n",
        "Country;Year;X.A\nJapan;2010;1.5\nFrance;2011;1\u202f234.5\n",
    ],
)
def test_tables_in_several_languages_and_shapes_read_the_same(tmp_path, text):
    expected = {("JPN", "2010", 1.5), ("FRA", "2011", 1234.5)}
    result = checked(text_file(tmp_path, text))
    assert result.faults == []
    assert set(result.observations.select("country", "period", "value").rows()) == expected
    assert set(result.observations["indicator"]) == {"X.A"}


def test_databank_names_years_with_brackets_and_ends_with_a_footer(tmp_path):
    text = (
        "Country Name,Series Name,2010 [YR2010],2011 [YR2011]\nJapan,Cost (USD),..,5\n"
        "France,Cost (USD),-1,6\n,,,\n,,,\n"
        "Data from database: Doing Business,,,\nLast Updated: 10/24/2019,,,\n"
    )
    path = text_file(tmp_path, text)
    layout = read(path).layout
    layout = Layout.from_data(layout.to_data() | {"missing": ["-1"]})
    result = check(read(path, layout=layout), REFERENCE)
    assert triples(result) == {
        ("JPN", "cost_usd", "2011", 5.0),
        ("FRA", "cost_usd", "2011", 6.0),
    }
    assert result.faults == []
    told = {each.code: each.message for each in result.told}
    assert "-1" in told["missing_marks"]


def test_a_sheet_a_year_takes_the_year_from_its_name_and_hidden_ones_are_told(tmp_path):
    book = openpyxl.Workbook()
    for year, value in (("2018", 3), ("2016", 2)):
        sheet = book.create_sheet(year)
        for row in (["Country", "LPI Score", "LPI Rank"], ["Japan", value, 1]):
            sheet.append(row)
    book["2016"].sheet_state = "hidden"
    del book["Sheet"]
    path = tmp_path / "lpi.xlsx"
    book.save(path)
    reading = read(path)
    assert triples(reading) == {
        ("JPN", "lpi_score", "2018", 3.0),
        ("JPN", "lpi_rank", "2018", 1.0),
    }
    assert "sheet_hidden" in {each.code for each in reading.told}
    chosen = SheetLayout(
        "2016",
        columns={"country_name": "Country"},
        headings=("indicator_name",),
        fixed={"period": "2016"},
    )
    both = Layout("xlsx", sheets=(reading.layout.sheets[0], chosen))
    assert len(triples(read(path, layout=both))) == 4


def test_merged_headers_of_two_rows_footnotes_and_text_numbers(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "SMEs"
    for row in (
        ["Table 3. SMEs"],
        [],
        ["Country", "Exports (%)", None, "Firms", None],
        [None, 2010, "2011*", 2010, 2011],
        ["Japan", 1.5, "2,5 ", "1\u00a0234", "5678 (p)"],
        ["France", "…", 3, "12*", "n/a"],
    ):
        sheet.append(row)
    for cells in ("A1:E1", "A3:A4", "B3:C3", "D3:E3"):
        sheet.merge_cells(cells)
    path = tmp_path / "merged.xlsx"
    book.save(path)
    result = checked(path)
    assert triples(result) == {
        ("JPN", "exports", "2010", 1.5),
        ("JPN", "exports", "2011", 2.5),
        ("FRA", "exports", "2011", 3.0),
        ("JPN", "firms", "2010", 1234.0),
        ("JPN", "firms", "2011", 5678.0),
        ("FRA", "firms", "2010", 12.0),
    }
    assert result.faults == []
    flags = result.observations.filter(pl.col("flag") != "").select("column", "flag").rows()
    assert set(flags) == {("E", "p"), ("D", "*")}


def test_the_same_in_a_workbook_of_the_old_excel(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("SMEs")
    sheet.write_merge(0, 0, 0, 4, "Table 3. SMEs")
    sheet.write_merge(2, 3, 0, 0, "Country")
    sheet.write_merge(2, 2, 1, 2, "Exports (%) (a)")
    sheet.write_merge(2, 2, 3, 4, "Firms")
    for row, cells in enumerate(
        (
            [2010, "2011*", 2010, 2011],
            ["1,5 %", 2.5, "1\u00a0234", 5678],
            ["..", "3", "12 (b)", ".."],
        ),
        start=3,
    ):
        for column, cell in enumerate(cells, start=1):
            sheet.write(row, column, cell)
    sheet.write(4, 0, "Japan")
    sheet.write(5, 0, "France")
    sheet.write(7, 0, "(a) Of sales. (b) Estimate.")
    hidden = book.add_sheet("Old figures")
    hidden.visibility = 2
    for column, cell in enumerate(("Country", 2009, 2010)):
        hidden.write(0, column, cell)
    path = tmp_path / "merged.xls"
    book.save(str(path))
    result = checked(path)
    assert {(country, period, value) for country, _code, period, value in triples(result)} == {
        ("JPN", "2010", 1.5), ("JPN", "2011", 2.5), ("FRA", "2011", 3.0),
        ("JPN", "2010", 1234.0), ("JPN", "2011", 5678.0), ("FRA", "2010", 12.0),
    }  # fmt: skip
    assert result.faults == []
    assert 'The sheet "Old figures" is hidden and was not read.' in [x.message for x in result.told]


def test_a_row_of_values_is_no_header_even_if_one_could_be_a_month(tmp_path):
    rows = [
        ["Country", "Score", "Rank", "Customs"],
        ["Chile", "3.317145", "34", "3.274026"],
        ["South Africa", "3.37611", "33", "3.1746"],
        ["Japan", "4.0", "5", "3.9"],
    ]
    (seen,) = read(workbook(tmp_path, {"2018": rows})).layout.sheets
    assert (seen.header_row, seen.columns) == (1, {"country_name": "Country"})


def test_formulas_errors_dates_and_truth_values_are_told_from_numbers(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Firms"
    sheet.append(["Country", "2010", "2011", "2012", "2013"])
    sheet.append(["Japan", 1, "=1+1", datetime.date(2015, 1, 5), True])
    sheet.append(["France", 1, 2, "=1/0", "#DIV/0!"])
    path = tmp_path / "formulas.xlsx"
    book.save(path)
    assert codes(checked(path)) == [
        (2, "C", "value_formula"),
        (2, "D", "value_date"),
        (2, "E", "value_logical"),
        (3, "D", "value_formula"),
        (3, "E", "value_error"),
    ]


def test_years_over_two_are_not_taken_for_months(tmp_path):
    text = "Country,2009-10,2010-11,2012-13\nJapan,1,2,3\n"
    result = checked(text_file(tmp_path, "Firms\n" + text))
    assert [code for _, _, code in codes(result)] == ["period_unclear"] * 3
    assert result.count == 0
    monthly = checked(text_file(tmp_path, "Firms\nCountry,2009-10,2009-11\nJapan,1,2\n"))
    assert set(monthly.observations["frequency"]) == {"M"}


def test_periods_of_every_frequency(tmp_path):
    periods = {
        "2010-Q1": ("2010-Q1", "Q"),
        "Q2 2010": ("2010-Q2", "Q"),
        "2010M3": ("2010-03", "M"),
        "2010-S2": ("2010-S2", "S"),
        "2010-W05": ("2010-W05", "W"),
        "2010-02-28": ("2010-02-28", "D"),
        "FY2011": ("2011", "A"),
        "2012.0": ("2012", "A"),
        "Mar 2013": ("2013-03", "M"),
    }
    rows = [f"Japan,X.A,{period},{number}" for number, period in enumerate(periods)]
    result = checked(text_file(tmp_path, long(*rows)))
    assert result.faults == []
    assert result.observations.select("period", "frequency").rows() == [*periods.values()]


def test_percent_signs_fit_only_where_the_indicator_is_in_percent(tmp_path):
    reference = with_indicators(Definition("X.A", unit="%"), Definition("X.B", unit="USD"))
    path = text_file(tmp_path, long("Japan,X.A,2010,12.5%", "Japan,X.B,2010,12.5 %"))
    result = checked(path, reference)
    assert triples(result) == {("JPN", "X.A", "2010", 12.5)}
    assert codes(result) == [(3, "value", "value_percent")]
    assert "percent_signs" in {each.code for each in result.told}


def test_missing_is_never_zero_and_secret_values_leave_a_flag(tmp_path):
    marks = ["..", "n/a", "NA", "-", ":", "…", "–", "", "#N/A"]
    rows = [f"Japan,X.A,{2000 + number},{mark}" for number, mark in enumerate(marks)]
    result = checked(text_file(tmp_path, long(*rows, "Japan,X.A,2015,c", "Japan,X.A,2016,0")))
    seen = result.observations.select("period", "value", "flag").rows()
    assert seen == [("2015", None, "c"), ("2016", 0.0, "")]
    assert result.rejected == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("inf", "value_infinite"),
        ("-∞", "value_infinite"),
        ("1e999", "value_not_number"),
        ("NaN", "value_nan"),
        ("12,3,4", "value_not_number"),
        ("5-Jan", "value_date"),
        ("=A1", "value_formula_text"),
        ("0x10", "value_not_number"),
        ("<script>alert(1)</script>", "value_not_number"),
    ],
)
def test_what_is_no_number_is_refused(tmp_path, text, code):
    path = text_file(tmp_path, long(f'Japan,X.A,2010,"{text}"', "Japan,X.A,2011,1.5"))
    assert codes(checked(path)) == [(2, "value", code)]


def test_ranges_units_and_companions_are_held_against_the_definition(tmp_path):
    reference = with_indicators(Definition("X.A", unit="percent", minimum=0, maximum=100))
    text = (
        "country,indicator,year,value,unit,standard error,sample size\n"
        "Japan,X.A,2010,100,%,0.5,200\nJapan,X.A,2011,100.1,%,,\nJapan,X.A,2012,-1,%,,\n"
        "Japan,X.A,2013,1,USD,,\nJapan,X.A,2014,1,%,-1,2.5\n"
    )
    result = checked(text_file(tmp_path, text), reference)
    assert codes(result) == [
        (3, "value", "value_above"),
        (4, "value", "value_below"),
        (5, "unit", "unit_contradicted"),
        (6, "sample size", "sample_size_unclear"),
        (6, "standard error", "standard_error_unclear"),
    ]
    kept = result.observations.select("value", "standard_error", "sample_size").rows()
    assert kept == [(100.0, 0.5, 200)]


def test_a_jump_against_the_past_is_a_warning_and_keeps_the_value(tmp_path):
    past = pl.DataFrame(
        {
            "indicator": ["X.A"] * 3,
            "country": ["JPN"] * 3,
            "breakdown": [""] * 3,
            "frequency": ["A"] * 3,
            "period": ["2008", "2009", "2010"],
            "value": [10.0, 11.0, 12.0],
        }
    )
    path = text_file(
        tmp_path, long("Japan,X.A,2011,13", "Japan,X.A,2012,1300", "France,X.A,2012,9")
    )
    result = checked(path, Reference(REFERENCE.places, past=past))
    assert result.count == 3
    assert codes(result) == [(3, "value", "jump")]
    assert result.faults[0].severity == "warning"
    assert result.errors == []
    assert "12.0 in 2010" in result.faults[0].message


def test_decisions_of_a_recipe_settle_names_and_leave_values_out(tmp_path):
    path = text_file(tmp_path, long("Nippon-koku,GDP,2010,1", "Total,GDP,2010,9"))
    reference = Reference(
        REFERENCE.places,
        country_decisions={"Nippon-koku": "JPN", "Total": LEAVE_OUT},
        indicator_decisions={"GDP": "X.A"},
    )
    result = checked(path, reference)
    assert triples(result) == {("JPN", "X.A", "2010", 1.0)}
    assert "left_out" in {each.code for each in result.told}


def test_groups_of_countries_are_kept_and_told(tmp_path):
    result = checked(text_file(tmp_path, long("World,X.A,2010,1", "Japan,X.A,2010,1")))
    assert set(result.observations["country"]) == {"WLD", "JPN"}
    assert "aggregates" in {each.code for each in result.told}


def test_quoted_line_breaks_and_blank_lines_keep_the_rows_counted(tmp_path):
    text = 'country,indicator,year,value\n\n"Japan","X\nA",2010,1\n\n\nJapan,X.A,2011,bad\n'
    result = checked(text_file(tmp_path, text))
    assert codes(result) == [(6, "value", "value_not_number")]
    assert result.observations["row"].to_list() == [3]


def test_stray_quotation_marks_and_ragged_rows(tmp_path):
    rows = ('5" pipes,X.A,2010,1', "Japan,X.A,2010,1,extra", "Japan,X.A", 'Japan,"X".A,2011,7')
    result = checked(text_file(tmp_path, long(*rows)))
    assert codes(result) == [(2, "country", "country_unknown"), (3, "E", "row_long")]
    assert result.count == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [("កម្ពុជា", "KHM"), ("لاوس", "LAO"), ("ประเทศไทย", "THA"), ("Việt Nam", "VNM")],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_scripts_of_every_kind(tmp_path, name, code, encoding):
    path = text_file(tmp_path, long(f"{name},X.A,2010,1"), encoding)
    result = checked(path)
    found = result.observations["country"].to_list() or [result.faults[0].found]
    assert found in ([code], [name])


def test_five_hundred_columns(tmp_path):
    header = ",".join(f"Series {number}" for number in range(500))
    values = ",".join(str(number) for number in range(500))
    result = checked(text_file(tmp_path, f"Country,Year,{header}\nJapan,2010,{values}\n"))
    assert result.count == 500
    assert result.faults == []


def test_formulas_and_scripts_in_names_stay_text(tmp_path):
    name = "=cmd|' /C calc'!A0 <script>"
    result = checked(text_file(tmp_path, long(f'Japan,"{name}",2010,1')))
    assert [each.name for each in result.new_indicators.values()] == [name]
    assert not result.observations["indicator"][0].startswith("=")


def test_a_zip_of_tables_reads_them_all_and_tells_of_the_rest(tmp_path):
    path = tmp_path / "tables.zip"
    inner = workbook(tmp_path, {"One": [["Country", "Year", "X.B"], ["Japan", 2010, 2]]})
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("a.csv", long("Japan,X.A,2010,1"))
        target.writestr("deep/b.xlsx", inner.read_bytes())
        target.writestr("c.pdf", b"%PDF-1.4")
    result = checked(path)
    assert triples(result) == {("JPN", "X.A", "2010", 1.0), ("JPN", "X.B", "2010", 2.0)}
    assert set(result.observations["sheet"]) == {"a.csv", "deep/b.xlsx/One"}
    assert "member_unread" in {each.code for each in result.told}


def test_a_layout_is_corrected_kept_as_json_and_used_again(tmp_path):
    path = text_file(tmp_path, "Wer;Was;Wann;Wieviel\nJapan;X.A;2010;1,5\n")
    columns = {"country_name": "Wer", "indicator_code": "B", "period": "Wann", "value": "Wieviel"}
    layout = Layout("csv", delimiter=";", decimal=",", sheets=(SheetLayout("", columns=columns),))
    again = Layout.from_json(layout.to_json())
    assert again == layout
    assert triples(read(path, layout=again)) == {("JPN", "X.A", "2010", 1.5)}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"kind": 1},
        {"kind": "csv", "more": 1},
        {"kind": "csv", "sheets": [1]},
        {"kind": "csv", "sheets": [{"sheet": "", "header_row": "1"}]},
        {"kind": "csv", "sheets": [{"sheet": "", "columns": {"country": "A"}}]},
        {"kind": "csv", "sheets": [{"sheet": "", "columns": {"value": 1}}]},
        {"kind": "csv", "sheets": [{"sheet": "", "headings": ["value"]}]},
    ],
)
def test_what_is_no_layout_is_refused(data):
    with pytest.raises(Refused, match="no layout"):
        Layout.from_data(data)


def test_a_layout_that_does_not_fit_the_file_is_refused(tmp_path):
    path = text_file(tmp_path, long("Japan,X.A,2010,1"))
    with pytest.raises(Refused, match='the column "Land"'):
        read(path, layout=Layout("csv", sheets=(SheetLayout("", columns={"value": "Land"}),)))
    with pytest.raises(Refused, match='the sheet "Data"'):
        read(path, layout=Layout("csv", sheets=(SheetLayout("Data"),)))


def test_countries_side_by_side_and_an_unnamed_column_of_countries(tmp_path):
    for text in (
        "Exports of SMEs\n\nYear,Japan,France\n2010,1,3\n2011,2,4\n",
        "Exports of SMEs\n,2010,2011\nJapan,1,2\nFrance,3,4\n",
    ):
        assert triples(checked(text_file(tmp_path, text))) == {
            ("JPN", "exports_of_smes", "2010", 1.0),
            ("JPN", "exports_of_smes", "2011", 2.0),
            ("FRA", "exports_of_smes", "2010", 3.0),
            ("FRA", "exports_of_smes", "2011", 4.0),
        }


def test_what_a_table_says_nowhere_is_missed_once_and_can_be_fixed(tmp_path):
    path = text_file(tmp_path, "Year,X.A,X.B\n2010,1,3\n2011,2,4\n")
    result = checked(path)
    assert codes(result) == [(2, "X.A", "country_blank")]
    assert (result.rejected, result.count, result.new_indicators) == (4, 0, {})
    data = read(path).layout.to_data()
    data["sheets"][0]["fixed"] = {"country_code": "JPN"}
    assert check(read(path, layout=Layout.from_data(data)), REFERENCE).count == 4


def test_numbers_that_could_be_read_either_way_are_told(tmp_path):
    for text, value in (("1,234", 1.234), ("1.234", 1.234)):
        path = text_file(tmp_path, f"country;indicator;year;value\nJapan;X.A;2010;{text}\n")
        assert triples(checked(path)) == {("JPN", "X.A", "2010", value)}
        assert "number_style" in {each.code for each in read(path).told}


def test_codes_in_brackets_and_years_written_as_dates(tmp_path):
    text = "iso3c,date,GDP growth [NY.GDP.KD]\nJPN,2010-12-31,5\nFRA,2011-12-31,6\n"
    result = checked(text_file(tmp_path, text))
    assert triples(result) == {
        ("JPN", "NY.GDP.KD", "2010", 5.0),
        ("FRA", "NY.GDP.KD", "2011", 6.0),
    }
    assert result.new_indicators["NY.GDP.KD"].name == "GDP growth"
    assert "year_dates" in {each.code for each in result.told}


def test_minus_one_alone_below_zero_is_told(tmp_path):
    rows = [
        "country,indicator,year,value",
        "LAO,ALONE,2010,-1", "VNM,ALONE,2010,4", "KHM,ALONE,2010,-1",
        "LAO,BALANCE,2010,-1", "VNM,BALANCE,2010,-2.5",
    ]  # fmt: skip
    found = checked(text_file(tmp_path, "\n".join(rows)))
    (told,) = [one.message for one in found.told if one.code == "minus_one"]
    assert "Values of -1 in series that have no other value below 0: 2 (ALONE)." in str(told)
    alone = replace(read(tmp_path / "table.csv").layout, missing=("-1",))
    again = check(read(tmp_path / "table.csv", layout=alone), REFERENCE)
    assert [one.code for one in again.told if one.code == "minus_one"] == []


def test_columns_with_another_footnote_every_year_are_one_indicator(tmp_path):
    last = workbook(tmp_path, {"A": [["Country", "Year", "Exports ¹"], ["Lao PDR ²", 2010, 5]]})
    assert triples(checked(last)) == {("LAO", "exports", "2010", 5.0)}
    this = workbook(tmp_path, {"A": [["Country", "Year", "Exports 3/"], ["Lao PDR (1)", 2011, 6]]})
    assert triples(checked(this)) == {("LAO", "exports", "2011", 6.0)}
