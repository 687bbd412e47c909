from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from activity import events, notices
        from reports import round_evidence, work

        round_evidence.register()
        work.register()
        events.register(
            {
                "report.made": _("Version {number} of the report on {round} was made."),
                "report.approvals_void": _(
                    "{by} reopened {round}; approvals of its draft reports are void."
                ),
                "report.in_review": _(
                    "{by} sent version {number} of the report on {round} to review."
                ),
                "report.taken_back": _(
                    "{by} took version {number} of the report on {round} back to draft: {reason}"
                ),
                "report.remark": _("{organisation} commented on {about} in the report on {round}."),
                "report.remark_answered": _(
                    "{by} answered the comment of {organisation} on {about} in the report on "
                    "{round}: {answer}. {reason}"
                ),
                "report.reply": _(
                    "{organisation} wrote its reply to version {number} of the report on {round}."
                ),
                "report.approval": _(
                    "{by} approved version {number} of the report on {round} for {organisation}."
                ),
                "report.approved": _(
                    "{by} approved version {number} of the report on {round} for {organisation} "
                    "as the second person; it is approved."
                ),
                "report.scheduled": _(
                    "{by} has version {number} of the report on {round} published on {date}."
                ),
                "report.published": _("{by} published version {number} of the report on {round}."),
                "report.superseded": _(
                    "Version {newer} superseded version {number} of the report on {round}."
                ),
                "report.withdrawn": _(
                    "{by} withdrew version {number} of the report on {round}: {reason}"
                ),
                "report.shared": _(
                    "{by} made a link to version {number} of the report on {round} for {reader}."
                ),
                "report.share_ended": _(
                    "{by} revoked the link of {reader} to version {number} of the report on "
                    "{round}."
                ),
                "paper.chosen": _("{by} chose how the reports look on paper."),
                "record.made": _("{by} had the country's record made (SHA-256 {sha256})."),
                "record.taken": _("{by} took the country's record away (SHA-256 {sha256})."),
            }
        )
        notices.register(
            {
                "report.made": (
                    _("A report is ready (coordinators)"),
                    _("Version {number} of the report on {round} is ready to be read."),
                ),
                "report.in_review": (
                    _("A report is sent to review"),
                    _("Version {number} of the report on {round} is in review: comment on it."),
                ),
                "report.taken_back": (
                    _("A report is taken back to draft"),
                    _("Version {number} of the report on {round} is a draft again: {reason}"),
                ),
                "report.remark": (
                    _("A reviewer comments on a report (coordinators)"),
                    _("{organisation} comments on {about} in the report on {round}."),
                ),
                "report.remark_answered": (
                    _("Your comment on a report is answered"),
                    _("Your comment on {about} in the report on {round} is {answer}: {reason}"),
                ),
                "report.reply": (
                    _("An assessed ministry replies (coordinators)"),
                    _("{organisation} wrote its reply to the report on {round}."),
                ),
                "report.approval": (
                    _("A report has one approval (approvers)"),
                    _(
                        "Version {number} of the report on {round} is approved for "
                        "{organisation}; a second person has to approve it."
                    ),
                ),
                "report.approved": (
                    _("A report is approved (approvers)"),
                    _("Version {number} of the report on {round} is approved by two people."),
                ),
                "report.scheduled": (
                    _("A report has a date of publication"),
                    _("Version {number} of the report on {round} is published on {date}."),
                ),
                "report.published": (
                    _("A report is published"),
                    _("Version {number} of the report on {round} is published."),
                ),
                "report.withdrawn": (
                    _("A report is withdrawn"),
                    _("Version {number} of the report on {round} is withdrawn: {reason}"),
                ),
            }
        )
