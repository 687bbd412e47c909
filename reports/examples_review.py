"""The reviews of the fictional country's reports: one withdrawn, one published, one in review.

Those of its cluster are published: its diagnostic study draws them.
"""

from django.db import transaction

from accounts.models import Organisation, User
from reports import actions
from reports.models import ReportVersion

TITLE = "SME stages, Exampland (fictional), %s"
YEARS = ("2019", "2022", "2024")
OF_CLUSTER = (
    "Phase of the cluster, Sample Valley furniture makers (fictional), 2024",
    "Cluster diagnostic, Sample Valley furniture makers (fictional), 2024",
)


@transaction.atomic
def load_reviews() -> None:
    """Lead the reports on 2019, 2022 and 2024 on their ways, once; the people are there."""
    coordinator, approver, donor = (
        User.objects.get(email=f"{name}@example.org")
        for name in ("coordinator.exampland", "approver.exampland", "donor")
    )
    for title in (*(TITLE % year for year in YEARS), *OF_CLUSTER):
        found = ReportVersion.objects.filter(round__title=title).order_by("-number")
        report = found.first()
        untouched = report is not None and report.state == ReportVersion.State.DRAFT
        if not untouched or report.remarks.exists() or report.approvals.exists():
            continue
        actions.ask_for_review(report=report, by=coordinator)
        if title == TITLE % "2024":
            _discuss(report, coordinator, donor)
            continue
        actions.approve(report=report, by=coordinator)
        actions.approve(report=report, by=approver)
        actions.publish(report=report, on=None, by=coordinator)
        if title == TITLE % "2019":
            actions.withdraw(
                report=report,
                reason="A fictional reason: two invented tables were taken from another year.",
                by=coordinator,
            )


def _discuss(report: ReportVersion, coordinator: User, donor: User) -> None:
    bank = Organisation.objects.get(name="Development bank (fictional)", country=None)
    ministry = Organisation.objects.get(name="Ministry of Enterprise of Exampland (fictional)")
    said = {"report": report, "organisation": bank, "by": donor}
    first = actions.remark(
        anchor="finance", text="Say in one sentence what changed since 2022.", **said
    )
    actions.answer_remark(
        remark=first,
        verdict="declined",
        answer="The section on the last round says it, with both positions.",
        by=coordinator,
    )
    actions.remark(
        anchor="business_environmentlicences",
        text="Which provinces does the register's share leave out?",
        **said,
    )
    officer = User.objects.get(email="officer.exampland@example.org")
    actions.reply(
        report=report,
        organisation=ministry,
        text="The ministry keeps to the register's share and will publish it by province.",
        by=officer,
    )
