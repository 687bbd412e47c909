"""A plan as its pages, tables and files show it; nothing here is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity import judging
from countries.wording import colon
from diagnostics.actions.measures import is_open_gap
from diagnostics.actions.planning import Candidate, lacks
from diagnostics.experience import address, illustrating
from diagnostics.models import Interest, Measure, Plan, Round, Scoring
from diagnostics.models.plans import Funding, Status
from diagnostics.models.rounds import Panel
from diagnostics.planning.costing import Line, Total, by_source, totals
from diagnostics.planning.schedule import Bar, Span, half_years, too_early

HORIZONS = dict(Measure.Horizon.choices)
SOURCES = dict(Funding.Source.choices)
YEARS_END = 9999  # after every year: where what has no start is listed


@dataclass(frozen=True)
class MeasureOnPage:
    """A measure with what follows from its rows."""

    measure: Measure
    status: str
    line: Line
    bar: Bar
    interests: list[Interest]

    @property
    def status_name(self) -> str:
        return str(Status(self.status).label)

    @property
    def lacks(self) -> list[str]:
        return lacks(self.measure)

    @property
    def is_open_gap(self) -> bool:
        return is_open_gap(self.measure)

    @property
    def aim(self) -> str:
        """What shows that it is done, from where to where; "" where nobody has said."""
        measure, said = self.measure, [self.measure.indicator]
        if measure.baseline:
            said.append(_("at the start %(baseline)s") % {"baseline": measure.baseline})
        if measure.target:
            said.append(_("target %(target)s") % {"target": measure.target})
        return "; ".join(filter(None, said))


@dataclass(frozen=True)
class Advice:
    """What has to come first, `now` or on the way, and in which themes' measures it matters."""

    text: str
    now: bool
    themes: list[str]


@dataclass(frozen=True)
class ThemeOfPlan:
    """What is planned in one theme, by horizon."""

    code: str
    title: str
    stage: int | None
    horizons: list[tuple[str, list[MeasureOnPage]]]
    library: str
    examples: int


def result_of(round: Round) -> dict[str, Any]:
    """What the round's newest scoring found; empty themes where it was not scored."""
    scoring = (
        Scoring.objects.filter(sheet__round=round, sheet__panel=Panel.AGREED)
        .order_by("-submission")
        .first()
    )
    return round.instrument_version.said(scoring.result) if scoring else {"themes": []}


def candidates(round: Round) -> list[tuple[dict[str, Any], list[Candidate]]]:
    """What the road map offers, theme by theme: statements to reach, approaches on the way.

    The five-year horizon offers what the one-year horizon does not (method.md section 7).
    """
    return [
        (theme, list(_offered(theme)))
        for theme in result_of(round)["themes"]
        if theme.get("horizons")
    ]


def _offered(theme: dict[str, Any]) -> list[Candidate]:
    titles = {item["code"]: item["title"] for item in theme["items"]}
    found: dict[str, Candidate] = {}
    for horizon in theme["horizons"]:
        for step in horizon["statements"]:
            picked = f"{step['item']}/{step['level']}"
            title = f"{titles[step['item']]}{colon()}{step['statement']}"
            found.setdefault(picked, Candidate(picked, theme["code"], horizon["years"], title))
        for approach in horizon["approaches"]:
            found.setdefault(
                approach["code"],
                Candidate(
                    approach["code"],
                    theme["code"],
                    horizon["years"],
                    approach["text"],
                    approach["addressee"],
                    approach["pathway"],
                ),
            )
    return list(found.values())


