"""OpenDocument sheets, as small as they can be written."""

import zipfile

import pytest

from indicators.importing import Refused, read

from .small import checked, triples

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
BODY = (
    f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
    '<table:table table:name="Data">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
EDGE = '<table:table-cell table:number-columns-repeated="16000"/>'
BOTTOM = f'<table:table-row table:number-rows-repeated="1040000">{EDGE}</table:table-row>'
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
ROWS = [["Country", "Indicator", 2010, 2011], ["Japan", "X.A", 1.5, ".."], ["France", "X.A", "", 4]]


def cell(value, repeated=1):
    about = f'table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    if isinstance(value, str):
        kind = 'office:value-type="string"' if value else ""
        text = f"<text:p>{value}</text:p>" if value else ""
        return f"<table:table-cell {about} {kind}>{text}</table:table-cell>"
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {about} {kind}><text:p>{value}</text:p></table:table-cell>"


def row(cells, repeated=1):
    about = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{about}>{cells}</table:table-row>"


def ods(folder, rows):
    path = folder / "table.ods"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("mimetype", KIND)
        target.writestr("content.xml", BODY.format(rows=rows))
        target.writestr("META-INF/manifest.xml", MANIFEST.format(kind=KIND))
    return path


def test_a_sheet_padded_to_its_edges_is_read(tmp_path):
    rows = "".join(row("".join(map(cell, cells)) + EDGE) for cells in ROWS) + BOTTOM
    result = checked(ods(tmp_path, rows))
    assert triples(result) == {("JPN", "X.A", "2010", 1.5), ("FRA", "X.A", "2011", 4.0)}
    assert result.observations.select("row", "column").rows() == [(2, "C"), (3, "D")]


def test_a_cell_repeated_over_the_sheet_takes_no_memory(tmp_path):
    rows = "".join(row("".join(map(cell, cells))) for cells in ROWS)
    bomb = row(cell(1, repeated=1000), repeated=100_000)
    with pytest.raises(Refused, match="spans 100,"):
        read(ods(tmp_path, rows + bomb))
