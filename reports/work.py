"""The long work of this floor, as job kinds: making a report, and its files."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import jobs, kinds
from activity.jobs import JobRefused
from activity.signals import cleaning_up
from clusters.signals import study_grown
from clusters.studies import about, drawings
from diagnostics.models import Round, Scoring, Sheet
from diagnostics.signals import round_reopened, round_scored
from reports import actions, country_record, renditions, snapshots, study_drawings, study_renditions
from reports.models import ShareOpening


def register() -> None:
    kind = kinds.Kind(_("Making the report"), compute_report, store_report, made)
    kinds.register("report", kind)
    rendition = kinds.Kind(_("Making the file"), renditions.compute, renditions.store, made)
    kinds.register("rendition", rendition)
    study = kinds.Kind(
        _("Making the file"), study_renditions.compute, study_renditions.store,
        study_renditions.made,
    )  # fmt: skip
    kinds.register(study_renditions.KIND, study)
    drawings.register(study_drawings.published)
    about.register(study_drawings.phase)
    study_grown.connect(study_renditions.ask_for_all, dispatch_uid="reports.study_grown")
    record = kinds.Kind(
        _("Making the country's record"), country_record.compute, country_record.store, record_made
    )
    kinds.register(country_record.KIND, record)
    round_scored.connect(queue_report, dispatch_uid="reports.queue_report")
    cleaning_up.connect(forget_openings, dispatch_uid="reports.forget_openings")
    cleaning_up.connect(country_record.forget, dispatch_uid="reports.forget_records")
    round_reopened.connect(void_approvals, dispatch_uid="reports.void_approvals")


def made(result: dict[str, Any]) -> str:
    return reverse("reports:report", args=[result["report"]])


def record_made(result: dict[str, Any]) -> str:
    return reverse("reports:country_record", args=[result["country"]])


def queue_report(*, scoring: Scoring, **kwargs: Any) -> None:
    """Of a practice round no report is made: so none is published, compared or counted."""
    if scoring.sheet.round.provenance == Round.Provenance.PRACTICE:
        return
    by = scoring.sheet.submitted_by
    topic = scoring.sheet.round.topic
    jobs.queue("report", by=by, key=f"report {scoring.pk}", topic=topic, scoring=scoring.pk)


def void_approvals(*, round: Round, by: User | None, **kwargs: Any) -> None:
    actions.void_approvals(round=round, by=by)


def forget_openings(*, removed: dict[str, int], **kwargs: Any) -> None:
    """Who opened a share link when, once it is older than is kept."""
    before = timezone.now() - timedelta(days=settings.KEEP_OPENINGS_DAYS)
    removed["openings"] = ShareOpening.objects.filter(at__lt=before).delete()[0]


def compute_report(report: Callable[[int, str], None], *, scoring: int) -> dict[str, Any]:
    report(10, str(_("Copying what the report shows")))
    scored = Scoring.objects.select_related("sheet").get(pk=scoring)
    sheet = scored.sheet
    if sheet.submission != scored.submission or sheet.state != Sheet.State.SUBMITTED:
        raise JobRefused(_("The round was reopened; the next closing makes its report."))
    return snapshots.build(scored)


def store_report(outcome: dict[str, Any], *, scoring: int) -> dict[str, Any]:
    made = actions.add_version(
        scoring=Scoring.objects.select_related("sheet").get(pk=scoring), snapshot=outcome, by=None
    )
    return {"report": made.pk}
