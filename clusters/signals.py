"""What higher floors may listen to."""

from django.dispatch import Signal

study_grown = Signal()  # sender Study; study: published or followed since, by: User or None
