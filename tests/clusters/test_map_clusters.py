"""The command and its file: answers as JSON, and a sentence with its line for whatever is wrong."""

import json

import pytest
from django.core.management import CommandError, call_command

GOOD = "region,industry,year,employment\nA,x,2000,30\nA,y,2000,10\nB,x,2000,\nB,y,2000,50\n"


def run(path, capsys, *options):
    call_command("map_clusters", str(path), *options)
    return capsys.readouterr().out


@pytest.fixture
def file(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "employment.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_json_has_null_with_a_reason(file, capsys):
    found = json.loads(run(file(GOOD), capsys, "--json"))
    cell = found["cells"][2]
    assert (cell["region"], cell["industry"], cell["year"]) == ("B", "x", 2000)
    assert cell["lq"] is None
    assert cell["reason"] == "The employment is suppressed."
    assert {row["suppressed"] for row in found["regions"]} == {0, 1}


def test_an_absent_row_leaves_the_index_undefined_with_its_reason(file, capsys):
    text = "region,industry,year,employment\nA,X,2000,100\nB,Y,2000,100\n"
    region = json.loads(run(file(text), capsys, "--json"))["regions"][0]
    assert region["krugman_specialisation"] is None
    assert region["krugman_reason"].startswith("Rows that are not in the file: 1;")
    found = json.loads(run(file(text), capsys, "--json", "--absent", "zero"))
    assert found["regions"][0]["krugman_specialisation"] == 1
    assert found["industries"][0]["raw_concentration"] == 0.5


def test_in_words(file, capsys):
    said = run(file(GOOD), capsys)
    assert "2 regions, 2 industries" in said
    assert "every total: 1." in said


def test_a_large_cell_of_less_than_the_countrys_share_is_not_listed(file, capsys):
    rows = "A,x,2000,900\nA,y,2000,300\nB,x,2000,100\nB,y,2000,20\n"
    path = file("region,industry,year,employment\n" + rows)
    largest = json.loads(run(path, capsys, "--json"))["cells"][0]
    assert largest["star_size"]
    assert largest["lq"] < 1
    said = run(path, capsys)
    assert "A, x" not in said
    assert "**  B, x: 100 employed, quotient 1.10" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        ("region,industry,year,employment\n", "no rows below"),
        ("region,industry,year\nA,x,2000\n", "row 1 comes nearest .* does not name employment;"),
        ("one,two\n1,2\n", "none of the first rows names the columns region, industry, year"),
        (GOOD + "A,x,2000,31\n", 'row 6, .*: "A, x, 2000" stands in row 2, .* other figures'),
        (GOOD + "C,x,2000,-1\n", 'row 6, column employment: "-1" is below 0'),
        (
            GOOD + "C,x,2000,1,234\n",
            'row 6, column E: The row has more cells than the header: "234"',
        ),
        (GOOD + "C,,2000,3\n", "row 6, column industry: The row names no industry"),
        (GOOD + "C,x,2000,1e308\n", "row 6, .* is more than can be. .* at most 1,000,000,000,000"),
        (GOOD + f"C,x,{'0' * 5000}2000,1\n", "row 6, column year: .* is not a year"),
        (GOOD + "C,x,2000,inf\n", 'row 6, column employment: "inf" is infinite'),
        (GOOD + "C,x,2000,1_0\n", 'row 6, column employment: "1_0" is not a number'),
        (GOOD + "C,x,2000,5%\n", 'row 6, column employment: "5%" is not a number'),
        (GOOD + "C,x,2000,2015-03-02\n", "row 6, .* is a date; a spreadsheet may have made it"),
        (GOOD + "C,x,last,1\n", 'row 6, column year: "last" is not a year'),
        (GOOD + "C,x,42005,1\n", "row 6, .* a date that a spreadsheet has turned into a number"),
        (GOOD + "C,x,2558,1\n", "a year such as 2015, if 2558 is a year of the Buddhist era"),
        (GOOD + "C,x,1543,1\n", 'row 6, column year: "1543" is not a year'),
        (GOOD + "C,x,2015-03-02,1\n", 'row 6, column year: "2015-03-02" is not a year'),
        (GOOD + ",x,2000,1\n", "row 6, column region: The row names no region"),
        (GOOD + "a,x,2000,1\n", 'row 6, .* "a" differs only in capitals from "A" in row 2'),
        (GOOD + f"{'C' * 151},x,2000,1\n", "row 6, .* too long: .* at most 150 characters"),
        (b"\xff\xfe", "No table was recognised"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(file, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("map_clusters", str(file(text)), "--json")


def test_a_region_has_one_area(file):
    text = "region,industry,year,employment,area\nA,x,2000,1,10\nA,y,2000,1,11\n"
    with pytest.raises(CommandError, match=r"row 3, column area: .* 11 here, 10 in row 2, column"):
        call_command("map_clusters", str(file(text)))


def test_a_file_that_is_not_there():
    with pytest.raises(CommandError, match="cannot be opened: No such file"):
        call_command("map_clusters", "nowhere.csv")
