"""The tables of docs/lives.md, from the steps that the product follows."""

from typing import Any

from django.core.management.base import BaseCommand

from reports import lives


class Command(BaseCommand):
    help = "Prints the lives of a round, a sheet, an action plan and a report version as tables."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(lives.as_markdown())
