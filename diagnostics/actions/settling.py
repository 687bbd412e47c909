"""Settling the agreed sheet item by item: the only way in which it is changed."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.refusals import Refused
from activity import events
from activity.reasons import given
from diagnostics import settlement
from diagnostics.actions.responses import Conflict, Content, clean, keep_evidence
from diagnostics.models import Dissent, Response, Round, Settlement, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import plain_sheets, raters
from diagnostics.scoring import instrument as plain
from diagnostics.scoring.panels import built_agreed


class StillOpen(Refused):
    """Items that keep a round from closing; `items` are they."""

    def __init__(self, items: list[settlement.ToSettle]) -> None:
        self.items = items
        titles = ", ".join(one.item.title for one in items)
        super().__init__(
            _("Decide these items, and answer the objections to them, first: %(items)s.")
            % {"items": titles}
        )


@transaction.atomic
def settle_item(
    *, round: Round, item: str, content: Content, reason: str, revision: int, by: User | None
) -> Settlement:
    """Set what is agreed on an item, with the reason and the evidence.

    Raises Conflict when somebody decided since `revision`, Refused when the round is not being
    settled or no reason is given, ValidationError on content of wrong form, Response.DoesNotExist
    when the agreed sheet has no such item.
    """
    response = _for_decision(round, item, revision)
    reason = given(reason)
    made = [Response.Made.SETTLED.value if answer else "" for answer in content.answers]
    said = reason if content.status == plain.Status.NOT_APPLICABLE else ""
    content = replace(content, made=made, reason=said, comment="")
    after = clean(content, response, by, ways={Response.Made.SETTLED})
    _record("item.settled", response, by, reason=reason)
    return _decide(response, Settlement.Kind.SETTLED, after, reason, by)


@transaction.atomic
def waive_item(
    *, round: Round, item: str, reason: str, revision: int, by: User | None
) -> Settlement:
    """Let the majority's answers stand, with the reason. Raises as settle_item."""
    response = _for_decision(round, item, revision)
    reason = given(reason)
    _record("item.waived", response, by, reason=reason)
    return _decide(response, Settlement.Kind.WAIVED, _built(round, item), reason, by)


@transaction.atomic
def take_back_item(
    *, round: Round, item: str, reason: str, revision: int, by: User | None
) -> Settlement:
    """Undo a decision: the item stands again as the majority makes it. Raises as settle_item.

    Raises Refused also where nothing has been decided.
    """
    response = _for_decision(round, item, revision)
    reason = given(reason)
    last = response.settlements.first()
    if last is None or not last.decides:
        raise Refused(_("Nothing has been decided about this item, so nothing is taken back."))
    _record("item.taken_back", response, by, reason=reason)
    return _decide(response, Settlement.Kind.TAKEN_BACK, _built(round, item), reason, by)


def open_item(
    *, agreed: Sheet, item: str, revision: int, reason: str, by: User | None
) -> Settlement:
    """Mark an item as to be decided again; its answers stay until then (rounds.reopen_item)."""
    response = _locked(agreed, item)
    if response.revision != revision:
        raise Conflict(response)
    reason = given(reason)
    _record("item.reopened", response, by, reason=reason)
    return _decide(response, Settlement.Kind.REOPENED, Content.of(response), reason, by)


@transaction.atomic
def dissent(
    *,
    round: Round,
    item: str,
    organisation: Organisation,
    text: str,
    named: bool,
    by: User | None,
) -> Dissent:
    """Keep that an organisation does not share what is agreed; a second one replaces the first.

    `named` is the consent of `by` to be named in the members' edition. Raises Refused when the
    round is not being settled, the organisation has no submitted sheet in it, or nothing is said.
    """
    _refuse_unless_settling(round)
    text = given(text, missing=_("Say what the organisation holds, and why."))
    response = _locked(round.sheets.get(panel=Panel.AGREED), item)
    submitted = raters(round).filter(state=Sheet.State.SUBMITTED, organisation=organisation)
    if not submitted.exists():
        raise Refused(
            _("%(organisation)s has submitted no sheet in this round.")
            % {"organisation": organisation}
        )
    _withdraw(response, organisation)
    made = Dissent.objects.create(
        response=response, organisation=organisation, text=text, named=named, by=by
    )
    _record("item.dissent", response, by, organisation=organisation.name, text=text)
    return made


