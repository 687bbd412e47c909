"""Items on which the raters are at odds, the gap between two panels, and what nobody knows
(method.md section 4). Only known levels are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from countries.content.sentences import Sentence, _, ngettext
from diagnostics.scoring.panels import double_lower_median, lower_median
from diagnostics.scoring.randomness import place
from diagnostics.scoring.ratings import ItemRatings, Ratings

APART = 2
LARGE_ROUND = 5
NEAR_PERCENT = 75

PANEL_NAMES = {
    "government": _("government"),
    "independent": _("independent"),
    "private": _("private"),
}


@dataclass(frozen=True, slots=True)
class Contested:
    """One contested item; `why` has a sentence for each rule it breaks."""

    item: str
    why: tuple[Sentence, ...]
    lowest: int | None
    highest: int | None
    panel_medians: dict[str, int]


@dataclass(frozen=True, slots=True)
class PanelGap:
    """The lower medians of two panels for one item; `gap` is government minus independent."""

    item: str
    government: int
    independent: int
    gap: int


@dataclass(frozen=True, slots=True)
class KnowledgeGap:
    """The sheets that do not know, or did not answer, what holds an item at its level."""

    item: str
    unknown: tuple[str, ...]
    unanswered: tuple[str, ...]


def panel_medians(found: ItemRatings, panels: dict[str, str]) -> dict[str, int]:
    """Return the lower median of the known levels in each panel that has any."""
    by_panel: dict[str, list[int]] = {}
    for sheet, level in found.levels.items():
        by_panel.setdefault(panels[sheet], []).append(level)
    return {panel: lower_median(levels) for panel, levels in sorted(by_panel.items())}


def contested(ratings: Ratings) -> list[Contested]:
    """Return the contested items in instrument order.

    With two to four ratings: highest minus lowest is 2 or more. With five or more: the quartiles
    (inverse distribution) are 2 or more apart, or fewer than 75 % lie within 1 of the lower
    median. Always: two panels' medians differ by 2 or more, the sheets are split on whether the
    item applies, or most of them see a mark of a phase and none is left in what is agreed.
    """
    rows = []
    for found in ratings.items:
        medians = panel_medians(found, ratings.panels)
        levels = sorted(found.levels.values())
        why = (
            *_spread(levels),
            *_panels(medians),
            *_marks(found, ratings.panels),
            *_applicability(found),
        )
        if why:
            lowest, highest = (levels[0], levels[-1]) if levels else (None, None)
            rows.append(Contested(found.item, why, lowest, highest, medians))
    return rows


def panel_gaps(ratings: Ratings) -> list[PanelGap]:
    """Return government against independent for every item that both panels know."""
    rows = []
    for found in ratings.items:
        medians = panel_medians(found, ratings.panels)
        if "government" in medians and "independent" in medians:
            government, independent = medians["government"], medians["independent"]
            rows.append(PanelGap(found.item, government, independent, government - independent))
    return rows


def knowledge_gaps(ratings: Ratings) -> list[KnowledgeGap]:
    """Return the items that some sheet holds at their level by an unknown or a blank."""
    return [
        KnowledgeGap(found.item, found.unknown, found.unanswered)
        for found in ratings.items
        if found.unknown or found.unanswered
    ]


def _spread(levels: Sequence[int]) -> list[Sentence]:
    """`levels` in rising order."""
    count = len(levels)
    if count < 2:
        return []
    if count < LARGE_ROUND:
        apart = levels[-1] - levels[0]
        if apart < APART:
            return []
        return [
            ngettext(
                "The sheets lie %(n)s level apart.", "The sheets lie %(n)s levels apart.", apart
            )
        ]
    why = []
    apart = levels[place(count, 75)] - levels[place(count, 25)]
    if apart >= APART:
        why.append(
            ngettext(
                "The middle half of the %(sheets)s sheets spans %(n)s level.",
                "The middle half of the %(sheets)s sheets spans %(n)s levels.",
                apart,
                sheets=count,
            )
        )
    middle = lower_median(levels)
    near = sum(abs(level - middle) <= 1 for level in levels)
    if 100 * near < NEAR_PERCENT * count:
        why.append(
            ngettext(
                "Only %(near)s of %(n)s sheet lies within one level of the middle.",
                "Only %(near)s of %(n)s sheets lie within one level of the middle.",
                count,
                near=near,
            )
        )
    return why


def _panels(medians: dict[str, int]) -> list[Sentence]:
    if not medians:
        return []
    lowest = min(medians, key=medians.__getitem__)
    highest = max(medians, key=medians.__getitem__)
    if medians[highest] - medians[lowest] < APART:
        return []
    return [
        _(
            "The %(high)s panel says %(highest)s, the %(low)s panel %(lowest)s.",
            high=PANEL_NAMES.get(highest, highest),
            highest=medians[highest],
            low=PANEL_NAMES.get(lowest, lowest),
            lowest=medians[lowest],
        )
    ]


def _marks(found: ItemRatings, panels: dict[str, str]) -> list[Sentence]:
    """Marks are agreed on one by one: sheets that see different ones leave none."""
    seeing = [sheet for sheet, phases in found.marks.items() if phases]
    if 2 * len(seeing) <= len(found.marks):
        return []
    for phase in frozenset().union(*found.marks.values()):
        by_panel: dict[str, list[int]] = {}
        for sheet, phases in found.marks.items():
            by_panel.setdefault(panels[sheet], []).append(phase in phases)
        if double_lower_median(by_panel):
            return []
    return [
        ngettext(
            "%(seeing)s of %(n)s sheet sees a mark, but not one that the panels share.",
            "%(seeing)s of %(n)s sheets see a mark, but not one that the panels share.",
            len(found.marks),
            seeing=len(seeing),
        )
    ]


def _applicability(found: ItemRatings) -> list[Sentence]:
    away, applies = len(found.not_applicable), len(found.applies)
    if not away or not applies:
        return []
    return [
        ngettext(
            "%(away)s of %(n)s sheet says that the item does not apply.",
            "%(away)s of %(n)s sheets say that the item does not apply.",
            away + applies,
            away=away,
        )
    ]
