"""What higher floors may listen to."""

from django.dispatch import Signal

# sender Cluster; cluster, resting: a list of texts, to which each names what of its own rests on it
asked_what_rests = Signal()
study_grown = Signal()  # sender Study; study: published or followed since, by: User or None
