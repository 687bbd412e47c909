"""A published study is followed: values of its plan's indicators, lessons, judgement."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.models import User
from accounts.refusals import Refused
from activity import judging
from clusters.actions.days import check_day
from clusters.actions.studies import told
from clusters.models import Lesson, PlanLine, Reading, Study
from clusters.signals import study_grown


@transaction.atomic
def add_reading(*, line: PlanLine, by: User | None, **fields: Any) -> Reading:
    """Say where the indicator of a published plan stands. Raises ValidationError.

    A day before the line begins counts if the study was published by then.
    """
    study = _followed(line.study)
    reading = Reading(line=line, by=by, at=timezone.now(), **fields)
    reading.full_clean()
    country = study.cluster.country
    check_day(reading.day, country, "day")
    if reading.day < min(line.start, country.today(study.published_at)):
        raise Refused(
            _("The line begins on %(start)s; what was measured before it and before the study was "
              "published is its baseline.")
            % {"start": date_format(line.start)}
        )  # fmt: skip
    reading.save()
    told("study.followed", study, by, line=line.text)
    study_grown.send(Study, study=study, by=by)
    return reading


@transaction.atomic
def correct_reading(*, reading: Reading, reason: str, by: User | None, **fields: Any) -> Reading:
    """Put another value in the place of one of the same line and day; the former stays readable.

    Raises Refused where it has been corrected already, ValidationError for what does not fit.
    """
    study = _followed(reading.line.study)
    made = Reading(
        line=reading.line, day=reading.day, replaces=reading, reason=_given(reason, reading), by=by,
        at=timezone.now(), **fields,
    )  # fmt: skip
    made.full_clean()
    made.save()
    told(
        "study.corrected", study, by, line=made.line.text, date=made.day.isoformat(),
        before=f"{reading.value.normalize():f}", after=f"{made.value.normalize():f}",
        reason=made.reason,
    )  # fmt: skip
    study_grown.send(Study, study=study, by=by)
    return made


@transaction.atomic
def add_lesson(*, study: Study, by: User | None, **fields: Any) -> Lesson:
    """Keep a lesson with its day and author. Raises ValidationError."""
    lesson = _kept_lesson(Lesson(study=_followed(study), by=by, **fields))
    told("study.lesson", study, by, text=lesson.text)
    study_grown.send(Study, study=study, by=by)
    return lesson


@transaction.atomic
def correct_lesson(*, lesson: Lesson, reason: str, by: User | None, **fields: Any) -> Lesson:
    """Put another lesson in the place of a wrong one; the former stays readable.

    Raises Refused where it has been corrected already, ValidationError for what does not fit.
    """
    study = _followed(lesson.study)
    reason = _given(reason, lesson)
    made = _kept_lesson(Lesson(study=study, by=by, replaces=lesson, reason=reason, **fields))
    told("study.lesson_corrected", study, by, before=lesson.text, text=made.text, reason=reason)
    study_grown.send(Study, study=study, by=by)
    return made


def _kept_lesson(lesson: Lesson) -> Lesson:
    if lesson.line and lesson.line.study_id != lesson.study_id:
        raise Refused(_("The line is not one of this plan."))
    lesson.full_clean(exclude=["by"])
    check_day(lesson.day, lesson.study.cluster.country, "day")
    lesson.save()
    return lesson


def _given(reason: str, wrong: Reading | Lesson) -> str:
    """The reason to correct what stands; raises Refused without one, or where it was corrected."""
    if type(wrong).objects.filter(replaces=wrong).exists():
        raise Refused(_("This has been corrected already; correct the one that stands."))
    if not reason.strip():
        raise Refused(_("Give a reason."))
    return reason.strip()


@transaction.atomic
def judge_study(*, study: Study, texts: Mapping[str, str], by: User | None) -> None:
    """Say what study and plan came to, a sentence by criterion; blank ones stay as they are.

    Raises Refused while the study is not published.
    """
    locked = _followed(study)
    for criterion, text in judging.judge(locked.judgements, texts, by):
        told("study.judged", locked, by, criterion=criterion, text=text)
    study_grown.send(Study, study=locked, by=by)


def _followed(study: Study) -> Study:
    locked = held(study)
    if locked.state not in Study.FOLLOWED:
        raise Refused(
            _("A study is followed and judged once it is published, and until it is withdrawn.")
        )
    return locked
