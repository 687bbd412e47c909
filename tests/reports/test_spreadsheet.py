"""The annex: one sheet a table, numbers as numbers, no cell that runs."""

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from activity.charts import Column
from reports.reading import Reading
from reports.rendering.annex import annex
from reports.rendering.document import Cover, Table
from reports.rendering.spreadsheet import workbook
from tests.reports.conftest import MIXED

COVER = Cover("Country", "Instrument", "2025", "Version 1", "draft", "Fictional: x", "", [])
SHA = "ab" * 32


def opened(tables):
    return load_workbook(io.BytesIO(workbook(COVER, tables, SHA)))


def test_cells_keep_their_kind():
    row = ["=1+1", "+44", "@x", "https://example.org", 3, 2.5, Decimal("7.5"), None, "12"]
    table = Table("A table", [Column(f"c{n}") for n in range(len(row))], [row])
    sheet = opened([("One", table)])["One"]
    cells = next(sheet.iter_rows(min_row=5, max_row=5))
    assert [cell.value for cell in cells] == [*row[:6], 7.5, None, "12"]
    assert {cell.data_type for cell in cells[:4]} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_every_sheet_says_what_it_is_and_the_first_leads_to_it():
    book = opened([("One", Table("A table", [Column("c")], [["x"]]))])
    assert book.sheetnames == ["Contents", "One"]
    assert book["One"]["A2"].value == "Country · 2025 · Version 1 · draft · Fictional: x"
    assert book["Contents"]["A5"].hyperlink.location == "One!A1"
    assert SHA in book["Contents"]["A3"].value


def test_the_same_tables_give_the_same_file():
    tables = [("One", Table("A table", [Column("c")], [["x"]]))]
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    assert workbook(COVER, tables, SHA, made_at) == workbook(COVER, tables, SHA, made_at)


@pytest.mark.django_db
def test_the_annex_has_a_sheet_for_each_table_with_rows(report_on):
    found = annex(Reading(report_on(MIXED)))
    assert [name for name, _table in found] == [
        "Themes", "Coverage", "Re-scorings", "Doubt", "Swing items", "Items", "Statements",
        "Find out first", "Way", "Road map", "Knowledge gaps", "Sheets", "Sources",
    ]  # fmt: skip
    for _name, table in found:
        assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.django_db
def test_no_formula_anywhere_in_a_report(report_on):
    report = report_on(MIXED, label="=HYPERLINK(1)", provenance="fictional")
    content = workbook(COVER, annex(Reading(report)), SHA)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
