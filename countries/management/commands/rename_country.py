"""Change the name that a country or an aggregate is shown under."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from countries.actions import rename
from countries.models import Country


class Command(BaseCommand):
    help = "Show a country under another name; reports that are there keep theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="such as LAO")
        parser.add_argument("name")

    def handle(self, *args: object, code: str, name: str, **options: object) -> None:
        area = Country.areas.filter(code=code.upper()).first()
        if area is None:
            raise CommandError(f"There is no country or aggregate with the code {code}.")
        try:
            rename(area, name=name.strip())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
