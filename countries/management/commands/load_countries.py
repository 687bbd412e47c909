"""Store all countries and aggregates of the world: needed once on a new database."""

from django.core.management.base import BaseCommand

from countries.actions import load_areas
from countries.shipped import shipped


class Command(BaseCommand):
    help = "Store every country and aggregate with codes and names; names already there stay."

    def handle(self, *args: object, **options: object) -> None:
        areas = shipped()
        load_areas(areas)
        countries = sum(not area.is_aggregate for area in areas)
        self.stdout.write(f"{countries} countries, {len(areas) - countries} aggregates")
