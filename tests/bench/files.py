"""What a report's files cost, against the bare libraries doing the same by themselves."""

import base64
import html
import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import docx
import xlsxwriter
from django.urls import reverse
from pypdf import PdfReader
from weasyprint import HTML

from reports.models import PaperChoices
from reports.reading import Reading
from reports.rendering import paper
from reports.rendering.annex import annex
from reports.rendering.composing import Choices, compose
from reports.rendering.document import (
    Audience,
    Document,
    Drawing,
    Heading,
    Paragraph,
    Points,
    Table,
    flat,
)
from reports.rendering.spreadsheet import workbook
from reports.rendering.wording import cell_text, said
from reports.renditions import Form, Wanted, render
from tests.bench.house import Subject
from tests.bench.measures import signed_in
from tests.bench.timing import compared

ROUNDS = 15
MANY = 200
DECIMAL = {"decimal": "."}
HEAD = ("what", "pages or cells", "ms", "bare ms", "ratio", "quartiles")


def run(subject: Subject) -> list[tuple]:
    """Rows of HEAD: PDF, Word and Excel from the snapshot, each by turns with its bare library."""
    report = subject.report
    document = compose(report, Audience.FULL, "en", Choices())
    choices = PaperChoices()

    def full(form: Form):
        return lambda: render(Wanted(report, form, Audience.FULL, "en"), choices)

    tables = annex(Reading(report))
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("report.typ", "charts.typ"):
            shutil.copyfile(paper.HERE / name, folder / name)
        (folder / "data.json").write_text(json.dumps(paper.as_json(document) | DECIMAL))
        bare = compared(full(Form.PDF), lambda: _bare_pdf(folder), ROUNDS)
        pages = len(PdfReader(io.BytesIO(paper.pdf(document))).pages)
        rows.append(("PDF from the snapshot", pages, *_cells(bare)))
    page = _static_page(document)
    slower = compared(lambda: HTML(string=page).write_pdf(), full(Form.PDF), ROUNDS)
    rows.append(("WeasyPrint on an equal page, against ours", pages, *_cells(slower)))
    cells = sum(len(table.rows) * len(table.columns) for _name, table in tables)
    bare = compared(full(Form.EXCEL), lambda: _bare_excel(tables), ROUNDS)
    rows.append(("Excel from the snapshot", cells, *_cells(bare)))
    bare = compared(
        lambda: workbook(document.cover, tables, ""), lambda: _bare_excel(tables), ROUNDS
    )
    rows.append(("Excel from ready tables", cells, *_cells(bare)))
    printed = [block for block in document.blocks() if isinstance(block, Table)]
    cells = sum(len(table.rows) * len(table.columns) for table in printed)
    bare = compared(full(Form.WORD), lambda: _bare_word(printed), ROUNDS)
    rows.append(("Word from the snapshot, with its pictures", cells, *_cells(bare)))
    return rows


def page(subject: Subject) -> tuple:
    """A row of HEAD: the report's page from the snapshot against a file of its size."""
    client = signed_in(subject.officer)
    address = subject.report.get_absolute_url()
    size = len(client.get(address).content)
    still = reverse("still", args=[size])
    asked = compared(
        lambda: client.get(address).content,
        lambda: b"".join(client.get(still).streaming_content),
        4 * ROUNDS,
    )
    return (f"HTML page of {size // 1024} kB, against such a file", "", *_cells(asked))


def memory(subject: Subject) -> tuple:
    """Peak resident MB after a tenth of so many PDFs and after all of them."""
    wanted = Wanted(subject.report, Form.PDF, Audience.MINISTER, "en")
    sizes = []
    for made in range(1, MANY + 1):
        render(wanted, PaperChoices())
        if made in (MANY // 10, MANY):
            sizes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return (MANY, *sizes, sizes[1] / sizes[0])


def workers(subject: Subject) -> list[tuple]:
    """Full PDFs a minute by one and by two processes, typesetters on one thread each."""
    document = paper.as_json(compose(subject.report, Audience.FULL, "en", Choices()))
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("report.typ", "charts.typ"):
            shutil.copyfile(paper.HERE / name, folder / name)
        (folder / "data.json").write_text(json.dumps(document | DECIMAL))
        for count in (1, 2):
            start = perf_counter()
            running = [_typesetters(folder, 20, n) for n in range(count)]
            for one in running:
                one.wait()
            rows.append((count, 60 * 20 * count / (perf_counter() - start)))
    return [(*row, row[1] / rows[0][1]) for row in rows]


def _typesetters(folder: Path, times: int, number: int) -> subprocess.Popen:
    """A process that sets the report so many times, one after the other, on one thread."""
    command = [sys.executable, "-I", str(paper.HERE / "typesetter.py"), str(folder / "report.typ"),
               str(folder / f"out{number}.pdf"), str(paper.FONTS), "144", "0"]  # fmt: skip
    loop = f"import subprocess\nfor _ in range({times}): subprocess.run({command!r}, check=True)"
    return subprocess.Popen([sys.executable, "-c", loop], env={"RAYON_NUM_THREADS": "1"})


def _cells(bare) -> tuple:
    return bare.a, bare.b, bare.times, f"{bare.low:.2f} to {bare.high:.2f}"


def _bare_pdf(folder: Path) -> None:
    """A fresh process: in one that stays, the engine remembers the pages it has set already."""
    command = [sys.executable, "-I", str(paper.HERE / "typesetter.py"), str(folder / "report.typ"),
               str(folder / "bare.pdf"), str(paper.FONTS), "144", "0"]  # fmt: skip
    subprocess.run(command, check=True)


def _static_page(document: Document) -> str:
    """What the document says as plain HTML for A4, its charts as ready-made pictures."""
    charts = document.charts()
    drawn = dict(zip((c.id for c in charts), paper.pictures(charts, "en"), strict=True))
    told = [f"<h1>{html.escape(document.cover.title)}</h1>"]
    for section in document.sections:
        told.append(f"<h2>{html.escape(section.title)}</h2>")
        for block in flat(section.blocks):
            match block:
                case Heading():
                    told.append(f"<h3>{html.escape(block.text)}</h3>")
                case Paragraph():
                    told.append(f"<p><b>{html.escape(block.lead)}</b> {html.escape(block.text)}")
                case Points():
                    lines = (f"{one.lead} {said(one)} {one.note}" for one in block.points)
                    told.append("".join(f"<li>{html.escape(line)}" for line in lines))
                case Table():
                    rows = [[column.label for column in block.columns], *block.rows]
                    cells = ([f"<td>{html.escape(cell_text(c))}" for c in row] for row in rows)
                    told.append(f"<table><tr>{'<tr>'.join(map(''.join, cells))}</table>")
                case Drawing():
                    picture = base64.b64encode(drawn[block.chart.id]).decode()
                    told.append(f'<img width="600" src="data:image/png;base64,{picture}">')
    style = "@page {size: A4; margin: 20mm} body {font: 9pt sans-serif} table {width: 100%}"
    return f"<!doctype html><style>{style}</style>{''.join(told)}"


def _bare_excel(tables: list[tuple[str, Table]]) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        for name, table in tables:
            sheet = book.add_worksheet(name)
            for line, row in enumerate(table.rows):
                sheet.write_row(line, 0, row)


def _bare_word(tables: list[Table]) -> None:
    file = docx.Document()
    for table in tables:
        grid = file.add_table(len(table.rows), len(table.columns))
        for row, cells in zip(grid.rows, table.rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = cell_text(text)
    file.save(io.BytesIO())
