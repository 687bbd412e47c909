"""How a study is followed: a line's chart over time, the table of values, how plans stand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from accounts.models import User
from activity.charts import Chart, Column, Kind, Scale, Series, scale_around
from clusters.models import Lesson, PlanLine, Reading, Study
from clusters.queries import clusters_kept_by
from clusters.studies.content import LANGUAGES, content

SILENT = timedelta(days=365)
COLUMNS = ["line", "indicator", "baseline", "target", "day", "value", "status", "source",
           "reading", "corrects", "reason", "stands"]  # fmt: skip


def chart(line: Mapping[str, Any], readings: Sequence[Reading]) -> Chart | None:
    """The values of a plan's line (`studies.content`) against its baseline and target, by day.

    Lines over the days from start to end; None where nothing was measured yet.
    """
    if not readings:
        return None
    baseline, target = Decimal(line["baseline"]), Decimal(line["target"])
    values = {one.day: one.value for one in readings}
    # Start and end frame what was measured; one that lies among the values would break their line.
    days = sorted(values)
    days = [*([line["start"]] if line["start"] < days[0] else []), *days,
            *([line["end"]] if line["end"] > days[-1] else [])]  # fmt: skip
    named = [_day(day) for day in days]
    measured = [float(values[day]) if day in values else None for day in days]
    title = _finding(line["indicator"], readings[-1], baseline, target)
    return Chart(
        id=f"line-{line['id']}",
        kind=Kind.LINES,
        title=title,
        description="; ".join(f"{_day(one.day)}: {_number(one.value)}" for one in readings),
        columns=[Column(_("Day")), Column(_("Value"), numeric=True), Column(_("How it stands")),
                 Column(_("Source"))],
        rows=[[_day(one.day), _plain(one.value), one.get_status_display(), one.source]
              for one in readings],
        categories=named,
        places=[day.toordinal() for day in days],
        series=[
            Series(_("measured"), measured, tones=["level-5"]),
            Series(_("target"), [float(target)] * len(days), tones=["level-4"]),
            Series(_("baseline"), [float(baseline)] * len(days), tones=["line-strong"]),
        ],
        scale=_with_room([float(value) for value in (*values.values(), baseline, target)]),
    )  # fmt: skip


def values(study: Study) -> list[list[object]]:
    """Every value of the study's plan, corrected ones too, in COLUMNS."""
    found = readings_of(study).order_by("line__start", "line", "day", "pk")
    return [
        [one.line.text, one.line.indicator, _plain(one.line.baseline), _plain(one.line.target),
         one.day, _plain(one.value), one.status, one.source, one.pk, one.replaces_id, one.reason,
         one.stands]
        for one in found
    ]  # fmt: skip


def readings_of(study: Study) -> QuerySet[Reading]:
    """Every value of the study's plan, as `with_standing`."""
    found = Reading.objects.filter(line__study=study).select_related("line", "replaces", "by")
    return with_standing(found)


