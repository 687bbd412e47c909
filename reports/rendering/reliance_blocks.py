"""How far to rely on a theme's stage: re-scorings, agreement, what is contested or unknown."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Column
from reports.rendering.document import (
    Block,
    Drawing,
    Facts,
    Folded,
    Heading,
    Link,
    Paragraph,
    Point,
    Points,
    Table,
)
from reports.rendering.wording import rounded
from reports.theme_reading import ThemeReading, anchor_of


def doubt(theme: ThemeReading) -> Iterator[Block]:
    """Under one heading, if there is anything to say."""
    found = [*_rescored(theme), *_agreed(theme), *_contested(theme), *_witnessed(theme)]
    if found:
        yield Heading(2, _("How far to rely on it"), anchor=f"{theme.code}-sure")
        yield from found


def _rescored(theme: ThemeReading) -> Iterator[Block]:
    classifies = theme.reading.classifies
    if theme.rescoring_chart:
        yield Drawing(theme.rescoring_chart)
        yield Paragraph(
            _("With other weights as well: %(words)s re-scorings.") % {"words": theme.rules_counted}
            if classifies
            else _("With other weights and pass marks as well: %(words)s re-scorings.")
            % {"words": theme.rules_counted}
        )
    if theme.drivers:
        yield Folded(
            _("What drives the doubt"),
            [
                Paragraph(_("Each source let loose alone, all else as it stands.")),
                Points([_driver(one) for one in theme.drivers]),
            ],
        )
    if theme.swing_items:
        title = (
            _("Swing items: one mark of any of these, turned round, changes the phase")
            if classifies
            else _("Swing items: one level on any of these moves the stage")
        )
        points = [_swing(one, classifies=classifies) for one in theme.swing_items]
        yield Folded(counted(title, points), [Points(points)])


def _driver(one: dict) -> Point:
    low, high = (rounded(end, 2) for end in one["interval"])
    where = _("position %(low)s to %(high)s") % {"low": low, "high": high}
    return Point(f"{one['counted']}, {where}", lead=f"{one['name']}:")


def _swing(one: dict, *, classifies: bool) -> Point:
    """Where the theme would go if the item moved one level up, or one down."""
    if classifies:
        moves = [(one[key], _("to phase %(at)s")) for key in ("down", "up")]
    else:
        moves = [(one["up"], _("one up: stage %(at)s")), (one["down"], _("one down: stage %(at)s"))]
    told = ", ".join(words % {"at": at} for at, words in moves if at)
    return Point(told, lead=f"{one['title']}:", anchor=anchor_of(one["item"]))


def _agreed(theme: ThemeReading) -> Iterator[Block]:
    if theme.agreement["units"]:
        yield Heading(3, _("How far the sheets agree"))
        yield Paragraph(theme.agreement["words"])
        yield Folded(_("Coefficients"), [coefficients(theme.agreement)])


def coefficients(agreement: dict) -> Facts:
    """Alpha with its interval, AC2 with its standard error, or the reason why there is none."""
    alpha, ac2 = (
        agreement["reason"] if agreement[key] is None else rounded(agreement[key], 3)
        for key in ("alpha", "ac2")
    )
    if agreement["alpha"] is not None and agreement["alpha_interval"]:
        low, high = (rounded(end, 3) for end in agreement["alpha_interval"])
        sensitivity = _("sensitivity to items")
        alpha = f"{alpha} ({low} – {high}, {sensitivity})"
    elif agreement["alpha"] is not None and agreement.get("interval_reason"):
        alpha = f"{alpha}. {agreement['interval_reason']}"
    if agreement["ac2"] is not None and agreement["ac2_se"] is not None:
        error = _("standard error")
        ac2 = f"{ac2} ({error} {rounded(agreement['ac2_se'], 3)})"
    return Facts(
        [
            (_("Krippendorff's alpha, ordinal"), alpha),
            (_("Gwet's AC2, ordinal weights"), ac2),
            (_("Sheets, items"), f"{agreement['raters']}, {agreement['units']}"),
        ]
    )


def _contested(theme: ThemeReading) -> Iterator[Block]:
    if theme.contested_items:
        yield Heading(3, _("Contested"))
        settled = _("Since settled.")
        yield Points(
            [
                Point(
                    " ".join([*one["why"], *([] if one["open"] else [settled])]),
                    lead=f"{one['title']}:",
                    anchor=anchor_of(one["item"]),
                )
                for one in theme.contested_items
            ]
        )
    if gaps := theme.panel_gaps:
        panels = reverse("comparing:panels", args=[theme.reading.report.pk])
        yield Folded(
            counted(_("Government against independent"), gaps),
            [
                Table(
                    caption=_("%(theme)s: items the two place at different levels")
                    % {"theme": theme.title},
                    columns=[
                        Column(_("Item")),
                        Column(_("Government"), numeric=True),
                        Column(_("Independent"), numeric=True),
                    ],
                    rows=[(gap["title"], gap["government"], gap["independent"]) for gap in gaps],
                    widths=(6, 0, 0),
                    anchors=[anchor_of(gap["item"]) for gap in gaps],
                ),
                Link(_("Every item, as a chart"), f"{panels}#panels-{theme.code}"),
            ],
        )
    if gaps := theme.knowledge_gaps:
        yield Folded(
            counted(_("What some sheets do not know or did not answer"), gaps),
            [
                Points(
                    [
                        Point(_unknown_to(gap), f"{gap['title']}:", anchor=anchor_of(gap["item"]))
                        for gap in gaps
                    ]
                )
            ],
        )


def _witnessed(theme: ThemeReading) -> Iterator[Block]:
    if theme.divergent_items:
        yield Heading(3, _("Where indicators say otherwise"))
        yield Paragraph(
            _(
                "Here the settled level and the indicators lie two or more levels apart. "
                "Indicators overrule nothing; either may be wrong."
            )
        )
        yield Points(
            [
                Point(
                    " ".join(
                        [
                            _("settled at level %(agreed)s, indicators say %(level)s.") % one,
                            *(testimony(said).text for said in one["testimonies"]),
                        ]
                    ),
                    lead=f"{one['title']}:",
                    anchor=anchor_of(one["item"]),
                )
                for one in theme.divergent_items
            ]
        )


def testimony(one: dict) -> Point:
    """What one indicator says: value, unit, period, level, and where it is from."""
    facts = {
        "title": one.get("title") or one["indicator"],
        "value": rounded(one["value"], -2),
        "unit": one.get("unit") or "",
        "period": one.get("period") or one["year"],
        "level": one["level"],
    }
    text = _("%(title)s: %(value)s %(unit)s in %(period)s, which is level %(level)s.") % facts
    return Point(text, note=", ".join(filter(None, (one.get("source"), one.get("vintage")))))


def counted(title: str, found: list) -> str:
    return f"{title} ({len(found)})"


def _unknown_to(gap: dict) -> str:
    unknown = ngettext("%(n)s sheet does not know", "%(n)s sheets do not know", gap["unknown"])
    blank = ngettext("%(n)s sheet left it blank", "%(n)s sheets left it blank", gap["unanswered"])
    told = [(unknown, gap["unknown"]), (blank, gap["unanswered"])]
    return ", ".join(words % {"n": n} for words, n in told if n)
