"""The action plan: its measures while it is a draft, and the steps of its life (lives.PLAN)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.models import User
from accounts.refusals import Refused
from activity import events, judging, notices, spans
from activity.reasons import given
from activity.translated import of_pages
from diagnostics import lives
from diagnostics.models import Measure, Plan, Round
from diagnostics.planning.schedule import circle
from diagnostics.queries import people_answering_for


@dataclass(frozen=True)
class Candidate:
    """A measure that the road map offers (`Measure.picked`)."""

    picked: str
    theme: str
    horizon: int
    title: str
    addressee: str = ""
    pathway: str = ""


@transaction.atomic
def begin_plan(*, round: Round, by: User | None) -> Plan:
    """Begin the plan of a closed round; raises Refused when it is not closed or has one."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.state not in (Round.State.CLOSED, Round.State.ARCHIVED):
        raise Refused(_("A plan follows from a closed round; this one is not."))
    if Plan.objects.filter(round=locked).exists():
        raise Refused(_("The round has its plan already."))
    plan = Plan.objects.create(round=locked)
    keep("plan.begun", plan, by)
    return plan


@transaction.atomic
def pick_measures(*, plan: Plan, candidates: Iterable[Candidate], by: User | None) -> list[Measure]:
    """Put measures from the road map into a draft plan; those in it already stay as they are."""
    locked = locked_plan(plan, Plan.State.DRAFT)
    there = set(locked.measures.values_list("picked", flat=True))
    made = []
    for one in candidates:
        if one.picked in there:
            continue
        measure = Measure(
            plan=locked, picked=one.picked, theme=one.theme, horizon=one.horizon, title=one.title,
            addressee=one.addressee, pathway=one.pathway,
        )  # fmt: skip
        _check(measure)
        measure.save()
        there.add(one.picked)
        made.append(measure)
        keep("measure.added", locked, by, measure=measure.title)
    return made


@transaction.atomic
def add_measure(*, plan: Plan, values: Mapping[str, Any], by: User | None) -> Measure:
    """Put a measure of the country's own into a draft plan; `values` by the fields of Measure.

    Raises ValidationError where they do not fit, by field.
    """
    locked = locked_plan(plan, Plan.State.DRAFT)
    measure = Measure(plan=locked)
    _write(measure, values)
    keep("measure.added", locked, by, measure=measure.title)
    return measure


@transaction.atomic
def change_measure(*, measure: Measure, values: Mapping[str, Any], by: User | None) -> Measure:
    """Change a measure of a draft plan; raises ValidationError where the values do not fit."""
    locked = locked_plan(measure.plan, Plan.State.DRAFT)
    stored = held(measure)
    _write(stored, values)
    keep("measure.changed", locked, by, measure=stored.title)
    return stored


@transaction.atomic
def remove_measure(*, measure: Measure, by: User | None) -> None:
    """Take a measure out of a draft plan; one with reported progress stays (Refused)."""
    locked = locked_plan(measure.plan, Plan.State.DRAFT)
    measure = held(measure)
    if measure.notes.exists():
        raise Refused(_("Progress of this measure is on record; report it as dropped instead."))
    keep("measure.removed", locked, by, measure=measure.title)
    measure.delete()


@transaction.atomic
def agree_plan(*, plan: Plan, by: User | None) -> None:
    """Agree a draft; raises Refused naming the first measure that lacks something."""
    locked = _step(plan, "agree")
    measures = list(locked.measures.all())
    if not measures:
        raise Refused(_("The plan has no measure yet."))
    for measure in measures:
        if lacking := lacks(measure):
            raise Refused(
                _("“%(measure)s” still lacks: %(what)s.")
                % {"measure": measure.title, "what": ", ".join(lacking)}
            )
    locked.agreed_at = timezone.now()
    _end_step("plan.agreed", locked, by, measures=len(measures))


@transaction.atomic
def revise_plan(*, plan: Plan, reason: str, by: User | None) -> None:
    _end_step("plan.revised", _step(plan, "revise"), by, reason=given(reason))


@transaction.atomic
def close_plan(*, plan: Plan, by: User | None) -> None:
    """Close an agreed plan; raises Refused naming the criteria by which it is not judged yet."""
    locked = _step(plan, "close")
    judged = judging.in_words(locked.judgements.all())
    missing = [name for _code, name, text in judged if not text]
    if missing:
        raise Refused(_("Judge the plan first by: %(what)s.") % {"what": ", ".join(missing)})
    locked.closed_at = timezone.now()
    _end_step("plan.closed", locked, by)


@transaction.atomic
def reopen_plan(*, plan: Plan, reason: str, by: User | None) -> None:
    _end_step("plan.reopened", _step(plan, "reopen"), by, reason=given(reason))


