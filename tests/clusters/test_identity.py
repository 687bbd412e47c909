"""What tells a cluster from what looks like it, case by case (adbi-2007, lecture 8)."""

import pytest

from clusters.identity import NEEDED, QUESTIONS, Kind, verdict

ALL_YES = dict.fromkeys(QUESTIONS, "yes")


@pytest.mark.parametrize(
    ("otherwise", "kind"),
    [
        ({}, Kind.CLUSTER),
        ({"grown": "no"}, Kind.CLUSTER),
        ({"near": "no"}, Kind.SUBSECTOR),
        ({"near": "no", "local": "no"}, Kind.CHAIN),
        ({"local": "no"}, Kind.CHAIN),
        ({"there": "no"}, Kind.NETWORK),
        ({"there": "no", "focused": "no"}, Kind.ASSOCIATION),
        ({"same": "no"}, Kind.OTHER),
        ({"same": "no", "grown": "no"}, Kind.PARK),
        ({"same": "no", "near": "unknown"}, Kind.OTHER),
        ({"small": "no"}, Kind.OTHER),
        ({"shared": "no"}, Kind.OTHER),
        ({"shared": "unknown"}, Kind.OPEN),
    ],
)
def test_each_kind_has_its_mark(otherwise, kind):
    found = verdict(ALL_YES | otherwise)
    assert found.kind == kind
    assert all(str(reason).endswith((".", "?")) for reason in found.reasons)


def test_without_answers_the_needed_ones_are_asked_for():
    found = verdict({})
    assert found.kind == Kind.OPEN
    assert found.reasons == tuple(QUESTIONS[question] for question in NEEDED)
