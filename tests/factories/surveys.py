"""Surveys of linkages for tests."""

from datetime import date

from clusters import actions

ACTORS = (
    b"name,kind,inside,answered\nA,core,,\nB,core,,\nC,core,,no\nS,supplier,no,\nG,government,,no\n"
)
TIES = (
    b"source,target,kind,strength,direction\nA,B,joint,3,\nB,A,joint,1,\nA,C,trade,,gives\n"
    b"S,A,trade,,both\n"
)


def surveyed(cluster, year, ties=TIES):
    made = actions.add_linkage_survey(
        cluster=cluster, title=f"In {year}", date=date(year, 1, 1), source="Asked", by=None
    )
    actions.enter_actors(survey=made, table=ACTORS, by=None)
    actions.enter_ties(survey=made, table=ties, by=None)
    return made
