"""Say which region and income group of the World Bank each country is in, as of a day."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from countries.actions import load_groups
from countries.grouping import read_groups
from countries.models import Country
from countries.queries import gazetteer

GROUPINGS = [Country.Grouping.BANK_REGION, Country.Grouping.INCOME]


class Command(BaseCommand):
    help = (
        "Load regions and income groups from a file in the layout of the World Bank's country "
        "metadata (Country Code, Region, IncomeGroup), in place of those loaded before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD",
                            help="the day of the classification")  # fmt: skip
        parser.add_argument("--source", default="World Bank, country metadata")

    def handle(
        self, *args: object, file: Path, as_of: date, source: str, **options: object
    ) -> None:
        allowed = Country.areas.filter(grouping__in=GROUPINGS).values_list("code", flat=True)
        if not allowed:
            raise CommandError("There are no groups yet: run load_countries first.")
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                found = read_groups(lines, known=gazetteer(), groups=allowed)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file}: expected a CSV file in UTF-8.") from None
        if found.faults:
            raise CommandError("\n".join(["Nothing was loaded.", *found.faults]))
        if not found.members:
            raise CommandError("Nothing was loaded: the file has no row with a region.")
        load_groups(found.members, source=source, as_of=as_of, groupings=GROUPINGS)
        countries = {country for members in found.members.values() for country in members}
        self.stdout.write(f"{len(countries)} countries in {len(found.members)} groups")
