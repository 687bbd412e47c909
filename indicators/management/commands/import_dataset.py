"""Load a file of statistics into a dataset: all of it, or, if a cell is wrong, none of it."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.core.files import File as DjangoFile
from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.refusals import Refused
from countries.actions import load_areas
from countries.models import Alias
from countries.shipped import shipped
from indicators import actions, importing
from indicators.checking import Correction, Findings, examine, in_words, unreadable
from indicators.models import Dataset

TOLD = 50  # faults written out for people; JSON has all of them


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dataset", required=True, help="code; made if there is none yet")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument("--json", action="store_true", help="print counts and errors as JSON")
        parser.add_argument("--vintage", default="", help="as the publisher names it")
        parser.add_argument("--indicator", help="code, for tables that do not name theirs")
        parser.add_argument(
            "--missing", action="append", help="a mark that means no value here, such as -1"
        )
        parser.add_argument(
            "--complete", action="store_true", help="what the file lacks is taken out"
        )
        parser.add_argument(
            "--leave-out-errors", action="store_true", help="load the rows that are right"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        if not Alias.objects.exists():
            load_areas(shipped())
        dataset = Dataset.objects.filter(code=options["dataset"]).first()
        is_new = dataset is None
        dataset = dataset or Dataset(code=options["dataset"], title=options["dataset"])
        try:
            dataset.full_clean(validate_unique=False)
        except Exception:
            raise CommandError(
                f"{dataset.code!r} is no code of a dataset: letters, digits, dot, dash, underscore."
            ) from None
        try:
            correction = Correction()
            if options["indicator"] or options["missing"]:
                layout = importing.read(path).layout
                layout = replace(layout, missing=(*layout.missing, *(options["missing"] or ())))
                if options["indicator"]:
                    layout = layout.about(options["indicator"])
                correction = Correction(layout)
            found = examine(path, dataset, correction, is_complete=options["complete"])
        except importing.Refused as refusal:
            self._say({"new": 0, "changed": 0, "same": 0, "rejected": 0, "gone": 0},
                      [in_words(unreadable(refusal))], json_wanted=options["json"])  # fmt: skip
            raise CommandError(str(refusal)) from None
        for sentence in found.told:
            self.stderr.write(sentence)
        for fault in found.warnings[:TOLD]:
            self.stderr.write(f"Worth a look: {fault}")
        refuses = bool(found.errors) and not options["leave_out_errors"]
        if not refuses and not options["dry_run"]:
            self._load(path, dataset, found, options, is_new)
        counts = {**asdict(found.counts), "rejected": found.rejected}
        self._say(counts, [in_words(one) for one in found.errors], json_wanted=options["json"])
        if not options["json"]:
            for fault in found.errors[:TOLD]:
                self.stderr.write(str(fault))
        if refuses:
            self.stderr.write("Nothing was loaded: the file has errors.")
            sys.exit(1)

    @transaction.atomic
    def _load(
        self,
        path: Path,
        dataset: Dataset,
        found: Findings,
        options: dict[str, Any],
        is_new: bool,
    ) -> None:
        try:
            if is_new:
                actions.save_dataset(dataset=dataset, by=None)
                self.stderr.write(f"The dataset {dataset.code} is new.")
            with path.open("rb") as file:
                given = UploadedFile(DjangoFile(file), path.name, size=path.stat().st_size)
                imported = actions.upload(
                    dataset=dataset, file=given, by=None, vintage=options["vintage"],
                    is_complete=options["complete"], check=False,
                )  # fmt: skip
            if earlier := actions.same_file(dataset, imported.file):
                self.stderr.write(
                    f"This file was loaded before, on {earlier.committed_at:%d %B %Y}."
                )
            imported = actions.note_findings(imported=imported, findings=found)
            actions.commit(
                imported=imported, rows=found.rows, by=None, leave_out=options["leave_out_errors"]
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _say(
        self, counts: dict[str, int], errors: list[dict[str, Any]], *, json_wanted: bool
    ) -> None:
        if json_wanted:
            self.stdout.write(json.dumps({**counts, "errors": errors}, ensure_ascii=False))
        else:
            self.stdout.write(", ".join(f"{name}: {number}" for name, number in counts.items()))
