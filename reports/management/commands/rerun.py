"""Compute a report again from its bundle alone and say whether every number is the same."""

import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.bundles.contents import EXPECTED, PREVIOUS_SHEETS, Bundle
from reports.bundles.opening import BundleFault, opened
from reports.bundles.rerunning import Difference, OtherMethod, Outcome, rerun

MOST_SHOWN = 20


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundle", type=Path, help="the ZIP downloaded from a report's page")
        parser.add_argument(
            "--sha256",
            type=_sha256,
            metavar="HASH",
            help="the one on the pages of the report that you trust; the snapshot must have it",
        )
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *, bundle: Path, sha256: str | None, json: bool, **options: Any) -> None:
        try:
            read = opened(bundle)
            outcome = rerun(read, sha256 or "")
        except BundleFault as fault:
            raise CommandError(f"{bundle.name} cannot be used. {fault}") from None
        except OtherMethod as fault:
            if json:
                self.stdout.write(as_json(read, "other_method"))
            raise CommandError(str(fault)) from None
        verdict = "equal" if outcome.equal else "different"
        told = as_json(read, verdict, outcome) if json else summary(read, outcome, bool(sha256))
        self.stdout.write(told)
        if not outcome.equal:
            count = len(outcome.foreign) + len(outcome.differences)
            found = f"Values that differ from the report: {count}." if count else ""
            raise CommandError(" ".join(filter(None, (*outcome.faults, found))))


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise ArgumentTypeError("a SHA-256 is 64 digits from 0 to f")
    return text.lower()


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


def summary(bundle: Bundle, outcome: Outcome, asked: bool) -> str:
    """The outcome in words, the first differences each on a line; `asked`: for a hash of theirs."""
    about = bundle.manifest.report
    lines = [f"{about.title}, version {about.version} ({about.sha256})"]
    if outcome.sha256 and not asked and not outcome.faults:
        lines.append(
            "Whether the snapshot is the published one shows this SHA-256: hold it against the one "
            "on the report's pages, or give that with --sha256."
        )
    if outcome.foreign:
        lines.append("Not what the snapshot has:")
        lines += _listed(outcome.foreign, "in the bundle")
    if outcome.differences:
        lines.append("Not what the report says:")
        lines += _listed(outcome.differences, "now")
    if outcome.equal:
        lines.append(
            f"Equal: answers and settings are the snapshot's, and all {outcome.compared} values "
            "computed of them."
            if outcome.sha256
            else f"Equal: all {outcome.compared} values are those of {EXPECTED}."
        )
    if outcome.equal and outcome.sha256 and bundle.previous:
        lines.append(
            f"The snapshot has the results of the round before, not its answers: {PREVIOUS_SHEETS} "
            "is held against those results alone."
        )
    if outcome.reworded:
        lines.append(f"Sentences that this release words otherwise: {len(outcome.reworded)}.")
    return "\n".join([*lines, *outcome.not_checked])


def _listed(differences: list[Difference], found: str) -> list[str]:
    return [
        f"  {one.place}: {one.expected} in the report, {one.found} {found}"
        for one in differences[:MOST_SHOWN]
    ]
