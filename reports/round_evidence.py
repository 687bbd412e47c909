"""What rounds on a cluster offer as evidence to the lines of its diagnostic study."""

from collections.abc import Sequence
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import Cluster
from clusters.studies.evidence import ROW, Groups, Kind, Offered, Readers
from clusters.studies.evidence import register as register_kind
from countries.wording import colon
from diagnostics.models import Response, Round
from diagnostics.models.rounds import Panel
from diagnostics.scoring import levels
from diagnostics.scoring.instrument import Answer, Instrument, Item, Status
from reports.models import ReportVersion
from reports.queries import standing
from reports.reading import Reading


def register() -> None:
    """Tell the floor of clusters what this floor knows."""
    key = rf"(?P<pk>{ROW}) (?P<about>(stage |divergence )?\S+)"
    register_kind("item", Kind(key, rounds, _round, Readers.INSIDE))


def rounds(cluster: Cluster, *, about: str = "", **only: str) -> Groups:
    """A group for each closed round, by instrument (phases last) and the newest first: where the
    cluster stands, where indicators say otherwise, and each item of the agreed sheet; or the one
    thing of one round that a key names.
    """
    found = (
        Round.objects.filter(
            cluster=cluster,
            firm=None,
            state__in=(Round.State.CLOSED, Round.State.ARCHIVED),
            **only,
        )
        .exclude(provenance=Round.Provenance.PRACTICE)
        .select_related("instrument_version")
        .order_by("instrument_version__code", "-period_end", "-pk")
    )
    told = [(one, one.instrument_version.told) for one in found]
    for one, instrument in sorted(told, key=lambda pair: pair[1].classifies):
        yield one.title, _of_round(one, instrument, about)


def _of_round(one: Round, instrument: Instrument, about: str) -> Offered:
    report = standing(one.reports.select_related("round__instrument_version")).first()
    published = report is not None and report.state == ReportVersion.State.PUBLISHED
    where = one.title if published else _("%(round)s; its report is not published") % {
        "round": one.title
    }  # fmt: skip
    reported = report is not None and (not about or " " in about)
    for what, words in chain(_found(report) if reported else (), _agreed(one, instrument, about)):
        yield f"item {one.pk} {what}", f"{words} ({where})"


def _found(report: ReportVersion) -> Offered:
    """Where each theme stands by the report, and the items on which indicators differ."""
    themes = Reading(report).themes
    for theme in themes:
        if theme.staged:
            yield f"stage {theme.code}", theme.sentence
    for theme in themes:
        for item in theme.divergent_items:
            said = _("settled at level %(agreed)s, indicators say %(level)s.") % item
            yield f"divergence {item['item']}", f"{item['title']}{colon()}{said}"


def _agreed(one: Round, instrument: Instrument, about: str) -> Offered:
    responses = Response.objects.filter(sheet__round=one, sheet__panel=Panel.AGREED)
    if about:
        responses = responses.filter(item__code=about)
    by_code = {response.item.code: response for response in responses.select_related("item")}
    for theme in instrument.themes:
        for item in theme.items:
            said = _said(item, by_code[item.code], instrument) if item.code in by_code else ""
            if said:
                yield item.code, f"{item.title}{colon()}{said}"


def _said(item: Item, response: Response, instrument: Instrument) -> str:
    """The level that is agreed, or the phases of which the mark is true; empty without answer."""
    if response.status == Status.NOT_APPLICABLE:
        return _("does not apply")
    answers = response.value.answers
    state = levels.state(answers, item.marks)
    if state == levels.State.UNANSWERED:
        return ""
    if item.marks:
        return _marks(dict(zip(instrument.level_names, answers, strict=True)))
    facts = {"level": levels.level(answers), "levels": instrument.levels}
    if state == levels.State.UNKNOWN:
        return _("level %(level)s of %(levels)s or higher, it is not known") % facts
    return _("level %(level)s of %(levels)s") % facts


def _marks(answers: dict[str, Answer]) -> str:
    true, unknown = (
        ", ".join(phase for phase, answer in answers.items() if answer == asked)
        for asked in (Answer.YES, Answer.UNKNOWN)
    )
    said = [_("mark true of %(phases)s") % {"phases": true} if true else _("no mark is true")]
    if unknown:
        said.append(_("not known of %(phases)s") % {"phases": unknown})
    return "; ".join(said)


def _round(_cluster: int, rest: Sequence[str]) -> str:
    return reverse("round", args=rest[:1])
