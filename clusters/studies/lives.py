"""The life of a diagnostic study: from draft to published and what comes after (docs/lives.md)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Permission
from activity import comments
from activity.steps import NOBODY, Step, life, possible, table, where
from clusters import queries
from clusters.models import Study
from clusters.studies import evidence
from clusters.studies.words import PRINCIPLES, SECTIONS

_S = Study.State
_INSIDE = gettext_lazy("members of the cluster and of its country")
_KEEPERS = gettext_lazy("a keeper of the cluster")
_APPROVERS = gettext_lazy("who approves the country's reports")

STEPS = life(
    Step(
        "send",
        gettext_lazy("Send to review"),
        (_S.DRAFT,),
        _S.REVIEW,
        Permission.CLUSTER_KEEP,
        _KEEPERS,
        gettext_lazy("every section, the vision, SWOT, problems and plan are there"),
        _INSIDE,
        gettext_lazy("by taking it back to draft"),
    ),
    Step(
        "approve",
        gettext_lazy("Approve"),
        (_S.REVIEW,),
        _S.APPROVED,
        Permission.REPORT_APPROVE,
        gettext_lazy("an approver or a coordinator of the country who did not send it to review"),
        gettext_lazy("every design principle and every comment is answered, all evidence is there"),
        _INSIDE,
        gettext_lazy("by taking it back to draft"),
        asks_proof=True,
    ),
    Step(
        "take_back",
        gettext_lazy("Take back to draft"),
        (_S.REVIEW, _S.APPROVED),
        _S.DRAFT,
        Permission.CLUSTER_KEEP,
        _KEEPERS,
        gettext_lazy("a reason is given; the approval is void"),
        _INSIDE,
        gettext_lazy("by sending it to review again"),
        asks_reason=True,
    ),
    Step(
        "publish",
        gettext_lazy("Publish"),
        (_S.APPROVED,),
        _S.PUBLISHED,
        Permission.REPORT_APPROVE,
        _APPROVERS,
        gettext_lazy("nothing more; the study published before is superseded"),
        _INSIDE,
        gettext_lazy("by withdrawing it"),
        asks_proof=True,
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        (_S.PUBLISHED, _S.SUPERSEDED),
        _S.WITHDRAWN,
        Permission.REPORT_APPROVE,
        _APPROVERS,
        gettext_lazy("a reason is given, which stands at the study's address in its place"),
        _INSIDE,
        gettext_lazy("not; the next study can be published"),
        asks_reason=True,
        asks_proof=True,
    ),
)
SUPERSEDE = Step(  # taken by publishing the next one, never asked for
    "supersede",
    gettext_lazy("Superseded by the next study"),
    (_S.PUBLISHED,),
    _S.SUPERSEDED,
    Permission.REPORT_APPROVE,
    gettext_lazy("whoever publishes the cluster's next study"),
    gettext_lazy("nothing more; it stays at its address, with a notice and a link"),
    NOBODY,
    gettext_lazy("not; the newest published study is the valid one"),
)


def check(study: Study, step: Step, by: User | None) -> None:
    """Raise Refused where the step does not start here, something lacks, or it is not theirs."""
    if study.state not in step.start:
        raise Refused(
            _("The study is %(state)s; “%(step)s” is for one that is %(start)s.")
            % where(study, step)
        )
    if step.code == "approve" and not another(study, by):
        raise Refused(_("You sent the study to review; somebody else approves it."))
    if said := lacking(study, step):
        raise Refused(said)


def lacking(study: Study, step: Step) -> str:
    """A sentence with what the step asks for and the study has not; empty where nothing lacks."""
    lacks = _lacks(study) if step.end in (_S.REVIEW, _S.APPROVED) else []
    if step.end == _S.APPROVED:
        lacks += _unanswered(study)
    return _("The study still lacks: %(what)s.") % {"what": "; ".join(lacks)} if lacks else ""


def open_to(user: User, study: Study) -> list[Step]:
    """The steps that the study's state allows this person."""
    return [
        step
        for step in possible(study, STEPS)
        if queries.may_take(user, study, step) and (step.code != "approve" or another(study, user))
    ]


def another(study: Study, user: User | None) -> bool:
    """Whether it is somebody else than who sent the study to review."""
    return user is None or study.sent_by_id != user.pk


def _lacks(study: Study) -> list[str]:
    names = [*SECTIONS, "vision"]
    lacking = [str(study._meta.get_field(n).verbose_name) for n in names if not getattr(study, n)]
    lists = [(study.swot, _("lines of SWOT")), (study.problems, _("problems")),
             (study.lines, _("lines of the plan"))]  # fmt: skip
    return lacking + [name for rows, name in lists if not rows.exists()]


def _unanswered(study: Study) -> list[str]:
    lacking = [str(text) for code, text in PRINCIPLES.items() if not study.principles.get(code)]
    still = comments.on(study.topic).filter(resolved_at=None).exists()
    lacking += [
        _("evidence for “%(line)s”: what it points to is gone") % {"line": line.text}
        for line in evidence.gone(study)
    ]
    return lacking + ([_("answers to comments")] if still else [])


def as_markdown() -> str:
    """The table for docs/lives.md."""
    return table(STEPS | life(SUPERSEDE), dict(_S.choices))
