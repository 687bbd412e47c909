from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        from accounts.signals import people_changed
        from activity import events, notices

        events.register(
            {
                "people.organisation_added": _("{by} added the organisation {organisation}."),
                "people.invited": _("{by} invited somebody as {role} for {organisation}."),
                "people.naming_allowed": _("{by} agreed to be named in members' editions."),
                "people.naming_ended": _("{by} no longer agrees to be named."),
                "people.joined": _("{by} joined {organisation}."),
                "people.invitation_withdrawn": _(
                    "{by} withdrew an invitation as {role} for {organisation}."
                ),
                "people.second_factor_removed": _("{by} removed the second factor of {person}."),
                "people.role_ended": _("{by} ended the role {role} of {person}."),
                "people.token_made": _("{by} made the access token {token}."),
                "people.token_taken_back": _("{by} took the access token {token} back."),
                "comment.made": _("{by} commented on {about}."),
                "comment.resolved": _("{by} marked a comment as resolved."),
                "people.left": _("{by} closed the account of {person}; successor: {successor}."),
            }
        )
        people_changed.connect(events.people_changed, dispatch_uid="activity.people_changed")
        notices.register(
            {
                "comment.mentioned": (
                    _("You are mentioned in a comment"),
                    _("{by} mentions you in a comment on {about}."),
                )
            }
        )
