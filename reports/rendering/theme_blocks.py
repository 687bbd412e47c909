"""What a report says of one theme, as blocks; a block that has nothing to say is left out.

How far to rely on it is told in `reliance_blocks`, its items in `item_blocks`.
"""

from collections.abc import Iterator, Sequence

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Column
from diagnostics.wording import code_words
from reports.rendering.document import (
    Block,
    Drawing,
    Facts,
    Folded,
    Heading,
    Ladder,
    Link,
    Paragraph,
    Point,
    Points,
    Table,
    Tone,
)
from reports.rendering.reliance_blocks import counted
from reports.rendering.wording import addressee_words, cited, rounded, titles, whole
from reports.theme_reading import ThemeReading, anchor_of


def standing(theme: ThemeReading) -> Iterator[Block]:
    """Where the theme stands: its figures, how firm they are, what holds it, its groups."""
    reading = theme.reading
    if theme.staged:
        names = reading.content["level_names"]
        yield Ladder(names, theme.stage, theme.title, phases=reading.classifies)
    if theme.staged and theme.stage is None:
        yield Paragraph(f"{theme.reason} {_bounds(theme)}".strip(), Tone.NOTICE, _("No stage."))
    elif not theme.staged:
        yield Paragraph(theme.reason, Tone.SOFT)
    if facts := list(_facts(theme)):
        yield Facts(facts, large=True)
    if theme.needs_warning:
        yield Paragraph(theme.needs_warning, Tone.SOFT)
    if theme.firm is not None:
        tone = Tone.FIRM if theme.firm else Tone.NOTICE
        yield Paragraph(" ".join(filter(None, (theme.firmness, theme.caution))), tone)
    if theme.coverage_chart:
        yield Drawing(theme.coverage_chart)
    if len(theme.groups) > 1:
        yield _groups(theme)
    if intro := theme.content.get("intro"):
        yield Folded(_("How to read this theme"), [Paragraph(intro)])


def _bounds(theme: ThemeReading) -> str:
    if not theme.bounds or theme.reading.classifies:
        return ""
    low, high = theme.bounds
    return _(
        "With everything unknown false the stage would be %(low)s, with everything unknown true "
        "%(high)s."
    ) % {"low": low, "high": high}


def _facts(theme: ThemeReading) -> Iterator[tuple[str, ...]]:
    classifies = theme.reading.classifies
    if theme.phase:
        later = _("what is unknown leaves a later one possible")
        yield _("Phase"), theme.phase, later if theme.starred else ""
    elif theme.stage is not None:
        star = theme.star(_("higher if every unknown were true"))
        yield _("Stage"), str(theme.stage), star
        yield _("Position"), rounded(theme.position, 2), _("stage and progress to the next")
        yield _("Mean level"), rounded(theme.mean_level, 1)
    if theme.bounds:
        low, high = theme.bounds
        note = (
            _("phases that what is unknown leaves possible")
            if classifies
            else _("unknown all false, all true")
        )
        yield _("Bounds"), f"{low} – {high}", note
    if theme.needs:
        yield _("Needs for a stage"), theme.needs, _("items at its level")
    if theme.completeness is not None:
        known = _("%(known)s %% known") % {"known": f"{100 * theme.knowledge:.0f}"}
        yield _("Answered"), _share(theme.completeness), known


def _groups(theme: ThemeReading) -> Table:
    """The groups of items: a group of few items, or of a theme beside the stages, has no stage."""
    columns = [
        Column(_("Group of items")),
        Column(_("Known"), numeric=True),
        Column(_("Mean level"), numeric=True),
    ]
    rows = [[one["title"], _share(one["knowledge"]), _level(one)] for one in theme.groups]
    if any(one["staged"] for one in theme.groups):
        columns += [
            Column(_("Stage"), numeric=True),
            Column(_("Position"), numeric=True),
            Column(_("Without a stage because")),
        ]
        for row, one in zip(rows, theme.groups, strict=True):
            if one["stage"] is None:
                row += ["", "", one["reason"]]
            else:
                row += [str(one["stage"]), rounded(one["position"], 2), ""]
    return Table(
        _("%(theme)s: where its groups of items stand") % {"theme": theme.title},
        columns,
        rows,
        widths=(4, 0, 0, 0, 0, 5)[: len(columns)],
    )


def _level(group: dict) -> str:
    """The mean level, where anything is known: a blank and an unknown stand at the lowest level."""
    return rounded(group["mean_level"], 1) if group["knowledge"] else ""


