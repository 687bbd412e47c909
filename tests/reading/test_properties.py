"""However a table is written, it reads back to the same values; what is wrong is always found."""

import contextlib
import csv
import io
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.importing import Refused, read

from .small import checked, codes, text_file, triples, workbook

COUNTRIES = {"Japan": "JPN", "Côte d'Ivoire": "CIV", "Brésil": "BRA", "Viet Nam": "VNM"}
YEARS = range(2000, 2006)
# One value that can be read in one way only, as every real table has.
DECISIVE = Decimal("1234567.25")

values = st.decimals(-10_000_000, 10_000_000, places=2)
tables = st.dictionaries(
    st.tuples(st.sampled_from([*COUNTRIES]), st.sampled_from(YEARS)), values, min_size=1
)
SIGNS = [".", ",", ",.", ".,", ", ", ".'", ",\u00a0", ",\u202f", ". "]
styles = st.sampled_from([(signs[0], signs[1:]) for signs in SIGNS])
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
delimiters = st.sampled_from(",;\t|")


def written(value, decimal, thousands):
    return f"{value:,.2f}".replace(",", "_").replace(".", decimal).replace("_", thousands)


def rows_of(table, style, shape):
    """The table as rows of texts, long or with the years side by side."""
    cells = {place: written(value, *style) for place, value in table.items()}
    if shape == "long":
        head = ["Country", "Indicator", "Year", "Value"]
        return [head, *([name, "X.A", str(year), text] for (name, year), text in cells.items())]
    years = [str(year) for year in YEARS]
    names = dict.fromkeys(name for name, _ in cells)
    return [
        ["Country Name", "Indicator Code", *years],
        *([name, "X.A", *(cells.get((name, year), "") for year in YEARS)] for name in names),
    ]


def text_of(rows, delimiter, end):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()


@settings(max_examples=60)
@given(
    tables,
    styles,
    encodings,
    delimiters,
    st.sampled_from(["long", "wide"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_table_in_any_writing_reads_back_to_the_same_values(
    table, style, encoding, delimiter, shape, end
):
    if encoding == "cp1252" and style[1] == "\u202f":
        style = (",", "\u00a0")
    table = {**table, ("Côte d'Ivoire", 2005): DECISIVE}
    text = text_of(rows_of(table, style, shape), delimiter, end)
    expected = {
        (COUNTRIES[name], "X.A", str(year), float(value)) for (name, year), value in table.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        result = checked(text_file(Path(folder), text, encoding))
    assert result.faults == []
    assert triples(result) == expected


@settings(max_examples=20)
@given(tables, st.sampled_from(["long", "wide"]), st.booleans(), st.integers(0, 5))
def test_a_workbook_reads_back_to_the_same_values(table, shape, as_text, above):
    rows = rows_of({**table, ("Japan", 2005): DECISIVE}, (".", ""), shape)
    if not as_text:
        rows = [[_number(cell) for cell in row] for row in rows]
    rows = [["A title"]] * min(above, 1) + [[]] * above + rows
    with tempfile.TemporaryDirectory() as folder:
        result = checked(workbook(Path(folder), {"Data": rows}))
    table = {**table, ("Japan", 2005): DECISIVE}
    assert result.faults == []
    assert {(row[0], row[2], row[3]) for row in triples(result)} == {
        (COUNTRIES[name], str(year), float(value)) for (name, year), value in table.items()
    }


def _number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell or None


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*COUNTRIES]), st.sampled_from([2001, 2002]), st.sampled_from("123")
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_conflict_is_found_with_its_rows_and_nothing_else(rows):
    text = "country,indicator,year,value\n"
    text += "".join(f"{name},X.A,{year},{value}\n" for name, year, value in rows)
    said = {}
    for number, (name, year, value) in enumerate(rows, start=2):
        said.setdefault((name, year), []).append((number, value))
    conflicts = [each for each in said.values() if len({value for _, value in each}) > 1]
    with tempfile.TemporaryDirectory() as folder:
        result = checked(text_file(Path(folder), text))
    expected = sorted(number for each in conflicts for number, _ in each)
    assert [(row, code) for row, _, code in codes(result)] == [(n, "conflict") for n in expected]
    assert result.count == len(said) - len(conflicts)
    assert result.count == result.observations.height


@settings(max_examples=30)
@given(tables, st.data(), st.sampled_from(["long", "wide"]))
def test_a_wrong_cell_is_named_by_the_row_and_column_where_it_stands(table, data, shape):
    rows = rows_of({**table, ("Japan", 2005): DECISIVE}, (".", ""), shape)
    row = data.draw(st.integers(1, len(rows) - 1))
    filled = [
        at for at, cell in enumerate(rows[row]) if cell and at >= (3 if shape == "long" else 2)
    ]
    column = data.draw(st.sampled_from(filled))
    rows[row][column] = "many"
    with tempfile.TemporaryDirectory() as folder:
        in_text = checked(text_file(Path(folder), text_of(rows, ",", "\n")))
        in_book = checked(workbook(Path(folder), {"Data": rows}))
    assert codes(in_text) == [(row + 1, rows[0][column], "value_not_number")]
    assert codes(in_book) == [(row + 1, "ABCDEFGH"[column], "value_not_number")]


@settings(max_examples=60)
@given(st.text(max_size=200) | st.lists(st.lists(st.text(max_size=8))).map(
    lambda rows: text_of([["Country", "2010", "2011"], *rows], ",", "\n")))  # fmt: skip
def test_any_text_is_read_or_refused_never_a_crash(text):
    with tempfile.TemporaryDirectory() as folder:
        path = text_file(Path(folder), text.encode("utf-8", "replace").decode())
        with contextlib.suppress(Refused):
            result = checked(path)
            assert result.count == result.observations.height


ENGLISH = "Country Indicator Year Value"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866"])
def test_cyrillic_encodings_are_guessed_and_told(tmp_path, encoding):
    _read_in(tmp_path, encoding, "Страна Показатель Год Значение", "Япония", "Франция", "Рост ВВП")


@pytest.mark.parametrize("encoding", ["cp874", "tis-620"])
def test_thai_encodings_are_guessed_and_told(tmp_path, encoding):
    _read_in(tmp_path, encoding, ENGLISH, "Japan", "France", "มูลค่าการส่งออก")


@pytest.mark.parametrize("encoding", ["gb18030", "gbk"])
def test_chinese_encodings_are_guessed_and_told(tmp_path, encoding):
    _read_in(tmp_path, encoding, ENGLISH, "Japan", "France", "国内生产总值增长率")


def _read_in(folder, encoding, header, first, second, indicator):
    """A table whose text is in the encoding is read as if it were UTF-8."""
    rows = [header.split()]
    rows += [[country, indicator, year, "1,5"] for country in (first, second) for year in YEARS]
    text = text_of(rows, ";", "\n")
    reading = read(text_file(folder, text, encoding))
    result = checked(text_file(folder, text, encoding))
    assert set(result.observations["country"]) == {"JPN", "FRA"}
    assert [one.name for one in result.new_indicators.values()] == [indicator]
    assert "encoding_guessed" in {each.code for each in reading.told}


def test_text_that_is_utf8_but_for_one_row_is_refused(tmp_path):
    lines = [f"Việt Nam,X.A,{year},1\n".encode() for year in YEARS]
    path = tmp_path / "mixed.csv"
    path.write_bytes(b"country,indicator,year,value\n" + b"".join(lines) + b"C\xf4te,X.A,2010,1\n")
    with pytest.raises(Refused, match="UTF-8 text but for row 8"):
        read(path)
