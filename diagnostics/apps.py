from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"

    def ready(self) -> None:
        from activity import events, notices
        from clusters.signals import asked_what_rests
        from diagnostics import indicator_evidence, resting, work

        work.register()
        indicator_evidence.register()
        asked_what_rests.connect(resting.on_cluster, dispatch_uid="diagnostics.resting_on_cluster")
        events.register(
            {
                "instrument.published": _("{by} published {instrument}."),
                "instrument.translated": _("{by} loaded {instrument} in the language {language}."),
                "instrument.copied": _("{by} began the draft {instrument}, a copy of {source}."),
                "instrument.imported": _("{by} began the draft {instrument} from a file."),
                "instrument.item_added": _("{by} added “{item}” to the draft {instrument}."),
                "instrument.item_removed": _("{by} took “{item}” out of the draft {instrument}."),
                "instrument.discarded": _("{by} discarded the draft {instrument}."),
                "instrument.drafted": _("{by} drafted {instrument} from {dataset}."),
                "instrument.calibrated": _(
                    "{by} took thresholds of {dataset} into the draft {instrument} ({changes})."
                ),
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
                "objection.filed": _("{organisation} objects to {item} in {round}: {text}"),
                "plan.begun": _("{by} began the action plan of {round}."),
                "plan.agreed": _("{by} agreed the action plan of {round}; measures: {measures}."),
                "plan.revised": _("{by} took the plan of {round} back to a draft: {reason}"),
                "plan.closed": _("{by} closed the action plan of {round}."),
                "plan.reopened": _("{by} opened the plan of {round} again: {reason}"),
                "plan.judged": _("{by} judged the plan of {round}: {criterion}. {text}"),
                "measure.added": _("{by} put into the plan of {round}: {measure}"),
                "measure.changed": _("{by} changed in the plan of {round}: {measure}"),
                "measure.removed": _("{by} took out of the plan of {round}: {measure}"),
                "measure.progress": _("{by} reported in {round} of “{measure}”: {status}. {text}"),
                "measure.funded": _("{funder} pays {amount} of “{measure}” in {round}."),
                "measure.unfunded": _("{funder} no longer pays for “{measure}” in {round}."),
                "measure.interest": _(
                    "{organisation} would look at “{measure}” in {round}. {text}"
                ),
                "measure.interest_withdrawn": _(
                    "{organisation} no longer looks at “{measure}” in {round}."
                ),
                "objection.answered": _(
                    "{by} answered the objection of {organisation} to {item} in {round}: "
                    "{answer}. {reason}"
                ),
                "sheet.assigned": _(
                    "{by} gave {person} parts of the sheet of {sheet} in {round}: {parts}."
                ),
                "sheet.unassigned": _(
                    "{by} took a part of the sheet of {sheet} in {round} from {person}."
                ),
                "round.closed": _("{by} closed the round {round}; submitted sheets: {sheets}."),
                "sheet.given_back": _(
                    "{by} saved items of the sheet of {sheet} in {round} from a file: {items}."
                ),
                "sheet.submitted": _("{by} submitted the sheet of {sheet} in {round}."),
                "firm.handed_in": _("{by} handed in a firm's profile."),
                "firm.opened_again": _("{by} opened a firm's profile again."),
                "firm.profile_begun": _("{by} began a firm's profile by a newer instrument."),
                "firm.person_ended": _("{by} had somebody answer no longer for a firm."),
                "sheet.reopened": _("{by} opened the sheet of {sheet} in {round} again: {reason}"),
            }
        )
        notices.register(
            {
                "round.opened": (
                    _("A round is opened for answers"),
                    _("The round {round} is open for your answers."),
                ),
                "round.settling": (
                    _("Collecting has ended"),
                    _("Collecting in {round} has ended; differences are settled now."),
                ),
                "round.collecting_again": (
                    _("A round collects answers again"),
                    _("{round} collects answers again: {reason}"),
                ),
                "round.closed": (
                    _("A round is closed"),
                    _("The round {round} is closed; its report is being made."),
                ),
                "round.reopened": (
                    _("A closed round is reopened"),
                    _("{round} is settled again for {item}: {reason}"),
                ),
                "sheet.submitted": (
                    _("A sheet is submitted (coordinators)"),
                    _("The sheet of {sheet} in {round} is submitted."),
                ),
                "sheet.reopened": (
                    _("Your sheet is opened again"),
                    _("The sheet of {sheet} in {round} is open again: {reason}"),
                ),
                "firm.handed_in": (
                    _("A firm's profile is handed in"),
                    _("The profile of {firm} is handed in."),
                ),
                "firm.opened_again": (
                    _("A firm's profile is opened again"),
                    _("The profile of {firm} is open again."),
                ),
                "plan.step": (
                    _("A plan with measures of yours is agreed, revised or closed"),
                    _("The action plan of {round} is {state}. {reason}"),
                ),
                "measure.progress": (
                    _("Progress of a measure is reported (coordinators)"),
                    _("“{measure}” in {round} is {status}: {text}"),
                ),
                "measure.interest": (
                    _("A donor is interested in a measure (coordinators)"),
                    _("{organisation} would look at funding “{measure}” in {round}. {text}"),
                ),
                "objection.filed": (
                    _("An objection is filed (coordinators)"),
                    _("{organisation} objects to {item} in {round}."),
                ),
                "objection.answered": (
                    _("Your objection is answered"),
                    _("Your objection to {item} in {round} is {answer}: {reason}"),
                ),
                "assignment.made": (
                    _("You are given parts of a sheet"),
                    _("You were given parts of the sheet of {sheet} in {round}."),
                ),
                "assignment.due": (
                    _("What you were given is due"),
                    _("Items to answer in {round}: {items}. The first are due on {due}."),
                ),
            }
        )
