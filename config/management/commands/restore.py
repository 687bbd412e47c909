"""`make restore FILE=...`."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import backup
from config.postgres_programs import ProgramFailed
from reports import snapshots
from reports.models import ReportVersion


class Command(BaseCommand):
    help = "Put a backup into an empty database, bring it up to date, check every report's hash."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away what is there")

    def handle(self, *args: object, file: Path, replace: bool, **options: object) -> None:
        try:
            manifest = backup.restore(file, replace=replace)
        except (backup.Refused, ProgramFailed, OSError) as error:
            raise CommandError(f"The database was not changed. {error}") from None
        call_command("migrate", verbosity=0)
        reports = ReportVersion.objects.iterator(chunk_size=20)
        checked = [
            (str(report), report.sha256 == snapshots.sha256(report.snapshot)) for report in reports
        ]
        if changed := [name for name, same in checked if not same]:
            raise CommandError(f"Restored, but not as they were: {'; '.join(changed)}.")
        self.stdout.write(
            f"Restored the backup of {manifest['made_at']}. Files: {len(manifest['files']) - 1}. "
            f"Reports: {len(checked)}, each with the hash it was made with."
        )
