"""check_instrument FILE: says whether an instrument file can be used, and what is wrong with it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diagnostics.authoring.canonical import scoring_sha256
from diagnostics.authoring.reading import Examined, InstrumentFault, examine, read_instrument
from diagnostics.scoring.instrument import Instrument


class Command(BaseCommand):
    help = "Checks an instrument file. Exit code 1 when it has errors; warnings leave it at 0."
    # The check needs no database, so a machine without one can run it.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the instrument, a YAML file")
        parser.add_argument(
            "--parent", help="the instrument of which it is an edition, a YAML file"
        )
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        examined = _examined(options["file"], options["parent"])
        found = examined.instrument
        if options["json"]:
            result = {
                "ok": found is not None,
                **_facts(found),
                "faults": [asdict(fault) for fault in examined.faults],
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            for fault in examined.faults:
                self.stderr.write(f"{options['file']}: {fault}")
            if found:
                self.stdout.write(
                    "{code} {version}: {themes} themes, {items} items, sha256 {sha256}".format(
                        **_facts(found)
                    )
                )
        if found is None:
            raise SystemExit(1)


def _examined(file: str, parent: str | None) -> Examined:
    """Raises CommandError when the parent's file cannot be used."""
    if parent is None:
        return examine(file)
    try:
        return examine(file, read_instrument(parent))
    except InstrumentFault as fault:
        raise CommandError(str(fault)) from None


def _facts(instrument: Instrument | None) -> dict[str, Any]:
    if instrument is None:
        return dict.fromkeys(("code", "version", "themes", "items", "sha256"))
    return {
        "code": instrument.code,
        "version": instrument.version,
        "themes": len(instrument.themes),
        "items": sum(len(theme.items) for theme in instrument.themes),
        "sha256": scoring_sha256(instrument),
    }
