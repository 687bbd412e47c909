"""What a page shows of a survey of linkages: measures in words, classes, tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from activity.charts import Chart, Column, Kind, Scale, Series
from clusters import network
from clusters.models import Actor, LinkageSurvey, SurveyedActor, Tie
from clusters.network import Form, LinkageClass, Unheard

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
class OfKind:
    """How many actors of a kind there are, and of these how many deal with anybody: unknown, None,
    while no tie is told of.
    """

    kind: Actor.Kind
    actors: int
    inside: int
    answered: int
    dealing: int | None


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
            [plain(tie) for tie in ties],
        ),
    )


def kinds(shown: Found) -> Sheet:
    """The actors by kind, none by name."""
    columns = [
        Column(_("Kind")),
        Column(_("Actors"), numeric=True),
        Column(_("Inside the cluster"), numeric=True),
        Column(_("Answered"), numeric=True),
        Column(_("Deal with others"), numeric=True),
    ]
    rows = [
        [str(one.kind.label), one.actors, one.inside, one.answered, known(one.dealing)]
        for one in by_kind(shown)
    ]
    return Sheet("kinds", _("Actors by kind"), columns, rows)


def by_kind(shown: Found) -> list[OfKind]:
    """How many actors of each kind that is there, in the order of kinds."""
    others = partners(shown)
    found = []
    for kind in Actor.Kind:
        of_kind = [at for at, one in enumerate(shown.surveyed) if one.kind == kind]
        if of_kind:
            actors = [shown.surveyed[at] for at in of_kind]
            found.append(
                OfKind(
                    kind=kind,
                    actors=len(actors),
                    inside=sum(one.inside for one in actors),
                    answered=sum(one.answered for one in actors),
                    dealing=sum(bool(others[at]) for at in of_kind) if shown.ties else None,
                )
            )
    return found


def actors(shown: Found) -> Sheet:
    """Every actor with its measures, the busiest first."""
    truths = {True: _("yes"), False: _("no"), None: None}
    rows = [
        [
            one.actor.name,
            one.get_kind_display(),
            _("inside") if one.inside else _("outside"),
            truths[one.answered],
            known(dealing),
            known(measured.in_degree),
            known(measured.out_degree),
            known(measured.gives_to),
            known(measured.takes_from),
            known(rounded(measured.betweenness)),
            known(truths[measured.broker]),
            known(part(measured)),
        ]
        for one, dealing, measured in busiest_first(shown)
    ]
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


def busiest_first(
    shown: Found,
) -> list[tuple[SurveyedActor, int | None, network.ActorMeasures]]:
    """Each actor with the number of others it deals with, None while no tie is told of."""
    others = [len(some) if shown.ties else None for some in partners(shown)]
    listed = zip(shown.surveyed, others, shown.measures.actors, strict=True)
    return sorted(listed, key=lambda row: -(row[1] or 0))


def rounded(betweenness: float | None) -> float | None:
    return None if betweenness is None else round(betweenness, 3)


def part(measured: network.ActorMeasures) -> int | None:
    """The number, from 1, of the part that hangs together in which an actor stands."""
    return None if measured.component is None else measured.component + 1


def known(value: object) -> object:
    """What is shown of a value that may be unknown."""
    return _("unknown") if value is None else value


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
    parts = found.components or None
    return {
        _("Actors"): len(shown.surveyed),
        _("Response rate, in percent"): percent(found.response_rate),
        _("Ties told of"): len(shown.ties),
        _("Density: ties told among those that could be, in percent"): percent(found.density),
        _("Reciprocity: ties told from both sides, in percent"): percent(found.reciprocity),
        _("Separate parts"): known(parts and len(parts)),
        _("Actors in the largest part"): known(parts and parts[0]),
        _("Actors that hold parts together"): known(
            parts and sum(bool(one.broker) for one in found.actors)
        ),
        _("Ties of those inside that leave the cluster, in percent"): percent(found.leaving),
        _("Dealings in which both give, of those with a direction, in percent"): percent(
            found.both_ways
        ),
    }


def percent(share: float | None) -> float | str:
    """Two digits where it is below one: in a large network few of the possible ties are there."""
    if share is None:
        return _("unknown")
    whole = 100 * share
    return round(whole) if whole >= 10 else float(f"{whole:.2g}")


def kind_names(shown: Found) -> list[str]:
    """The kind of each actor, in words."""
    return [one.get_kind_display() for one in shown.surveyed]


def partners(shown: Found) -> list[set[str]]:
    """The others with whom each actor deals, whoever told."""
    found: dict[str, set[str]] = {one.actor.name: set() for one in shown.surveyed}
    for tie in shown.ties:
        found[tie.source.name].add(tie.target.name)
        found[tie.target.name].add(tie.source.name)
    return list(found.values())


def plain(tie: Tie) -> network.Tie:
    return network.Tie(tie.source.name, tie.target.name, network.Direction(tie.direction))