def _share(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def unknowns(theme: ThemeReading) -> Iterator[Block]:
    """What has to be found out before anything is planned."""
    points = [_to_find_out(theme, step) for step in theme.find_out]
    points += [_to_find_out(theme, step, step["answer"]) for step in theme.missing_items]
    if points:
        yield Heading(2, _("Find out first"))
        yield Paragraph(
            _(
                "What nobody knows yet is neither true nor false. "
                "These come before anything is planned."
            )
        )
        yield Points(points)


def _to_find_out(theme: ThemeReading, step: dict, *answers: str) -> Point:
    lead = (
        _("%(item)s, phase %(phase)s:") % {"item": step["title"], "phase": step["level"]}
        if theme.reading.classifies
        else _("%(item)s, level %(level)s:") % {"item": step["title"], "level": step["level"]}
    )
    return Point(step["statement"], lead, anchor=anchor_of(step["item"]), answers=answers)


def way(theme: ThemeReading) -> Iterator[Block]:
    """What must become true for the next stage, the cheapest set first, and the horizons."""
    if not theme.next_stage:
        return
    title = _("The way to stage %(stage)s") % {"stage": theme.next_stage}
    yield Heading(2, title, anchor=f"{theme.code}-way")
    if theme.cheapest:
        cost = floatformat(theme.cheapest_set["cost"])
        yield Paragraph(
            "; ".join(titles(theme.cheapest)) + ".",
            lead=_("Least effort (%(cost)s):") % {"cost": cost},
        )
        yield Paragraph(
            _(
                "Effort is a rough scale set with each item, times its statements still to be met; "
                "it is no cost estimate."
            ),
            Tone.SOFT,
        )
    steps = sorted(theme.steps, key=lambda step: not step["cheapest"])
    yield Table(
        caption=_("Statements not yet true, up to level %(stage)s") % {"stage": theme.next_stage},
        columns=[
            Column(_("Item")),
            Column(_("What must become true")),
            Column(_("What would show it")),
            Column(_("Effort"), numeric=True),
        ],
        rows=[
            (
                Points([Point(step["item"]["title"], note=_marks(step))]),
                Points([_statement(one) for one in step["statements"]]),
                step["evidence"],
                whole(step["effort"]),
            )
            for step in steps
        ],
        widths=(4, 5, 7, 0),
        anchors=[anchor_of(step["item"]["code"]) for step in steps],
    )
    yield from _road_map(theme)


def _marks(step: dict) -> str:
    """What tells an item apart from others on the way."""
    marks = [_("in the cheapest set")] if step["cheapest"] else []
    marks += [_("core item")] if step["item"]["core"] else []
    return f"({', '.join(marks)})" if marks else ""


def _statement(one: dict) -> Point:
    return Point(one["statement"], lead=f"{one['level']}:", answers=[one["answer"]])


def _road_map(theme: ThemeReading) -> Iterator[Block]:
    """For each horizon what to raise, what has to come first, and who can help on the way."""
    if not theme.plans:
        return
    told: set[str] = set()  # what comes first is said at the first horizon it comes before
    yield Heading(2, _("Road map"))
    for plan in theme.plans:
        years = ngettext("Within %(years)s year", "Within %(years)s years", plan["years"])
        yield Heading(
            3,
            _("%(when)s: to stage %(stage)s")
            % {"when": years % {"years": plan["years"]}, "stage": plan["target"]},
        )
        n = len(plan["raised"])
        lead = ngettext(
            "%(n)s item to raise, effort %(cost)s:", "%(n)s items to raise, effort %(cost)s:", n
        )
        yield Paragraph(
            "; ".join(titles(plan["raised"])) + ".",
            lead=lead % {"n": n, "cost": floatformat(plan["cost"])},
        )
        first = [_first(rule) for rule in plan["prerequisites"] if rule["code"] not in told]
        told |= {rule["code"] for rule in plan["prerequisites"]}
        if first:
            yield Points(first)
        if plan["approaches"]:
            points = [_earlier(one) for one in plan["approaches"]]
            yield Folded(counted(_("Assistance on the way"), points), [Points(points)])
    yield Paragraph(
        _("Targets are set for each theme; no country has to pass through every stage."), Tone.SOFT
    )


def _first(rule: dict) -> Point:
    """A rule's advice; the reason of one that fires now stands with the themes together."""
    return Point(rule["advice"], lead=_("First:"), note="" if rule["now"] else rule["because"])


def assistance(theme: ThemeReading, addressees: Sequence[str] = ()) -> Iterator[Block]:
    """The approaches that fit the theme's stage, for all addressees or those named."""
    shown = [a for a in theme.approaches if not addressees or a["addressee"] in addressees]
    if shown:
        yield Heading(
            2,
            _("Assistance that fits the phase: %(phase)s") % {"phase": theme.phase}
            if theme.phase
            else _("Assistance that fits stage %(stage)s") % {"stage": theme.stage},
        )
        yield Points([_approach(one) for one in shown])
    if theme.staged:
        yield Link(_("What others did from here: the library of experience"), theme.library)


def _approach(approach: dict) -> Point:
    """Whom it is for, what to do, what of earlier stages it continues, and its source."""
    pathways = {"competitive": _("competitive pathway"), "inclusive": _("inclusive pathway")}
    lead = [
        addressee_words(approach["addressee"]),
        pathways.get(approach["pathway"]),
        approach["category"] and code_words(approach["category"]),
    ]
    source = approach["source"]
    notes = [f"{cited(source)} ({code_words(source['tag'])})"]
    if approach["continues"]:
        earlier = " ".join(f"{p.lead} {p.text}" for p in map(_earlier, approach["continues"]))
        notes.insert(0, _("Continues from earlier stages: %(those)s") % {"those": earlier})
    return Point(approach["text"], lead=f"{' · '.join(filter(None, lead))}:", note=" ".join(notes))


def _earlier(approach: dict) -> Point:
    return Point(approach["text"], lead=_("Stage %(stage)s:") % {"stage": approach["stage"]})


def levels(theme: ThemeReading) -> Iterator[Block]:
    """Every item at its level, as a chart."""
    if theme.items_chart:
        yield Drawing(theme.items_chart)
