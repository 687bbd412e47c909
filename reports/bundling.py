"""The bundle of a report version: its snapshot's inputs, and those of the round before it."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from diagnostics.authoring.canonical import from_data
from diagnostics.instrument_queries import parent_of
from diagnostics.models import Settlement
from diagnostics.scoring.instrument import Answer, ItemAnswers, Sheet, Status
from diagnostics.scoring.panels import AGREED
from reports.bundles import contents
from reports.bundles.contents import About, Bundle, Manifest, Named, Previous, Round, written
from reports.models import ReportVersion

Snapshot = Mapping[str, Any]


def bundle(report: ReportVersion, language: str) -> bytes:
    """The report's bundle as a ZIP, its README in the language asked for."""
    made = gathered(report)
    with translation.override(language):
        readme = render_to_string("reports/bundle.txt", {"report": report, "bundle": made})
    return written(made, readme)


def gathered(report: ReportVersion) -> Bundle:
    """All that the report's numbers were computed from.

    The round before is there only if its own report is published: who may read this report may
    not always read that one.
    """
    snapshot = report.snapshot
    result, subject = snapshot["result"], snapshot["subject"]
    instrument = from_data(snapshot["instrument"]["content"])
    change = result["change"]
    before = change and _before(change)
    period = snapshot["round"]["period"]
    named, sheets = _sheets(snapshot)
    manifest = Manifest(
        format=contents.FORMAT,
        report=About(
            title=snapshot["round"]["title"],
            subject=(subject["cluster"] or subject["country"])["name"],
            period=period,
            version=report.number,
            sha256=report.sha256,
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
        left_out=_left_out(change) if change and before is None else "",
    )
    return Bundle(
        manifest=manifest,
        round=Round(instrument, sheets),
        parent=parent_of(instrument),
        observations=result["observations"],
        previous=before and _round(before),
        expected=result,
    )


def _before(change: Snapshot) -> Snapshot | None:
    """The snapshot of the report on what was compared, if it is published."""
    open_to_all = (ReportVersion.State.PUBLISHED, ReportVersion.State.SUPERSEDED)
    made = ReportVersion.objects.filter(
        round=change.get("round"),
        scoring__submission=change.get("submission"),
        state__in=open_to_all,
    )
    found = made.first()
    return found.snapshot if found else None


def _left_out(change: Snapshot) -> str:
    return _(
        "The change since “%(since)s” cannot be computed from this bundle: the answers of that "
        "round were not published when it was made."
    ) % {"since": change["since"]}


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
    decided = (Settlement.Kind.SETTLED, Settlement.Kind.WAIVED)
    decisions = (snapshot.get("settlement") or {"decisions": {}})["decisions"]
    return sorted(code for code, one in decisions.items() if one["kind"] in decided)


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
