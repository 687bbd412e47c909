"""The life of a diagnostic study: draft, in review, published."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from accounts.roles import Permission
from activity import comments
from activity.steps import Step, life, table, where
from clusters.models import Study
from clusters.study_content import SECTIONS
from clusters.study_words import PRINCIPLES

_S = Study.State
_INSIDE = gettext_lazy("members of the cluster and of its country")
_KEEPERS = gettext_lazy("a keeper of the cluster")


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
        "take_back",
        gettext_lazy("Take back to draft"),
        (_S.REVIEW,),
        _S.DRAFT,
        Permission.CLUSTER_KEEP,
        _KEEPERS,
        gettext_lazy("a reason is given"),
        _INSIDE,
        gettext_lazy("by sending it to review again"),
        asks_reason=True,
    ),
    Step(
        "publish",
        gettext_lazy("Publish"),
        (_S.REVIEW,),
        _S.PUBLISHED,
        Permission.REPORT_APPROVE,
        gettext_lazy("who approves the country's reports"),
        gettext_lazy("every design principle and every comment is answered"),
        _INSIDE,
        gettext_lazy("not; the next study is the valid one"),
    ),
)


def publishes(step: Step) -> bool:
    """Whether the step makes the study public, which is for those who approve reports."""
    return step.end == _S.PUBLISHED


def take(study: Study, step: Step) -> None:
    """Set the state; raises Refused where the step does not start here or something lacks."""
    if study.state not in step.start:
        raise Refused(
            _("The study is %(state)s; “%(step)s” is for one that is %(start)s.")
            % where(study, step)
        )
    lacking = _lacks(study) if step.end == _S.REVIEW else []
    if publishes(step):
        lacking = _lacks(study) + _unanswered(study)
    if lacking:
        raise Refused(_("The study still lacks: %(what)s.") % {"what": "; ".join(lacking)})
    study.state = step.end


def _lacks(study: Study) -> list[str]:
    names = [*SECTIONS, "vision"]
    lacking = [str(study._meta.get_field(n).verbose_name) for n in names if not getattr(study, n)]
    lists = [(study.swot, _("lines of SWOT")), (study.problems, _("problems")),
             (study.lines, _("lines of the plan"))]  # fmt: skip
    return lacking + [name for rows, name in lists if not rows.exists()]


def _unanswered(study: Study) -> list[str]:
    lacking = [str(text) for code, text in PRINCIPLES.items() if not study.principles.get(code)]
    still = comments.on(study.topic).filter(resolved_at=None).exists()
    return lacking + ([_("answers to comments")] if still else [])


def as_markdown() -> str:
    """The table for docs/lives.md."""
    return table(STEPS, dict(_S.choices))
