"""Who gets what at every address but those of the tables (tests/doors/test_tables.py)."""

from tests.doors import clusters, others, programs, rounds

DOORS = [*rounds.DOORS, *clusters.DOORS, *others.DOORS, *programs.DOORS]
