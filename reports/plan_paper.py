"""An action plan on paper: PDF and Word, from what its public page says."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.doors import visible
from accounts.languages import SOURCE
from accounts.models import User
from activity.charts import Column
from countries.wording import colon
from diagnostics.models import Plan
from diagnostics.models.plans import Status
from diagnostics.planned import MeasureOnPage, PlanOnPage
from diagnostics.queries import rounds_visible_to, told_of_interest
from reports import queries
from reports.doors import of_report
from reports.models import ReportVersion
from reports.reading import reviewed
from reports.rendering import paper
from reports.rendering.composing import form_labels, label_of
from reports.rendering.document import (
    Audience,
    Block,
    Cover,
    Document,
    Facts,
    Heading,
    Paragraph,
    Point,
    Points,
    Section,
    Table,
    Tone,
)
from reports.rendering.schedules import Running, schedule
from reports.rendering.word import word
from reports.sheet_paper import KINDS

TONES = {Status.PLANNED: "level-3", Status.DONE: "level-5"}
HATCHED = (Status.LATE, Status.DROPPED)


@require_safe
def plan_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The plan of a round, for those who may read the round."""
    round = visible(rounds_visible_to(request.user), pk=pk)
    return _answer(request, get_object_or_404(Plan, round=round), form, request.user)


@of_report
def public_plan_paper(request: HttpRequest, shown: ReportVersion, form: str) -> HttpResponse:
    """The plan that goes out with a published report, for anybody."""
    plan = queries.public_plan(shown)
    if plan is None:
        raise Http404
    return _answer(request, plan, form, None)


def _answer(request: HttpRequest, plan: Plan, form: str, member: User | None) -> HttpResponse:
    if form not in KINDS:
        raise Http404
    document = compose(plan, member)
    try:
        content = paper.pdf(document) if form == "pdf" else word(document, {})
    except paper.NotSet as fault:
        messages.error(request, str(fault))
        return redirect(request.path.rsplit("/", 1)[0] + "/")
    response = HttpResponse(content, content_type=KINDS[form])
    name = slugify(str(plan)) or f"plan-{plan.round_id}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def compose(plan: Plan, member: User | None = None) -> Document:
    """The plan as a document in the reader's language; its hash is that of its own words.

    `member` is who reads the pages of the round: they tell more than the public one does, and
    some of them who is interested. None is anybody.
    """
    shown, round = PlanOnPage(plan), plan.round
    translated = reviewed(round.instrument_version.translations_in(get_language() or SOURCE, None))
    names = member is not None and told_of_interest(member, round)
    sections = list(_sections(shown, inside=member is not None, names=names))
    told = json.dumps([asdict(one) for one in sections], default=str, ensure_ascii=False)
    return Document(
        audience=Audience.FULL,
        language=get_language() or "en",
        cover=Cover(
            title=_("Action plan"),
            subtitle=round.title,
            period=shown.title,
            version=_("agreed on %(day)s") % {"day": date_format(plan.agreed_at)}
            if plan.agreed_at
            else "",
            state="" if plan.state == Plan.State.AGREED else str(plan.get_state_display()),
            label=label_of(round.provenance, round.label),
            text="",
            facts=[(_("Translation"), translated)] if translated else [],
        ),
        sections=sections,
        sha256=hashlib.sha256(told.encode()).hexdigest(),
        made_at=_changed_at(shown),
        labels=form_labels(),
    )


def _changed_at(shown: PlanOnPage) -> datetime:
    """The last moment the plan tells of, not that of printing: the same plan, the same file."""
    plan = shown.plan
    moments = [plan.begun_at, plan.agreed_at, plan.closed_at]
    moments += [note.at for one in shown.measures for note in one.measure.notes.all()]
    moments += [one.at for one in plan.judgements.all()]
    moments += [mark.at for one in shown.measures for mark in one.interests]
    return max(moment for moment in moments if moment)


def _sections(shown: PlanOnPage, *, inside: bool, names: bool) -> Iterator[Section]:
    first = [Point(warning) for warning in shown.warnings] + [
        Point(one.text, "" if one.now else _("On the way:"), ", ".join(one.themes))
        for one in shown.advice
    ]
    if first:
        yield Section("first", _("What has to come first"), [Points(first)])
    for theme in shown.themes:
        blocks: list[Block] = []
        if theme.stage:
            blocks.append(
                Paragraph(_("now at stage %(stage)s") % {"stage": theme.stage}, Tone.SOFT)
            )
        for label, rows in theme.horizons:
            blocks.append(Heading(2, capfirst(label)))
            for one in rows:
                blocks += _measure(one, inside=inside, names=names)
        yield Section(theme.code, theme.title, blocks)
    yield Section("schedule", _("Schedule"), [_schedule(shown)])
    yield Section("costing", _("What it costs, and who pays"), list(_costing(shown)))
    judged = [(name, text) for _code, name, text in shown.judgements if text]
    if judged:
        source = _("By the criteria for support programmes in UNCTAD (1998), paragraphs 17 and 69.")
        yield Section(
            "judged", _("What the plan came to"), [Paragraph(source, Tone.SOFT), Facts(judged)]
        )