@transaction.atomic
def withdraw_dissent(
    *, round: Round, item: str, organisation: Organisation, by: User | None
) -> None:
    """Note that it shares what is agreed now. Raises Refused where there is no dissent."""
    _refuse_unless_settling(round)
    response = _locked(round.sheets.get(panel=Panel.AGREED), item)
    if not _withdraw(response, organisation):
        raise Refused(_("There is no dissent of this organisation to withdraw."))
    _record("item.dissent_withdrawn", response, by, organisation=organisation.name)


def write_built(agreed: Sheet, built: plain.Sheet) -> None:
    """Write the majority's answers into the agreed sheet, but for the items that are settled."""
    responses = list(agreed.responses.select_for_update(of=("self",)).select_related("item"))
    settled = {
        one.response_id
        for one in settlement.newest(agreed)
        if one.kind in (Settlement.Kind.SETTLED, Settlement.Kind.REOPENED)
    }
    changed = []
    for response in responses:
        content = _as_content(built.responses[response.item.code])
        if response.pk in settled or content == Content.of(response):
            continue
        response.answers, response.made = content.answers, content.made
        response.status, response.reason = content.status, content.reason
        # A page opened before is stale once there has been a decision to be stale about.
        response.revision += bool(response.revision)
        changed.append(response)
    Response.objects.bulk_update(changed, ["answers", "made", "status", "reason", "revision"])


def refuse_open(round: Round, agreed: Sheet) -> None:
    """Raise StillOpen when items are neither settled nor waived, or objections not answered."""
    blocking = settlement.board(round, agreed).blocking
    if blocking:
        raise StillOpen(blocking)


def _built(round: Round, item: str) -> Content:
    """What the majority of the submitted sheets makes of the item."""
    sheets = plain_sheets(raters(round).filter(state=Sheet.State.SUBMITTED))
    built = built_agreed(round.instrument_version.instrument, sheets)
    return _as_content(built.responses[item])


def _as_content(built: plain.ItemAnswers) -> Content:
    answers = [str(answer) for answer in built.answers]
    away = built.status == plain.Status.NOT_APPLICABLE
    return Content(
        answers=answers,
        made=[Response.Made.SETTLED.value if answer else "" for answer in answers],
        status=str(built.status),
        reason=_("More than half of the sheets that answered say so.") if away else "",
    )


def _for_decision(round: Round, item: str, revision: int) -> Response:
    """The agreed response, locked before the round's state is read: closing locks them too."""
    agreed = round.sheets.filter(panel=Panel.AGREED).first()
    if agreed is None:
        _refuse_unless_settling(round)
        raise Response.DoesNotExist
    response = _locked(agreed, item)
    _refuse_unless_settling(round)
    if response.revision != revision:
        raise Conflict(response)
    return response


def _locked(agreed: Sheet, item: str) -> Response:
    return (
        Response.objects.select_for_update(of=("self",))
        .select_related("item", "sheet__round__country", "sheet__round__instrument_version")
        .get(sheet=agreed, item__code=item)
    )


def _refuse_unless_settling(round: Round) -> None:
    state = Round.objects.values_list("state", flat=True).get(pk=round.pk)
    if state != Round.State.SETTLING:
        raise Refused(
            _("The round is %(state)s; items are decided while differences are settled.")
            % {"state": Round.State(state).label}
        )


def _decide(
    response: Response, kind: str, after: Content, reason: str, by: User | None
) -> Settlement:
    before = Content.of(response)
    response.revision += 1
    response.answers, response.made = after.answers, after.made
    response.status, response.reason = after.status, after.reason
    response.changed_at, response.changed_by = timezone.now(), by
    response.save()
    keep_evidence(response, before.evidence, after.evidence)
    return Settlement.objects.create(
        response=response,
        kind=kind,
        revision=response.revision,
        by=by,
        at=response.changed_at,
        reason=reason,
        before=before.as_data(),
        after=after.as_data(),
    )


def _withdraw(response: Response, organisation: Organisation) -> int:
    held = response.dissents.filter(organisation=organisation, withdrawn_at=None)
    return held.update(withdrawn_at=timezone.now())


def _record(kind: str, response: Response, by: User | None, **facts: str) -> None:
    round = response.sheet.round
    events.record(
        kind,
        by=by,
        topic=round.topic,
        country=round.country,
        round=round.title,
        item=settlement.title_of(response),
        code=response.item.code,
        **facts,
    )