def with_standing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Values or lessons, each with whether it `stands`: no other corrects it."""
    correction = rows.model.objects.filter(replaces=OuterRef("pk"))
    return rows.annotate(stands=~Exists(correction))


def correction(reading: Reading) -> str:
    """What a value took the place of, when and why, in words."""
    assert reading.replaces is not None
    assert reading.at is not None
    return _("%(day)s: %(before)s was corrected to %(after)s on %(on)s: %(reason)s") % {
        "day": _day(reading.day),
        "before": _number(reading.replaces.value),
        "after": _number(reading.value),
        "on": _day(reading.at),
        "reason": reading.reason,
    }


def lessons_of(study: Study) -> list[tuple[Lesson, list[str]]]:
    """The lessons that stand, each with what it took the place of, in words, the newest first."""
    there = {one.pk: one for one in study.lessons.select_related("line")}
    replaced = {one.replaces_id for one in there.values()}
    return [(one, list(_formers(one, there))) for pk, one in there.items() if pk not in replaced]


def _formers(lesson: Lesson, there: Mapping[int, Lesson]) -> Iterator[str]:
    while lesson.replaces_id:
        former = there[lesson.replaces_id]
        yield _("Corrected on %(on)s: %(reason)s Before: “%(text)s” (%(author)s, %(day)s)") % {
            "on": _day(lesson.at),
            "reason": lesson.reason,
            "text": former.text,
            "author": former.author,
            "day": _day(former.day),
        }
        lesson = former


def whole(study: Study, languages: Sequence[str] = LANGUAGES) -> dict[str, Any]:
    """What a study says and what became of its plan, as plain data for programs.

    What is approved holds its words and charts in all languages, a draft in these. Of a withdrawn
    one nothing is left but its hash.
    """
    if study.state == Study.State.WITHDRAWN:
        return {"sha256": study.sha256, "content": None, "values": [], "lessons": [],
                "judgement": {}}  # fmt: skip
    return {
        "sha256": study.sha256,
        "content": content(study, languages),
        "values": [
            {"id": one.pk, "line": one.line_id, "day": one.day.isoformat(),
             "value": _plain(one.value), "status": one.status, "source": one.source,
             "corrects": one.replaces_id, "reason": one.reason, "stands": one.stands}
            for one in readings_of(study)
        ],
        "lessons": [
            {"id": one.pk, "line": one.line_id, "day": one.day.isoformat(), "text": one.text,
             "author": one.author, "corrects": one.replaces_id, "reason": one.reason,
             "stands": one.stands}
            for one in with_standing(study.lessons.all())
        ],
        "judgement": dict(study.judgements.values_list("criterion", "text")),
    }  # fmt: skip


ENDED = (Reading.Status.DONE, Reading.Status.DROPPED)


def with_newest(lines: QuerySet[PlanLine]) -> QuerySet[PlanLine]:
    """The lines, each with how it `stands`, `told_on` which day, and the value `now`; None where
    nothing was told of it yet.
    """
    newest = Reading.objects.standing().filter(line=OuterRef("pk")).order_by("-day")
    return lines.annotate(
        stands=Subquery(newest.values("status")[:1]),
        told_on=Subquery(newest.values("day")[:1]),
        now=Subquery(newest.values("value")[:1]),
    )


def with_plans(studies: QuerySet[Study]) -> list[Study]:
    """The studies, each with `plan`: how its lines stand by their newest values, in words."""
    lines = PlanLine.objects.filter(study__in=studies, study__state__in=Study.FOLLOWED)
    found: dict[int, Counter[str | None]] = {}
    for study, stands in with_newest(lines).values_list("study", "stands"):
        found.setdefault(study, Counter())[stands] += 1
    names = {**dict(Reading.Status.choices), None: _("not measured yet")}
    shown = list(studies)
    for study in shown:
        counts = found.get(study.pk, Counter())
        study.plan = ", ".join(f"{counts[code]} {names[code]}" for code in names if counts[code])
    return shown


def values_due(user: User) -> list[tuple[Study, int]]:
    """Published studies of clusters that the person keeps, with how many lines have a value due.

    One is due of a line that is neither done nor dropped, when it has ended since its last value
    or nothing was told of it for a year.
    """
    lines = PlanLine.objects.filter(
        study__state=Study.State.PUBLISHED, study__cluster__in=clusters_kept_by(user).values("pk")
    ).select_related("study__cluster__country")
    due: Counter[Study] = Counter()
    for line in with_newest(lines).order_by("study", "pk"):
        if line.stands not in ENDED:
            today = line.study.cluster.country.today()
            told_on = line.told_on or line.start
            over = line.end <= today and (line.told_on is None or line.told_on < line.end)
            due[line.study] += over or today - told_on >= SILENT
    return [(study, count) for study, count in due.items() if count]


def _with_room(values: Sequence[float]) -> Scale:
    """A scale on which marks at the ends are seen whole; nought stays an end."""
    scale = scale_around(values)
    return replace(
        scale,
        low=scale.low - scale.step if scale.low and scale.low == min(values) else scale.low,
        high=scale.high + scale.step if scale.high and scale.high == max(values) else scale.high,
    )


def _finding(indicator: str, newest: Reading, baseline: Decimal, target: Decimal) -> str:
    """Where the indicator stood last, and how far that is on the way to its target."""
    facts = {"indicator": indicator, "value": _number(newest.value), "day": _day(newest.day),
             "baseline": _number(baseline), "target": _number(target)}  # fmt: skip
    if target == baseline:
        return _("%(indicator)s: %(value)s on %(day)s; to be kept at %(target)s") % facts
    way = (newest.value - baseline) / (target - baseline)
    if way >= 1:
        return _("%(indicator)s: %(value)s on %(day)s; the target of %(target)s is reached") % facts
    if way < 0:
        return (
            _(
                "%(indicator)s: %(value)s on %(day)s; further from the target of %(target)s than "
                "at the baseline of %(baseline)s"
            )
            % facts
        )
    return _(
        "%(indicator)s: %(value)s on %(day)s; %(way)s percent of the way from %(baseline)s to "
        "%(target)s"
    ) % (facts | {"way": int(100 * way)})


def _plain(value: Decimal) -> int | float:
    """A number for tables and programs, without decimals where it has none."""
    return int(value) if value == int(value) else float(value)


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _number(value: Decimal) -> str:
    return str(localize(Decimal(f"{value.normalize():f}")))
