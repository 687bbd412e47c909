"""Who deals with whom in a cluster: measures of its network (method.md section 11).

A tie is something its source said. An actor that did not answer said nothing: what it may have said
is unknown and stands in no denominator, it is not a "no".
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import rustworkx as rx


class Kind(StrEnum):
    """What an actor is to the cluster."""

    CORE = "core"
    ANCHOR = "anchor"
    SUPPLIER = "supplier"
    BUYER = "buyer"
    SERVICE = "service"
    SUPPORT = "support"
    GOVERNMENT = "government"


ENOUGH = 0.5  # of the actors of one side: when so many answered, what none of them told is a no
BUSINESS = frozenset({Kind.ANCHOR, Kind.SUPPLIER, Kind.BUYER, Kind.SERVICE})
SETTLED = 600  # actors that a hundred rounds of the drawing still place within a second
HOLD = 0.3  # of a drawing's middle on each actor; a tie holds with 1
INSTITUTIONS = frozenset({Kind.SUPPORT, Kind.GOVERNMENT})


class Direction(StrEnum):
    """Who gives goods, services, credit or knowledge, seen from the one who told of the tie."""

    UNSAID = ""
    GIVES = "gives"
    TAKES = "takes"
    BOTH = "both"


class LinkageClass(StrEnum):
    """The four classes of linkages by which a cluster's problems are solved (adbi-2007, lecture 9,
    introduction).
    """

    CORE = "core"  # among core firms
    BUSINESS = "business"  # between core firms and other businesses
    INSTITUTIONS = "institutions"  # between core firms and institutions outside the market
    AMONG_INSTITUTIONS = "among_institutions"


class Form(StrEnum):
    """What the ties make of a cluster (yang-2006, section 2.5)."""

    SCATTERED = "scattered"
    VERTICAL = "vertical"
    NETWORK = "network"
    ORGANISED = "organised"


class Unheard(StrEnum):
    """What keeps the form of a cluster unknown."""

    CORE = "core"  # whether core firms deal with each other
    BOTH_SIDES = "both_sides"  # whether they do so both ways
    BUSINESS = "business"  # whether they deal with other businesses
    INSTITUTIONS = "institutions"  # whether institutions take part


@dataclass(frozen=True, slots=True)
class Actor:
    """One firm or institution; `inside` where it belongs to the cluster's place."""

    code: str
    kind: Kind
    inside: bool = True
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """What `source` said of its dealings with `target`."""

    source: str
    target: str
    direction: Direction = Direction.UNSAID


@dataclass(frozen=True, slots=True)
class ActorMeasures:
    """One actor's place in the network.

    `in_degree` counts who told of it, `out_degree` of whom it told: None for an actor that did not
    answer. `gives_to` and `takes_from` count others by the direction said, whoever said it: there
    may be more. `betweenness` is the share of the shortest paths between all others that lead over
    the actor, 0 to 1. A `broker` holds parts of the network together that fall apart without it.
    All are None where nobody told of any tie.
    """

    code: str
    in_degree: int | None = None
    out_degree: int | None = None
    gives_to: int | None = None
    takes_from: int | None = None
    betweenness: float | None = None
    broker: bool | None = None
    component: int | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """The measures of the whole; shares are None with nothing to divide by.

    Where nobody told of any tie, what is told is unknown: shares but that of answers are None,
    there are no `components`, every class is among the unknown.

    `density`: ties said among the pairs of which the source answered. `reciprocity`: of the ties
    between actors that both answered, the share that each of the two told of, whatever one of them
    said of both. `both_ways`: of the pairs with a direction said, the share in which each gives.
    `components`: sizes of the parts that hang together, largest first. `leaving`: of the ties of
    actors inside, the share that goes out. `missing_classes` have no tie although there
    are actors of both sides and at least half of one side answered (of a side alone, two or more);
    `unknown_classes` have none either and cannot be judged. `form` says what was not
    heard where it cannot be judged.
    """

    actors: tuple[ActorMeasures, ...]
    response_rate: float | None
    density: float | None
    reciprocity: float | None
    both_ways: float | None
    components: tuple[int, ...]
    leaving: float | None
    ties_by_class: dict[LinkageClass, int]
    missing_classes: tuple[LinkageClass, ...]
    unknown_classes: tuple[LinkageClass, ...]
    form: Form | Unheard


