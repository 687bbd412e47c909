"""The tables of docs/lives.md, from the steps that the product follows."""

from typing import Any

from django.core.management.base import BaseCommand

from reports import lives


class Command(BaseCommand):
    help = "Prints the lives of rounds, sheets, plans, reports and studies as tables."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(lives.as_markdown())
