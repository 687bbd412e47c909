"""What higher floors may listen to."""

from django.dispatch import Signal

people_changed = Signal()  # sender User; kind: event kind, by: User or None, country, facts: dict
