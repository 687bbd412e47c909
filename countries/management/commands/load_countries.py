"""Store all countries, aggregates and industries: needed once on a new database."""

from django.core.management.base import BaseCommand

from countries.actions import load_areas, load_industries
from countries.shipped import industries, shipped


class Command(BaseCommand):
    help = "Store every country, aggregate and industry; names already there stay."

    def handle(self, *args: object, **options: object) -> None:
        areas = shipped()
        load_areas(areas)
        load_industries(industries())
        countries = sum(not area.is_aggregate for area in areas)
        self.stdout.write(f"{countries} countries, {len(areas) - countries} aggregates")