@transaction.atomic
def judge_plan(*, plan: Plan, texts: Mapping[str, str], by: User | None) -> None:
    """Say of an agreed plan what it came to, a sentence by criterion; blank ones stay as they are.

    Raises Refused in another state.
    """
    locked = locked_plan(plan, Plan.State.AGREED)
    for criterion, text in judging.judge(locked.judgements, texts, by):
        keep("plan.judged", locked, by, criterion=criterion, text=text)


def lacks(measure: Measure) -> list[str]:
    """What a measure needs before its plan can be agreed and has not, in words."""
    needed = ["owner", "start", "end", "indicator", "target"]
    if measure.cost is not None:
        needed.append("cost_source")
    return [
        str(Measure._meta.get_field(name).verbose_name)
        for name in needed
        if not getattr(measure, name)
    ]


def locked_plan(plan: Plan, *states: str) -> Plan:
    """The plan, locked; raises Refused unless it is in one of the states."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("round__country")
    found = locked.get(pk=plan.pk)
    if found.state not in states:
        labels = dict(Plan.State.choices)
        raise Refused(
            _("The plan is %(state)s; this is for a plan that is %(start)s.")
            % {
                "state": found.get_state_display(),
                "start": _(" or ").join(str(labels[state]) for state in states),
            }
        )
    return found


def keep(event: str, plan: Plan, by: User | None, **facts: object) -> None:
    """Record an event on the topic of the plan's round."""
    round = plan.round
    events.record(
        event, by=by, topic=round.topic, country=round.country, round=round.title, **facts
    )


def _step(plan: Plan, code: str) -> Plan:
    locked = locked_plan(plan, *Plan.State.values)
    lives.take(locked, lives.PLAN[code])
    return locked


def _end_step(event: str, plan: Plan, by: User | None, **facts: object) -> None:
    plan.save(update_fields=["state", "agreed_at", "closed_at"])
    keep(event, plan, by, **facts)
    notices.tell(
        "plan.step",
        to=people_answering_for(plan),
        but=by,
        url=plan.get_absolute_url(),
        round=plan.round.title,
        state=of_pages(Plan.State(plan.state).label),
        reason=facts.get("reason", ""),
    )


def _write(measure: Measure, values: Mapping[str, Any]) -> None:
    requires = list(values.get("requires", []))
    for name, value in values.items():
        if name != "requires":
            setattr(measure, name, value)
    _check(measure)
    _check_order(measure, requires)
    measure.save()
    measure.requires.set(requires)


def _check(measure: Measure) -> None:
    """What the fields, the instrument and the calendar ask. Raises ValidationError by field."""
    measure.full_clean(exclude=["plan"], validate_constraints=False)
    themes = {theme.code for theme in measure.plan.round.instrument_version.instrument.themes}
    faults = spans.faults(measure.start, measure.end, around=measure.plan.round.period_end)
    if measure.theme not in themes:
        faults["theme"] = _("The instrument of the round has no such theme.")
    if measure.start and measure.end and measure.end < measure.start:
        faults["end"] = _("The measure ends before it starts.")
    if measure.cost is not None and not measure.currency:
        faults["currency"] = _("Say in which currency the cost is.")
    if measure.cost is not None and not measure.price_year:
        faults["price_year"] = _("Say of which year the prices are.")
    if measure.pk:
        faults |= _funding_faults(measure)
    if faults:
        raise ValidationError(faults)


def _funding_faults(measure: Measure) -> dict[str, str]:
    """What the funding on record, given in the money of the cost as it was, leaves no room for."""
    funded = sum(line.amount for line in measure.funding.all())
    if not funded:
        return {}
    before = Measure.objects.get(pk=measure.pk)
    if measure.cost is None or measure.cost < funded:
        return {
            "cost": _("The funding on record, %(sum)s, is more than this cost.") % {"sum": funded}
        }
    money = ("currency", "price_year")
    changed = [name for name in money if getattr(before, name) != getattr(measure, name)]
    told = _("Funding of %(sum)s is on record in the money it was; take it back first.")
    return dict.fromkeys(changed, told % {"sum": f"{funded} {before.currency}"})


def _check_order(measure: Measure, requires: list[Measure]) -> None:
    if any(other.plan_id != measure.plan_id for other in requires):
        raise ValidationError({"requires": _("Only measures of the same plan can come first.")})
    others = measure.plan.measures.exclude(pk=measure.pk).prefetch_related("requires")
    graph = {one.pk: [needed.pk for needed in one.requires.all()] for one in others}
    graph[measure.pk or 0] = [one.pk for one in requires]
    if found := circle(graph):
        titles = {one.pk: one.title for one in [*others, measure]}
        raise ValidationError(
            {
                "requires": _("These wait for one another: %(titles)s.")
                % {"titles": " → ".join(f"“{titles[key]}”" for key in found)}
            }
        )
