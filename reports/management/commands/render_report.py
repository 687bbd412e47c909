"""Write the files of a round's newest report: page, data, tables, PDF, Word and Excel."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.files import files_of
from reports.models import ReportVersion


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="the round's number, as in its address")
        parser.add_argument("--out", type=Path, default=Path(), help="the folder to write into")

    def handle(self, *args: Any, **options: Any) -> None:
        report = ReportVersion.objects.filter(round=options["round"]).order_by("-number").first()
        if report is None:
            raise CommandError(f"Round {options['round']} has no report; close the round first.")
        for name, content in files_of(report).items():
            path = options["out"] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            self.stdout.write(str(path))