def measures(actors: Sequence[Actor], ties: Iterable[Tie]) -> Network:
    """Return the measures of a network of `actors`, in their order.

    Without a single tie nobody is taken to have told anything, whoever answered. Raises ValueError
    for two actors of one code, a tie of an actor that is not in the list, and a tie of an actor
    with itself.
    """
    place = {actor.code: number for number, actor in enumerate(actors)}
    if len(place) < len(actors):
        raise ValueError("Two actors have the same code.")
    ties = list(ties)
    told = _told(place, ties)
    if not told:
        return _untold(actors)
    gives = {(place[giver], place[taker]) for tie in ties for giver, taker in flows(tie)}
    givers = Counter(giver for giver, _taker in gives)
    takers = Counter(taker for _giver, taker in gives)
    graph: rx.PyDiGraph[int, None] = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(len(actors)))
    graph.add_edges_from_no_data(sorted(told))
    undirected = graph.to_undirected(multigraph=False)
    parts = sorted((sorted(part) for part in rx.weakly_connected_components(graph)), key=_size)
    component = {node: number for number, part in enumerate(parts) for node in part}
    betweenness = rx.betweenness_centrality(undirected)
    cut = rx.articulation_points(undirected)
    answered = [number for number, actor in enumerate(actors) if actor.answered]
    centred = _centred(actors)
    by_class, missing, unknown = _classes(centred, told)
    return Network(
        actors=tuple(
            ActorMeasures(
                code=actor.code,
                in_degree=graph.in_degree(number),
                out_degree=graph.out_degree(number) if actor.answered else None,
                gives_to=givers[number],
                takes_from=takers[number],
                betweenness=betweenness[number],
                broker=number in cut,
                component=component[number],
            )
            for number, actor in enumerate(actors)
        ),
        response_rate=_response_rate(actors),
        density=_share(
            sum(graph.out_degree(number) for number in answered),
            len(answered) * (len(actors) - 1),
        ),
        reciprocity=_reciprocity(told, set(answered)),
        both_ways=_share(
            sum((taker, giver) in gives for giver, taker in gives if giver < taker),
            len({_pair(*pair) for pair in gives}),
        ),
        components=tuple(len(part) for part in parts),
        leaving=_leaving(actors, told),
        ties_by_class=by_class,
        missing_classes=missing,
        unknown_classes=unknown,
        form=_form(centred, told, by_class, missing),
    )


def _untold(actors: Sequence[Actor]) -> Network:
    return Network(
        actors=tuple(ActorMeasures(actor.code) for actor in actors),
        response_rate=_response_rate(actors),
        density=None,
        reciprocity=None,
        both_ways=None,
        components=(),
        leaving=None,
        ties_by_class=dict.fromkeys(LinkageClass, 0),
        missing_classes=(),
        unknown_classes=tuple(LinkageClass),
        form=Unheard.CORE,
    )


def flows(tie: Tie) -> list[tuple[str, str]]:
    """Who gives to whom by a tie, as (giver, taker): one pair, two, or none where not said."""
    there, back = (tie.source, tie.target), (tie.target, tie.source)
    return {
        Direction.UNSAID: [],
        Direction.GIVES: [there],
        Direction.TAKES: [back],
        Direction.BOTH: [there, back],
    }[tie.direction]


