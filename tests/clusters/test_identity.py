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
        ({"focused": "no"}, Kind.CLUSTER),
        ({"same": "no"}, Kind.OTHER),
        ({"same": "no", "near": "no"}, Kind.OTHER),
        ({"same": "no", "local": "no"}, Kind.OTHER),
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


def test_what_shares_no_trade_is_no_chain():
    """A chain's firms make parts and steps of one product."""
    assert verdict(dict.fromkeys(QUESTIONS, "no")).kind == Kind.ASSOCIATION
    joined = dict.fromkeys(QUESTIONS, "no") | {"there": "yes"}
    assert verdict(joined).kind == Kind.OTHER
    assert verdict(joined).reasons == ("The firms share neither a place nor a trade.",)


def test_doing_together_what_is_about_no_trade_is_told_of_a_cluster():
    plain, unfocused = verdict(ALL_YES), verdict(ALL_YES | {"focused": "no"})
    (more,) = set(unfocused.reasons) - set(plain.reasons)
    assert "business at large" in str(more)


def test_without_answers_the_needed_ones_are_asked_for():
    found = verdict({})
    assert found.kind == Kind.OPEN
    assert found.reasons == tuple(QUESTIONS[question] for question in NEEDED)
