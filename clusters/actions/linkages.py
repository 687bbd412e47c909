"""Taking in who deals with whom in a cluster."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from clusters.linkage_csv import ActorRow, TieRow, read_actors, read_ties
from clusters.models import Actor, Cluster, LinkageSurvey, SurveyedActor, Tie
from clusters.table_rows import TableFault

MOST_ACTORS, MOST_TIES = 5_000, 50_000
M = TypeVar("M", bound=models.Model)


@transaction.atomic
def add_linkage_survey(
    *, cluster: Cluster, title: str, date: date, source: str, by: User | None
) -> LinkageSurvey:
    """Begin a survey, without actors yet. Raises ValidationError for what does not fit."""
    survey = LinkageSurvey(cluster=cluster, title=title, date=date, source=source)
    survey.full_clean()
    survey.save()
    _told("linkages.survey_added", survey, by)
    return survey


@transaction.atomic
def enter_actors(*, survey: LinkageSurvey, table: bytes, by: User | None) -> int:
    """Enter the actors of a table (`clusters.linkage_csv`) as they are at the survey's date.

    Those of this survey are changed in what the table says; of a new one that does not say, it is
    inside and answered. Returns how many. Raises ValidationError with every fault by line, and
    then enters none.
    """
    survey = LinkageSurvey.objects.select_for_update().get(pk=survey.pk)
    try:
        rows = read_actors(table, set(survey.cluster.actors.values_list("name", flat=True)))
    except TableFault as fault:
        raise Refused(list(fault.shown)) from None
    _refuse_silence(survey, rows)
    _refuse_too_many(survey.cluster.actors.exclude(name__in=[r.name for r in rows]).count(),
                     len(rows), MOST_ACTORS)  # fmt: skip
    Actor.objects.bulk_create(
        [Actor(cluster=survey.cluster, name=row.name) for row in rows], ignore_conflicts=True
    )
    known = dict(survey.cluster.actors.values_list("name", "pk"))
    before = {one.actor_id: one for one in survey.surveyed.all()}
    surveyed = []
    for row in rows:
        pk = known[row.name]
        one = before.get(pk, SurveyedActor(survey=survey, actor_id=pk))
        one.kind = row.kind
        one.inside = one.inside if row.inside is None else row.inside
        one.answered = one.answered if row.answered is None else row.answered
        surveyed.append(one)
    _stored(surveyed, ["kind", "inside", "answered"])
    _told("linkages.actors_entered", survey, by, count=len(rows))
    return len(rows)


@transaction.atomic
def enter_ties(*, survey: LinkageSurvey, table: bytes, by: User | None) -> int:
    """Enter the ties of a table (`clusters.linkage_csv`).

    Those that are there are changed in what the table says; a new one that does not say is regular,
    one way and known from the survey. Returns how many. Raises ValidationError with every fault by
    line, and then enters none.
    """
    survey = LinkageSurvey.objects.select_for_update().get(pk=survey.pk)
    surveyed = survey.surveyed.values_list("actor__name", "answered")
    try:
        rows: list[TieRow] = read_ties(table, dict(surveyed), Tie.Kind.values)
    except TableFault as fault:
        raise Refused(list(fault.shown)) from None
    _refuse_too_many(survey.ties.count(), len(rows), MOST_TIES)
    known = dict(survey.actors.values_list("name", "pk"))
    before = {(one.source_id, one.target_id, one.kind): one for one in survey.ties.all()}
    ties = []
    for row in rows:
        source, target = known[row.source], known[row.target]
        new = Tie(survey=survey, source_id=source, target_id=target, kind=row.kind)
        one = before.get((source, target, row.kind), new)
        one.strength = one.strength if row.strength is None else row.strength
        one.mutual = one.mutual if row.mutual is None else row.mutual
        one.note = one.note if row.note is None else row.note
        ties.append(one)
    _stored(ties, ["strength", "mutual", "note"])
    _told("linkages.ties_entered", survey, by, count=len(rows))
    return len(rows)


@transaction.atomic
def remove_surveyed(*, surveyed: SurveyedActor, by: User | None) -> None:
    """Take an actor out of a survey. Raises ValidationError while a tie of the survey names it."""
    survey = LinkageSurvey.objects.select_for_update().get(pk=surveyed.survey_id)
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
    _told("linkages.tie_removed", tie.survey, by, source=tie.source.name, target=tie.target.name)
    tie.delete()


def _stored(rows: Sequence[M], fields: list[str]) -> None:
    """Rows that are there are changed in `fields`, the others added."""
    manager = type(rows[0])._default_manager
    manager.bulk_update([row for row in rows if row.pk], fields, batch_size=1_000)
    manager.bulk_create([row for row in rows if not row.pk])


def _refuse_silence(survey: LinkageSurvey, rows: list[ActorRow]) -> None:
    """An actor that told of ties cannot become one that did not answer."""
    told = set(survey.ties.values_list("source__name", flat=True))
    said = _('Line %(line)s: "%(actor)s" told of ties in this survey, so it did answer.')
    if faults := [
        said % {"line": row.line, "actor": row.name}
        for row in rows
        if row.answered is False and row.name in told
    ]:
        raise Refused(faults)


def _refuse_too_many(before: int, more: int, most: int) -> None:
    if before + more > most:
        raise Refused(
            _("That would make %(n)s; at most %(most)s are taken.")
            % {"n": before + more, "most": most}
        )


def _told(kind: str, survey: LinkageSurvey, by: User | None, **more: object) -> None:
    cluster = survey.cluster
    events.record(
        kind, by=by, topic=cluster.topic, country=cluster.country, survey=survey.title, **more
    )
