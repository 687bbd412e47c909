from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"

    def ready(self) -> None:
        from activity import events
        from diagnostics import work

        work.register()
        events.register(
            {
                "instrument.published": _("{by} published {instrument}."),
                "round.planned": _("{by} planned the round {round}; sheets: {sheets}."),
                "round.opened": _("{by} opened the round {round} for answers."),
                "round.closed": _("{by} closed the round {round}; submitted sheets: {sheets}."),
                "sheet.submitted": _("{by} submitted the sheet of {sheet} in {round}."),
                "sheet.reopened": _("{by} opened the sheet of {sheet} in {round} again: {reason}"),
            }
        )
