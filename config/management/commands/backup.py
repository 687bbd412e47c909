"""`make backup`."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import backup
from config.postgres_programs import ProgramFailed


class Command(BaseCommand):
    help = "Write database and uploaded files into one tar file, and print its name."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.VAR_DIR / "backups")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            self.stdout.write(str(backup.make(folder)))
        except (backup.Refused, ProgramFailed, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from None
