"""The report's page as a file that can be opened from a folder: what it needs lies beside it."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

from reports.models import ReportVersion
from reports.reading import Reading
from reports.rendering.sections import on_page

ASSETS = "report-files/"
IN_STYLE = re.compile(r"""url\(\s*["']?(?!data:|https?:|#)([^"')?#]+)""")


def page_in_folder(report: ReportVersion) -> dict[str, bytes]:
    """report.html in the active language, and the styles, scripts, fonts and pictures it names.

    Links to the tables of charts and to the JSON lead to files beside it.
    """
    reading = Reading(report)
    context = {
        "report": report,
        "reading": reading,
        "sections": on_page(reading),
        "folder": True,
        "parent": "reports/folder.html",
    }
    page = render_to_string("reports/report.html", context)
    named = re.compile(rf'"{re.escape(settings.STATIC_URL)}([^"]+\.[a-z]+)"')
    files: dict[str, bytes] = {}
    for name in named.findall(page):
        _take(name, files)
    page = named.sub(rf'"{ASSETS}\1"', page)
    return {"report.html": page.encode()} | {ASSETS + name: c for name, c in files.items()}


def _take(name: str, files: dict[str, bytes]) -> None:
    """The static file, and those its styles name, at their places under one folder."""
    if name in files:
        return
    # Collected files have their check sums in their names, which only the storage knows.
    files[name] = Path(finders.find(name) or staticfiles_storage.path(name)).read_bytes()
    if name.endswith(".css"):
        for other in IN_STYLE.findall(files[name].decode()):
            _take(normpath(join(dirname(name), other)), files)
