"""Saving one answer: never silently over somebody else's."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity.models import File
from diagnostics.models import Evidence, Response, ResponseChange, Sheet
from diagnostics.models.rounds import Round
from diagnostics.queries import items_assigned, last_time, still_asked
from diagnostics.scoring.instrument import Answer, Status


class EvidenceRow(NamedTuple):
    """What shows an answer; `file` is the key of an uploaded file, "" where there is none."""

    link: str
    page: str = ""
    quote: str = ""
    file: str = ""


@dataclass(frozen=True)
class Content:
    """All a person says about one item."""

    answers: list[str]
    made: list[str]
    status: str = Status.ANSWERED.value
    reason: str = ""
    comment: str = ""
    evidence: list[EvidenceRow] = field(default_factory=list)

    @classmethod
    def of(cls, response: Response) -> "Content":
        evidence = [
            EvidenceRow(row.link, row.page, row.quote, str(row.file_id or ""))
            for row in response.evidence.all()
        ]
        return cls(
            response.answers,
            response.made,
            response.status,
            response.reason,
            response.comment,
            evidence,
        )

    def as_data(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "reason": self.reason,
            "answers": self.answers,
            "made": self.made,
            "comment": self.comment,
            "evidence": [row._asdict() for row in self.evidence],
        }


class Conflict(Exception):
    """The response was saved by somebody else since; `response` holds what is stored now."""

    def __init__(self, response: Response) -> None:
        super().__init__(response)
        self.response = response


@transaction.atomic
def save_response(
    *, sheet: Sheet, item: str, content: Content, revision: int, by: User | None
) -> Response:
    """Store `content` for the item with code `item`, if the stored revision is still `revision`.

    The same content again (a repeated request) is accepted without a new revision. Raises Conflict
    on a stale revision, Refused when the sheet is locked, ValidationError on content of wrong form,
    Response.DoesNotExist when the sheet has no such item.
    """
    # Not with changed_by: after waiting for the lock, PostgreSQL would join the author of before.
    response = (
        Response.objects.select_for_update(of=("self",))
        .select_related("item")
        .get(sheet=sheet, item__code=item)
    )
    _refuse_locked(sheet)
    _refuse_unassigned(sheet, item, by)
    ways = {Response.Made.RUNG, Response.Made.SINGLE, Response.Made.CARRIED}
    content = clean(content, response, by, ways=ways)
    _refuse_not_of_last_time(content, sheet, item)
    stored = Content.of(response)
    if content == stored:
        return response
    if revision != response.revision:
        raise Conflict(response)
    response.revision += 1
    response.status, response.reason = content.status, content.reason
    response.answers, response.made = content.answers, content.made
    response.comment = content.comment
    response.changed_at, response.changed_by = timezone.now(), by
    keep_evidence(response, stored.evidence, content.evidence)
    response.save()
    ResponseChange.objects.create(
        response=response,
        revision=response.revision,
        by=by,
        at=response.changed_at,
        content=content.as_data(),
    )
    return response


def _refuse_locked(sheet: Sheet) -> None:
    """Read the states after the response is locked: submitting locks the responses first."""
    state, round_state = (
        Sheet.objects.filter(pk=sheet.pk).values_list("state", "round__state").get()
    )
    if round_state != Round.State.COLLECTING:
        raise Refused(_("The round is not collecting answers; nothing was saved."))
    if state == Sheet.State.SUBMITTED:
        raise Refused(
            _("The sheet has been submitted; nothing was saved. The coordinator can open it again.")
        )


def _refuse_unassigned(sheet: Sheet, item: str, by: User | None) -> None:
    given = items_assigned(by, sheet) if by is not None else None
    if given is not None and item not in given:
        raise Refused(
            _("This item is not among those you were given on this sheet; nothing was saved.")
        )


def _refuse_not_of_last_time(content: Content, sheet: Sheet, item: str) -> None:
    """What is said to be confirmed must be what was agreed last time, under the same words."""
    carried = [at for at, made in enumerate(content.made) if made == Response.Made.CARRIED]
    if not carried:
        return
    last, answers = last_time(sheet.round)
    if last is None or item not in answers or item not in still_asked(last, sheet.round):
        raise ValidationError(_("Nothing was agreed last time that could be confirmed here."))
    if any(content.answers[at] != answers[item].answers[at] for at in carried):
        raise ValidationError(_("This is not what was agreed last time; answer it anew."))


def keep_evidence(response: Response, stored: list[EvidenceRow], wanted: list[EvidenceRow]) -> None:
    """Replace the evidence where it differs."""
    if wanted == stored:
        return
    response.evidence.all().delete()
    Evidence.objects.bulk_create(
        Evidence(
            response=response,
            link=row.link,
            page=row.page,
            quote=row.quote,
            file_id=row.file or None,
        )
        for row in wanted
    )


def clean(content: Content, response: Response, by: User | None, *, ways: set[str]) -> Content:
    """The content without loose ends; `ways` are how answers may be made here.

    Raises ValidationError on content of wrong form.
    """
    expected = len(response.answers)
    if len(content.answers) != expected or len(content.made) != expected:
        raise ValidationError(
            _("Give one answer for each of the %(count)s statements.") % {"count": expected}
        )
    if not set(content.answers) <= {str(answer) for answer in Answer}:
        raise ValidationError(_("An answer is yes, partly, no, unknown or blank."))
    if not set(content.made) <= {"", *ways}:
        raise ValidationError(_("An answer is made by rung or single, or carried from last time."))
    if content.status not in set(Status):
        raise ValidationError(_("The status is answered or not_applicable."))
    made = [
        how if answer else "" for answer, how in zip(content.answers, content.made, strict=True)
    ]
    if any(answer and not how for answer, how in zip(content.answers, made, strict=True)):
        raise ValidationError(_("Say of each answer how it was made: rung or single."))
    evidence = [EvidenceRow(*(part.strip() for part in row)) for row in content.evidence]
    evidence = [row for row in evidence if any(row)]
    for row in evidence:
        if not row.link:
            raise ValidationError(_("Name the document or address that is the evidence."))
        Evidence(response=response, link=row.link, page=row.page, quote=row.quote).clean_fields()
    _refuse_foreign_files(evidence, response, by)
    return Content(
        content.answers,
        made,
        content.status,
        content.reason.strip(),
        content.comment.strip(),
        evidence,
    )


def _refuse_foreign_files(evidence: list[EvidenceRow], response: Response, by: User | None) -> None:
    """A file may be cited by who gave it, and stays citable where it is cited already."""
    files = {row.file for row in evidence if row.file}
    if not files:
        return
    try:
        keys = {UUID(file) for file in files}
    except ValueError:
        raise ValidationError(_("The evidence names a file that is none.")) from None
    own = Q(given_by=by) | Q(evidence__response=response)
    known = File.objects.filter(own, pk__in=keys).distinct().count()
    if known != len(keys):
        raise ValidationError(_("The evidence names a file that you did not give."))
