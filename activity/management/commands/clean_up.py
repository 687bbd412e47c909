"""What beat does every night, by hand."""

from django.core.management.base import BaseCommand

from activity import cleaning


class Command(BaseCommand):
    help = "Remove what nobody needs any more, and what is kept about people for a while only."

    def handle(self, *args: object, **options: object) -> None:
        for name, count in cleaning.clean_up().items():
            self.stdout.write(f"{name}: {count}")
