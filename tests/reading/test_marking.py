"""The workbook of wrong cells."""

import io

import openpyxl

from indicators.importing import check, error_workbook, read

from .small import REFERENCE, text_file, workbook


def marked(path):
    reading = read(path)
    result = check(reading, REFERENCE)
    content = error_workbook(reading.copied(), result.faults)
    return openpyxl.load_workbook(io.BytesIO(content)), result


def test_wrong_cells_stand_where_they_stood_marked_and_explained(tmp_path):
    rows = [["Country", "2010", "2011"], ["Japan", 1, "soon"], ["Nowhere", 2, 3], ["France", 4, 5]]
    book, result = marked(workbook(tmp_path, {"GDP": rows, "Other": [["x"]]}))
    assert book.sheetnames == ["Faults", "GDP"]
    sheet = book["GDP"]
    assert sheet["C2"].value == "soon"
    assert "not a number" in sheet["C2"].comment.text
    assert sheet["C2"].fill.fgColor.rgb == "FFF8CBAD"
    assert "Nowhere" in sheet["A3"].comment.text
    assert sheet["B2"].value == 1
    assert sheet["B2"].comment is None
    assert [row[1].value for row in book["Faults"].iter_rows(min_row=2)] == [2, 3]
    assert len(result.faults) == 2


def test_nothing_in_it_is_a_formula(tmp_path):
    evil = '=HYPERLINK("http://example.org","x")'
    doubled = evil.replace('"', '""')
    path = text_file(tmp_path, f'country,indicator,year,value\nJapan,X.A,2010,"{doubled}"\n')
    book, result = marked(path)
    assert [fault.code for fault in result.faults] == ["value_formula_text"]
    cell = book["Table"]["D2"]
    assert (cell.value, cell.data_type) == (evil, "s")
    assert {cell.data_type for row in book["Faults"].iter_rows() for cell in row} <= {"s", "n"}
