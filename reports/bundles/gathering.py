"""From a report's snapshot to the inputs of its numbers: to write a bundle and to check one."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from diagnostics.authoring.canonical import from_data
from diagnostics.scoring.instrument import Answer, Instrument, ItemAnswers, Sheet, Status
from diagnostics.scoring.panels import AGREED
from reports.bundles import contents
from reports.bundles.contents import About, Bundle, Manifest, Named, Previous, Round

Snapshot = Mapping[str, Any]
DECIDED = ("settled", "waived")


def snapshot_text(snapshot: Snapshot) -> str:
    """The snapshot's canonical JSON, which its hash covers: sorted keys, no spaces."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(text: str) -> str:
    """The hash that a report carries on every page, of its snapshot's text (UTF-8)."""
    return hashlib.sha256(text.encode()).hexdigest()


def gathered(
    text: str,
    *,
    version: int,
    parent: Instrument | None = None,
    before: Snapshot | None = None,
    left_out: str = "",
) -> Bundle:
    """The bundle of the report whose snapshot is in `text`.

    Its number, the instrument that a national edition comes from, the snapshot of the round before
    and why that is left out stand in no snapshot. Raises AttributeError, LookupError, TypeError
    or ValueError where the text is no snapshot.
    """
    snapshot = json.loads(text)
    result, subject = snapshot["result"], snapshot["subject"]
    instrument = from_data(snapshot["instrument"]["content"])
    change = result["change"]
    period = snapshot["round"]["period"]
    named, sheets = _sheets(snapshot)
    manifest = Manifest(
        format=contents.FORMAT,
        report=About(
            title=snapshot["round"]["title"],
            subject=(subject["cluster"] or subject["country"])["name"],
            period=period,
            version=version,
            sha256=sha256_of(text),
            provenance=snapshot["round"]["provenance"],
            label=snapshot["round"]["label"],
        ),
        method_version=snapshot["method_version"],
        code_version=snapshot["code_version"],
        draws=result["draws"],
        seed=result["seed"],
        end_year=int(period[1][:4]) if instrument.subject == "country" else None,
        settled=_settled(snapshot),
        sheets=named,
        previous=change and _previous(change, before),
        left_out=left_out,
    )
    return Bundle(
        manifest=manifest,
        round=Round(instrument, sheets),
        parent=parent,
        observations=result["observations"],
        previous=_round(before) if before else None,
        expected=result,
        snapshot=text,
    )


def _previous(change: Snapshot, before: Snapshot | None) -> Previous:
    return Previous(
        title=change["since"],
        period=change["period"],
        round=change.get("round", 0),
        submission=change.get("submission", 0),
        sheets=_sheets(before)[0] if before else [],
    )


def _round(snapshot: Snapshot) -> Round:
    return Round(from_data(snapshot["instrument"]["content"]), _sheets(snapshot)[1])


def _settled(snapshot: Snapshot) -> list[str]:
    decisions = (snapshot.get("settlement") or {"decisions": {}})["decisions"]
    return sorted(code for code, one in decisions.items() if one["kind"] in DECIDED)


def _sheets(snapshot: Snapshot) -> tuple[list[Named], list[Sheet]]:
    """The sheets as they were scored, raters numbered in their order, the agreed one last."""
    rows = [(f"sheet-{at}", one) for at, one in enumerate(snapshot["sheets"], start=1)]
    rows.append((AGREED, snapshot["agreed"]))
    named = [
        Named(name=name, organisation=one["organisation"], panel=one["panel"], themes=one["themes"])
        for name, one in rows
    ]
    return named, [_sheet(name, one) for name, one in rows]


def _sheet(name: str, data: Snapshot) -> Sheet:
    responses = {
        code: ItemAnswers(tuple(map(Answer, given["answers"])), Status(given["status"]))
        for code, given in data["responses"].items()
    }
    return Sheet(name, data["panel"], responses, tuple(data["themes"]))
