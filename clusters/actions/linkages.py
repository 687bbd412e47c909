"""Taking in who deals with whom in a cluster."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, TypeVar

from django.db import models, transaction
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.locks import held, one_at_a_time
from accounts.models import User
from accounts.refusals import Refused, revise
from activity import events
from clusters import spoken
from clusters.actions.days import check_day
from clusters.actions.resting import refuse_while_rested
from clusters.models import Actor, Cluster, LinkageSurvey, SurveyedActor, Tie
from clusters.reading.linkages import read_actors, read_ties
from clusters.reading.wrong_cells import WrongCells
from countries.seen import same_name
from countries.wording import worded
from indicators.importing import Refused as Unreadable
from indicators.importing import Told
from indicators.importing.faults import in_place

MOST_ACTORS, MOST_TIES = 5_000, 50_000
FAULTS_SHOWN = 200
SAID_OF_TIES = ["strength", "direction", "since", "note"]
M = TypeVar("M", bound=models.Model)


@transaction.atomic
def add_linkage_survey(
    *, cluster: Cluster, title: str, date: date, source: str, by: User | None
) -> LinkageSurvey:
    """Begin a survey, without actors yet. Raises ValidationError for what does not fit."""
    one_at_a_time(cluster)
    survey = LinkageSurvey(cluster=cluster, title=title, date=date, source=source)
    survey.full_clean()
    check_day(survey.date, cluster.country, "date")
    survey.save()
    _told("linkages.survey_added", survey, by)
    return survey


@transaction.atomic
def change_linkage_survey(
    *,
    survey: LinkageSurvey,
    title: str,
    date: date,
    source: str,
    revision: int | None = None,
    by: User | None,
) -> LinkageSurvey:
    """Say anew what a survey is called, of when it is and where from.

    `revision` is the one that was read before: raises Stale where somebody has saved since.
    Raises ValidationError for what does not fit, a tie that began after the date among it.
    """
    one_at_a_time(survey.cluster)
    survey = held(survey)
    revise(survey, revision)
    before = survey.title
    survey.title, survey.date, survey.source = title, date, source
    survey.full_clean()
    check_day(survey.date, survey.cluster.country, "date")
    for tie in survey.ties.exclude(since="").select_related("source", "target"):
        if tie.since > date.isoformat()[: len(tie.since)]:
            raise Refused(
                _("The tie %(tie)s is said to be there since %(since)s, after this date.")
                % {"tie": tie, "since": tie.since}
            )
    survey.save()
    _told("linkages.survey_changed", survey, by, before=before)
    return survey


@transaction.atomic
def remove_linkage_survey(*, survey: LinkageSurvey, by: User | None) -> None:
    """Delete a survey with its ties, and the actors that stand in no other; the event stays.

    Raises ValidationError while a line of a study rests on its measures.
    """
    one_at_a_time(survey.cluster)
    survey = held(survey)
    refuse_while_rested(f"network {survey.pk}")
    actors, ties = survey.surveyed.count(), survey.ties.count()
    gone = list(survey.surveyed.values_list("actor", flat=True))
    survey.delete()
    Actor.objects.filter(pk__in=gone, surveyed=None).delete()
    _told(
        "linkages.survey_removed",
        survey,
        by,
        date=survey.date.isoformat(),
        actors=actors,
        ties=ties,
    )


@transaction.atomic
def rename_actor(*, actor: Actor, name: str, revision: int | None = None, by: User | None) -> Actor:
    """Call an actor otherwise, in all surveys of its cluster.

    `revision` is the one that was read before: raises Stale where somebody has saved since. Raises
    ValidationError for a name that another has, be it in other capitals, or that does not fit.
    """
    name = " ".join(name.split())
    one_at_a_time(actor.cluster)
    actor = held(actor)
    revise(actor, revision)
    others = actor.cluster.actors.exclude(pk=actor.pk).values_list("name", flat=True)
    if other := next((one for one in others if same_name(one) == same_name(name)), None):
        raise Refused(_("“%(name)s” is another actor of this cluster.") % {"name": other})
    before, actor.name = actor.name, name
    actor.full_clean()
    actor.save()
    cluster = actor.cluster
    events.record(
        "linkages.actor_renamed", by=by, topic=cluster.topic, country=cluster.country,
        before=before, actor=name,
    )  # fmt: skip
    return actor


class FaultyTable(Refused):
    """A table with wrong cells: `faults` are the first of them, as sentences with their places."""

    def __init__(self, wrong: WrongCells) -> None:
        self.faults = wrong.shown[:FAULTS_SHOWN]
        said = [capfirst(worded(in_place(one))) for one in self.faults]
        if more := wrong.count - len(said):
            said.append(_("And %(more)s more.") % {"more": more})
        super().__init__(said)


class Entered(NamedTuple):
    """How many rows a table gave, and what was noticed in it."""

    count: int
    told: list[str]


@transaction.atomic
def enter_actors(*, survey: LinkageSurvey, table: bytes, by: User | None) -> Entered:
    """Enter the actors of a table (`clusters.reading.linkages`) as they are at the survey's date.

    Those of this survey are changed in what the table says; of a new one that does not say, it is
    inside and answered. Raises FaultyTable with every fault and its place, Refused where the table
    cannot be read or has too many rows, and then enters none.
    """
    one_at_a_time(survey.cluster)
    survey = held(survey)
    known = set(survey.cluster.actors.values_list("name", flat=True))
    told_of_ties = set(survey.ties.values_list("source__name", flat=True))
    with _refusing():
        rows, told = read_actors(table, spoken.actor_kinds(), known, told_of_ties)
    others = survey.cluster.actors.exclude(name__in=[row.name for row in rows]).count()
    if others + len(rows) > MOST_ACTORS:
        said = _("Actors of the cluster: that would make %(n)s; at most %(most)s are taken.")
        raise _too_many(said, others + len(rows), MOST_ACTORS)
    Actor.objects.bulk_create(
        [Actor(cluster=survey.cluster, name=row.name) for row in rows], ignore_conflicts=True
    )
    keys = dict(survey.cluster.actors.values_list("name", "pk"))
    before = {one.actor_id: one for one in survey.surveyed.all()}
    surveyed = []
    for row in rows:
        pk = keys[row.name]
        one = before.get(pk, SurveyedActor(survey=survey, actor_id=pk))
        one.kind = row.kind
        one.inside = one.inside if row.inside is None else row.inside
        one.answered = one.answered if row.answered is None else row.answered
        surveyed.append(one)
    _stored(surveyed, ["kind", "inside", "answered"])
    _told("linkages.actors_entered", survey, by, count=len(rows))
    return _entered(rows, told)


@transaction.atomic
def enter_ties(*, survey: LinkageSurvey, table: bytes, by: User | None) -> Entered:
    """Enter the ties of a table (`clusters.reading.linkages`).

    Those that are there are changed in what the table says; a new one that does not say is regular
    and known from the survey, its direction and beginning not said. Raises as `enter_actors`, and
    then enters none.
    """
    survey = held(survey)
    surveyed = dict(survey.surveyed.values_list("actor__name", "answered"))
    with _refusing():
        rows, told = read_ties(table, surveyed, spoken.tie_words(), survey.date)
    known = dict(survey.actors.values_list("name", "pk"))
    before = {(one.source_id, one.target_id, one.kind): one for one in survey.ties.all()}
    ties = []
    for row in rows:
        source, target = known[row.source], known[row.target]
        new = Tie(survey=survey, source_id=source, target_id=target, kind=row.kind)
        one = before.get((source, target, row.kind), new)
        for name in SAID_OF_TIES:
            if (said := getattr(row, name)) is not None:
                setattr(one, name, said)
        ties.append(one)
    made = len(before) + sum(one.pk is None for one in ties)
    if made > MOST_TIES:
        said = _("Ties of the survey: that would make %(n)s; at most %(most)s are taken.")
        raise _too_many(said, made, MOST_TIES)
    _stored(ties, SAID_OF_TIES)
    _told("linkages.ties_entered", survey, by, count=len(rows))
    return _entered(rows, told)


@transaction.atomic
def remove_surveyed(*, surveyed: SurveyedActor, by: User | None) -> None:
    """Take an actor out of a survey. Raises ValidationError while a tie of the survey names it."""
    one_at_a_time(surveyed.survey.cluster)
    survey, surveyed = held(surveyed.survey), held(surveyed)
    actor = surveyed.actor
    if (survey.ties.filter(source=actor) | survey.ties.filter(target=actor)).exists():
        raise Refused(_("%(actor)s has ties in this survey; remove them first.") % {"actor": actor})
    surveyed.delete()
    if not actor.surveyed.exists():
        actor.delete()
    _told("linkages.actor_removed", survey, by, actor=actor.name)


@transaction.atomic
def remove_tie(*, tie: Tie, by: User | None) -> None:
    """Take a tie out; the event keeps between whom it was."""
    tie = held(tie)
    _told("linkages.tie_removed", tie.survey, by, source=tie.source.name, target=tie.target.name)
    tie.delete()


@contextmanager
def _refusing() -> Iterator[None]:
    """What is wrong with a table as refusals in the reader's language."""
    try:
        yield
    except WrongCells as wrong:
        raise FaultyTable(wrong) from None
    except Unreadable as refusal:
        raise Refused(worded(refusal.sentence)) from None


def _entered(rows: Sequence[object], told: Iterable[Told]) -> Entered:
    return Entered(len(rows), [worded(one.message) for one in told])


def _stored(rows: Sequence[M], fields: list[str]) -> None:
    """Rows that are there are changed in `fields`, the others added."""
    manager = type(rows[0])._default_manager
    manager.bulk_update([row for row in rows if row.pk], fields, batch_size=1_000)
    manager.bulk_create([row for row in rows if not row.pk])


def _too_many(said: str, made: int, most: int) -> Refused:
    numbers = {"n": made, "most": most}
    return Refused(
        said % {name: number_format(n, force_grouping=True) for name, n in numbers.items()}
    )


def _told(kind: str, survey: LinkageSurvey, by: User | None, **more: object) -> None:
    cluster = survey.cluster
    events.record(
        kind, by=by, topic=cluster.topic, country=cluster.country, survey=survey.title, **more
    )
