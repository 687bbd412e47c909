"""What higher floors may listen to."""

from django.dispatch import Signal

round_scored = Signal()  # sender Round; scoring: the Scoring of the agreed sheet, by: User or None
