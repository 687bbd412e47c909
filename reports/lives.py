"""The life of a report version: one table, as of rounds and sheets (diagnostics.lives)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refused
from accounts.roles import Permission
from activity.steps import COORDINATOR, Step, life, table, where
from clusters.studies import lives as studies
from diagnostics import lives
from reports.models import ReportVersion

_S = ReportVersion.State
_READERS = gettext_lazy("everybody who may read the country's draft reports")
APPROVALS = 2  # of different people

REPORT = life(
    Step(
        "ask_review",
        gettext_lazy("Send to review"),
        (_S.DRAFT,),
        _S.IN_REVIEW,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("the round is closed and no newer version is made"),
        _READERS,
        gettext_lazy("by taking it back to draft"),
    ),
    Step(
        "approve",
        gettext_lazy("Approve"),
        (_S.IN_REVIEW,),
        _S.APPROVED,
        Permission.REPORT_APPROVE,
        gettext_lazy("two different people, each an approver or a coordinator of the country"),
        gettext_lazy("every comment of reviewers on the round's reports is answered"),
        gettext_lazy("the approvers and coordinators of the country"),
        gettext_lazy("by taking it back to draft, or by reopening an item of the round"),
        asks_proof=True,
    ),
    Step(
        "take_back",
        gettext_lazy("Take back to draft"),
        (_S.IN_REVIEW, _S.APPROVED),
        _S.DRAFT,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("a reason is given; approvals and a date of publication are void"),
        _READERS,
        gettext_lazy("by sending it to review again"),
        asks_reason=True,
    ),
    Step(
        "void",
        gettext_lazy("Back to draft, as its round is settled again"),
        (_S.IN_REVIEW, _S.APPROVED),
        _S.DRAFT,
        Permission.ROUND_RUN,
        gettext_lazy("whoever reopens an item of the closed round"),
        gettext_lazy("nothing more; approvals are void, the next closing makes a new version"),
        gettext_lazy("everybody who may fill one of the round's sheets"),
        gettext_lazy("by closing the round, which makes the next version"),
    ),
    Step(
        "publish",
        gettext_lazy("Publish"),
        (_S.APPROVED,),
        _S.PUBLISHED,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("at once, or when a chosen day begins in the country"),
        _READERS,
        gettext_lazy("before its date by taking it back to draft; after it by withdrawing"),
        asks_proof=True,
    ),
    Step(
        "supersede",
        gettext_lazy("Superseded by a newer version"),
        (_S.PUBLISHED,),
        _S.SUPERSEDED,
        Permission.ROUND_RUN,
        gettext_lazy("whoever publishes a newer version of the round's report"),
        gettext_lazy("nothing more; it stays at its address, with a notice and a link"),
        _READERS,
        gettext_lazy("not; the newest published version is the valid one"),
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        (_S.PUBLISHED, _S.SUPERSEDED),
        _S.WITHDRAWN,
        Permission.ROUND_RUN,
        COORDINATOR,
        gettext_lazy("a reason is given, which stands at the report's address in its place"),
        _READERS,
        gettext_lazy("not; a new version can be published"),
        asks_reason=True,
        asks_proof=True,
    ),
)


def check(report: ReportVersion, step: Step) -> None:
    """Raise Refused, saying in which states the step is possible, where it starts in none."""
    if report.state not in step.start:
        raise Refused(
            _("The report is %(state)s; “%(step)s” is for a report that is %(start)s.")
            % where(report, step)
        )


def as_markdown() -> str:
    """All tables, for docs/lives.md."""
    parts = [
        lives.as_markdown(),
        f"## A report version\n\n{table(REPORT, dict(_S.choices))}",
        f"## A diagnostic study of a cluster\n\n{studies.as_markdown()}",
    ]
    return "\n\n".join(parts)
