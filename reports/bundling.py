"""The bundle of a report version: its snapshot, the inputs in it, those of the round before."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from diagnostics.authoring.canonical import from_data
from diagnostics.instrument_queries import parent_of
from reports.bundles import gathering
from reports.bundles.contents import Bundle, written
from reports.models import ReportVersion


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
    change = report.snapshot["result"]["change"]
    before = change and _before(change)
    return gathering.gathered(
        gathering.snapshot_text(report.snapshot),
        version=report.number,
        parent=parent_of(from_data(report.snapshot["instrument"]["content"])),
        before=before,
        left_out=_left_out(change) if change and before is None else "",
    )


def _before(change: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The snapshot of the report on what was compared, if it is published."""
    open_to_all = (ReportVersion.State.PUBLISHED, ReportVersion.State.SUPERSEDED)
    made = ReportVersion.objects.filter(
        round=change.get("round"),
        scoring__submission=change.get("submission"),
        state__in=open_to_all,
    )
    found = made.first()
    return found.snapshot if found else None


def _left_out(change: Mapping[str, Any]) -> str:
    return _(
        "The change since “%(since)s” cannot be computed from this bundle: the answers of that "
        "round were not published when it was made."
    ) % {"since": change["since"]}