def _measure(one: MeasureOnPage, *, inside: bool, names: bool) -> Iterator[Block]:
    """What is done, and under it what the measure's page says of it, in the same words."""
    measure = one.measure
    days = [date_format(day) for day in (measure.start, measure.end) if day]
    yield Heading(3, measure.title)
    if measure.text:
        yield Paragraph(measure.text)
    facts = [
        (_("How it stands"), one.status_name),
        (_("Owner"), str(measure.owner or _("no owner yet"))),
        (_("For whom to act"), measure.get_addressee_display()),
        (_("Pathway"), measure.get_pathway_display()),
        (_("From, to"), " – ".join(days)),
        (_("Indicator"), one.aim),
        (_("Cost"), _cost(one, inside=inside)),
    ]
    if inside:
        paid = [
            f"{capfirst(line.get_source_display())}{colon()}{line.funder}, "
            f"{measure.currency} {_amount(line.amount)}"
            for line in measure.funding.all()
        ]
        facts += [
            (_("Who pays"), "; ".join(paid)),
            (_("What may go wrong"), measure.risk),
            (_("What has to be given first"), measure.condition),
            (_("Has to come first"), "; ".join(needed.title for needed in measure.requires.all())),
        ]
    if names:
        marked = [colon().join(filter(None, (str(i.organisation), i.text))) for i in one.interests]
        facts.append((_("Interest of donors"), "; ".join(marked)))
    yield Facts([(term, str(value)) for term, value in facts if value])


def _cost(one: MeasureOnPage, *, inside: bool) -> str:
    measure = one.measure
    if measure.cost is None:
        return _("Nobody has estimated the cost yet.")
    said = [
        f"{measure.currency} {_amount(measure.cost)}",
        _("in prices of %(year)s") % {"year": measure.price_year},
    ]
    if inside and measure.cost_source:
        said.append(f"({measure.cost_source})")
    gap = one.line.gap
    still = _("%(gap)s open") % {"gap": _amount(gap)} if gap else _("covered")
    return f"{' '.join(said)}; {still}"


def _schedule(shown: PlanOnPage) -> Block:
    if not shown.running:
        return Paragraph(f"{shown.schedule_title}.", Tone.SOFT)
    running = [
        Running(
            one.measure.title,
            one.measure.start,
            one.measure.end,
            one.status_name,
            TONES.get(Status(one.status), "level-4"),
            one.status in HATCHED,
        )
        for one in shown.running
    ]
    return schedule(shown.schedule_title, _("Measure"), running)


def _costing(shown: PlanOnPage) -> Iterator[Block]:
    if n := len(shown.uncosted):
        missing = ngettext(
            "%(n)s measure has no estimate yet and is in no sum.",
            "%(n)s measures have no estimate yet and are in no sum.",
            n,
        )
        yield Paragraph(missing % {"n": n}, Tone.SOFT)
    currency, open_ = Column(_("Currency")), Column(_("Still open"), numeric=True)
    cost = Column(_("Cost"), numeric=True)
    sums = [
        (capfirst(str(one.key)), one.currency, str(one.price_year), one.measures,
         _amount(one.cost), _amount(one.funded), _amount(one.gap))
        for _label, totals in shown.sums
        for one in totals
    ]  # fmt: skip
    if shown.left_out:
        yield Paragraph(shown.left_out, Tone.SOFT)
    if sums:
        yield Table(
            _("Sums of one currency in prices of one year"),
            [Column(_("Of")), currency, Column(_("Prices of")), Column(_("Measures"), numeric=True),
             cost, Column(_("Funded"), numeric=True), open_],
            sums,
            (3, 0, 0, 0, 2, 2, 2),
        )  # fmt: skip
    if shown.sources:
        sources = [f"{s} {c} {_amount(amount)} ({y})" for s, c, y, amount in shown.sources]
        yield Paragraph("; ".join(sources), lead=_("By source:"))
    if shown.gaps:
        yield Table(
            _("Measures whose cost is not covered"),
            [Column(_("Measure")), currency, cost, open_],
            [(one.measure.title, one.line.currency, _amount(one.line.cost), _amount(one.line.gap))
             for one in shown.gaps],
            (5, 0, 2, 2),
        )  # fmt: skip


def _amount(value: Decimal | None) -> str:
    return str(floatformat(value, "-2g"))
