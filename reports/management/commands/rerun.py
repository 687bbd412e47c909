"""Compute a report again from its bundle alone and say whether every number is the same."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.bundles.contents import Bundle
from reports.bundles.opening import BundleFault, opened
from reports.bundles.rerunning import OtherMethod, Outcome, rerun

MOST_SHOWN = 20


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundle", type=Path, help="the ZIP downloaded from a report's page")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *, bundle: Path, json: bool, **options: Any) -> None:
        try:
            read = opened(bundle)
            outcome = rerun(read)
        except BundleFault as fault:
            raise CommandError(f"{bundle.name} cannot be used. {fault}") from None
        except OtherMethod as fault:
            if json:
                self.stdout.write(as_json(read, "other_method"))
            raise CommandError(str(fault)) from None
        verdict = "equal" if outcome.equal else "different"
        self.stdout.write(as_json(read, verdict, outcome) if json else summary(read, outcome))
        if not outcome.equal:
            count = len(outcome.differences)
            raise CommandError(f"Values that differ from the report: {count}.")


def as_json(bundle: Bundle, verdict: str, outcome: Outcome | None = None) -> str:
    """The outcome as JSON, in ASCII so that every terminal can take it."""
    told = {
        "report": bundle.manifest.report.model_dump(),
        "outcome": verdict,
        "method_version": bundle.manifest.method_version,
        "release": bundle.manifest.code_version,
        **(asdict(outcome) if outcome else {}),
    }
    return json.dumps(told, indent=2, allow_nan=False)


def summary(bundle: Bundle, outcome: Outcome) -> str:
    """The outcome in words, the first differences each on a line."""
    about = bundle.manifest.report
    lines = [f"{about.title}, version {about.version} ({about.sha256})"]
    if outcome.equal:
        lines.append(f"Equal: all {outcome.compared} values are those of the report.")
    for one in outcome.differences[:MOST_SHOWN]:
        lines.append(f"  {one.place}: {one.expected} in the report, {one.found} now")
    if outcome.reworded:
        lines.append(f"Sentences that this release words otherwise: {len(outcome.reworded)}.")
    return "\n".join([*lines, *outcome.not_checked])
