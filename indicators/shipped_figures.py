"""The figures of the source documents as datasets, loaded as any other file is."""

import csv
import io
import re
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify

from countries.content.tree import read_tree
from countries.models import KeyFigure
from indicators import actions
from indicators.checking import Correction, examine
from indicators.models import Dataset, Import

FIGURES = Path(__file__).resolve().parent / "figures"
HEAD = ["country code", "indicator code", "indicator name", "year", "value", "unit", "note"]


def load_figures() -> int:
    """Every dataset of indicators/figures; one that is loaded already stays. Returns how many.

    Countries must be loaded. Raises ValueError where a figure cannot be read.
    """
    tree = read_tree((FIGURES / "datasets.yaml").read_text(encoding="utf-8"))
    if not isinstance(tree.data, list):
        raise ValueError(f"datasets.yaml: {tree.findings[0]}")
    for described in tree.data:
        path = FIGURES / f"{described['code']}.csv"
        content = path.read_bytes() if path.exists() else dated_figures(described["code"])
        _load(described, path.name, content)
    return len(tree.data)


def dated_figures(document: str) -> bytes:
    """The key figures of one document that have a year, as a file of observations."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for figure in KeyFigure.objects.filter(document=document).order_by("country_id", "position"):
        if re.fullmatch(r"[0-9]{4}", figure.year):
            code = f"{slugify(figure.label)}.{slugify(figure.unit)}"
            note = " ".join(filter(None, [f"{figure.place}.", figure.note]))
            value = f"{figure.value.normalize():f}"
            writer.writerow(
                [figure.country_id, code, figure.label, figure.year, value, figure.unit, note]
            )
    return out.getvalue().encode()


@transaction.atomic
def _load(described: dict[str, Any], name: str, content: bytes) -> None:
    code = described["code"]
    dataset = Dataset.objects.filter(code=code).first() or Dataset(code=code)
    said = {key: described[key] for key in ("title", "publisher", "note")}
    if dataset._state.adding or any(getattr(dataset, key) != said[key] for key in said):
        actions.save_dataset(dataset=dataset, by=None, **said)
    newest = dataset.imports.filter(state=Import.State.COMMITTED).order_by("-number").first()
    if newest is not None and newest.file.sha256 == sha256(content).hexdigest():
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = examine(path, dataset, Correction(), is_complete=True)
    if found.errors:
        raise ValueError(f"{name}: {found.errors[0]}")
    given = UploadedFile(ContentFile(content), name, "text/csv", len(content))
    imported = actions.upload(dataset=dataset, file=given, by=None, is_complete=True, check=False)
    imported = actions.note_findings(imported=imported, findings=found)
    actions.commit(imported=imported, rows=found.rows, by=None)
