"""People and firms are whole: what 2.345 is, the column as a whole tells, or its cell asks."""

import io

import pandas as pd
import pytest

from clusters.reading.employment import read_employment
from clusters.reading.wrong_cells import WrongCells


def read(path, figures, areas=None, sign=";"):
    areas = areas or ["1"] * len(figures)
    rows = [sign.join([f"R{n}", "x", "2015", *pair])
            for n, pair in enumerate(zip(figures, areas, strict=True))]  # fmt: skip
    path.write_text(
        "\n".join([sign.join(["region", "industry", "year", "employment", "area"]), *rows])
    )
    table, told = read_employment(path)
    return table.employment.tolist(), [str(one.message) for one in told]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "e.csv"


@pytest.mark.parametrize("figures", [["2.345", "310"], ["2,345", "310"], ["2 345", "310"]])
def test_where_it_fits_the_column_it_is_a_thousand(path, figures):
    found, told = read(path, figures)
    assert found == [2345, 310]
    asked = [one for one in told if "parts thousands or decimals" in one]
    assert len(asked) == ("2 345" not in figures)


@pytest.mark.parametrize(
    ("figures", "areas"),
    [
        (["2.345", "310", "12345"], None),  # a thousand without a sign stands beside it
        (["2,345", "310", "12345"], None),
        (["2.345", "310", "20"], ["610.5", "1", "1"]),  # the area's point is for decimals
        (["2.345", "12.310", "9.501"], ["610.5", "1", "1"]),
    ],
)
def test_where_it_does_not_its_cell_asks(path, figures, areas):
    with pytest.raises(WrongCells) as wrong:
        read(path, figures, areas)
    (first, *_others) = wrong.value.shown
    assert (first.row, first.column, first.code) == (2, "employment", "number_unclear")
    assert first.found == figures[0]
    assert first.expected == "a whole number: 2345 if the sign parts thousands"


def test_a_few_fractions_among_whole_numbers_are_faults(path):
    with pytest.raises(WrongCells, match=r'row 3, .*"12.5" is no whole number, as most'):
        read(path, ["7", "12.5", "310"])


def test_a_column_of_fractions_is_read_as_it_stands_and_told(path):
    found, told = read(path, ["2.345", "12.5", "0.31", "7"])
    assert found == [2.345, 12.5, 0.31, 7]
    assert told[1:] == [
        "Figures with decimals in the column employment, read as they stand though people and "
        "firms are whole: 3."
    ]


def test_a_number_that_a_spreadsheet_broke_asks_too(tmp_path):
    rows = {"region": ["A", "B", "C"], "industry": "x", "year": 2015,
            "employment": [2.345, 310, 12345]}  # fmt: skip
    book = io.BytesIO()
    pd.DataFrame(rows).to_excel(book, index=False)
    path = tmp_path / "e.xlsx"
    path.write_bytes(book.getvalue())
    with pytest.raises(
        WrongCells, match=r'row 2, column D: "2\.345" can be a thousand or a fraction'
    ):
        read_employment(path)


def test_sizes_of_plants_ask_likewise(tmp_path):
    table, plants = tmp_path / "e.csv", tmp_path / "p.csv"
    table.write_text("region,industry,year,employment\nA,x,2015,5\n")
    plants.write_text("industry,year,employment\nx,2015,2.345\nx,2015,12345\n")
    with pytest.raises(WrongCells, match=r'sheet plants, row 2, column employment: "2\.345"'):
        read_employment(table, plants)
