"""Networks small enough to count by hand, and larger ones against networkx."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.network import (
    Actor,
    ActorMeasures,
    Direction,
    Form,
    Kind,
    LinkageClass,
    Tie,
    Unheard,
    layout,
    measures,
)

CHAIN = [
    Actor("a", Kind.CORE),
    Actor("b", Kind.CORE),
    Actor("s", Kind.SUPPLIER, inside=False),
    Actor("g", Kind.GOVERNMENT, answered=False),
]


def test_a_chain_by_hand():
    found = measures(CHAIN, [Tie("s", "a"), Tie("a", "b"), Tie("b", "a"), Tie("b", "g")])
    by_code = {actor.code: actor for actor in found.actors}
    assert found.response_rate == 3 / 4
    assert found.density == 4 / (3 * 3)
    assert found.reciprocity == 2 / 3
    assert found.components == (4,)
    assert found.leaving == 1 / 3  # a-b and b-g stay, s-a leaves
    assert by_code["g"].out_degree is None
    assert by_code["g"].in_degree == 1
    assert by_code["a"].betweenness == pytest.approx(2 / 3)
    assert [actor.code for actor in found.actors if actor.broker] == ["a", "b"]


def test_who_gives_to_whom_by_hand():
    ties = [
        Tie("s", "a", Direction.GIVES),
        Tie("a", "s", Direction.TAKES),  # the same dealing, told from the other side
        Tie("a", "b", Direction.BOTH),
        Tie("b", "g", Direction.TAKES),  # g did not answer, yet is said to give
        Tie("b", "s"),
    ]
    found = measures(CHAIN, ties)
    assert {one.code: (one.gives_to, one.takes_from) for one in found.actors} == {
        "a": (1, 2), "b": (1, 2), "s": (1, 0), "g": (1, 0),
    }  # fmt: skip
    assert found.both_ways == 1 / 3  # of s-a, a-b, g-b
    assert measures(CHAIN, [Tie("a", "b")]).both_ways is None
    assert found.density == 5 / (3 * 3)  # what was told: that a says both tells nothing of b
    assert [one.out_degree for one in found.actors] == [2, 2, 1, None]


def test_without_core_firms_the_assembler_and_its_suppliers_are_a_vertical_cluster():
    actors = [
        Actor("a", Kind.ANCHOR), Actor("s", Kind.SUPPLIER), Actor("t", Kind.SUPPLIER),
        Actor("g", Kind.GOVERNMENT),
    ]  # fmt: skip
    found = measures(actors, [Tie("s", "a"), Tie("a", "t")])
    assert found.form == Form.VERTICAL
    assert found.ties_by_class[LinkageClass.BUSINESS] == 2
    assert found.missing_classes == (LinkageClass.INSTITUTIONS,)
    beside = measures([*actors, Actor("c", Kind.CORE)], [Tie("c", "a")])
    assert beside.ties_by_class[LinkageClass.BUSINESS] == 1


def test_what_nobody_was_asked_is_unknown_not_missing():
    found = measures(CHAIN, [Tie("a", "b")])
    assert found.missing_classes == (LinkageClass.BUSINESS, LinkageClass.INSTITUTIONS)
    assert found.unknown_classes == (LinkageClass.AMONG_INSTITUTIONS,)


def test_an_actor_that_did_not_answer_is_in_no_denominator():
    silent = [Actor("a", Kind.CORE), Actor("b", Kind.CORE, answered=False)]
    found = measures(silent, [Tie("a", "b")])
    assert found.density == 1
    assert found.reciprocity is None


def test_without_actors_there_is_nothing_to_divide_by():
    found = measures([], [])
    assert (found.density, found.response_rate, found.leaving) == (None, None, None)
    assert found.form == Unheard.CORE


def test_before_the_first_tie_nothing_is_known_but_who_answered():
    found = measures(CHAIN, [])
    assert found.response_rate == 3 / 4
    assert (found.density, found.reciprocity, found.leaving) == (None, None, None)
    assert (found.components, found.missing_classes) == ((), ())
    assert found.unknown_classes == tuple(LinkageClass)
    assert found.actors == tuple(ActorMeasures(code) for code in "absg")


@pytest.mark.parametrize(
    ("ties", "form"),
    [
        ([], Unheard.CORE),
        ([Tie("s", "g")], Form.SCATTERED),
        ([Tie("s", "a")], Form.VERTICAL),
        ([Tie("s", "a"), Tie("a", "b")], Form.NETWORK),
        ([Tie("a", "b"), Tie("b", "a"), Tie("b", "g")], Form.ORGANISED),
        ([Tie("a", "b"), Tie("b", "a")], Form.NETWORK),
        # b answered and did not name a: what a said of both is not told from both sides.
        ([Tie("a", "b", Direction.BOTH), Tie("b", "g")], Form.NETWORK),
    ],
)
def test_the_form_of_a_cluster(ties, form):
    assert measures(CHAIN, ties).form == form


def cores(count, heard, *others):
    return [*(Actor(f"c{n}", Kind.CORE, answered=n < heard) for n in range(count)), *others]


@pytest.mark.parametrize(
    ("actors", "ties", "form"),
    [
        # One of 20 was heard: that it named no other firm says nothing of the 19.
        (cores(20, 1, Actor("s", Kind.SUPPLIER)), [Tie("c0", "s")], Unheard.CORE),
        # c0 answered, c1 did not: whether c1 deals with c0 is not known.
        (cores(2, 1), [Tie("c0", "c1", Direction.BOTH)], Unheard.BOTH_SIDES),
        # Two heard and two-sided; the third is silent and counts for nothing.
        (
            cores(3, 2, Actor("g", Kind.GOVERNMENT)),
            [Tie("c0", "c1"), Tie("c1", "c0"), Tie("c0", "c2"), Tie("g", "c2")],
            Form.ORGANISED,
        ),
        # No institution stands in the survey.
        (cores(2, 2), [Tie("c0", "c1"), Tie("c1", "c0")], Unheard.INSTITUTIONS),
        # No other business stands in the survey.
        (
            cores(2, 2, Actor("g", Kind.GOVERNMENT), Actor("u", Kind.SUPPORT)),
            [Tie("g", "u")],
            Unheard.BUSINESS,
        ),
        # A pyramid: its one core firm has no other to deal with.
        (cores(1, 1, Actor("s", Kind.SUPPLIER)), [Tie("s", "c0")], Form.VERTICAL),
    ],
)
def test_silence_is_not_a_no_in_the_form(actors, ties, form):
    assert measures(actors, ties).form == form


def test_a_class_is_missing_only_where_it_could_be_and_enough_answered():
    core, business = LinkageClass.CORE, LinkageClass.BUSINESS
    around = [Actor(code, Kind.SUPPLIER, answered=False) for code in "st"]
    told = [Tie("s", "t")]  # a tie of no class
    assert measures(cores(20, 1, *around), told).missing_classes == ()
    assert measures(cores(20, 10, *around), told).missing_classes == (core, business)
    assert measures(cores(1, 1, *around), told).missing_classes == (business,)
    assert measures(cores(2, 2, *around), told).missing_classes == (core, business)


@pytest.mark.parametrize(
    ("actors", "ties", "words"),
    [
        ([*CHAIN, Actor("a", Kind.BUYER)], [], "same code"),
        (CHAIN, [Tie("a", "z")], '"z" of a tie is not in the list'),
        (CHAIN, [Tie("a", "a")], '"a" has a tie with itself'),
    ],
)
def test_what_is_refused(actors, ties, words):
    with pytest.raises(ValueError, match=words):
        measures(actors, ties)


@given(
    st.sets(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] != p[1]), min_size=1
    )
)
def test_against_networkx(pairs):
    actors = [Actor(str(n), list(Kind)[n % len(Kind)]) for n in range(8)]
    found = measures(actors, [Tie(str(a), str(b)) for a, b in pairs])
    graph = nx.DiGraph()
    graph.add_nodes_from(range(8))
    graph.add_edges_from(pairs)
    betweenness = nx.betweenness_centrality(graph.to_undirected())
    assert found.density == pytest.approx(nx.density(graph))
    assert [one.in_degree for one in found.actors] == [graph.in_degree(n) for n in range(8)]
    assert [one.betweenness for one in found.actors] == pytest.approx(list(betweenness.values()))
    assert list(found.components) == sorted(
        (len(part) for part in nx.weakly_connected_components(graph)), reverse=True
    )
    assert found.reciprocity == pytest.approx(nx.overall_reciprocity(graph))
    assert {n for n in range(8) if found.actors[n].broker} == set(
        nx.articulation_points(graph.to_undirected())
    )


def test_the_layout_does_not_depend_on_the_order():
    ties = [("a", "b"), ("b", "c"), ("c", "d")]
    assert layout("abcd", ties) == layout("dcba", [("b", "a"), ("d", "c"), ("c", "b")])


def test_parts_without_ties_between_them_stay_in_one_drawing():
    places = layout("abcdz", [("a", "b"), ("b", "c"), ("c", "d")])
    assert set(places) == set("abcdz")
    far = max(abs(x - places["b"][0]) + abs(y - places["b"][1]) for x, y in places.values())
    near = min(
        abs(places[n][0] - places["b"][0]) + abs(places[n][1] - places["b"][1]) for n in "ac"
    )
    assert far < 6 * near
