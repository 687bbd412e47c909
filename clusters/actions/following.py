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
    if reading.day > country.today():
        raise Refused(_("That day has not come yet."))
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
    if Reading.objects.filter(replaces=reading).exists():
        raise Refused(_("This value has been corrected already; correct the one that stands."))
    if not reason.strip():
        raise Refused(_("Give a reason."))
    made = Reading(
        line=reading.line, day=reading.day, replaces=reading, reason=reason.strip(), by=by,
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
    lesson = Lesson(study=_followed(study), by=by, **fields)
    if lesson.line and lesson.line.study_id != study.pk:
        raise Refused(_("The line is not one of this plan."))
    lesson.full_clean(exclude=["by"])
    lesson.save()
    told("study.lesson", study, by, text=lesson.text)
    study_grown.send(Study, study=study, by=by)
    return lesson


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
