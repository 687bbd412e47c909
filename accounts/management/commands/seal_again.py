from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.sealing import sealed_again


class Command(BaseCommand):
    help = "After a change of STAGES_SECRET_KEY: bring second factors under the present key."

    @transaction.atomic
    def handle(self, *args, **options):
        rows = Authenticator.objects.select_for_update()
        for one in rows:
            one.data = sealed_again(one.data)
            one.save(update_fields=["data"])
        self.stdout.write(f"{len(rows)} secrets are sealed with the present key.")
