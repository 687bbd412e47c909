"""The life of a diagnostic study: draft, in review, published."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from activity import comments
from clusters.models import Study
from clusters.study_content import SECTIONS
from clusters.study_words import PRINCIPLES

_S = Study.State


@dataclass(frozen=True)
class Step:
    """One step from `start` to `end`; `publishes` ones are for those who approve reports."""

    code: str
    title: str
    start: str
    end: str
    checks: str
    publishes: bool = False
    asks_reason: bool = False


STEPS = {
    step.code: step
    for step in (
        Step(
            "send", gettext_lazy("Send to review"), _S.DRAFT, _S.REVIEW,
            gettext_lazy("every section, the vision, SWOT, problems and plan are there"),
        ),
        Step(
            "take_back", gettext_lazy("Take back to draft"), _S.REVIEW, _S.DRAFT,
            gettext_lazy("a reason is given"), asks_reason=True,
        ),
        Step(
            "publish", gettext_lazy("Publish"), _S.REVIEW, _S.PUBLISHED,
            gettext_lazy("every design principle and every comment is answered"), publishes=True,
        ),
    )
}  # fmt: skip


def possible(study: Study, *, keeps: bool, approves: bool) -> list[Step]:
    """The steps that its state and the person allow."""
    return [s for s in STEPS.values() if s.start == study.state
            and (approves if s.publishes else keeps)]  # fmt: skip


def take(study: Study, step: Step) -> None:
    """Set the state; raises Refused where the step does not start here or something lacks."""
    if study.state != step.start:
        labels = dict(Study.State.choices)
        raise Refused(
            _("The study is %(state)s; “%(step)s” is for one that is %(start)s.")
            % {"state": labels[study.state], "step": step.title, "start": labels[step.start]}
        )
    lacking = _lacks(study) if step.end == _S.REVIEW else []
    if step.publishes:
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
