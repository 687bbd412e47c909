"""Write the current values of a dataset, tidy: CSV, or JSON with --json."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from activity.formulas import guarded
from indicators.models import CurrentValue, Dataset

COLUMNS = ("country", "indicator", "period", "value", "flag")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dataset", required=True, help="its code")
        parser.add_argument("--json", action="store_true", help="JSON instead of CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = Dataset.objects.filter(code=options["dataset"]).first()
        if dataset is None:
            raise CommandError(f"There is no dataset {options['dataset']}.")
        rows = _rows(dataset)
        if options["json"]:
            observations = [dict(zip(COLUMNS, row[:5], strict=True)) | row[5] for row in rows]
            self.stdout.write(json.dumps({"observations": observations}, ensure_ascii=False))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow((*COLUMNS, "breakdown"))
        for *row, parts in rows:
            writer.writerow([_safe(cell) for cell in (*row, parts.get("breakdown", ""))])


def _rows(dataset: Dataset) -> Iterator[tuple[Any, ...]]:
    """The columns of each value; last, the breakdown, if the value is of a part of the country."""
    found = CurrentValue.objects.filter(indicator__dataset=dataset).order_by(
        "indicator__code", "country_id", "period", "breakdown"
    )
    names = ("country_id", "indicator__code", "period", "value", "flag", "breakdown")
    for *row, breakdown in found.values_list(*names).iterator(20_000):
        yield *row, {"breakdown": breakdown} if breakdown else {}


def _safe(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(cell, float):
        return repr(cell)
    return guarded(cell) if isinstance(cell, str) else cell
