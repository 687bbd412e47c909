"""What happens to a measure of a plan: progress, funding, a donor's interest."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.models import Organisation, User
from accounts.refusals import Refused
from activity.reasons import given
from activity.translated import of_pages
from diagnostics.actions.planning import keep, locked_plan
from diagnostics.actions.telling import tell_coordinators
from diagnostics.models import Funding, Interest, Measure, Plan, ProgressNote
from diagnostics.models.plans import Status

OPEN = (Plan.State.DRAFT, Plan.State.AGREED)


@transaction.atomic
def report_progress(
    *, measure: Measure, status: str, text: str, value: str = "", by: User | None
) -> ProgressNote:
    """Add a note of an agreed plan's measure; notes are never altered.

    Raises Refused while the plan is not agreed or nothing is said, ValidationError on an unknown
    status.
    """
    plan = locked_plan(measure.plan, Plan.State.AGREED)
    measure = held(measure)
    text = given(text, missing=_("Say what was done, or what is in the way."))
    note = ProgressNote(measure=measure, status=status, text=text, value=value, by=by)
    note.full_clean(exclude=["by"])
    note.save()
    facts = {"measure": measure.title, "status": of_pages(Status(note.status).label), "text": text}
    keep("measure.progress", plan, by, **facts)
    url = measure.get_absolute_url()
    tell_coordinators("measure.progress", round=plan.round, by=by, url=url, **facts)
    return note


def is_open_gap(measure: Measure) -> bool:
    """Whether part of the cost is not covered and the measure is neither done nor dropped."""
    last = next(iter(measure.notes.all()), None)
    if measure.cost is None or (last and last.status in (Status.DONE, Status.DROPPED)):
        return False
    return measure.cost > sum(line.amount for line in measure.funding.all())


@transaction.atomic
def add_funding(
    *, measure: Measure, source: str, funder: str, amount: Decimal, by: User | None
) -> Funding:
    """Add who pays how much; raises Refused without a cost, or beyond what is still open of it."""
    plan = locked_plan(measure.plan, *OPEN)
    stored = held(measure)
    if stored.cost is None:
        raise Refused(_("Estimate the cost of the measure before its funding."))
    line = Funding(measure=stored, source=source, funder=funder, amount=amount)
    line.full_clean()
    still = stored.cost - sum(other.amount for other in stored.funding.all())
    if amount > still:
        raise Refused(
            _("Of the cost %(still)s %(currency)s are open; %(amount)s is more.")
            % {"still": still, "currency": stored.currency, "amount": amount}
        )
    line.save()
    keep(
        "measure.funded", plan, by, measure=stored.title, funder=funder,
        amount=f"{amount} {stored.currency}",
    )  # fmt: skip
    return line


@transaction.atomic
def remove_funding(*, funding: Funding, by: User | None) -> None:
    """Take a line of funding out; the history keeps that it was there."""
    plan = locked_plan(funding.measure.plan, *OPEN)
    funding = held(funding)
    keep("measure.unfunded", plan, by, measure=funding.measure.title, funder=funding.funder)
    funding.delete()


@transaction.atomic
def mark_interest(
    *, measure: Measure, organisation: Organisation, text: str, by: User | None
) -> Interest:
    """Record that a donor would look at funding an open measure, and tell the coordinators.

    Raises Refused when nothing of it is open, or when the organisation has said so already.
    """
    plan = locked_plan(measure.plan, *OPEN)
    if not is_open_gap(held(measure)):
        raise Refused(
            _("Nothing is open to fund: the measure is done, dropped, covered or not estimated.")
        )
    if measure.interests.filter(organisation=organisation, withdrawn_at=None).exists():
        raise Refused(_("%(name)s has marked its interest already.") % {"name": organisation.name})
    interest = Interest(measure=measure, organisation=organisation, text=text.strip(), by=by)
    interest.full_clean(exclude=["by", "withdrawn_at"])
    interest.save()
    facts = {"measure": measure.title, "organisation": organisation.name, "text": interest.text}
    keep("measure.interest", plan, by, **facts)
    url = measure.get_absolute_url()
    tell_coordinators("measure.interest", round=plan.round, by=by, url=url, **facts)
    return interest


@transaction.atomic
def withdraw_interest(*, interest: Interest, by: User | None) -> None:
    """Take an interest back; raises Refused when that has been done."""
    locked = held(interest)
    if locked.withdrawn_at is not None:
        raise Refused(_("This interest has been withdrawn already."))
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    measure = locked.measure
    keep(
        "measure.interest_withdrawn", measure.plan, by, measure=measure.title,
        organisation=locked.organisation.name,
    )  # fmt: skip
