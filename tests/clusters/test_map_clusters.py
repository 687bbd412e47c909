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
    assert region["krugman_reason"].startswith("1 rows are not in the file")
    found = json.loads(run(file(text), capsys, "--json", "--absent", "zero"))
    assert found["regions"][0]["krugman_specialisation"] == 1
    assert found["industries"][0]["raw_concentration"] == 0.5


def test_in_words(file, capsys):
    said = run(file(GOOD), capsys)
    assert "2 regions, 2 industries" in said
    assert "every total: 1." in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        ("region,industry,year,employment\n", "no rows below"),
        ("region,industry,year\nA,x,2000\n", 'Line 1: the column "employment" is missing'),
        ("region,industry,year,employment,note\n", 'Line 1: the column "note" is unknown'),
        (GOOD + "A,x,2000,31\n", "Line 6: .* a second time; the first is on line 2"),
        (GOOD + "C,x,2000,-1\n", 'Line 6: the employment is "-1"'),
        (
            GOOD + "C,x,2000,1e308\n",
            'Line 6: the employment is "1e308"; a number from 0 to 1000000',
        ),
        (GOOD + f"C,x,{'0' * 5000}2000,1\n", "Line 6: the year is"),
        (GOOD + "C,x,2000,inf\n", 'Line 6: the employment is "inf"'),
        (GOOD + "C,x,2000,1_0\n", 'Line 6: the employment is "1_0"'),
        (GOOD + "C,x,last,1\n", 'Line 6: the year is "last"'),
        (GOOD + ",x,2000,1\n", "Line 6: the region is blank"),
        (GOOD + "C,x,2000\nD,x\n", "Line 6: the row has 3 cells; 4 .*\nLine 7: the row has 2"),
        (b"\xff\xfe", "Line 1: this is not UTF-8"),
        (GOOD + '"C,x', "Line 6: the row cannot be read as CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(file, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("map_clusters", str(file(text)), "--json")


def test_a_region_has_one_area(file):
    text = "region,industry,year,employment,area\nA,x,2000,1,10\nA,y,2000,1,11\n"
    with pytest.raises(CommandError, match=r"Line 3: the area .* is 11 here and 10 on line 2"):
        call_command("map_clusters", str(file(text)))


def test_a_file_that_is_not_there():
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("map_clusters", "nowhere.csv")
