"""What a report says of one theme, as blocks; a block that has nothing to say is left out."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Column
from reports.rendering.document import (
    Block,
    Drawing,
    Facts,
    Heading,
    Paragraph,
    Point,
    Points,
    Table,
    Tone,
)
from reports.rendering.wording import addressee_words, answer_words, rounded, titles, whole
from reports.theme_reading import ThemeReading


def standing(theme: ThemeReading) -> Iterator[Block]:
    """Where the theme stands: its figures, how firm they are, and what holds it there."""
    if theme.staged and theme.stage is None:
        yield Paragraph(theme.reason, Tone.NOTICE, lead=_("No stage."))
    elif not theme.staged:
        yield Paragraph(theme.reason, Tone.SOFT)
    if facts := _facts(theme):
        yield Facts(facts, large=True)
    if theme.needs_warning:
        yield Paragraph(theme.needs_warning, Tone.SOFT)
    if theme.firm is not None:
        yield Paragraph(" ".join(filter(None, (theme.firmness, theme.caution))), Tone.NOTICE)


def drawings(theme: ThemeReading) -> Iterator[Block]:
    for shown in (theme.coverage_chart, theme.rescoring_chart, theme.items_chart):
        if shown is not None:
            yield Drawing(shown.chart)


def doubt(theme: ThemeReading) -> Iterator[Block]:
    """How far the sheets agree, what they contest, and what would move the stage."""
    agreement = theme.agreement
    if agreement["units"]:
        yield Heading(2, _("How far the sheets agree"))
        yield Paragraph(agreement["words"])
        yield Facts(list(_coefficients(agreement)))
    if theme.contested_items:
        yield Heading(2, _("Contested"))
        yield Points([Point(" ".join(one["why"]), one["title"]) for one in theme.contested_items])
    if theme.panel_gaps:
        yield Heading(2, _("Government against independent"))
        yield Table(
            caption=_("%(theme)s: items the two place at different levels")
            % {"theme": theme.title},
            columns=[
                Column(_("Item")),
                Column(_("Government"), numeric=True),
                Column(_("Independent"), numeric=True),
            ],
            rows=[
                (gap["title"], gap["government"], gap["independent"]) for gap in theme.panel_gaps
            ],
            widths=(6, 1, 1),
        )
    if theme.drivers:
        yield Heading(2, _("What drives the doubt"))
        yield Points([Point(one["words"], lead=f"{one['name']}:") for one in theme.drivers])
    if theme.swing_items:
        yield Paragraph(
            "; ".join(titles(theme.swing_items)) + ".",
            lead=_("One mark of any of these, turned round, changes the phase:")
            if theme.reading.classifies
            else _("One level on any of these moves the stage:"),
        )
    if theme.knowledge_gaps:
        yield Heading(2, _("What some sheets do not know or did not answer"))
        yield Points([Point(_unknown_to(gap), f"{gap['title']}:") for gap in theme.knowledge_gaps])
    if theme.divergent_items:
        yield Heading(2, _("Where indicators say otherwise"))
        yield Points(
            [
                Point(
                    _("settled at level %(agreed)s, indicators say %(level)s.") % one,
                    lead=f"{one['title']}:",
                )
                for one in theme.divergent_items
            ]
        )


def unknowns(theme: ThemeReading) -> Iterator[Block]:
    """What has to be found out before anything is planned."""
    steps = [*theme.find_out, *theme.missing_items]
    if steps:
        yield Heading(2, _("Find out first"))
        yield Paragraph(
            _(
                "What nobody knows yet is neither true nor false. "
                "These come before anything is planned."
            )
        )
        yield Points(
            [
                Point(step["statement"], lead=_level_of(theme, step["title"], step["level"]))
                for step in steps
            ]
        )


def way(theme: ThemeReading) -> Iterator[Block]:
    """What must become true for the next stage, the cheapest set first, and the horizons."""
    if not theme.next_stage:
        return
    yield Heading(2, _("The way to stage %s") % theme.next_stage)
    if theme.cheapest:
        yield Paragraph(
            "; ".join(titles(theme.cheapest)) + ".",
            lead=_("Least effort (%s):") % whole(theme.cheapest_set["cost"]),
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
        caption=_("Statements not yet true, up to level %s") % theme.next_stage,
        columns=[
            Column(_("Item")),
            Column(_("Level"), numeric=True),
            Column(_("What must become true")),
            Column(_("Now")),
            Column(_("In the cheapest set")),
        ],
        rows=[
            (
                step["item"]["title"],
                one["level"],
                one["statement"],
                answer_words(one["answer"]),
                _("yes") if step["cheapest"] else "",
            )
            for step in steps
            for one in step["statements"]
        ],
        widths=(3, 0, 7, 0, 0),
    )
    if theme.plans:
        yield Heading(2, _("Road map"))
        yield Table(
            caption=_("%(theme)s: what to raise by when") % {"theme": theme.title},
            columns=[
                Column(_("Years"), numeric=True),
                Column(_("To stage"), numeric=True),
                Column(_("Effort"), numeric=True),
                Column(_("Items to raise")),
            ],
            rows=[
                (
                    plan["years"],
                    plan["target"],
                    whole(plan["cost"]),
                    "; ".join(titles(plan["raised"])),
                )
                for plan in theme.plans
            ],
            widths=(0, 0, 0, 1),
        )


def assistance(theme: ThemeReading, addressees: Sequence[str] = ()) -> Iterator[Block]:
    """The approaches that fit the theme's stage, for all addressees or those named."""
    shown = [a for a in theme.approaches or [] if not addressees or a["addressee"] in addressees]
    if not shown:
        return
    yield Heading(
        2,
        _("Assistance that fits the phase: %s") % theme.phase
        if theme.phase
        else _("Assistance that fits stage %s") % theme.stage,
    )
    yield Points(
        [
            Point(
                approach["text"],
                lead=_addressed(approach),
                note=f"{approach['source']['document']}, {approach['source']['place']}",
            )
            for approach in shown
        ]
    )


