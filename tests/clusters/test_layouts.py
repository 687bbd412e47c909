"""Tables of employment as offices lay them out: each way of writing one gives the same cells."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from clusters.reading.employment import read_employment
from clusters.reading.wrong_cells import WrongCells
from indicators.importing import Refused

REGIONS = ("Capital District", "Northern Uplands", "River Plain", "Ңар", "ແຂວງໃຕ້")
INDUSTRIES = ("13 Textiles", "31 Furniture", "10 Food", "Glass, ceramics")
YEARS = (2015, 2019, 2022)
MARKS = ("<5", "< 3", "≤5", "x", "c", ":", "..", "n.a.", "conf.", "-", "–")


@st.composite
def tables(draw):
    """By region, industry and year a number of people, or a mark."""
    regions = draw(st.lists(st.sampled_from(REGIONS), min_size=2, unique=True))
    industries = draw(st.lists(st.sampled_from(INDUSTRIES), min_size=2, unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=2, unique=True))
    figure = st.one_of(st.integers(0, 99_999), st.sampled_from(MARKS))
    return {(r, i, y): draw(figure) for r in regions for i in industries for y in years}


def names(table):
    return [list(dict.fromkeys(key[n] for key in table)) for n in range(3)]


def regions_down(table):
    regions, industries, years = names(table)
    return {
        "": [
            ["Region", "Year", *industries],
            *([r, y, *(table[r, i, y] for i in industries)] for r in regions for y in years),
        ]
    }


def industries_down(table):
    regions, industries, years = names(table)
    return {
        "": [
            ["Persons employed by industry and region"],
            [],
            ["ຂະແໜງການ", "ປີ", *regions],
            *([i, y, *(table[r, i, y] for r in regions)] for i in industries for y in years),
        ]
    }


def years_across(table):
    regions, industries, years = names(table)
    return {
        "": [
            ["Регион", "Отрасль", *years],
            *([r, i, *(table[r, i, y] for y in years)] for r in regions for i in industries),
        ]
    }


def years_with_their_measure(table):
    regions, industries, years = names(table)
    head = ["Region", "Industry", *(f"Employment {y}" for y in years)]
    return {
        "": [head, *([r, i, *(table[r, i, y] for y in years)] for r in regions for i in industries)]
    }


def year_over_measure(table):
    regions, industries, years = names(table)
    over = [cell for y in years for cell in (y, "", "")]
    under = [cell for _ in years for cell in ("Employment", "Wages", "Establishments")]
    rows = [
        [r, i, *(cell for y in years for cell in (table[r, i, y], 7, 2))]
        for r in regions
        for i in industries
    ]
    return {"": [["Province", "Sector", *over], ["", "", *under], *rows]}


def industry_over_year(table):
    regions, industries, years = names(table)
    over = [cell for i in industries for cell in (i, *[""] * (len(years) - 1))]
    rows = [[r, *(table[r, i, y] for i in industries for y in years)] for r in regions]
    return {"": [["Province", *over], ["", *(years * len(industries))], *rows]}


def two_languages(table):
    long = [["Region", "Industry", "Year", "Employment"], ["ແຂວງ", "ອຸດສາຫະກຳ", "ປີ", "ຄົນ"]]
    return {"": long + [[*key, figure] for key, figure in table.items()]}


def sheet_a_year(table):
    regions, industries, years = names(table)
    return {
        str(y): [
            ["Region", *industries],
            *([r, *(table[r, i, y] for i in industries)] for r in regions),
        ]
        for y in years
    }


def corner_of_both(table):
    regions, industries, years = names(table)
    return {
        f"T{n}": [[f"Table {n}. Persons employed, {y}"], [], ["Industry / Region", *regions],
                  *([i, *(table[r, i, y] for r in regions)] for i in industries)]
        for n, y in enumerate(years, start=1)
    }  # fmt: skip


LAYOUTS = (
    regions_down, industries_down, years_across, years_with_their_measure, year_over_measure,
    industry_over_year, two_languages, sheet_a_year, corner_of_both,
)  # fmt: skip


def workbook(path, sheets, merged=()):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name or "Table")
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
            for cells, text in merged:
                sheet.merge_range(cells, text)
    return path


def cells(table):
    return {
        (table.regions[r], table.industries[i], table.years[y]): None if e != e else e
        for r, i, y, e in zip(
            table.region, table.industry, table.year, table.employment, strict=True
        )
    }


def read(path):
    table, told = read_employment(path)
    return table, [str(one.message) for one in told]


def read_rows(tmp_path, *rows, **more):
    return read(workbook(tmp_path / "e.xlsx", {"": rows}, **more))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=12, deadline=None)
@given(table=tables())
def test_every_layout_gives_the_cells_of_the_long_one(layout, table):
    long = [["region", "industry", "year", "employment"], *([*k, v] for k, v in table.items())]
    expected = {key: figure if isinstance(figure, int) else None for key, figure in table.items()}
    with TemporaryDirectory() as folder:
        path = Path(folder, "e.xlsx")
        assert cells(read(workbook(path, {"": long}))[0]) == expected
        assert cells(read(workbook(path, layout(table)))[0]) == expected


def test_a_table_with_everything_says_how_it_was_read(tmp_path):
    rows = [
        ["Table 4.3 Persons employed by province and industry, 2019 and 2022"],
        ["Source: National Statistics Office"],
        [],
        ["", "A", "", "C", "", "", ""],
        ["Province", "Agriculture", "", "Manufacturing", "", "Total", ""],
        ["", 2019, 2022, 2019, 2022, 2019, 2022],
        ["Capital", "12 345", "13 001", "1 200", "1 350", "13 545", "14 351"],
        ["Uplands", "n.a.", "c", "450", "<5", "..", ".."],
        ["Total", "12 345", "13 001", "1 650", "1 350", "13 995", "14 351"],
        [],
        ["c = confidential"],
    ]
    table, told = read_rows(tmp_path, *rows)
    assert table.regions == ("Capital", "Uplands")
    assert table.industries == ("A Agriculture", "C Manufacturing")
    assert cells(table)["Capital", "C Manufacturing", 2022] == 1350
    assert cells(table)["Uplands", "C Manufacturing", 2022] is None
    assert told[0] == (
        "Read as: regions down, industries and years across; 2019, 2022; 2 regions; 2 industries."
    )
    assert any('never as 0: 5 ("..", "<5", "c", "n.a.")' in one for one in told)
    assert any("(Total)" in one for one in told)


def test_establishments_below_each_year_are_taken_and_wages_told(tmp_path):
    merged = [("A1:A2", "Region"), ("B1:B2", "Industry"), ("C1:E1", "2019"), ("F1:H1", "2022")]
    below = ["Employment", "Establishments", "Wages"] * 2
    table, told = read_rows(
        tmp_path,
        [],
        ["", "", *below],
        ["A", "x", 10, 1, 5, 20, 2, 6],
        ["B", "x", 30, 3, 7, 40, 4, 8],
        merged=merged,
    )
    assert table.establishments.tolist() == [1, 3, 2, 4]
    assert "Read as: regions and industries down, years across; 2019, 2022;" in told[0]
    assert any("2019 / Wages" in one for one in told)


def test_area_and_population_of_a_region_stand_beside_its_industries(tmp_path):
    table, _told = read_rows(
        tmp_path, ["Region", "Year", "Area", "Population", "x", "y"], ["A", 2020, 7, 90, 1, 2],
        ["B", 2020, 8, 80, 3, 4],
    )  # fmt: skip
    assert table.area.tolist() == [[7, 8]]
    assert table.population.tolist() == [[90, 80]]
    assert len(cells(table)) == 4


def test_groups_of_industries_and_their_other_language_are_not_their_names(tmp_path):
    table, _told = read_rows(
        tmp_path,
        ["Year", "Region", "Manufacturing", "", "Services", ""],
        ["", "", "Food", "Glass", "Trade", "Hotels"],
        ["", "", "Aliments", "Verre", "Commerce", "Hôtels"],
        [2020, "A", 1, 2, 3, 4],
        [2020, "B", 5, 6, 7, 8],
    )
    assert table.industries == ("Food", "Glass", "Trade", "Hotels")


def test_of_men_women_and_total_the_total_counts(tmp_path):
    head = ["Region", "Year", "Food", "", "", "Glass", "", ""]
    below = ["", "", *["Men", "Women", "Total"] * 2]
    table, _told = read_rows(tmp_path, head, below, ["A", 2020, 1, 2, 3, 4, 5, 9])
    assert list(cells(table).values()) == [3, 9]
    with pytest.raises(Refused, match=r"several figures below each name in row 2 \(Men, Women\)"):
        read_rows(tmp_path, [*head[:4], "Glass"], ["", "", *["Men", "Women"] * 2],
                  ["A", 2020, 1, 2, 4, 5])  # fmt: skip


@pytest.mark.parametrize("merged", [(), [("A1:A2", "Province"), ("B1:C1", "Sector")]])
def test_what_stands_across_may_be_named_above(tmp_path, merged):
    rows = [["Province", "Sector", ""], ["", "Food", "Glass"], ["A", 1, 2], ["B", 3, 4]]
    if merged:
        rows[0] = []
    table, told = read(workbook(tmp_path / "e.xlsx", {"2020": rows}, merged))
    assert table.industries == ("Food", "Glass")
    assert told[0] == (
        "Read as: regions down, industries across; the year as the sheet's name or a line above "
        "the table says it: 2020; 2 regions; 2 industries."
    )


def test_codes_units_shares_and_notes_are_no_industries(tmp_path):
    table, told = read_rows(
        tmp_path,
        ["Table 4.3. Employed persons by province and section of activity, 2022"],
        ["Province / City", "Province code", "Total", "A", "C", "% of C"],
        ["", "", "", "Agriculture", "Manufacturing", ""],
        ["", "", "persons", "persons", "persons", ""],
        ["Capital", 1, 600, 100, 500, 83],
        ["North", 2, 210, "-", 10, 5],
    )
    assert table.industries == ("A Agriculture", "C Manufacturing")
    assert list(cells(table).values()) == [100, None, 500, 10]
    assert any('column "Province code"' in one for one in told)


def test_percentages_below_the_years_are_not_read(tmp_path):
    table, _told = read_rows(
        tmp_path, ["Region", "Sector", 2019, "", 2022, ""], ["", "", *["Number", "%"] * 2],
        ["A", "x", 10, 50.5, 20, 49], ["B", "x", 1, 50, 2, 50],
    )  # fmt: skip
    assert sorted(cells(table).values()) == [1, 2, 10, 20]


def test_a_note_in_merged_cells_is_a_note(tmp_path):
    table, told = read_rows(
        tmp_path, ["Region", "Year", "x", "y"], ["A", 2020, 1, 2],
        merged=[("A4:D4", "Source: the office")],
    )  # fmt: skip
    assert table.regions == ("A",)
    assert any("notes: 1 (first: Source: the office)" in one for one in told)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Region", "x", "y"], ["A", 1, 2]],
         "row 1 was read as a header with regions down, industries across, and no year was found"),
        ([["Region", 2019, 2022], ["A", 1, 2]],
         "row 1 was read as a header with regions and industries down, years across, and nothing "
         "in the table names industry"),
        ([["Place", "Year", "Food", "Glass"], ["A", 2020, 1, 2]],
         r"below row 1 figures stand side by side \(Food, Glass, ...\)"),
    ],
)  # fmt: skip
def test_what_is_not_clear_says_which_layout_was_found(tmp_path, rows, sentence):
    with pytest.raises(Refused, match=sentence):
        read_rows(tmp_path, *rows)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Region", "Year", "x", "y"], ["A", 2020, 1, "many"], ["B", 2020, 1, 2]],
         (2, "D", "value_not_number")),
        ([["Region", "Year", "x", "X"], ["A", 2020, 1, 2], ["B", 2020, 1, 2]],
         (1, "D", "name_alike")),
        ([["Region", "Year", "x", "y"], ["A", "soon", 1, 2]], (2, "B", "period_not_year")),
        ([["Region", "Industry", 2562, 2563], ["A", "x", 1, 2], ["B", "x", 1, 2]],
         (1, "C", "period_out_of_range")),
        ([["Region", "Year", "x", "y"], ["A", 2020, 1, 2], ["A", 2020, 1, 3]],
         (3, "D", "cell_twice")),
    ],
)  # fmt: skip
def test_what_is_wrong_has_the_place_where_it_stands(tmp_path, rows, place):
    with pytest.raises(WrongCells) as wrong:
        read_rows(tmp_path, *rows)
    first = wrong.value.shown[0]
    assert (first.row, first.column, first.code) == place
    assert wrong.value.count <= 2
    assert wrong.value.marked(str)
