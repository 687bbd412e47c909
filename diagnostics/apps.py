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
                "instrument.drafted": _("{by} drafted {instrument} from {dataset}."),
                "round.planned": _("{by} planned the round {round}; sheets: {sheets}."),
                "round.opened": _("{by} opened the round {round} for answers."),
                "round.settling": _(
                    "{by} ended collecting in {round}; submitted sheets: {sheets}."
                ),
                "round.collecting_again": _("{by} has {round} collect answers again: {reason}"),
                "round.reopened": _("{by} reopened {round} for the item {item}: {reason}"),
                "round.archived": _("{by} archived the round {round}."),
                "round.unarchived": _("{by} took the round {round} out of the archive."),
                "item.settled": _("{by} settled {item} in {round}: {reason}"),
                "item.waived": _("{by} left {item} in {round} as the majority has it: {reason}"),
                "item.taken_back": _("{by} took back the decision on {item} in {round}: {reason}"),
                "item.reopened": _("{by} opened {item} in {round} again: {reason}"),
                "item.dissent": _("{organisation} does not share {item} in {round}: {text}"),
                "item.dissent_withdrawn": _(
                    "{organisation} no longer dissents from {item} in {round}."
                ),
                "round.closed": _("{by} closed the round {round}; submitted sheets: {sheets}."),
                "sheet.submitted": _("{by} submitted the sheet of {sheet} in {round}."),
                "sheet.reopened": _("{by} opened the sheet of {sheet} in {round} again: {reason}"),
            }
        )