def _addressed(approach: dict) -> str:
    pathways = {"competitive": _("competitive pathway"), "inclusive": _("inclusive pathway")}
    pathway = pathways.get(approach["pathway"])
    words = addressee_words(approach["addressee"])
    return f"{words} ({pathway}):" if pathway else f"{words}:"


def _level_of(theme: ThemeReading, title: str, level: int) -> str:
    if theme.reading.classifies:
        return _("%(item)s, phase %(phase)s:") % {"item": title, "phase": level}
    return _("%(item)s, level %(level)s:") % {"item": title, "level": level}


def _facts(theme: ThemeReading) -> list[tuple[str, str]]:
    facts = []
    if theme.stage is not None:
        facts += (
            [(_("Phase"), theme.phase)]
            if theme.phase
            else [
                (_("Stage"), str(theme.stage)),
                (_("Position"), rounded(theme.position, 2)),
                (_("Mean level"), rounded(theme.mean_level, 1)),
            ]
        )
    if theme.bounds:
        low, high = theme.bounds
        facts.append((_("Bounds"), f"{low} – {high}"))
    if theme.needs:
        facts.append((_("Needed"), theme.needs))
    if theme.completeness is not None:
        facts.append((_("Answered"), f"{100 * theme.completeness:.0f} %"))
        facts.append((_("Known"), f"{100 * theme.knowledge:.0f} %"))
    return facts


def _unknown_to(gap: dict) -> str:
    unknown = ngettext("%(n)s sheet does not know", "%(n)s sheets do not know", gap["unknown"])
    blank = ngettext("%(n)s sheet left it blank", "%(n)s sheets left it blank", gap["unanswered"])
    told = [(unknown, gap["unknown"]), (blank, gap["unanswered"])]
    return ", ".join(words % {"n": n} for words, n in told if n)


def _coefficients(agreement: dict) -> Iterator[tuple[str, str]]:
    yield _("Sheets, items"), f"{agreement['raters']}, {agreement['units']}"
    for name, key in ((_("Krippendorff's alpha, ordinal"), "alpha"), (_("Gwet's AC2"), "ac2")):
        value = agreement[key]
        yield name, agreement["reason"] if value is None else rounded(value, 3)
