"""A diagnostic study: writing it while it is a draft, its steps and comments."""

from collections.abc import Iterator
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.locks import held, one_at_a_time
from accounts.models import User
from accounts.refusals import Refused, revise
from activity import comments, events, notices
from activity.models import Comment
from activity.reasons import given
from activity.translated import of_pages
from clusters import queries
from clusters.models import Cluster, PlanLine, Problem, Study, SwotLine
from clusters.signals import study_grown
from clusters.studies import lives
from clusters.studies.content import content, digest
from clusters.studies.following import ENDED, with_newest
from clusters.studies.words import TEXTS

Row = SwotLine | Problem | PlanLine


_STEP_TOLD = {
    "send": "study.send",
    "approve": "study.approve",
    "take_back": "study.take_back",
    "publish": "study.publish",
    "withdraw": "study.withdraw",
}


@transaction.atomic
def begin_study(*, cluster: Cluster, by: User | None) -> Study:
    """Begin the next study, as a copy of the last one, if there is one.

    Lines of its plan that are done or dropped stay with it; the others begin where they were last
    measured. Raises Refused while a study is being written.
    """
    one_at_a_time(cluster)
    if cluster.studies.filter(state__in=Study.WRITTEN).exists():
        raise Refused(_("The cluster has a study that is being written."))
    last = cluster.studies.defer("snapshot").first()
    study = Study(cluster=cluster, number=last.number + 1 if last else 1)
    for name in (*TEXTS, "principles") if last else ():
        setattr(study, name, getattr(last, name))
    study.save()
    if last:
        kept = (last.swot.order_by("pk"), last.problems.order_by("pk"), _going_on(last))
        for row in chain(*kept):
            row.pk, row.study = None, study
            row.save()
    told("study.begun", study, by)
    return study


def _going_on(study: Study) -> Iterator[PlanLine]:
    for line in with_newest(study.lines.order_by("pk")):
        if line.stands not in ENDED:
            line.baseline = line.baseline if line.now is None else line.now
            yield line


@transaction.atomic
def write_study(
    *,
    study: Study,
    texts: dict[str, str],
    principles: dict[str, str],
    by: User | None,
    revision: int | None = None,
) -> Study:
    """Keep the texts, by field, and the answers to the design principles of a draft.

    What is not among them stays as it is.
    `revision` is the one that was read before all texts were written anew; who changes single ones
    gives none. Raises Stale where the texts have changed since, Refused if the study is no draft.
    """
    locked = _draft(study)
    revise(locked, revision)
    for name, text in texts.items():
        setattr(locked, name, text)
    answers = locked.principles | principles
    locked.principles = {code: text for code, text in answers.items() if text}
    locked.full_clean()
    locked.save()
    told("study.written", locked, by)
    return locked


@transaction.atomic
def keep_row(*, study: Study, row: Row, by: User | None, revision: int | None = None) -> Row:
    """Add a row to a draft, or keep a changed one. Raises ValidationError for what does not fit.

    `revision` is the one that was read before: raises Stale where somebody has saved since.
    """
    locked = _draft(study)
    if row.pk:
        stored = held(row)
        revise(stored, revision)
        row.revision = stored.revision
    row.study = locked
    row.full_clean()
    row.save()
    told("study.written", locked, by)
    return row


@transaction.atomic
def remove_row(*, row: Row, by: User | None) -> None:
    """Take a row out of a draft."""
    locked = _draft(row.study)
    held(row).delete()
    told("study.written", locked, by)


@transaction.atomic
def take_study_step(*, study: Study, step: str, by: User | None, reason: str = "") -> Study:
    """Take a step of `studies.lives`; approval fixes what the study says, with its hash.

    Raises Refused where the step is not possible, saying what lacks.
    """
    one_at_a_time(study.cluster)  # its studies follow each other
    locked = held(study)
    asked = lives.STEPS[step]
    reason = given(reason) if asked.asks_reason else ""
    lives.check(locked, asked, by)
    locked.state = asked.end
    if step == "send":
        locked.sent_by, locked.sent_at = by, timezone.now()
    elif step == "approve":
        locked.approved_by, locked.approved_at = by, timezone.now()
        locked.snapshot = content(locked)
        locked.sha256 = digest(locked.snapshot)
    elif step == "take_back":
        locked.sent_by = locked.sent_at = locked.approved_by = locked.approved_at = None
        locked.snapshot = None
        locked.sha256 = ""
    elif step == "publish":
        _supersede_former(locked, by)
        locked.published_at = timezone.now()
    elif step == "withdraw":
        locked.withdrawn_because, locked.withdrawn_at = reason, timezone.now()
    locked.save()
    if step == "publish":
        study_grown.send(Study, study=locked, by=by)
    facts = {"reason": reason} if asked.asks_reason else {}
    told(_STEP_TOLD[step], locked, by, **facts)
    notices.tell(
        _STEP_TOLD[step],
        to=queries.people_inside(locked.cluster),
        url=locked.get_absolute_url(),
        but=by,
        study=of_pages(locked),
        **facts,
    )
    return locked


def _supersede_former(study: Study, by: User | None) -> None:
    for former in study.cluster.studies.filter(state=Study.State.PUBLISHED):
        former.state = Study.State.SUPERSEDED
        former.save(update_fields=["state"])
        told("study.superseded", former, by, newer=study.number)


@transaction.atomic
def comment_study(*, study: Study, text: str, by: User) -> Comment:
    """Comment on a study in review; raises Refused in another state or without words."""
    if held(study).state != Study.State.REVIEW:
        raise Refused(_("Comments are for a study in review."))
    return comments.say(
        topic=study.topic, text=text, by=by, url=study.get_absolute_url(), about=of_pages(study),
        country=study.cluster.country,
    )  # fmt: skip


@transaction.atomic
def answer_comment(*, study: Study, comment: Comment, text: str, by: User) -> None:
    """Answer a comment and mark it as dealt with; raises Refused without words, or twice."""
    comments.resolve(comment=comment, by=by)
    made = comments.say(
        topic=study.topic, text=text, by=by, url=study.get_absolute_url(), about=of_pages(study),
        country=study.cluster.country, mentioned=[comment.by],
    )  # fmt: skip
    comments.resolve(comment=made, by=by)


def _draft(study: Study) -> Study:
    locked = held(study)
    if locked.state != Study.State.DRAFT:
        raise Refused(_("Only a draft is written; this study is %(state)s.")
                      % {"state": locked.get_state_display()})  # fmt: skip
    return locked


def told(kind: str, study: Study, by: User | None, **facts: object) -> None:
    """Record an event on the topic of the study."""
    events.record(
        kind,
        by=by,
        topic=study.topic,
        country=study.cluster.country,
        study=of_pages(study),
        **facts,
    )
