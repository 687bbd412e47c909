"""Invite an administrator from the terminal: the first one, or the next when all have left."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format

from accounts import actions
from accounts.models import Organisation
from accounts.roles import Administrator


class Command(BaseCommand):
    help = "Make an administrator's invitation and print the path of its link; no mail is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that the person will sign in with")
        parser.add_argument("--organisation", required=True, metavar="NAME",
                            help="where the person works; made if it is not there yet")  # fmt: skip

    def handle(self, *args: object, email: str, organisation: str, **options: object) -> None:
        name = organisation.strip()
        try:
            with transaction.atomic():
                there = Organisation.objects.filter(name=name, country=None).first()
                place = there or actions.add_organisation(name=name, country=None, by=None)
                invitation, token = actions.invite(
                    email=email, role=Administrator.code, organisation=place, country=None, by=None
                )
        except ValidationError as error:
            raise CommandError(" ".join(_sentences(error))) from None
        until = date_format(invitation.expires_at, "SHORT_DATETIME_FORMAT")
        self.stderr.write(f"Works once, until {until} UTC. Put the site's address before it:")
        self.stdout.write(reverse("accounts:invitation", args=[token]))


def _sentences(error: ValidationError) -> list[str]:
    """Each fault with the argument it is about."""
    if not hasattr(error, "error_dict"):
        return error.messages
    words = {"name": "--organisation"}
    return [
        f"{words.get(field, field)}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]
