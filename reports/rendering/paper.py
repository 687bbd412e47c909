"""PDF, and pictures of charts, by the typesetter: one process a document, with limits."""

import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from activity.charts import Chart
from reports.rendering import glyphs
from reports.rendering.document import Document, Points, Section, Table, flat
from reports.rendering.wording import said, texts

HERE = Path(__file__).resolve().parent
FONTS = glyphs.FONTS
PICTURE_PPI = 220
# What the typesetter writes when it ends for want of memory, or over the logo.
NO_MEMORY = ("MemoryError", "memory allocation of")
NO_PICTURE = ("failed to decode image", "failed to parse SVG")

log = logging.getLogger(__name__)


class NotSet(Exception):
    """The typesetter made no document; the text says why, in a sentence for who asked for it."""


class TakesTooLong(NotSet):
    """It was stopped at its limit of time."""


class TooLarge(NotSet):
    """It was stopped at its limit of memory."""


class NoPicture(NotSet):
    """The logo is no picture that can be drawn, or is no longer there."""


def pdf(document: Document, logo: Path | None = None) -> bytes:
    """The document as a tagged PDF (PDF/UA-1). Raises NotSet where none can be made."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        body = as_json(document)
        if logo is not None:
            body["logo"] = _copied(logo, folder)
        _typeset(folder, "report.typ", body, "out.pdf", document.language)
        return (folder / "out.pdf").read_bytes()


def pictures(charts: list[Chart], language: str) -> list[bytes]:
    """Each chart as PNG, 16 cm wide, for forms that take no vectors; numbers as in the language.

    Raises NotSet.
    """
    if not charts:
        return []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        body, _lost = glyphs.settable({"charts": [asdict(chart) for chart in charts]})
        _typeset(folder, "pictures.typ", body, "out-{p}.png", language)
        return [(folder / f"out-{n}.png").read_bytes() for n in range(1, len(charts) + 1)]


def drawn(document: Document) -> dict[str, bytes]:
    """The document's charts as PNG by their ids."""
    charts = document.charts()
    return {c.id: p for c, p in zip(charts, pictures(charts, document.language), strict=True)}


def as_png(drawing: Path) -> bytes:
    """A logo as PNG, for forms that take no drawings. Raises NotSet where it cannot be drawn."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        name = _copied(drawing, folder)
        _typeset(folder, "pictures.typ", {"charts": [], "logo": name}, "out-{p}.png", "en")
        return (folder / "out-1.png").read_bytes()


def as_json(document: Document) -> dict[str, Any]:
    """The document as the typesetter reads it: every block says its type, every cell is words.

    Its texts hold only what the fonts have; `unset` says which characters are missing.
    """
    whole = asdict(replace(document, sections=[]))
    whole["made_at"] = int(document.made_at.timestamp())
    with translation.override(document.language):
        whole["sections"] = [_section(section) for section in document.sections]
        body, lost = glyphs.settable(whole)
        return dict(body, unset=glyphs.told(lost))


def _section(section: Section) -> dict[str, Any]:
    blocks = []
    for block in flat(section.blocks):
        told = asdict(block) | {"type": block.kind}
        if isinstance(block, Table):
            told["rows"] = texts(block)
        if isinstance(block, Points):
            told["points"] = [asdict(one) | {"text": said(one)} for one in block.points]
        blocks.append(told)
    return {"title": section.title, "annex": section.annex, "blocks": blocks}


def _typeset(folder: Path, template: str, body: dict[str, Any], out: str, language: str) -> None:
    for name in {template, "charts.typ"}:
        shutil.copyfile(HERE / name, folder / name)
    marks = {"decimal": "DECIMAL_SEPARATOR", "thousand": "THOUSAND_SEPARATOR"}
    data = body | {name: get_format(mark, language) for name, mark in marks.items()}
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-I", str(HERE / "typesetter.py"), str(folder / template)]
    command += [str(folder / out), str(FONTS), str(PICTURE_PPI), str(body.get("made_at", 0))]
    try:
        subprocess.run(  # noqa: S603 - our own program with paths of our making
            command, check=True, capture_output=True, timeout=settings.RENDER_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise TakesTooLong(
            _(
                "The document was not finished within %(seconds)s seconds. Try again when the "
                "server is less busy, or switch sections off."
            )
            % {"seconds": settings.RENDER_SECONDS}
        ) from None
    except subprocess.CalledProcessError as error:
        raise _why(error) from None


def _why(error: subprocess.CalledProcessError) -> NotSet:
    """What the typesetter's end means; all it said goes to the log."""
    output = error.stderr.decode(errors="replace").strip()
    log.error("The typesetter ended with %s: %s", error.returncode, output[:2000])
    if error.returncode == -signal.SIGKILL or any(sign in output for sign in NO_MEMORY):
        return TooLarge(
            _(
                "The document needs more memory than one document may take. Switch sections off, "
                "or choose a smaller logo, and try again."
            )
        )
    if any(sign in output for sign in NO_PICTURE):
        return NoPicture(_("The logo cannot be drawn: its file is damaged. Choose it anew."))
    return NotSet(
        _("The typesetter cannot make this document. What it said is in the log of the server.")
    )


def _copied(logo: Path, folder: Path) -> str:
    """The logo laid beside the template; its name there."""
    name = f"logo{logo.suffix}"
    try:
        shutil.copyfile(logo, folder / name)
    except FileNotFoundError:
        raise NoPicture(_("The file of the logo is no longer there. Choose it anew.")) from None
    return name