class PlanOnPage:
    """A whole plan, read once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        rows = plan.measures.select_related("owner").prefetch_related(
            "funding", "notes", "requires", "interests__organisation"
        )
        self.measures = [_on_page(row) for row in rows]

    @property
    def title(self) -> str:
        """The finding over the page: how much is planned and how it stands."""
        n = len(self.measures)
        if not n:
            return _("No measure yet")
        done = sum(one.status == Status.DONE for one in self.measures)
        planned = ngettext("%(n)s measure", "%(n)s measures", n) % {"n": n}
        title = _("%(planned)s, %(done)s done") % {"planned": planned, "done": done}
        if dropped := len(self.dropped):
            title = _("%(title)s, %(n)s dropped") % {"title": title, "n": dropped}
        return title

    @property
    def dropped(self) -> list[MeasureOnPage]:
        return [one for one in self.measures if one.status == Status.DROPPED]

    @property
    def left_out(self) -> str:
        """Why the sums count fewer measures than the plan has; "" where none was dropped."""
        if not (n := len(self.dropped)):
            return ""
        told = ngettext(
            "%(n)s dropped measure is left out of the sums.",
            "%(n)s dropped measures are left out of the sums.",
            n,
        )
        return told % {"n": n}

    @cached_property
    def result(self) -> dict[str, Any]:
        return result_of(self.plan.round)

    @cached_property
    def themes(self) -> list[ThemeOfPlan]:
        """Themes with measures, in the instrument's order."""
        found = {theme["code"]: theme for theme in self.result["themes"]}
        shown = []
        for theme in self.plan.round.instrument_version.told.themes:
            held = [one for one in self.measures if one.measure.theme == theme.code]
            if not held:
                continue
            stage = found.get(theme.code, {}).get("stage")
            shown.append(
                ThemeOfPlan(
                    code=theme.code,
                    title=theme.title,
                    stage=stage,
                    horizons=[
                        (str(label), rows)
                        for years, label in HORIZONS.items()
                        if (rows := [one for one in held if one.measure.horizon == years])
                    ],
                    library=address(theme.code, [stage] if stage else []),
                    examples=illustrating(theme.code, stage).count(),
                )
            )
        return shown

    @property
    def advice(self) -> list[Advice]:
        """The mix rules that hold now, or would once a theme is where its measures aim.

        Each once, those that hold now first, with the themes whose measures lead to it.
        """
        found: dict[str, Advice] = {}
        for theme in self.result["themes"]:
            aimed = {
                one.measure.horizon for one in self.measures if one.measure.theme == theme["code"]
            }
            for horizon in theme.get("horizons") or []:
                for rule in horizon["prerequisites"] if horizon["years"] in aimed else []:
                    one = found.setdefault(rule["code"], Advice(rule["advice"], rule["now"], []))
                    if theme["title"] not in one.themes:
                        one.themes.append(theme["title"])
        return sorted(found.values(), key=lambda one: not one.now)

    @property
    def warnings(self) -> list[str]:
        """Measures that begin before what they require has ended."""
        titles = {one.measure.pk: one.measure.title for one in self.measures}
        return [
            _("“%(measure)s” begins before “%(needed)s”, which has to come first, has ended.")
            % {"measure": titles[early], "needed": titles[needed]}
            for early, needed in too_early(one.bar for one in self.measures)
        ]

    @cached_property
    def spans(self) -> list[Span]:
        return half_years(one.bar for one in self.measures)

    @property
    def years(self) -> list[int]:
        return list(dict.fromkeys(span.year for span in self.spans))

    @property
    def schedule(self) -> list[tuple[MeasureOnPage, list[tuple[Span, bool]]]]:
        """Each measure with the half-years in which it runs."""
        return [(one, [(span, span.holds(one.bar)) for span in self.spans]) for one in self.running]

    @property
    def running(self) -> list[MeasureOnPage]:
        return [one for one in self.measures if one.bar.start and one.bar.end]

    @property
    def schedule_title(self) -> str:
        """The finding of the schedule."""
        if not self.running:
            return _("No measure has a start and an end yet")
        first = min(one.measure.start for one in self.running)
        last = max(one.measure.end for one in self.running)
        return ngettext(
            "%(n)s measure runs from %(first)s to %(last)s",
            "%(n)s measures run from %(first)s to %(last)s",
            len(self.running),
        ) % {"n": len(self.running), "first": first.year, "last": last.year}

    @property
    def lines(self) -> list[Line]:
        """What the costing adds up: all measures but those dropped."""
        return [one.line for one in self.measures if one.status != Status.DROPPED]

    @property
    def sums(self) -> list[tuple[str, list[Total]]]:
        """Sums of the whole, by horizon, by theme and by the year in which measures begin, each of
        one currency and price year. A key is what `group` says of its measures."""
        lines = sorted(self.lines, key=lambda line: line.begins or YEARS_END)
        return [
            (label, totals(lines if by == "begins" else self.lines, partial(self.group, by)))
            for by, label in (
                ("all", _("All measures")),
                ("horizon", _("By horizon")),
                ("theme", _("By theme")),
                ("begins", _("By year of start")),
            )
        ]

    def group(self, by: str, line: Line) -> str:
        """The group of a measure by `horizon`, `theme` or `begins`, in words; else that of all."""
        match by:
            case "horizon":
                return str(HORIZONS[line.horizon])
            case "theme":
                return self.theme_titles.get(line.theme, line.theme)
            case "begins":
                began = _("begins in %(year)s") % {"year": line.begins}
                return began if line.begins else _("no start yet")
            case _:
                return _("All measures")

    @cached_property
    def theme_titles(self) -> dict[str, str]:
        instrument = self.plan.round.instrument_version.told
        return {theme.code: theme.title for theme in instrument.themes}

    @property
    def sources(self) -> list[tuple[str, str, int | None, Any]]:
        return [(str(SOURCES[source]), *rest) for source, *rest in by_source(self.lines)]

    @property
    def uncosted(self) -> list[MeasureOnPage]:
        """Measures that nobody has estimated: no sum and no gap holds them."""
        return [one for one in self.measures if one.line.cost is None]

    @property
    def gaps(self) -> list[MeasureOnPage]:
        """Measures whose cost is not covered, the largest gap first within each currency."""
        held = [one for one in self.measures if one.is_open_gap]
        return sorted(held, key=lambda one: (one.line.currency, -(one.line.gap or 0)))

    @property
    def judgements(self) -> list[tuple[str, str, str]]:
        """Every criterion: its code, its name and the sentence, blank where there is none yet."""
        return judging.in_words(self.plan.judgements.all())


