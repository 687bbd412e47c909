"""calibrate_thresholds: a draft version of an instrument with thresholds from a dataset."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.refusals import Refused
from diagnostics import actions
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.calibration import Calibrated
from indicators.models import Dataset


class Command(BaseCommand):
    help = (
        "Write a draft version of an instrument whose indicators have their thresholds at the "
        "quantiles of a loaded dataset. Published versions are never touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instrument", help="code of the instrument")
        parser.add_argument("published", help="published version to start from")
        parser.add_argument("draft", help="version of the draft")
        parser.add_argument("--dataset", required=True, help="code of the dataset")
        parser.add_argument("--year", required=True, type=int, help="last year that counts")
        parser.add_argument("--json", action="store_true", help="print what changed as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code, version = options["instrument"], options["published"]
        start = InstrumentVersion.objects.filter(
            code=code, version=version, state=InstrumentVersion.State.PUBLISHED
        ).first()
        if start is None:
            raise CommandError(f"There is no published instrument {code} {version}.")
        dataset = Dataset.objects.filter(code=options["dataset"]).first()
        if dataset is None:
            raise CommandError(f"There is no dataset {options['dataset']}.")
        try:
            draft, told = actions.draft_calibrated(
                version=start, name=options["draft"], dataset=dataset, year=options["year"], by=None
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "instrument": draft.code,
                        "version": draft.version,
                        "state": draft.state,
                        "indicators": [asdict(one) for one in told],
                    },
                    indent=2,
                )
            )
            return
        for one in told:
            self.stdout.write(f"{one.item}, {one.indicator}: {_words(one)}")
        changed = sum(1 for one in told if one.after)
        self.stdout.write(f"Draft {draft.code} {draft.version}: {changed} of {len(told)} changed.")


def _words(one: Calibrated) -> str:
    if not one.after:
        return f"stays as it is. {one.reason}"
    before, after = (", ".join(f"{x:g}" for x in some) for some in (one.before, one.after))
    return f"{before} becomes {after} ({one.countries} countries)."
