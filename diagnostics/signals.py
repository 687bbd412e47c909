"""What higher floors may listen to."""

from django.dispatch import Signal

round_scored = Signal()  # sender Scoring; scoring: that of the agreed sheet
round_reopened = Signal()  # sender Round; round: the Round, settling again, by: User or None
