"""The long work of this floor, as job kinds: making a report."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity import jobs, kinds
from diagnostics.models import Scoring
from diagnostics.signals import round_scored
from reports import actions, snapshots


def register() -> None:
    kind = kinds.Kind(_("Making the report"), compute_report, store_report, made)
    kinds.register("report", kind)
    round_scored.connect(queue_report, dispatch_uid="reports.queue_report")


def made(result: dict[str, Any]) -> str:
    return reverse("reports:report", args=[result["report"]])


def queue_report(*, scoring: Scoring, **kwargs: Any) -> None:
    by = scoring.sheet.submitted_by
    topic = scoring.sheet.round.topic
    jobs.queue("report", by=by, key=f"report {scoring.pk}", topic=topic, scoring=scoring.pk)


def compute_report(report: Callable[[int, str], None], *, scoring: int) -> dict[str, Any]:
    report(10, str(_("Copying what the report shows")))
    return snapshots.build(Scoring.objects.select_related("sheet").get(pk=scoring))


def store_report(outcome: dict[str, Any], *, scoring: int) -> dict[str, Any]:
    made = actions.add_version(
        scoring=Scoring.objects.select_related("sheet").get(pk=scoring), snapshot=outcome, by=None
    )
    return {"report": made.pk}
