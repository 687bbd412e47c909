"""check_instrument FILE: says whether an instrument or its translation can be used, and why not."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diagnostics.authoring.canonical import scoring_sha256
from diagnostics.authoring.reading import Examined, InstrumentFault, examine, read_instrument
from diagnostics.authoring.translating import examine_translation, of_whom, words
from diagnostics.scoring.instrument import Instrument


class Command(BaseCommand):
    help = (
        "Checks an instrument file, or the translation of one (under translations/ beside it). "
        "Exit code 1 when it has errors; warnings leave it at 0."
    )
    # The check needs no database, so a machine without one can run it.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the instrument, a YAML file")
        parser.add_argument(
            "--parent", help="the instrument of which it is an edition, a YAML file"
        )
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code, version = of_whom(Path(options["file"]))
        if code:
            self._translation(Path(options["file"]), f"{code}-{version}.yaml", options["json"])
            return
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

    def _translation(self, file: Path, instrument: str, as_json: bool) -> None:
        """A translation, held against the instrument in the folder above it."""
        try:
            against = read_instrument(file.resolve().parent.parent / instrument)
        except InstrumentFault as fault:
            raise CommandError(str(fault)) from None
        found, faults = examine_translation(file, against)
        facts = {
            "language": found and found.language,
            "texts": found and len(words(found.content, against)),
            "reviewed_by": found and found.reviewed_by,
            "sha256": found and found.sha256,
        }
        if as_json:
            told = {"ok": found is not None, **facts, "faults": [asdict(one) for one in faults]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for fault in faults:
                self.stderr.write(f"{file}: {fault}")
            if found:
                self.stdout.write(
                    f"{against.code} {against.version} in {found.language}: "
                    f"{facts['texts']} texts, reviewed by "
                    f"{found.reviewed_by or 'nobody yet'}, sha256 {found.sha256}"
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
