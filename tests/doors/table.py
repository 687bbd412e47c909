"""Who gets what at every address but those of the tables (tests/doors/test_tables.py)."""

from tests.doors import cluster_programs, clusters, others, programs, rounds

DOORS = [*rounds.DOORS, *clusters.DOORS, *others.DOORS, *programs.DOORS, *cluster_programs.DOORS]
