"""The long work of this floor, as job kinds: scoring a sheet."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from activity import kinds
from activity.jobs import JobRefused
from diagnostics.models import Scoring, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import plain_sheets
from diagnostics.scoring.panels import AGREED
from diagnostics.scoring.rounds import METHOD_VERSION, score_round
from diagnostics.signals import round_scored


def register() -> None:
    kinds.register("score", kinds.Kind(_("Scoring the answers"), compute_score, store_score))


def compute_score(report: Callable[[int, str], None], *, sheet: int, submission: int) -> dict:
    """Score one sheet: a rater's by itself, provisionally; the agreed one beside the raters'."""
    scored = Sheet.objects.select_related("round__instrument_version").get(pk=sheet)
    if scored.submission != submission:
        raise JobRefused(_("The sheet was submitted again; that submission is scored."))
    report(10, str(_("Reading the answers")))
    if scored.panel == Panel.AGREED:
        sheets = plain_sheets(scored.round.sheets.filter(state=Sheet.State.SUBMITTED))
    else:
        sheets = [replace(one, name=AGREED, panel=AGREED) for one in plain_sheets([scored])]
    report(40, str(_("Scoring")))
    return score_round(scored.round.instrument_version.instrument, sheets)


def store_score(outcome: dict[str, Any], *, sheet: int, submission: int) -> dict[str, Any]:
    """Keep the result; for the agreed sheet, tell the floors above that the round is scored."""
    scoring, _made = Scoring.objects.update_or_create(
        sheet_id=sheet,
        submission=submission,
        defaults={"result": outcome, "method_version": METHOD_VERSION},
    )
    if scoring.sheet.panel == Panel.AGREED:
        round_scored.send(sender=Scoring, scoring=scoring)
    return {"scoring": scoring.pk}
