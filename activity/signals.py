"""What this floor tells those above it."""

from django.dispatch import Signal

# Every night; a receiver deletes what its app keeps for a while only and adds to `removed`, by
# name, how many there were.
cleaning_up = Signal()
