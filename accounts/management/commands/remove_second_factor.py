from django.core.management.base import BaseCommand, CommandError

from accounts import actions
from accounts.models import User
from accounts.refusals import Refused


class Command(BaseCommand):
    help = "For somebody who lost telephone and recovery codes: remove the second factor."

    def add_arguments(self, parser):
        parser.add_argument("address", help="the person's e-mail address")

    def handle(self, *args, address, **options):
        user = User.objects.filter(email=address.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {address}.")
        try:
            actions.remove_second_factor(user=user, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{user.email} signs in with the password alone until a new one is set up."
        )
