"""Where a cluster and a country's firms stand: capability, orientation, paths, size structure.

Plain rules with their marks. The frames are the sources'; the marks are ours (docs/clusters.md),
since the sources draw their figures without numbers. What is not known stays None.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

PRODUCT_MARKS = ("own_design", "new_product", "product_spending", "own_name")
PROCESS_MARKS = ("current_equipment", "quality_system", "measured", "steady_gains")
MARKS_FOR_HIGH = 3  # of the four statements on a capability
EXPORT_MARK = 25.0  # percent of output exported, from which on orientation is high
CLEARLY_LOWER = 0.75  # the middle class against the smaller of its neighbours
MAJORITY = 50.0  # percent of employment
SUM_TOLERANCE = 1.0  # percentage points: shares are printed rounded

# Divisions of ISIC Rev. 4 that adbi-2007, lecture 7 warns of as a beginning: it names heavy and
# high-technology industry, motor cars and electronics; simple machinery (28) and metal work (25)
# are among those it commends.
HEAVY = frozenset({"19", "20", "21", "24", "26", "27", "29", "30"})


class Mode(StrEnum):
    """The four modes of learning (yang-2006, figure 1)."""

    FAST_FOLLOWER = "fast_follower"
    PROCESS_PIONEER = "process_pioneer"
    PRODUCT_PIONEER = "product_pioneer"
    APPLICATIONS = "applications"


class Strategy(StrEnum):
    """The strategy that fits a mode (yang-2006, figure 1)."""

    CLUSTER = "cluster"
    NICHE = "niche"
    FREE_RIDING = "free_riding"


class Quadrant(StrEnum):
    """Technology and market of sato-asean, figure 6."""

    LOW_DOMESTIC = "low_domestic"
    HIGH_DOMESTIC = "high_domestic"
    LOW_EXPORT = "low_export"
    HIGH_EXPORT = "high_export"


class Path(StrEnum):
    """The ways between the quadrants (sato-asean, figure 6 and the text on it)."""

    SUPPLY_LARGE = "supply_large"  # right, along the bottom: the competitive pathway
    EXPORT_THROUGH_LARGE = "export_through_large"  # up, on the right
    EXPORT_THROUGH_TRADERS = "export_through_traders"  # up, on the left: the inclusive pathway
    UPGRADE_FOR_BUYERS = "upgrade_for_buyers"  # right, along the top


class Structure(StrEnum):
    """Patterns of employment by size of firm (sato-asean, figure 2, after Mazumdar)."""

    MISSING_MIDDLE = "missing_middle"
    DOMINANT_LARGE = "dominant_large"
    BALANCED = "balanced"
    MOSTLY_SMALL = "mostly_small"  # none of the three: half or more of employment in small firms


MODES: dict[tuple[bool, bool], Mode] = {  # (product, process)
    (True, True): Mode.FAST_FOLLOWER,
    (False, True): Mode.PROCESS_PIONEER,
    (True, False): Mode.PRODUCT_PIONEER,
    (False, False): Mode.APPLICATIONS,
}
STRATEGIES = {
    Mode.FAST_FOLLOWER: Strategy.CLUSTER,
    Mode.PROCESS_PIONEER: Strategy.NICHE,
    Mode.PRODUCT_PIONEER: Strategy.NICHE,
    Mode.APPLICATIONS: Strategy.FREE_RIDING,
}
QUADRANTS: dict[tuple[bool, bool], Quadrant] = {  # (technology, exports)
    (False, False): Quadrant.LOW_DOMESTIC,
    (True, False): Quadrant.HIGH_DOMESTIC,
    (False, True): Quadrant.LOW_EXPORT,
    (True, True): Quadrant.HIGH_EXPORT,
}
PATHS: dict[Quadrant, tuple[Path, ...]] = {
    Quadrant.LOW_DOMESTIC: (Path.SUPPLY_LARGE, Path.EXPORT_THROUGH_TRADERS),
    Quadrant.HIGH_DOMESTIC: (Path.EXPORT_THROUGH_LARGE,),
    Quadrant.LOW_EXPORT: (Path.UPGRADE_FOR_BUYERS,),
    Quadrant.HIGH_EXPORT: (),
}


@dataclass(frozen=True)
class Position:
    """A cluster's place; True is high, None not known."""

    product: bool | None
    process: bool | None
    exports: bool | None

    @property
    def mode(self) -> Mode | None:
        if self.product is None or self.process is None:
            return None
        return MODES[self.product, self.process]

    @property
    def strategy(self) -> Strategy | None:
        return STRATEGIES[self.mode] if self.mode else None

    @property
    def globalised(self) -> bool | None:
        """In the corner that yang-2006, figure 2 aims at: both capabilities and exports high."""
        three = (self.product, self.process, self.exports)
        if False in three:
            return False
        return None if None in three else True

    @property
    def technology(self) -> bool | None:
        """High where either capability is; low where both are."""
        two = (self.product, self.process)
        if True in two:
            return True
        return None if None in two else False

    @property
    def quadrant(self) -> Quadrant | None:
        if self.technology is None or self.exports is None:
            return None
        return QUADRANTS[self.technology, self.exports]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The ways on from here; none where the place is not known, or is the last."""
        return PATHS[self.quadrant] if self.quadrant else ()


def capability(answers: Mapping[str, str], marks: Sequence[str]) -> bool | None:
    """High where at least three of the four statements hold, low where they no longer can.

    Answers are "yes", "no" and anything else for not known.
    """
    yes = sum(answers.get(mark) == "yes" for mark in marks)
    no = sum(answers.get(mark) == "no" for mark in marks)
    if yes >= MARKS_FOR_HIGH:
        return True
    return False if len(marks) - no < MARKS_FOR_HIGH else None


def exporting(share: float | None) -> bool | None:
    """High from `EXPORT_MARK` percent of output on, met on equality; None where not known."""
    return None if share is None else share >= EXPORT_MARK


def position(answers: Mapping[str, str], export_share: float | None) -> Position:
    """The place that the answers to both lists of marks and the share exported give."""
    return Position(
        product=capability(answers, PRODUCT_MARKS),
        process=capability(answers, PROCESS_MARKS),
        exports=exporting(export_share),
    )


def size_structure(small: float, medium: float, large: float) -> Structure:
    """The pattern of employment shares in percent by size of firm, micro firms left out.

    A majority in large firms is looked for first: where it is, the harm is that they take on few,
    not the low productivity of many small firms, however few the medium ones are.
    Raises ValueError where a share is outside 0 to 100, or their sum is not 100 within a point.
    """
    shares = (small, medium, large)
    if not all(math.isfinite(share) and 0 <= share <= 100 for share in shares):
        raise ValueError("A share is outside 0 to 100.")
    if abs(sum(shares) - 100) > SUM_TOLERANCE:
        raise ValueError(f"The shares sum to {sum(shares):g}, not 100.")
    if large > MAJORITY:
        return Structure.DOMINANT_LARGE
    if medium < CLEARLY_LOWER * min(small, large):
        return Structure.MISSING_MIDDLE
    if small > MAJORITY:
        return Structure.MOSTLY_SMALL
    return Structure.BALANCED


def against_advantage(low_income: bool | None, code: str | None) -> bool | None:
    """Whether heavy industry would come first in a low-income country (adbi-2007, lecture 7).

    `code` is one of ISIC Rev. 4 and begins with its division; a section's letter says too little.
    None is not known.
    """
    if code is None or not code.isdigit():
        return None
    if code[:2] not in HEAVY:
        return False
    return low_income
