"""What higher floors may listen to."""

from django.dispatch import Signal

round_scored = Signal()  # sender Round; scoring: the Scoring of the agreed sheet, by: User or None
round_reopened = Signal()  # sender Round; round: the Round, settling again, by: User or None
