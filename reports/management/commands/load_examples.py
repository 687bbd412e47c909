"""Load the shipped instruments, example countries and rounds and, outside production, people."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.refusals import Refused
from countries.content.faults import ContentFault
from indicators.shipped_figures import load_figures
from reports import examples_loading as loading
from reports.examples_review import load_reviews


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        countries = loading.load_countries()
        datasets = load_figures()
        try:
            instruments = loading.load_instruments()
            clusters = loading.load_clusters()
            library = loading.load_library()
        except (ContentFault, Refused) as refusal:
            raise CommandError(str(refusal)) from None
        rounds = loading.load_rounds()
        loading.load_employment()
        loading.load_registry()
        loading.load_linkages()
        loading.load_firms()
        self.stdout.write(
            f"Loaded: {instruments} instruments, {countries} countries, {datasets} datasets, "
            f"{clusters} clusters of documents, {rounds} example rounds, "
            f"{library} entries of the library."
        )
        if settings.PRODUCTION:
            self.stdout.write("Example people are not made in production.")
        else:
            self._people()
        loading.load_studies()  # draws what of its cluster is published

    def _people(self) -> None:
        password = self._password()
        self.stdout.write(f"\nExample people (all fictional); their password is {password}")
        for user, role in loading.load_people(password):
            self.stdout.write(f"  {user.email:<36} {role}")
        load_reviews()

    def _password(self) -> str:
        """One password for all, made once and kept beside the local database."""
        path = settings.VAR_DIR / "example-password.txt"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(9))
        return path.read_text()
