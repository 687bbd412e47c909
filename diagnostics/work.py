"""The long work of this floor, as job kinds: scoring a sheet."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from activity import kinds
from activity.jobs import JobRefused
from countries.content.sentences import parts_of
from diagnostics.firms.drawing import draw
from diagnostics.instrument_queries import parent_of
from diagnostics.models import Round, Scoring, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import last_round, plain_sheets
from diagnostics.scoring.change import Earlier, Scored, since
from diagnostics.scoring.panels import AGREED
from diagnostics.scoring.rounds import DRAWS, METHOD_VERSION, SEED, score_round
from diagnostics.settlement import newest
from diagnostics.signals import round_scored
from diagnostics.witnesses import heard


def register() -> None:
    kinds.register("score", kinds.Kind(_("Scoring the answers"), compute_score, store_score))


def compute_score(report: Callable[[int, str], None], *, sheet: int, submission: int) -> dict:
    """Score one sheet: a rater's by itself, provisionally; the agreed one beside the raters'.

    The agreed one is re-scored to say how sure its stages are, heard beside the indicators of its
    country, and compared with the last round.
    A contested item counts as settled once it was settled or waived.
    """
    scored = Sheet.objects.select_related("round__instrument_version").filter(pk=sheet).first()
    if scored is None:
        raise JobRefused(_("The firm has left and its profile is deleted."))
    if scored.submission != submission or scored.state != Sheet.State.SUBMITTED:
        raise JobRefused(_("The sheet was opened again; the next submission will be scored."))
    report(10, str(_("Reading the answers")))
    instrument = scored.round.instrument_version.instrument
    if scored.panel != Panel.AGREED:
        alone = [replace(one, name=AGREED, panel=AGREED) for one in plain_sheets([scored])]
        return _kept(score_round(instrument, alone, draws=0))
    sheets = plain_sheets(scored.round.sheets.filter(state=Sheet.State.SUBMITTED))
    report(30, str(_("Scoring and re-scoring")))
    witness = heard(scored.round)
    result = score_round(
        instrument,
        sheets,
        observations=witness.observations,
        end_year=witness.end_year,
        settled=[one.response.item.code for one in newest(scored) if one.decides],
        parent=parent_of(instrument),
    )
    report(80, str(_("Comparing with the last round")))
    earlier = _earlier(scored.round)
    newer = Scored(instrument, sheets)
    change = since(earlier, newer, draws=DRAWS, seed=SEED) if earlier else None
    return _kept(result | {"observations": witness.as_data(), "change": change})


def _kept(result: dict[str, Any]) -> dict[str, Any]:
    """The result with what its sentences are made of, so that pages can say them otherwise."""
    return result | {"sentences": parts_of(result)}


def _earlier(round: Round) -> Earlier | None:
    """The last round with its sheets (method.md section 8); None if this is the first."""
    last = last_round(round)
    if last is None:
        return None
    sheets = plain_sheets(last.sheets.filter(state=Sheet.State.SUBMITTED))
    return Earlier(
        title=last.title,
        period=(last.period_start.isoformat(), last.period_end.isoformat()),
        round=last.pk,
        submission=last.sheets.get(panel=Panel.AGREED).submission,
        scored=Scored(last.instrument_version.instrument, sheets),
    )


def store_score(outcome: dict[str, Any], *, sheet: int, submission: int) -> dict[str, Any]:
    """Keep the result; for the agreed sheet, tell the floors above that the round is scored.

    After a firm's profile what is told of all firms together may be drawn anew.
    """
    scoring, _made = Scoring.objects.update_or_create(
        sheet_id=sheet,
        submission=submission,
        defaults={"result": outcome, "method_version": METHOD_VERSION},
    )
    if scoring.sheet.panel == Panel.AGREED:
        round_scored.send(sender=Scoring, scoring=scoring)
    if scoring.sheet.round.firm is not None:
        draw(scoring.sheet.round.firm.cluster, scoring.sheet.round.instrument_version)
    return {"scoring": scoring.pk}
