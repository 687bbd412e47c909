from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from activity import events, notices
        from reports import work

        work.register()
        events.register(
            {
                "report.made": _("Version {number} of the report on {round} was made."),
                "report.approvals_void": _(
                    "{by} reopened {round}; approvals of its draft reports are void."
                ),
                "paper.chosen": _("{by} chose how the reports look on paper."),
            }
        )
        notices.register(
            {
                "report.made": (
                    _("A report is ready (coordinators)"),
                    _("Version {number} of the report on {round} is ready to be read."),
                )
            }
        )
