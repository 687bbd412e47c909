"""The network of a survey drawn: who stands where, how large, joined by what."""

from collections import Counter, defaultdict
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Kind, Line, Mark, Plane, Scale, Series
from clusters import network
from clusters.linkages.words import Found, actors, kind_names, partners, plain
from clusters.models import Actor, Cluster, Tie

NAMED = 5  # so many actors have their names beside them in the drawing
SMALLEST, LARGEST = 9, 30  # marks, in pixels, of as many actors as have room for them
ROOMY = 80
TONES = (0.05, 0.1, 0.2)  # betweenness from which a mark is a tone darker
HOLLOW = "surface"
MARKS = {
    Actor.Kind.CORE: Mark.FULL,
    Actor.Kind.ANCHOR: Mark.STAR,
    Actor.Kind.SUPPLIER: Mark.UP,
    Actor.Kind.BUYER: Mark.DOWN,
    Actor.Kind.SERVICE: Mark.DIAMOND,
    Actor.Kind.SUPPORT: Mark.SQUARE,
    Actor.Kind.GOVERNMENT: Mark.PLUS,
}


def drawing(shown: Found) -> Chart | None:
    """The network; an actor stands where it stands at every other date of the cluster."""
    if not shown.surveyed:
        return None
    names = [one.actor.name for one in shown.surveyed]
    dealings = [len(others) for others in partners(shown)]
    places = _layout(shown.survey.cluster)
    busiest = sorted(range(len(names)), key=lambda at: (-dealings[at], names[at]))
    first = busiest[0]
    most = max(dealings[first], 1)
    room = min(1.0, (ROOMY / len(names)) ** 0.5)  # marks of equal area in all, however many
    sizes = [round(room * (SMALLEST + (LARGEST - SMALLEST) * n / most), 1) for n in dealings]
    hint = _("%(name)s, %(kind)s: deals with %(n)s")
    silent = _("%(name)s, %(kind)s, did not answer: deals with %(n)s")
    hints = [
        (hint if one.answered else silent) % {"name": name, "kind": kind, "n": n}
        for one, name, kind, n in zip(
            shown.surveyed, names, kind_names(shown), dealings, strict=True
        )
    ]
    tones = [
        _tone(measured.betweenness or 0) if one.answered else HOLLOW
        for one, measured in zip(shown.surveyed, shown.measures.actors, strict=True)
    ]
    by_kind = [
        Series(
            str(kind.label),
            [size if one.kind == kind else None
             for one, size in zip(shown.surveyed, sizes, strict=True)],
            labels=hints,
            tones=tones,
            mark=MARKS[kind],
        )
        for kind in Actor.Kind
        if any(one.kind == kind for one in shown.surveyed)
    ]  # fmt: skip
    if shown.silent:
        by_kind.append(Series(_("did not answer"), [None] * len(names), tones=[HOLLOW]))
    table = actors(shown)
    return Chart(
        id="network",
        kind=Kind.NETWORK,
        title=ngettext(
            "%(name)s deals with most others: %(n)s of %(all)s",
            "%(name)s deals with most others: %(n)s of %(all)s",
            dealings[first],
        )
        % {"name": names[first], "n": dealings[first], "all": len(names) - 1}
        if dealings[first]
        else _("No tie is entered yet"),
        description=_(
            "The network of %(actors)s actors with %(ties)s ties in %(parts)s separate parts; the "
            "table has every actor's measures."
        )
        % {
            "actors": len(names),
            "ties": len(shown.ties),
            "parts": len(shown.measures.components),
        }
        if shown.ties
        else _("The actors; what they tell of each other is not known yet."),
        columns=table.columns,
        rows=table.rows,
        categories=names,
        series=by_kind,
        scale=Scale(0, 1, 1),
        note=_(
            "Larger: deals with more others. Darker: stands between more others. Hollow: did not "
            "answer. An arrow runs "
            "from who gives to who takes, a line without one both ways; where nobody said which "
            "way, it is dotted. Thicker is closer."
        ),
        plane=Plane([places[name] for name in names], _lines(shown), frozenset(busiest[:NAMED])),
    )


def _lines(shown: Found) -> list[Line]:
    """One line a pair, as thick as its closest tie; it runs the way that any of its ties says."""
    place = {one.actor.name: at for at, one in enumerate(shown.surveyed)}
    widths: Counter[tuple[int, int]] = Counter()
    gives: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for tie in shown.ties:
        one, other = sorted((place[tie.source.name], place[tie.target.name]))
        widths[one, other] = max(widths[one, other], tie.strength)
        gives[one, other] |= {
            (place[giver], place[taker]) for giver, taker in network.flows(plain(tie))
        }
    return [
        Line(*min(gives[pair], default=pair), both=len(gives[pair]) == 2,
             dotted=not gives[pair], width=width)
        for pair, width in widths.items()
    ]  # fmt: skip


def _layout(cluster: Cluster) -> dict[str, tuple[float, float]]:
    """Places from the actors and ties of all dates, so that no date moves anybody."""
    pairs = Tie.objects.filter(survey__cluster=cluster).values_list("source__name", "target__name")
    names = cluster.actors.values_list("name", flat=True)
    return _placed(frozenset(names), frozenset(pairs.distinct()))


@lru_cache(maxsize=16)
def _placed(
    names: frozenset[str], pairs: frozenset[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    return network.layout(sorted(names), pairs)


def _tone(betweenness: float) -> str:
    return f"level-{2 + sum(betweenness >= mark for mark in TONES)}"
