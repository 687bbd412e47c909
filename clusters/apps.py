from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusters"

    def ready(self) -> None:
        from accounts import memberships
        from accounts.signals import invitation_accepted
        from activity import events, notices
        from clusters import actions, work
        from clusters.models import ClusterMembership
        from clusters.studies import drawings, offers

        members = memberships.Kind(ClusterMembership, "cluster", "cluster__country")
        memberships.register("cluster", members)
        invitation_accepted.connect(
            actions.invitation_accepted, dispatch_uid="clusters.invitation_accepted"
        )
        work.register()
        offers.register()
        drawings.register(drawings.position)
        drawings.register(drawings.network)
        events.register(
            {
                "study.begun": _("{by} began {study}."),
                "study.written": _("{by} wrote on {study}."),
                "study.send": _("{by} sent {study} to review."),
                "study.take_back": _("{by} took {study} back to draft: {reason}"),
                "study.approve": _("{by} approved {study}."),
                "study.publish": _("{by} published {study}."),
                "study.superseded": _("{study} is superseded by study {newer}; {by} published it."),
                "study.withdraw": _("{by} withdrew {study}: {reason}"),
                "study.followed": _("{by} said where “{line}” of {study} stands."),
                "study.corrected": _(
                    "{by} corrected a value of “{line}” of {study}, of {date}, from {before} to "
                    "{after}: {reason}"
                ),
                "study.lesson": _("{by} wrote down a lesson of {study}: {text}"),
                "study.lesson_corrected": _(
                    "{by} corrected a lesson of {study}, from “{before}” to “{text}”: {reason}"
                ),
                "study.judged": _("{by} judged {study}: {criterion}. {text}"),
                "cluster.added": _("{by} entered the cluster {cluster}."),
                "cluster.changed": _("{by} changed {fields} of the cluster {cluster}."),
                "cluster.discarded": _("{by} discarded the cluster {cluster}: {because}"),
                "cluster.capability": _(
                    "{by} answered what {cluster} is capable of, {year}: {source}."
                ),
                "cluster.capability_removed": _(
                    "{by} removed what {cluster} was said to be capable of, {year}: {source}."
                ),
                "size_structure.added": _(
                    "{by} added employment by size of firm, {year}, {coverage}: {shares} percent."
                ),
                "size_structure.removed": _(
                    "{by} removed employment by size of firm, {year}, {coverage}: {shares} percent."
                ),
                "employment.added": _("{by} added the employment table {table}."),
                "employment.file_given": _(
                    "{by} gave another file for the employment table {table}."
                ),
                "employment.changed": _(
                    "{by} changed the employment table {before}, now {table}: {source}."
                ),
                "employment.map_discarded": _(
                    "{by} discarded the mapped employment table {table}: {because}"
                ),
                "employment.discarded": _("{by} discarded the employment table {table}."),
                "region.added": _("{by} entered the region {region} of {place}."),
                "region.changed": _("{by} changed the region {before} of {place}: {region}."),
                "region.removed": _("{by} removed the region {region} of {place}."),
                "regions.outlined": _("{by} gave regions of {place} outlines: {count}; {source}."),
                "linkages.survey_added": _("{by} added the survey of linkages {survey}."),
                "linkages.survey_changed": _(
                    "{by} changed the survey of linkages {before}, now {survey}."
                ),
                "linkages.survey_removed": _(
                    "{by} deleted the survey of linkages {survey} of {date}, with {actors} actors "
                    "and {ties} ties."
                ),
                "linkages.actor_renamed": _("{by} renamed the actor {before}: {actor}."),
                "linkages.actors_entered": _("{by} entered actors into {survey}: {count}."),
                "linkages.ties_entered": _("{by} entered ties into {survey}: {count}."),
                "linkages.actor_removed": _("{by} took the actor {actor} out of {survey}."),
                "linkages.tie_removed": _("{by} took a tie out of {survey}: {source}, {target}."),
                "firm.added": _("{by} entered a firm of {cluster}."),
                "firm.changed": _("{by} changed the entry of a firm of {cluster}."),
                "firm.removed": _("{by} took a firm out of {cluster}, with its profile."),
                "cluster.figure_added": _("{by} added {figure} {year} of {cluster}: {value}."),
                "cluster.figure_removed": _("{by} removed {figure} {year} of {cluster}: {value}."),
            }
        )
        notices.register(
            {
                "study.send": (
                    _("A diagnostic study comes to review"),
                    _("{study} is in review; read it and comment."),
                ),
                "study.take_back": (
                    _("A diagnostic study is taken back to draft"),
                    _("{study} is a draft again: {reason}"),
                ),
                "study.approve": (
                    _("A diagnostic study is approved"),
                    _("{study} is approved and can be published."),
                ),
                "study.publish": (
                    _("A diagnostic study is published"),
                    _("{study} is published."),
                ),
                "study.withdraw": (
                    _("A diagnostic study is withdrawn"),
                    _("{study} is withdrawn: {reason}"),
                ),
            }
        )
