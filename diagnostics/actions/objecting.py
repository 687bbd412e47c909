"""Filing an objection, and answering it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.refusals import Refused
from activity import events, notices
from activity.reasons import given
from activity.translated import of_pages
from diagnostics.actions.responses import EvidenceRow
from diagnostics.actions.telling import tell_coordinators
from diagnostics.models import Item, Objection, Round
from diagnostics.models.rounds import Panel


@transaction.atomic
def file_objection(
    *,
    round: Round,
    item: str,
    organisation: Organisation,
    about: str,
    text: str,
    evidence: EvidenceRow,
    by: User | None,
) -> Objection:
    """File an objection while the round is being settled.

    Raises Refused when it is not or nothing is said, ValidationError on fields of wrong form,
    Item.DoesNotExist when the agreed sheet has no such item.
    """
    state = Round.objects.select_for_update().values_list("state", flat=True).get(pk=round.pk)
    if state != Round.State.SETTLING:
        raise Refused(_("Objections are filed while the differences of a round are settled."))
    text = given(text, missing=_("Say what is wrong, and why."))
    objected = Item.objects.get(
        code=item, version=round.instrument_version_id, theme__in=_themes(round)
    )
    made = Objection(
        round=round,
        item=objected,
        organisation=organisation,
        about=about,
        text=text,
        link=evidence.link,
        page=evidence.page,
        quote=evidence.quote,
        by=by,
    )
    made.full_clean(exclude=["by", "answered_by", "answered_at", "answer"])
    made.save()
    version = round.instrument_version
    title = version.translated(version.instrument.items()[item].title)
    events.record(
        "objection.filed",
        by=by,
        topic=round.topic,
        country=round.country,
        round=round.title,
        item=title,
        organisation=organisation.name,
        text=text,
    )
    url = reverse("diagnostics:settlement_item", args=[round.pk, item])
    tell_coordinators(
        "objection.filed", round=round, by=by, url=url, organisation=organisation, item=title
    )
    return made


@transaction.atomic
def answer_objection(
    *, objection: Objection, accepted: bool, reason: str, by: User | None
) -> Objection:
    """Accept or refuse an objection with a reason; once. Accepting changes no answer by itself.

    Raises Refused when it has been answered or no reason is given.
    """
    locked = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("round__country", "round__instrument_version", "item", "organisation", "by")
        .get(pk=objection.pk)
    )
    if locked.state != Objection.State.OPEN:
        raise Refused(_("The objection has been answered already."))
    locked.answer = given(reason)
    locked.state = Objection.State.ACCEPTED if accepted else Objection.State.REFUSED
    locked.answered_by, locked.answered_at = by, timezone.now()
    locked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    round = locked.round
    version = round.instrument_version
    facts = {
        "round": round.title,
        "item": version.translated(version.instrument.items()[locked.item.code].title),
        "answer": of_pages(Objection.State(locked.state).label),
        "reason": locked.answer,
    }
    events.record(
        "objection.answered",
        by=by,
        topic=round.topic,
        country=round.country,
        organisation=locked.organisation.name,
        round=facts["round"],
        item=facts["item"],
        answer=facts["answer"],
        reason=facts["reason"],
    )
    if locked.by is not None:
        url = reverse("diagnostics:settlement_item", args=[round.pk, locked.item.code])
        notices.tell("objection.answered", to=[locked.by], but=by, url=url, **facts)
    return locked


def _themes(round: Round) -> list[str]:
    return round.sheets.get(panel=Panel.AGREED).themes
