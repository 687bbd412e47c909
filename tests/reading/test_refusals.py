"""Files that cannot be read: one clear sentence each, and no harm."""

import io
import os
import struct
import zipfile

import pytest

from indicators.importing import Limits, Refused, Unrecognised, read

from .small import text_file, workbook, workbook_bytes

TABLE = "country,indicator,year,value\nJapan,X.A,2010,1\n"
SMALL = Limits(file=100_000, unpacked=60_000_000, ratio=50, members=3, line=50_000, cells=100_000)


def refusal(path, limits=None):
    with pytest.raises(Refused) as refused:
        read(path, limits=limits)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def packed(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "a picture"),
        (b"\x1f\x8b\x08\0\0", "packed with gzip"),
        (b"Rar!\x1a\x07", "packed with RAR"),
        (b"<html><table><tr><td>1</td></tr></table>", "a web page"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b'{"a": 1}', "JSON"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "damaged"),
        (b"country,year,value\nJapan,2010,1\0\0\n", "NUL bytes from byte 32"),
        (struct.pack("<400I", *range(400)), "NUL bytes"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, words):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "cannot be opened" in refusal(tmp_path / "nothing.csv")
    assert "cannot be opened" in refusal(tmp_path)


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 2_000_000_000)
    assert refusal(path) == "The file has 2,000 MB; at most 600 MB can be read."


def test_one_line_without_an_end_is_refused(tmp_path):
    path = text_file(tmp_path, "a," * 30_000_000)
    assert "Row 1 is longer than 4 MB" in refusal(path)


def test_a_quotation_without_an_end_is_refused(tmp_path):
    path = text_file(tmp_path, TABLE + '"Japan' + ",X.A,2011,2\n" * 900_000)
    assert "quotation mark opened in row 3" in refusal(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE.split("\n")[0] + "\n", "no values below"),
        ("Country,2010,2011\n", "no values below"),
        ("some words\nand others\n", "No table"),
        ("\n\n\n", "No table"),
        (" ", "No table"),
    ],
)
def test_a_file_without_a_table_of_values_is_refused(tmp_path, text, words):
    assert words in refusal(text_file(tmp_path, text))


def test_a_file_whose_table_is_not_recognised_shows_its_first_rows(tmp_path):
    path = text_file(tmp_path, "Wer,Was\nJapan,eins\n")
    with pytest.raises(Unrecognised) as refused:
        read(path)
    assert refused.value.samples == {"": [["Wer", "Was", ""], ["Japan", "eins", ""]]}
    assert refused.value.layout.delimiter == ","


def test_a_zip_bomb_is_refused_by_its_size_its_ratio_and_its_number_of_files(tmp_path):
    zeros = b"0" * 55_000_000
    path = packed(tmp_path / "bomb.zip", {"a.csv": zeros})
    assert "times its size" in refusal(path, SMALL)
    path = packed(tmp_path / "bomb.zip", {"a.csv": zeros, "b.csv": zeros})
    assert "unpacks to 110 MB" in refusal(path, Limits(unpacked=60_000_000))
    path = packed(tmp_path / "bomb.zip", {f"{number}.csv": "a" for number in range(9)})
    assert "holds 9 files" in refusal(path, SMALL)


def test_a_zip_that_unpacks_to_more_than_it_says_is_refused(tmp_path):
    path = packed(tmp_path / "liar.zip", {"a.csv": TABLE * 1000})
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    assert "ZIP" in refusal(path)


@pytest.mark.parametrize("name", ["inner.zip", "inner.csv"])
def test_a_zip_in_a_zip_is_refused(tmp_path, name):
    inner = packed(tmp_path / "inner.zip", {"a.csv": TABLE}).read_bytes()
    assert "ZIP" in refusal(packed(tmp_path / "outer.zip", {name: inner}))


def test_a_zip_without_tables_is_refused(tmp_path):
    assert "no table" in refusal(packed(tmp_path / "a.zip", {"a.pdf": b"%PDF-1.4"}))


def test_a_word_document_and_a_broken_workbook_are_named(tmp_path):
    path = packed(tmp_path / "a.xlsx", {"[Content_Types].xml": "", "word/document.xml": ""})
    assert "a document" in refusal(path)
    path = packed(tmp_path / "a.xlsx", {"xl/workbook.xml": "<a", "xl/_rels/workbook.xml.rels": ""})
    assert "damaged" in refusal(path)


def test_a_workbook_with_entities_is_refused(tmp_path):
    content = io.BytesIO(workbook_bytes({"a": [["x"]]}))
    with zipfile.ZipFile(content) as source:
        files = {name: source.read(name) for name in source.namelist()}
    evil = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    book = files["xl/workbook.xml"]
    files["xl/workbook.xml"] = book.replace(b"<workbook", evil + b"<workbook", 1)
    assert "damaged" in refusal(packed(tmp_path / "a.xlsx", files))


def test_a_sheet_whose_last_cell_is_far_away_takes_no_memory(tmp_path):
    sheet = workbook(tmp_path, {"a": [["Country", "2010"], ["Japan", 1]]})
    with zipfile.ZipFile(sheet) as source:
        files = {name: source.read(name) for name in source.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    place = "xl/worksheets/sheet1.xml"
    files[place] = files[place].replace(b"</sheetData>", far)
    assert "spans 17,179,869,184 cells" in refusal(packed(tmp_path / "far.xlsx", files))


def test_a_table_with_more_columns_than_a_spreadsheet_is_refused(tmp_path):
    text = "country," + ",".join(["2010"] * 20_000) + "\nJapan\n"
    assert "20,001 columns" in refusal(text_file(tmp_path, text))
