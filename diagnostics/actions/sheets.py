"""Submitting a sheet, and opening it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, jobs
from activity.reasons import given
from diagnostics import lives
from diagnostics.actions.telling import tell_coordinators, tell_firm, tell_members
from diagnostics.models import Round, Sheet
from diagnostics.scoring.instrument import Status


@transaction.atomic
def submit_sheet(*, sheet: Sheet, by: User | None) -> None:
    """Lock the sheet and queue its provisional profile. Blank items are allowed and stay blank.

    Raises Refused when the round is not collecting, the sheet is submitted already, or an item is
    said not to apply without a reason.
    """
    locked = _locked(sheet)
    lives.take(locked, lives.SHEET["submit"])
    # Waits for saves under way; a save that comes later sees the sheet submitted and is refused.
    responses = list(locked.responses.order_by("pk").select_for_update())
    if any(r.status == Status.NOT_APPLICABLE and not r.reason for r in responses):
        raise Refused(_("Say why an item does not apply before you submit."))
    locked.submission += 1
    locked.submitted_at, locked.submitted_by = timezone.now(), by
    locked.save()
    _tell_submitted(locked, by)
    jobs.queue(
        "score",
        by=by,
        key=f"score {locked.pk} {locked.submission}",
        topic=locked.round.topic,
        sheet=locked.pk,
        submission=locked.submission,
    )


@transaction.atomic
def reopen_sheet(*, sheet: Sheet, reason: str, by: User | None) -> None:
    """Give a submitted sheet back to its authors, with the reason; a firm takes its own back.

    Raises Refused when it is not submitted or no reason is given, ValidationError on a reason that
    the database cannot hold.
    """
    locked = _locked(sheet)
    lives.take(locked, lives.SHEET["reopen"])
    if locked.round.firm is not None:
        locked.save(update_fields=["state"])
        tell_firm("firm.opened_again", firm=locked.round.firm, by=by)
        return
    reason = given(
        reason, missing=_("Say why the sheet is opened again; its authors will read it.")
    )
    locked.save(update_fields=["state"])
    events.record(
        "sheet.reopened",
        by=by,
        topic=locked.round.topic,
        country=locked.round.country,
        round=locked.round.title,
        sheet=str(locked),
        reason=reason,
    )
    tell_members("sheet.reopened", sheet=locked, by=by, reason=reason)


def _tell_submitted(sheet: Sheet, by: User | None) -> None:
    round = sheet.round
    if round.firm is not None:
        tell_firm("firm.handed_in", firm=round.firm, by=by)
        return
    events.record(
        "sheet.submitted",
        by=by,
        topic=round.topic,
        country=round.country,
        round=round.title,
        sheet=str(sheet),
    )
    tell_coordinators(
        "sheet.submitted", round=round, by=by, url=sheet.get_absolute_url(), sheet=sheet
    )


def _locked(sheet: Sheet) -> Sheet:
    """The sheet, locked after its round: the same order as closing, so that none deadlocks."""
    round = Round.objects.select_for_update().get(pk=sheet.round_id)
    locked = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round__country", "round__firm__organisation", "organisation")
        .get(pk=sheet.pk)
    )
    if round.state != Round.State.COLLECTING:
        raise Refused(
            _("The round is %(state)s; its sheets cannot change now.")
            % {"state": round.get_state_display()}
        )
    return locked
