"""The health check of a container that answers no requests."""

from django.core.management.base import BaseCommand, CommandError

from activity import heartbeats


class Command(BaseCommand):
    help = "Exit code 0 if this machine's beat or worker was heard within the last minute, else 1."

    def add_arguments(self, parser) -> None:
        parser.add_argument("kind", choices=[heartbeats.BEAT, heartbeats.WORKER])

    def handle(self, *args: object, kind: str, **options: object) -> None:
        name = heartbeats.own_name(kind)
        age = heartbeats.ages(kind).get(name)
        if age is None:
            raise CommandError(f"{name} has never been heard.")
        if age > heartbeats.SILENCE_SECONDS:
            raise CommandError(f"{name} was last heard {age:.0f} seconds ago.")
