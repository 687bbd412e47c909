"""What one person sees of a report version's review, and what waits for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import Permission
from activity.steps import Step, possible
from diagnostics import queries as diagnostics
from diagnostics.models import Round
from reports import lives, queries
from reports.models import Approval, Remark, ReportVersion
from reports.parts import parts_of

State = ReportVersion.State
TAKEN = ("ask_review", "approve", "take_back", "publish", "withdraw")  # the other steps follow


@dataclass(frozen=True)
class Review:
    """A version's review for one person with a part in the country's rounds."""

    report: ReportVersion
    user: User

    @cached_property
    def runs(self) -> bool:
        return diagnostics.runs(self.user, self.report.round_id)

    @cached_property
    def may_remark(self) -> bool:
        waiting = self.report.state == State.IN_REVIEW
        return waiting and queries.may(self.user, Permission.REPORT_REVIEW, self.report)

    @cached_property
    def may_approve(self) -> bool:
        return queries.may(self.user, Permission.REPORT_APPROVE, self.report)

    @cached_property
    def remarks(self) -> list[Remark]:
        """The comments on it, each about its part by the title it has in this language."""
        rows = self.report.remarks.select_related("comment__by", "organisation", "answered_by")
        found = list(rows.order_by("pk"))
        parts = parts_of(self.report) if found else {}
        for one in found:
            if one.anchor in parts:
                one.about = parts[one.anchor].title
        return found

    @property
    def open(self) -> list[Remark]:
        return [one for one in self.remarks if one.verdict == Remark.Verdict.OPEN]

    @property
    def open_elsewhere(self) -> int:
        """How many comments on other versions of the round's report are not answered."""
        return queries.open_remarks(self.report.round_id).exclude(report=self.report).count()

    @cached_property
    def by_anchor(self) -> dict[str, list[Remark]]:
        found: dict[str, list[Remark]] = {}
        for one in self.remarks:
            found.setdefault(one.anchor, []).append(one)
        return found

    @cached_property
    def approvals(self) -> list[Approval]:
        standing = self.report.approvals.filter(void_at=None)
        return list(standing.select_related("by", "organisation"))

    @property
    def approved_by_me(self) -> bool:
        return any(one.by_id == self.user.pk for one in self.approvals)

    @property
    def steps(self) -> list[Step]:
        """The steps the state allows and this person may take."""
        allowed = {Permission.ROUND_RUN: self.runs, Permission.REPORT_APPROVE: self.may_approve}
        return [
            step
            for step in possible(self.report, lives.REPORT)
            if step.code in TAKEN
            and allowed[step.permission]
            and not (step.code == "approve" and self.approved_by_me)
        ]


def review_for(report: ReportVersion, user: User | AnonymousUser) -> Review | None:
    """The review as the person sees it; None for who has no part in the country's rounds."""
    if not queries.may(user, Permission.REPORT_READ_DRAFT, report):
        return None
    return Review(report, user)


@dataclass(frozen=True)
class Waiting:
    """One report that waits for a person, and what for."""

    report: ReportVersion
    to_answer: int
    to_approve: bool
    to_reply: bool
    to_send: bool
    to_publish: bool
    to_comment: bool


def waiting_for(user: User) -> list[Waiting]:
    """Unpublished reports where this person has something to do; few queries for any number."""
    mine: QuerySet[ReportVersion] = queries.reports_of_members(user).defer("snapshot", "members")
    unpublished = mine.filter(state__in=[State.DRAFT, State.IN_REVIEW, State.APPROVED])
    rows = list(
        unpublished.annotate(
            unanswered=Count("remarks", filter=Q(remarks__verdict=Remark.Verdict.OPEN))
        ).order_by("-made_at")
    )
    rounds = {row.round_id for row in rows}
    runs = set(diagnostics.rounds_run_by(user).filter(pk__in=rounds).values_list("pk", flat=True))
    approves = _allowed(user, Permission.REPORT_APPROVE, rows)
    reviews = _allowed(user, Permission.REPORT_REVIEW, rows)
    approved = set(
        Approval.objects.filter(by=user, void_at=None, report__in=rows).values_list(
            "report", flat=True
        )
    )
    sheets = diagnostics.sheets_filled_by(user).filter(
        round__in=rounds, panel="government", state="submitted"
    )
    assessed = set(sheets.values_list("round", flat=True))
    said = set(
        Remark.objects.filter(comment__by=user, report__in=rows).values_list("report", flat=True)
    )
    replied = {row.pk for row in unpublished.filter(replies__organisation__memberships__user=user)}
    newest: dict[int, int] = {}
    for row in rows:
        newest[row.round_id] = max(newest.get(row.round_id, 0), row.number)
    found = []
    for row in rows:
        coordinates, in_review = row.round_id in runs, row.state == State.IN_REVIEW
        one = Waiting(
            row,
            to_answer=row.unanswered if coordinates else 0,
            to_approve=in_review
            and row.pk in approves
            and row.pk not in approved
            and not row.unanswered,
            to_reply=in_review and row.round_id in assessed and row.pk not in replied,
            to_send=coordinates
            and row.state == State.DRAFT
            and row.round.state == Round.State.CLOSED
            and row.number == newest[row.round_id],
            to_publish=coordinates and row.state == State.APPROVED and row.publish_on is None,
            to_comment=in_review and row.pk in reviews and row.pk not in said,
        )
        if any((one.to_answer, one.to_approve, one.to_reply, one.to_send, one.to_publish,
                one.to_comment)):  # fmt: skip
            found.append(one)
    return found


def _allowed(user: User, permission: str, rows: Iterable[ReportVersion]) -> set[int]:
    found = queries.reports_allowing(user, permission).filter(pk__in=[row.pk for row in rows])
    return set(found.values_list("pk", flat=True))
