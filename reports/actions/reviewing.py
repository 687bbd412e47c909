"""What reviewers say on a report version, what is answered, what the assessed reply."""

from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.refusals import Refused
from activity import comments
from activity.reasons import given
from activity.translated import of_pages
from diagnostics.actions import reopen_item
from diagnostics.models.rounds import Panel
from diagnostics.queries import coordinators_of
from reports.actions.telling import keep, locked
from reports.models import Remark, Reply, ReportVersion
from reports.parts import parts_of, title_of

State, Verdict = ReportVersion.State, Remark.Verdict


@transaction.atomic
def remark(
    *, report: ReportVersion, anchor: str, organisation: Organisation, text: str, by: User
) -> Remark:
    """Comment on a part of a version in review.

    Raises Refused when it is not in review, has no such part, or nothing is said.
    """
    own = locked(report)
    if own.state != State.IN_REVIEW:
        raise Refused(_("Comments are taken while the report is in review."))
    part = parts_of(report).get(anchor)
    if part is None:
        raise Refused(_("The report has no such part."))
    about = title_of(report, anchor)
    url = reverse("reports:review", args=[own.pk])
    said = comments.say(
        topic=f"report {own.pk}",
        text=text,
        by=by,
        url=url,
        about=about,
        country=own.round.country,
    )
    made = Remark.objects.create(
        report=own,
        anchor=anchor,
        about=str(about),
        item=part.item,
        organisation=organisation,
        comment=said,
        named=by.may_be_named,
    )
    keep(
        "report.remark",
        report=own,
        by=by,
        to=coordinators_of(own.round.country),
        url=url,
        organisation=organisation.name,
        about=about,
    )
    return made


@transaction.atomic
def answer_remark(
    *, remark: Remark, verdict: str, answer: str, reopen: bool = False, by: User
) -> Remark:
    """Accept, decline or report as changed, with a reason; once.

    `reopen` has the item of an accepted remark settled again, which takes the version back to
    draft. Raises Refused when it has been answered, no reason is given, or there is no such item.
    """
    own = locked(remark.report)
    kept = Remark.objects.select_related("comment__by", "organisation").get(pk=remark.pk)
    if kept.verdict != Verdict.OPEN:
        raise Refused(_("The comment has been answered already."))
    if verdict not in (Verdict.ACCEPTED, Verdict.DECLINED, Verdict.CHANGED):
        raise Refused(_("Accept or decline the comment, or say what was changed."))
    kept.verdict, kept.answer = verdict, given(answer)
    kept.answered_by, kept.answered_at = by, timezone.now()
    kept.save(update_fields=["verdict", "answer", "answered_by", "answered_at"])
    comments.resolve(comment=kept.comment, by=by)
    keep(
        "report.remark_answered",
        report=own,
        by=by,
        to=[kept.comment.by],
        url=reverse("reports:review", args=[own.pk]),
        organisation=kept.organisation.name,
        about=title_of(kept.report, kept.anchor, kept.about),
        answer=of_pages(Verdict(kept.verdict).label),
        reason=kept.answer,
    )
    if reopen:
        if verdict != Verdict.ACCEPTED or not kept.item:
            raise Refused(_("Only an accepted comment on an item opens the item again."))
        agreed = own.round.sheets.get(panel=Panel.AGREED)
        revision = agreed.responses.get(item__code=kept.item).revision
        reason = kept.answer
        reopen_item(round=own.round, item=kept.item, revision=revision, reason=reason, by=by)
    return kept


@transaction.atomic
def reply(*, report: ReportVersion, organisation: Organisation, text: str, by: User) -> None:
    """Write what an assessed ministry replies; an empty text takes the reply back.

    Who approved before it was written did not read it: their approvals are void. Raises Refused
    when the version is neither a draft nor in review, or the reply is too long.
    """
    own = locked(report)
    if own.state not in (State.DRAFT, State.IN_REVIEW):
        raise Refused(_("The report is approved; a reply is written before that."))
    ProhibitNullCharactersValidator()(text)
    text = text.strip()
    most = Reply._meta.get_field("text").max_length
    if len(text) > most:
        raise Refused(_("The reply is longer than %(most)s characters.") % {"most": most})
    if text:
        fields = {"text": text, "by": by, "at": timezone.now()}
        own.replies.update_or_create(organisation=organisation, defaults=fields)
    else:
        own.replies.filter(organisation=organisation).delete()
    own.approvals.filter(void_at=None).update(void_at=timezone.now())
    people = coordinators_of(own.round.country)
    url = reverse("reports:review", args=[own.pk])
    keep("report.reply", report=own, by=by, to=people, url=url, organisation=organisation.name)
