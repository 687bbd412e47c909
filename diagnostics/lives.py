"""The lives of a round, a sheet and a plan, one table each (docs/lives.md).

The actions take their steps from here, the pages offer them from here, and docs/lives.md prints
them: `manage.py print_lives`.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from accounts.roles import Permission
from activity.steps import COORDINATOR, NOBODY, NOTHING, Step, life, table, where
from diagnostics.models import Plan, Round, Sheet

MEMBER = gettext_lazy("a member of the sheet's organisation")


_R, _S, _P = Round.State, Sheet.State, Plan.State

ROUND = life(
    Step(
        "open",
        gettext_lazy("Open for answers"),
        (_R.PLANNED,),
        _R.COLLECTING,
        Permission.ROUND_RUN,
        COORDINATOR,
        NOTHING,
        gettext_lazy("everybody who may fill one of its sheets"),
        gettext_lazy("not; a round nobody answers is simply left"),
    ),
    Step(
        "end_collecting",
        gettext_lazy("End collecting, settle the differences"),
        (_R.COLLECTING,),
        _R.SETTLING,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("at least one sheet is submitted; the others are left out"),
        gettext_lazy("everybody who may fill one of its sheets"),
        gettext_lazy("by collecting again"),
    ),
    Step(
        "collect_again",
        gettext_lazy("Collect answers again"),
        (_R.SETTLING,),
        _R.COLLECTING,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("a reason is given; what is settled stays settled"),
        gettext_lazy("everybody who may fill one of its sheets"),
        gettext_lazy("by ending the collecting"),
        asks_reason=True,
    ),
    Step(
        "close",
        gettext_lazy("Close and make the report"),
        (_R.SETTLING,),
        _R.CLOSED,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy(
            "every contested or reopened item is settled or waived, every objection answered"
        ),
        gettext_lazy("everybody who may fill one of its sheets"),
        gettext_lazy("by reopening an item"),
        asks_proof=True,
    ),
    Step(
        "reopen",
        gettext_lazy("Reopen an item"),
        (_R.SETTLING, _R.CLOSED),
        _R.SETTLING,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy(
            "an item and a reason are given; approvals of drafts are void, and the next closing "
            "makes a new version of the report"
        ),
        gettext_lazy("everybody who may fill one of its sheets"),
        gettext_lazy("by settling the item and closing"),
        asks_reason=True,
    ),
    Step(
        "archive",
        gettext_lazy("Archive"),
        (_R.CLOSED,),
        _R.ARCHIVED,
        Permission.ROUND_RUN,
        COORDINATOR,
        NOTHING,
        NOBODY,
        gettext_lazy("by taking it out of the archive"),
    ),
    Step(
        "unarchive",
        gettext_lazy("Take out of the archive"),
        (_R.ARCHIVED,),
        _R.CLOSED,
        Permission.ROUND_RUN,
        COORDINATOR,
        NOTHING,
        NOBODY,
        gettext_lazy("by archiving"),
    ),
)

SHEET = life(
    Step(
        "submit",
        gettext_lazy("Submit"),
        (_S.DRAFT, _S.REOPENED),
        _S.SUBMITTED,
        Permission.SHEET_FILL,
        MEMBER,
        gettext_lazy(
            "the round collects answers; whoever says that an item does not apply says why"
        ),
        gettext_lazy(
            "the coordinators of the country; of a firm's profile the firm and the cluster's agents"
        ),
        gettext_lazy("by opening it again"),
    ),
    Step(
        "reopen",
        gettext_lazy("Open again"),
        (_S.SUBMITTED,),
        _S.REOPENED,
        Permission.ROUND_RUN,
        gettext_lazy("a coordinator of the country; of a firm's profile who may fill it"),
        gettext_lazy("the round collects answers, and, but for a firm, a reason is given"),
        gettext_lazy("everybody who may fill the sheet"),
        gettext_lazy("by submitting it"),
        asks_reason=True,
    ),
)

PLAN = life(
    Step(
        "agree",
        gettext_lazy("Agree the plan"),
        (_P.DRAFT,),
        _P.AGREED,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy(
            "there are measures, and each has an owner, a start and an end, an indicator, a target "
            "and, where it has a cost, who estimated it"
        ),
        gettext_lazy("the organisations that own its measures"),
        gettext_lazy("by taking it back to a draft"),
    ),
    Step(
        "revise",
        gettext_lazy("Take it back to a draft"),
        (_P.AGREED,),
        _P.DRAFT,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("a reason is given; progress and funding stay"),
        gettext_lazy("the organisations that own its measures"),
        gettext_lazy("by agreeing it"),
        asks_reason=True,
    ),
    Step(
        "close",
        gettext_lazy("Close the plan"),
        (_P.AGREED,),
        _P.CLOSED,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("it is judged by every criterion of UNCTAD's paragraphs 17 and 69"),
        gettext_lazy("the organisations that own its measures"),
        gettext_lazy("by opening it again"),
    ),
    Step(
        "reopen",
        gettext_lazy("Open the plan again"),
        (_P.CLOSED,),
        _P.AGREED,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("a reason is given"),
        gettext_lazy("the organisations that own its measures"),
        gettext_lazy("by closing it"),
        asks_reason=True,
    ),
)


def take(thing: Round | Sheet | Plan, step: Step) -> None:
    """Set the state that the step leads to; the caller has locked the row and saves it.

    Raises Refused, saying in which states the step is possible, where it starts in none of them.
    """
    if thing.state not in step.start:
        raise Refused(_refusal(thing, step))
    thing.state = step.end


def _refusal(thing: Round | Sheet | Plan, step: Step) -> str:
    facts = where(thing, step)
    if isinstance(thing, Round):
        return _("The round is %(state)s; “%(step)s” is for a round that is %(start)s.") % facts
    if isinstance(thing, Plan):
        return _("The plan is %(state)s; “%(step)s” is for a plan that is %(start)s.") % facts
    return _("The sheet is %(state)s; “%(step)s” is for a sheet that is %(start)s.") % facts


def as_markdown() -> str:
    """All tables, for docs/lives.md."""
    return "\n\n".join(
        [
            f"## A round\n\n{table(ROUND, dict(Round.State.choices))}",
            f"## A sheet\n\n{table(SHEET, dict(Sheet.State.choices))}",
            f"## An action plan\n\n{table(PLAN, dict(Plan.State.choices))}",
        ]
    )
