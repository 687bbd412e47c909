"""PDF, and pictures of charts, by the typesetter: one process a document, with limits."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import get_format, localize

from activity.charts import Chart
from reports.rendering.document import Document, Section, Table

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
PICTURE_PPI = 220


class TakesTooLong(Exception):
    """The typesetter was stopped at its limit of time."""


def pdf(document: Document, logo: Path | None = None) -> bytes:
    """The document as a tagged PDF (PDF/UA-1). Raises TakesTooLong at the limit."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        body = as_json(document)
        if logo is not None:
            body["logo"] = f"logo{logo.suffix}"
            shutil.copyfile(logo, folder / body["logo"])
        _typeset(folder, "report.typ", body, "out.pdf", document.language)
        return (folder / "out.pdf").read_bytes()


def pictures(charts: list[Chart], language: str) -> list[bytes]:
    """Each chart as PNG, 16 cm wide, for forms that take no vectors; numbers as in the language."""
    if not charts:
        return []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        body = {"charts": [asdict(chart) for chart in charts]}
        _typeset(folder, "pictures.typ", body, "out-{p}.png", language)
        return [(folder / f"out-{n}.png").read_bytes() for n in range(1, len(charts) + 1)]


def drawn(document: Document) -> dict[str, bytes]:
    """The document's charts as PNG by their ids."""
    charts = document.charts()
    return {c.id: p for c, p in zip(charts, pictures(charts, document.language), strict=True)}


def as_png(drawing: Path) -> bytes:
    """A logo as PNG, for forms that take no drawings."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        name = f"logo{drawing.suffix}"
        shutil.copyfile(drawing, folder / name)
        _typeset(folder, "pictures.typ", {"charts": [], "logo": name}, "out-{p}.png", "en")
        return (folder / "out-1.png").read_bytes()


def as_json(document: Document) -> dict[str, Any]:
    """The document as the typesetter reads it: every block says its type, every cell is words."""
    body = asdict(document)
    body["made_at"] = int(document.made_at.timestamp())
    with translation.override(document.language):
        body["sections"] = [_section(section) for section in document.sections]
    return body


def _section(section: Section) -> dict[str, Any]:
    blocks = []
    for block in section.blocks:
        told = asdict(block) | {"type": type(block).__name__.lower()}
        if isinstance(block, Table):
            told["rows"] = [[words(cell) for cell in row] for row in block.rows]
        blocks.append(told)
    return asdict(section) | {"blocks": blocks}


def words(cell: object) -> str:
    """A cell as it is read: numbers in the language's way, nothing as a dash."""
    if cell is None or cell == "":
        return "–"
    return (
        str(localize(cell, use_l10n=True)) if isinstance(cell, int | float | Decimal) else str(cell)
    )


def _typeset(folder: Path, template: str, body: dict[str, Any], out: str, language: str) -> None:
    for name in {template, "charts.typ"}:
        shutil.copyfile(HERE / name, folder / name)
    data = body | {"decimal": get_format("DECIMAL_SEPARATOR", language)}
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-I", str(HERE / "typesetter.py"), str(folder / template)]
    command += [str(folder / out), str(FONTS), str(PICTURE_PPI), str(body.get("made_at", 0))]
    try:
        subprocess.run(  # noqa: S603 - our own program with paths of our making
            command, check=True, capture_output=True, timeout=settings.RENDER_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise TakesTooLong from None
    except subprocess.CalledProcessError as error:
        raise RuntimeError(error.stderr.decode(errors="replace")[-2000:]) from None