def status_of(measure: Measure) -> str:
    """How a measure stands: as it was reported last."""
    notes: Sequence[Any] = list(measure.notes.all())
    return notes[0].status if notes else Status.PLANNED.value


def outcome(plan: Plan) -> dict[str, Any]:
    """What became of a plan, as plain values for the snapshot of the next round's report.

    Keys: round, state, measures (title, theme, owner, target, status, status_name, text, value),
    judgements (criterion, text).
    """
    shown = PlanOnPage(plan)
    rows = []
    for one in shown.measures:
        last = next(iter(one.measure.notes.all()), None)
        rows.append(
            {
                "title": one.measure.title,
                "theme": shown.theme_titles.get(one.measure.theme, one.measure.theme),
                "owner": one.measure.owner.name if one.measure.owner else "",
                "target": one.measure.target,
                "status": one.status,
                "text": last.text if last else "",
                "value": last.value if last else "",
            }
        )
    return {
        "round": plan.round.title,
        "state": plan.state,
        "measures": rows,
        "judgements": [
            {"criterion": criterion, "text": text}
            for criterion, _name, text in shown.judgements
            if text
        ],
    }


def _on_page(measure: Measure) -> MeasureOnPage:
    return MeasureOnPage(
        measure=measure,
        status=status_of(measure),
        line=Line(
            title=measure.title,
            theme=measure.theme,
            horizon=measure.horizon,
            cost=measure.cost,
            currency=measure.currency,
            price_year=measure.price_year,
            funding=tuple((line.source, line.amount) for line in measure.funding.all()),
            begins=measure.start.year if measure.start else None,
        ),
        bar=Bar(measure.pk, measure.start, measure.end, [one.pk for one in measure.requires.all()]),
        interests=[one for one in measure.interests.all() if one.withdrawn_at is None],
    )
