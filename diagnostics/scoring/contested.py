"""Items on which the raters are at odds, the gap between two panels, and what nobody knows
(method.md section 4). Only known levels are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.scoring.panels import lower_median
from diagnostics.scoring.randomness import place
from diagnostics.scoring.ratings import ItemRatings, Ratings

APART = 2
LARGE_ROUND = 5
NEAR_PERCENT = 75


@dataclass(frozen=True, slots=True)
class Contested:
    """One contested item; `why` has a sentence for each rule it breaks."""

    item: str
    why: tuple[str, ...]
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
    median. Always: two panels' medians differ by 2 or more, or the sheets are split on whether
    the item applies.
    """
    rows = []
    for found in ratings.items:
        medians = panel_medians(found, ratings.panels)
        levels = sorted(found.levels.values())
        why = (*_spread(levels), *_panels(medians), *_applicability(found))
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


def _spread(levels: Sequence[int]) -> list[str]:
    """`levels` in rising order."""
    count = len(levels)
    if count < 2:
        return []
    if count < LARGE_ROUND:
        apart = levels[-1] - levels[0]
        return [f"The sheets lie {apart} levels apart."] if apart >= APART else []
    why = []
    apart = levels[place(count, 75)] - levels[place(count, 25)]
    if apart >= APART:
        why.append(f"The middle half of the {count} sheets spans {apart} levels.")
    middle = lower_median(levels)
    near = sum(abs(level - middle) <= 1 for level in levels)
    if 100 * near < NEAR_PERCENT * count:
        why.append(f"Only {near} of {count} sheets lie within one level of the middle.")
    return why


def _panels(medians: dict[str, int]) -> list[str]:
    if not medians:
        return []
    lowest = min(medians, key=medians.__getitem__)
    highest = max(medians, key=medians.__getitem__)
    if medians[highest] - medians[lowest] < APART:
        return []
    return [f"The {highest} panel says {medians[highest]}, the {lowest} panel {medians[lowest]}."]


def _applicability(found: ItemRatings) -> list[str]:
    away, applies = len(found.not_applicable), len(found.applies)
    if not away or not applies:
        return []
    return [f"{away} of {away + applies} sheets say that the item does not apply."]
