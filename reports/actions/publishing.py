"""The steps of a report version's life (reports.lives)."""

import logging
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from activity.reasons import given
from diagnostics.models import Round
from reports import lives, queries, renditions
from reports.actions.telling import keep, locked
from reports.models import Approval, ReportVersion

log = logging.getLogger(__name__)
State = ReportVersion.State


@transaction.atomic
def ask_for_review(*, report: ReportVersion, by: User | None) -> None:
    """Have reviewers comment. Raises Refused where the round is open or a newer version is made."""
    own = _begin(report, "ask_review")
    if own.round.state not in (Round.State.CLOSED, Round.State.ARCHIVED):
        raise Refused(_("The round is settled again; its next closing makes a new version."))
    if own.round.reports.filter(number__gt=own.number).exists():
        raise Refused(_("A newer version is made; send that one to review."))
    own.state = State.IN_REVIEW
    own.save(update_fields=["state"])
    keep("report.in_review", report=own, by=by, to=queries.readers_of(own), url=_review(own))


@transaction.atomic
def approve(*, report: ReportVersion, by: User) -> None:
    """One person's approval; with that of a second person the version is approved.

    Raises Refused while a comment is not answered, and to who has approved already.
    """
    own = _begin(report, "approve")
    unanswered = queries.open_remarks(own.round_id).count()
    if unanswered:
        raise Refused(
            _("Comments that are not answered yet: %(n)s. Answer them first.") % {"n": unanswered}
        )
    standing = own.approvals.filter(void_at=None)
    if standing.filter(by=by).exists():
        raise Refused(_("You have approved this version; now somebody else has to."))
    organisation = queries.organisations_approving(by, own).first()
    if organisation is None:
        raise Refused(_("Only approvers and coordinators of the country approve its reports."))
    Approval.objects.create(report=own, by=by, organisation=organisation, named=by.may_be_named)
    told: dict[str, Any] = {"report": own, "by": by, "url": _review(own)}
    told["to"] = queries.approvers_of(own.round.country)
    if standing.count() < lives.APPROVALS:
        keep("report.approval", organisation=organisation.name, **told)
    else:
        own.state = State.APPROVED
        own.save(update_fields=["state"])
        keep("report.approved", organisation=organisation.name, **told)


@transaction.atomic
def take_back(*, report: ReportVersion, reason: str, by: User | None) -> None:
    """Put a version in review or approved back to draft. Raises Refused with no reason."""
    own = _begin(report, "take_back")
    reason = given(reason)
    _back_to_draft(own)
    people = queries.readers_of(own)
    keep("report.taken_back", report=own, by=by, to=people, url=_review(own), reason=reason)


@transaction.atomic
def void_approvals(*, round: Round, by: User | None) -> int:
    """Put versions in review or approved back to draft: their round is being settled again."""
    waiting = list(round.reports.filter(state__in=lives.REPORT["void"].start).defer("snapshot"))
    for report in waiting:
        _back_to_draft(report)
    if waiting:
        events.record(
            "report.approvals_void",
            by=by,
            topic=round.topic,
            country=round.country,
            round=round.title,
        )
    return len(waiting)


@transaction.atomic
def publish(*, report: ReportVersion, on: date | None, by: User | None) -> None:
    """Publish an approved version, at once or when the day begins in the country."""
    own = _begin(report, "publish")
    if on is None or on <= own.round.country.today():
        _publish(own, by)
        return
    own.publish_on, own.publish_by = on, by
    own.save(update_fields=["publish_on", "publish_by"])
    people = queries.readers_of(own)
    keep("report.scheduled", report=own, by=by, to=people, url=_review(own), date=on.isoformat())


def publish_due() -> int:
    """Publish every approved version whose day has begun in its country; returns how many."""
    waiting = ReportVersion.objects.filter(state=State.APPROVED).exclude(publish_on=None)
    done = 0
    for report in waiting.defer("snapshot").select_related("round__country"):
        with transaction.atomic():
            own = locked(report)
            due = (
                own.state == State.APPROVED
                and own.publish_on
                and own.publish_on <= own.round.country.today()
            )
            if due:
                _publish(own, own.publish_by)
                done += 1
    if done:
        log.info("Published on their day: %s.", done)
    return done


@transaction.atomic
def withdraw(*, report: ReportVersion, reason: str, by: User | None) -> None:
    """Put a notice with the reason in the place of a published version. Raises Refused without."""
    own = _begin(report, "withdraw")
    own.withdrawn_because, own.withdrawn_at = given(reason), timezone.now()
    own.state = State.WITHDRAWN
    own.save(update_fields=["state", "withdrawn_because", "withdrawn_at"])
    people = queries.readers_of(own)
    keep("report.withdrawn", report=own, by=by, to=people, reason=own.withdrawn_because)


def _begin(report: ReportVersion, step: str) -> ReportVersion:
    own = locked(report)
    lives.check(own, lives.REPORT[step])
    return own


def _publish(own: ReportVersion, by: User | None) -> None:
    former = own.round.reports.filter(state=State.PUBLISHED).defer("snapshot")
    for older in former.select_related("round__country"):
        older.state = State.SUPERSEDED
        older.save(update_fields=["state"])
        keep("report.superseded", report=older, by=by, newer=own.number)
    own.state, own.published_at = State.PUBLISHED, timezone.now()
    own.save(update_fields=["state", "published_at"])
    keep("report.published", report=own, by=by, to=queries.readers_of(own))
    for language, _its_name in settings.LANGUAGES:  # so that no reader waits for the first file
        for wanted in renditions.offered(own, language):
            renditions.ask_for(wanted=wanted, by=by)


def _back_to_draft(report: ReportVersion) -> None:
    report.state, report.publish_on, report.publish_by = State.DRAFT, None, None
    report.save(update_fields=["state", "publish_on", "publish_by"])
    report.approvals.filter(void_at=None).update(void_at=timezone.now())


def _review(report: ReportVersion) -> str:
    return reverse("reports:review", args=[report.pk])
