"""`manage.py build_index`: a composite index with the table of every step."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countries.content.faults import ContentFault
from indicators.composite.figures import loaded_figures
from indicators.indices.aggregation import IndexFault
from indicators.indices.chain import build
from indicators.indices.figures import Figures, FiguresFault, read_csv
from indicators.indices.output import as_data
from indicators.indices.reading import read_specification
from indicators.indices.specification import Specification

MOST_BYTES = 50_000_000


class Command(BaseCommand):
    help = "Build a composite index from a specification and the figures that it names."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("specification", type=Path, help="the index, a YAML file")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, specification: Path, json: bool, **options: Any) -> None:
        result = built(specification)
        self.stdout.write(as_json(result) if json else "\n".join(summary(result)))


def built(path: Path) -> dict[str, Any]:
    """The index of a specification file as plain values. Raises CommandError in words."""
    try:
        specification = read_specification(path)
        if specification.data.dataset:
            figures = loaded_figures(specification)
        else:
            figures = figures_of(specification, path)
        return as_data(build(specification, figures))
    except (ContentFault, FiguresFault, IndexFault) as fault:
        raise CommandError(str(fault)) from None


def figures_of(specification: Specification, path: Path) -> Figures:
    """The figures that a specification names, beside its file. Raises FiguresFault."""
    name = specification.data.file
    try:
        with open(path.parent / name, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise FiguresFault(f"data: {name} cannot be read: {why}.") from None
    if len(content) > MOST_BYTES:
        raise FiguresFault(f"data: {name} is longer than {MOST_BYTES // 1_000_000} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content.count(b"\n", 0, fault.start) + 1
        raise FiguresFault(f"{name}, row {row}: not UTF-8 text; save it as UTF-8.") from None
    return read_csv(text, name, specification)


def as_json(result: dict[str, Any]) -> str:
    """The index as JSON, in ASCII so that every terminal can take it."""
    return json.dumps(result, indent=2, allow_nan=False)


def summary(result: dict[str, Any]) -> Iterator[str]:
    """The index in words: the table of every step with its notes, then scores and ranks."""
    yield f"{result['title'] or result['code']}"
    for step, table in result["tables"].items():
        yield f"\n{step}"
        yield from (f"  {note['message']}" for note in result["log"] if note["step"] == step)
        yield from grid(table)
        if step == "normalise":
            yield "\nweigh"
            yield from (f"  {n['message']}" for n in result["log"] if n["step"] == "weigh")
            yield from grid(result["weights"])
    yield "\nscores"
    yield from grid(
        {row["unit"]: {k: row[k] for k in ("score", "rank")} for row in result["scores"]}
    )
    if found := result["uncertainty"]:
        yield f"\n{found['runs']} re-runs, {found['not_computed']} could not be computed"
        yield from (f"  {note}" for note in found["notes"])
        yield from grid({row["unit"]: _rest(row, "unit") for row in found["intervals"]})
        yield f"\nSobol indices of the {found['target']}"
        yield from grid({row["what"]: _rest(row, "what") for row in found["effects"]})
        yield from [f"  {found['reason']}"] if found["reason"] else []
    if result["remove_one"]:
        yield "\nleft out, one at a time"
        yield from grid({row["code"]: _rest(row, "code") for row in result["remove_one"]})


def _rest(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


def grid(table: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Lines of a table whose first column are the keys."""
    if not table:
        return
    head = ["", *next(iter(table.values()))]
    rows = [head, *([name, *map(_cell, row.values())] for name, row in table.items())]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for name, *cells in rows:
        line = "  ".join(c.rjust(width) for c, width in zip(cells, widths[1:], strict=True))
        yield f"  {name.ljust(widths[0])}  {line}".rstrip()


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
