"""What a page shows of a survey of linkages: measures in words, charts, tables."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from activity.charts import Chart, Column, Kind, Line, Mark, Plane, Scale, Series
from clusters import network
from clusters.models import Actor, Cluster, LinkageSurvey, SurveyedActor, Tie
from clusters.network import Form, LinkageClass, Unheard

NAMED = 5  # so many actors have their names beside them in the drawing
SMALLEST, LARGEST = 9, 30  # marks, in pixels
TONES = (0.02, 0.05, 0.1, 0.2)  # betweenness from which a mark is a tone darker
MARKS = {
    Actor.Kind.CORE: Mark.FULL,
    Actor.Kind.ANCHOR: Mark.STAR,
    Actor.Kind.SUPPLIER: Mark.UP,
    Actor.Kind.BUYER: Mark.DOWN,
    Actor.Kind.SERVICE: Mark.DIAMOND,
    Actor.Kind.SUPPORT: Mark.SQUARE,
    Actor.Kind.GOVERNMENT: Mark.PLUS,
}
CLASSES: Mapping[LinkageClass, str | Promise] = {
    LinkageClass.CORE: gettext_lazy("among core firms"),
    LinkageClass.BUSINESS: gettext_lazy("between core firms and other businesses"),
    LinkageClass.INSTITUTIONS: gettext_lazy("between core firms and institutions"),
    LinkageClass.AMONG_INSTITUTIONS: gettext_lazy("among institutions"),
}
FORMS: Mapping[Form | Unheard, str | Promise] = {
    Form.SCATTERED: gettext_lazy("Scattered: no core firm is known to deal with another business."),
    Form.VERTICAL: gettext_lazy(
        "Vertical: core firms deal with suppliers, buyers and services, not with each other."
    ),
    Form.NETWORK: gettext_lazy("A network: core firms deal with each other as well."),
    Form.ORGANISED: gettext_lazy(
        "Organised: at least half of the dealings among core firms are told from both sides, and "
        "institutions take part."
    ),
    Unheard.CORE: gettext_lazy(
        "The form is unknown: too few core firms answered to tell whether they deal with each "
        "other."
    ),
    Unheard.BOTH_SIDES: gettext_lazy(
        "The form is unknown: core firms deal with each other, but no two that do both answered."
    ),
    Unheard.BUSINESS: gettext_lazy(
        "The form is unknown: too few answered to tell whether core firms deal with other "
        "businesses."
    ),
    Unheard.INSTITUTIONS: gettext_lazy(
        "The form is unknown: core firms deal with each other both ways, but too few answered to "
        "tell whether institutions take part."
    ),
}


@dataclass(frozen=True)
class Found:
    """A survey with its measures; actors of `measures` bear their names as codes."""

    survey: LinkageSurvey
    surveyed: Sequence[SurveyedActor]
    ties: Sequence[Tie]
    measures: network.Network

    @property
    def silent(self) -> int:
        return sum(not one.answered for one in self.surveyed)

    @property
    def form(self) -> str:
        return str(FORMS[self.measures.form])

    @property
    def missing(self) -> list[str]:
        return [str(CLASSES[one]) for one in self.measures.missing_classes]

    @property
    def unknown(self) -> list[str]:
        return [str(CLASSES[one]) for one in self.measures.unknown_classes]


@dataclass(frozen=True)
class Sheet:
    """A table of the page, on screen and as CSV."""

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]


def found(survey: LinkageSurvey) -> Found:
    """The survey with everything computed from it."""
    surveyed = list(survey.surveyed.select_related("actor"))
    ties = list(survey.ties.select_related("source", "target"))
    return Found(
        survey,
        surveyed,
        ties,
        network.measures(
            [
                network.Actor(one.actor.name, network.Kind(one.kind), one.inside, one.answered)
                for one in surveyed
            ],
            [_plain(tie) for tie in ties],
        ),
    )


def drawing(shown: Found) -> Chart | None:
    """The network; an actor stands where it stands at every other date of the cluster."""
    if not shown.surveyed:
        return None
    names = [one.actor.name for one in shown.surveyed]
    dealings = [len(partners) for partners in _partners(shown)]
    places = _layout(shown.survey.cluster)
    busiest = sorted(range(len(names)), key=lambda at: (-dealings[at], names[at]))
    first = busiest[0]
    most = max(dealings[first], 1)
    sizes = [SMALLEST + (LARGEST - SMALLEST) * n / most for n in dealings]
    hints = [
        _("%(name)s, %(kind)s: deals with %(n)s") % {"name": name, "kind": kind, "n": n}
        for name, kind, n in zip(names, _kinds(shown), dealings, strict=True)
    ]
    tones = [_tone(one.betweenness) for one in shown.measures.actors]
    by_kind = [
        Series(
            str(kind.label),
            [size if one.answered and one.kind == kind else None
             for one, size in zip(shown.surveyed, sizes, strict=True)],
            labels=hints,
            tones=tones,
            mark=MARKS[kind],
        )
        for kind in Actor.Kind
    ]  # fmt: skip
    silent = Series(
        _("did not answer"),
        [None if one.answered else size for one, size in zip(shown.surveyed, sizes, strict=True)],
        labels=hints,
        tones=["ink"],
        mark=Mark.CROSS,
    )
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
        else _("No tie was told of"),
        description=_(
            "The network of %(actors)s actors with %(ties)s ties in %(parts)s separate parts; the "
            "table has every actor's measures."
        )
        % {
            "actors": len(names),
            "ties": len(shown.ties),
            "parts": len(shown.measures.components),
        },
        columns=table.columns,
        rows=table.rows,
        categories=names,
        series=[one for one in [*by_kind, silent] if any(v is not None for v in one.values)],
        scale=Scale(0, 1, 1),
        note=_(
            "Larger: deals with more others. Darker: stands between more others. An arrow runs "
            "from who gives to who takes, a line without one both ways; where nobody said which "
            "way, it is dotted. Thicker is closer."
        ),
        plane=Plane([places[name] for name in names], _lines(shown), frozenset(busiest[:NAMED])),
    )


def actors(shown: Found) -> Sheet:
    """Every actor with its measures, the busiest first."""
    rows = [
        [
            one.actor.name,
            kind,
            _("inside") if one.inside else _("outside"),
            _("yes") if one.answered else _("no"),
            len(partners),
            measured.in_degree,
            measured.out_degree if measured.out_degree is not None else _("unknown"),
            measured.gives_to,
            measured.takes_from,
            round(measured.betweenness, 3),
            _("yes") if measured.broker else _("no"),
            measured.component + 1,
        ]
        for one, kind, partners, measured in zip(
            shown.surveyed, _kinds(shown), _partners(shown), shown.measures.actors, strict=True
        )
    ]
    rows.sort(key=lambda row: -row[4])
    columns = [
        Column(_("Actor")),
        Column(_("Kind")),
        Column(_("Place")),
        Column(_("Answered")),
        Column(_("Deals with"), numeric=True),
        Column(_("Named by"), numeric=True),
        Column(_("Names"), numeric=True),
        Column(_("Gives to"), numeric=True),
        Column(_("Takes from"), numeric=True),
        Column(_("Stands between"), numeric=True),
        Column(_("Holds parts together")),
        Column(_("Part"), numeric=True),
    ]
    return Sheet("actors", _("Actors and their measures"), columns, rows)


def ties(shown: Found) -> Sheet:
    """Every tie as it was told."""
    columns = [
        Column(_("Who told")), Column(_("Of whom")), Column(_("Kind")), Column(_("Strength")),
        Column(_("Direction")), Column(_("Since")), Column(_("Source")),
    ]  # fmt: skip
    rows = [
        [
            tie.source.name,
            tie.target.name,
            tie.get_kind_display(),
            tie.get_strength_display(),
            tie.get_direction_display(),
            since_in_words(tie),
            tie.note or shown.survey.source,
        ]
        for tie in shown.ties
    ]
    return Sheet("ties", _("Ties as they were told"), columns, rows)


def since_in_words(tie: Tie) -> str:
    """The year, month or day since when a tie is there; a dash where it is not said."""
    if not tie.since:
        return "–"
    day = date.fromisoformat(tie.since + "-01-01"[len(tie.since) - 4 :])
    forms = {4: "Y", 7: "YEAR_MONTH_FORMAT", 10: "DATE_FORMAT"}
    return date_format(day, forms[len(tie.since)])


def whole(shown: Found, before: Found | None) -> Sheet:
    """The measures of the whole network, beside those of another date where one is given."""
    sides = [one for one in (before, shown) if one is not None]
    listed = [_whole(side) for side in sides]
    columns = [Column(pgettext("of a network", "Measure"))] + [
        Column(date_format(side.survey.date), numeric=True) for side in sides
    ]
    rows = [[label, *(side[label] for side in listed)] for label in listed[0]]
    return Sheet("whole", _("The network as a whole"), columns, rows)


def kinds_of_ties(shown: Found) -> Chart | None:
    """How many pairs deal in each of the four classes of linkages."""
    counts = shown.measures.ties_by_class
    if not shown.ties:
        return None
    labels = [str(CLASSES[one]) for one in counts]
    values = list(counts.values())
    top = max(*values, 1)
    missing = len(shown.missing)
    step = max(1, round(top / 6))
    return Chart(
        id="classes",
        kind=Kind.BARS,
        title=ngettext(
            "%(n)s of the four classes of linkages is missing",
            "%(n)s of the four classes of linkages are missing",
            missing,
        )
        % {"n": missing}
        if missing
        else _("None of the four classes of linkages is known to be missing"),
        description=_("Pairs of actors that deal with each other, by class of linkage."),
        columns=[Column(_("Linkages")), Column(_("Pairs"), numeric=True), Column(_("Judgement"))],
        rows=[[label, counts[one], _judgement(shown, one)]
              for one, label in zip(counts, labels, strict=True)],
        categories=labels,
        series=[Series(_("Pairs"), values, labels=[str(value) for value in values])],
        scale=Scale(0, (top // step + 1) * step, step, title=_("Pairs that deal with each other")),
        note=_("Where too few who could tell answered, a class is unknown, not missing."),
    )  # fmt: skip


def _judgement(shown: Found, one: LinkageClass) -> str:
    if one in shown.measures.missing_classes:
        return _("missing")
    return _("unknown") if one in shown.measures.unknown_classes else _("there")


def _whole(shown: Found) -> dict[str, object]:
    """By their words; lines of studies point to them by number, so new ones come last."""
    found = shown.measures
    return {
        _("Actors"): len(shown.surveyed),
        _("Response rate, in percent"): _percent(found.response_rate),
        _("Ties told of"): len(shown.ties),
        _("Density: ties told among those that could be, in percent"): _percent(found.density),
        _("Reciprocity: ties told from both sides, in percent"): _percent(found.reciprocity),
        _("Separate parts"): len(found.components),
        _("Actors in the largest part"): found.components[0] if found.components else 0,
        _("Actors that hold parts together"): sum(one.broker for one in found.actors),
        _("Ties of those inside that leave the cluster, in percent"): _percent(found.leaving),
        _("Dealings in which both give, of those with a direction, in percent"): _percent(
            found.both_ways
        ),
    }


def _percent(share: float | None) -> int | str:
    return _("unknown") if share is None else round(100 * share)


def _kinds(shown: Found) -> list[str]:
    return [one.get_kind_display() for one in shown.surveyed]


def _partners(shown: Found) -> list[set[str]]:
    """The others with whom each actor deals, whoever told."""
    partners: dict[str, set[str]] = {one.actor.name: set() for one in shown.surveyed}
    for tie in shown.ties:
        partners[tie.source.name].add(tie.target.name)
        partners[tie.target.name].add(tie.source.name)
    return list(partners.values())


def _plain(tie: Tie) -> network.Tie:
    return network.Tie(tie.source.name, tie.target.name, network.Direction(tie.direction))


def _lines(shown: Found) -> list[Line]:
    """One line a pair, as thick as its closest tie; it runs the way that any of its ties says."""
    place = {one.actor.name: at for at, one in enumerate(shown.surveyed)}
    widths: Counter[tuple[int, int]] = Counter()
    gives: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for tie in shown.ties:
        one, other = sorted((place[tie.source.name], place[tie.target.name]))
        widths[one, other] = max(widths[one, other], tie.strength)
        gives[one, other] |= {
            (place[giver], place[taker]) for giver, taker in network.flows(_plain(tie))
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
    return f"level-{1 + sum(betweenness >= mark for mark in TONES)}"
