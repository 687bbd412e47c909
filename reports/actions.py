"""Report versions come into being here."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from activity import events
from diagnostics.models import Round, Scoring
from reports import snapshots
from reports.models import ReportVersion


@transaction.atomic
def add_version(*, scoring: Scoring, snapshot: dict[str, Any], by: User | None) -> ReportVersion:
    """Keep a snapshot as the round's next version; a scoring gets no second one."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=scoring.sheet.round_id)
    existing = ReportVersion.objects.filter(scoring=scoring).first()
    if existing is not None:
        return existing
    last = round.reports.aggregate(last=Max("number"))["last"] or 0
    report = ReportVersion.objects.create(
        round=round,
        number=last + 1,
        scoring=scoring,
        snapshot=snapshot,
        sha256=snapshots.sha256(snapshot),
    )
    events.record(
        "report.made",
        by=by,
        topic=round.topic,
        country=round.country,
        round=round.title,
        number=report.number,
    )
    return report


@transaction.atomic
def void_approvals(*, round: Round, by: User | None) -> int:
    """Put versions in review or approved back to draft: their round is being settled again."""
    waiting = round.reports.filter(
        state__in=[ReportVersion.State.IN_REVIEW, ReportVersion.State.APPROVED]
    )
    void = waiting.update(state=ReportVersion.State.DRAFT)
    if void:
        events.record(
            "report.approvals_void",
            by=by,
            topic=round.topic,
            country=round.country,
            round=round.title,
        )
    return void