def layout(
    actors: Sequence[str], ties: Iterable[tuple[str, str]], seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Return a place in the plane for each actor, the same one whenever the network is the same.

    For two dates drawn on one map, give the actors and ties of both.
    """
    place = {code: number for number, code in enumerate(sorted(actors))}
    graph: rx.PyGraph[str, float] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(sorted(actors))
    graph.add_edges_from(
        [(*pair, 1.0) for pair in sorted({_pair(place[a], place[b]) for a, b in ties})]
    )
    # Parts that have nothing to do with each other would drift apart: a place in the middle, which
    # nobody sees, holds them.
    middle = graph.add_node("")
    graph.add_edges_from([(node, middle, HOLD) for node in place.values()])
    # Each round takes the square of the actors: a large network gets fewer, a page has to come.
    rounds = round(max(20, min(100, 100 * (SETTLED / max(len(place), 1)) ** 2)))
    found = rx.spring_layout(graph, weight_fn=float, seed=seed, num_iter=rounds)
    return {code: (float(found[n][0]), float(found[n][1])) for code, n in place.items()}


def _told(place: dict[str, int], ties: Iterable[Tie]) -> set[tuple[int, int]]:
    """Who told of whom."""
    told = set()
    for tie in ties:
        for end in (tie.source, tie.target):
            if end not in place:
                raise ValueError(f'The actor "{end}" of a tie is not in the list of actors.')
        if tie.source == tie.target:
            raise ValueError(f'The actor "{tie.source}" has a tie with itself.')
        told.add((place[tie.source], place[tie.target]))
    return told


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _size(part: list[int]) -> tuple[int, int]:
    """Largest first; of equal size, the one with the first actor."""
    return -len(part), part[0]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _response_rate(actors: Sequence[Actor]) -> float | None:
    return _share(sum(actor.answered for actor in actors), len(actors))


def _reciprocity(told: set[tuple[int, int]], answered: set[int]) -> float | None:
    among = {(a, b) for a, b in told if a in answered and b in answered}
    return _share(sum((b, a) in among for a, b in among), len(among))


def _leaving(actors: Sequence[Actor], told: set[tuple[int, int]]) -> float | None:
    """Each pair of actors counts once, whoever of them spoke of it."""
    dealings = {_pair(*pair) for pair in told}
    inside = [actors[a].inside + actors[b].inside for a, b in dealings]
    return _share(inside.count(1), inside.count(1) + inside.count(2))


def _centred(actors: Sequence[Actor]) -> Sequence[Actor]:
    """Where nobody is a core firm the large ones are: the assemblers of a cluster of type 2."""
    if any(actor.kind == Kind.CORE for actor in actors):
        return actors
    return [
        replace(actor, kind=Kind.CORE) if actor.kind == Kind.ANCHOR else actor for actor in actors
    ]


def _class_of(one: Kind, other: Kind) -> LinkageClass | None:
    kinds = {one, other}
    if kinds == {Kind.CORE}:
        return LinkageClass.CORE
    if kinds <= INSTITUTIONS:
        return LinkageClass.AMONG_INSTITUTIONS
    if Kind.CORE in kinds:
        return LinkageClass.BUSINESS if kinds & BUSINESS else LinkageClass.INSTITUTIONS
    return None


def _classes(
    actors: Sequence[Actor], told: set[tuple[int, int]]
) -> tuple[dict[LinkageClass, int], tuple[LinkageClass, ...], tuple[LinkageClass, ...]]:
    """Ties of each class; those without any, apart from those that cannot be judged."""
    dealings = {_pair(*pair) for pair in told}
    counts = dict.fromkeys(LinkageClass, 0)
    for a, b in dealings:
        found = _class_of(actors[a].kind, actors[b].kind)
        if found is not None:
            counts[found] += 1
    absent = [one for one, count in counts.items() if not count]
    missing = tuple(one for one in absent if _heard(actors, one))
    return counts, missing, tuple(one for one in absent if one not in missing)


def _heard(actors: Sequence[Actor], one: LinkageClass) -> bool:
    """Whether ties of a class could be there and would have been told of."""
    sides = {
        LinkageClass.CORE: (frozenset({Kind.CORE}),),
        LinkageClass.BUSINESS: (frozenset({Kind.CORE}), BUSINESS),
        LinkageClass.INSTITUTIONS: (frozenset({Kind.CORE}), INSTITUTIONS),
        LinkageClass.AMONG_INSTITUTIONS: (INSTITUTIONS,),
    }[one]
    answers = [[actor.answered for actor in actors if actor.kind in side] for side in sides]
    needed = 3 - len(sides)  # a tie within one side has two ends there
    return all(len(side) >= needed for side in answers) and any(
        sum(side) >= max(needed, ENOUGH * len(side)) for side in answers
    )


def _form(
    actors: Sequence[Actor],
    told: set[tuple[int, int]],
    by_class: dict[LinkageClass, int],
    missing: Collection[LinkageClass],
) -> Form | Unheard:
    """yang-2006, section 2.5: a vertical cluster is a firm with its suppliers or buyers and the
    institutions around it; a network cluster ties the firms to each other as well; it is organised
    when the firms' cooperation runs both ways and government or a support institution takes part.

    Ours are the marks: ties of the class in question are there at all, and for "organised" at least
    half of the core firms that deal with each other both told of it. Only two that both answered
    are judged, and a class is absent only where it is missing, not where it was not heard of.
    """
    core = {n for n, actor in enumerate(actors) if actor.kind == Kind.CORE}
    if not by_class[LinkageClass.CORE]:
        # A single core firm has no other to deal with.
        if not core or (len(core) > 1 and LinkageClass.CORE not in missing):
            return Unheard.CORE
        if by_class[LinkageClass.BUSINESS]:
            return Form.VERTICAL
        return Form.SCATTERED if LinkageClass.BUSINESS in missing else Unheard.BUSINESS
    heard = {n for n in core if actors[n].answered}
    judged = {_pair(a, b) for a, b in told if a in heard and b in heard}
    if not judged:
        return Unheard.BOTH_SIDES
    if np.mean([(a, b) in told and (b, a) in told for a, b in judged]) < 0.5:
        return Form.NETWORK
    if by_class[LinkageClass.INSTITUTIONS]:
        return Form.ORGANISED
    return Form.NETWORK if LinkageClass.INSTITUTIONS in missing else Unheard.INSTITUTIONS
