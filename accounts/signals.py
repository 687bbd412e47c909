"""What higher floors may listen to."""

from django.dispatch import Signal

# sender Invitation; invitation, user: a role of a higher floor is stored there
invitation_accepted = Signal()
people_changed = Signal()  # sender User; kind: event kind, by: User or None, country, facts: dict
