"""How sure the stage of a theme is: the re-scorings (method.md section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from countries.content.sentences import Sentence, _, ngettext
from diagnostics.scoring import draws as drawing
from diagnostics.scoring.draws import Levels, Numbers, Subject
from diagnostics.scoring.instrument import Sheet, Theme
from diagnostics.scoring.randomness import generator, place
from diagnostics.scoring.stages import PROGRESS_CAP, Tally, stage_at, standing_levels

WEIGHT_SPREAD = 0.25
MARK_SPREAD = 0.10
FIRM_PERCENT = 80
FEWEST_SHEETS = 3
FEWEST_PANELS = 2
CHUNK = 500

SOURCES = ("sheets", "noise", "unknowns", "weights", "pass_mark")


@dataclass(frozen=True, slots=True)
class Line:
    """The re-scorings of one kind: how many gave each stage 1..L, the modal stage (the lower of
    equals) and the 5 and 95 % inverse-distribution quantiles of the position.
    """

    counts: tuple[int, ...]
    modal: int
    interval_90: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Swing:
    """An item whose move by one level changes the stage; None where it does not (or cannot)."""

    item: str
    down: int | None
    up: int | None


@dataclass(frozen=True, slots=True)
class Certainty:
    """`measurement` decides firm, `rules` is the robustness; `sources` has each source alone."""

    measurement: Line
    rules: Line
    sources: dict[str, Line]


class Kept:
    """What is kept of every draw of one line: its shares C(2)..C(L), draws x (L - 1), and the
    lowest level of a core item.
    """

    def __init__(self, subject: Subject, draws: int) -> None:
        self.subject = subject
        self.shares = np.empty((draws, subject.top - 1))
        self.ceilings = np.empty(draws, dtype=np.int8)

    def put(self, rows: slice, levels: Levels, weights: Numbers | None) -> None:
        """Keep the draws of `rows`; a single row of `levels` stands for all of them."""
        self.shares[rows] = drawing.shares(self.subject, levels, weights)
        self.ceilings[rows] = drawing.lowest_core(self.subject, levels)

    def positions(self, mark: Numbers | float) -> Numbers:
        """Return the position of every draw, stage and progress, after centring."""
        moved = drawing.centred(self.subject, self.shares)
        found = drawing.stages(moved, self.ceilings, mark)
        return drawing.positions(moved, found, mark, PROGRESS_CAP)


def certainty(
    tally: Tally,
    theme: Theme,
    sheets: Sequence[Sheet],
    *,
    draws: int,
    seed: int,
    chunk: int = CHUNK,
) -> Certainty:
    """Score a theme `draws` times over; `tally` is that of the scored sheet.

    The same arguments give the same counts on any machine, whatever `chunk` (how many draws are
    held in memory at a time). Raises ValueError without a draw or an item that counts.
    """
    if draws < 1:
        raise ValueError(f"The number of draws is a whole number from 1, not {draws}.")
    if not tally.counted:
        raise ValueError(f"In {theme.code} no item counts, so there is nothing to re-score.")
    subject = drawing.subject(tally, theme, sheets)
    stream = generator(seed, theme.code)
    items = len(subject.base)
    kept = {name: Kept(subject, draws) for name in ("measurement", "rules", *SOURCES)}
    marks = np.empty(draws)
    still = drawing.moved(subject, None, None, None)
    for start in range(0, draws, chunk):
        rows = slice(start, min(start + chunk, draws))
        uniforms = stream.random((rows.stop - start, subject.uniforms + items + 1))
        found = drawing.moves(subject, uniforms[:, : subject.uniforms])
        weights = drawing.reweighted(
            subject.weights, uniforms[:, subject.uniforms : -1], WEIGHT_SPREAD
        )
        marks[rows] = drawn_marks(tally.pass_mark, uniforms[:, -1])
        levels = drawing.moved(subject, found.shift, found.noise, found.resolved)
        kept["measurement"].put(rows, levels, None)
        kept["rules"].put(rows, levels, weights)
        kept["sheets"].put(rows, drawing.moved(subject, found.shift, None, None), None)
        kept["noise"].put(rows, drawing.moved(subject, None, found.noise, None), None)
        kept["unknowns"].put(rows, drawing.moved(subject, None, None, found.resolved), None)
        kept["weights"].put(rows, still, weights)
        kept["pass_mark"].put(rows, still, None)
    lines = {
        name: line(
            one.positions(marks if name in ("rules", "pass_mark") else tally.pass_mark), tally.top
        )
        for name, one in kept.items()
    }
    return Certainty(
        measurement=lines["measurement"],
        rules=lines["rules"],
        sources={name: lines[name] for name in SOURCES},
    )


def drawn_marks(pass_mark: float, uniforms: Numbers) -> Numbers:
    """Return pass marks from U(p - 0.10, p + 0.10), so U(0.65, 0.85) at p = 0.75; 0.01 to 1."""
    return np.clip(pass_mark + MARK_SPREAD * (2 * uniforms - 1), 0.01, 1.0)


def interval_90(values: Numbers) -> tuple[float, float]:
    """Return the 5 and 95 % inverse-distribution quantiles."""
    ordered = np.sort(values)
    return float(ordered[place(len(ordered), 5)]), float(ordered[place(len(ordered), 95)])


def swing_items(tally: Tally) -> list[Swing]:
    """Return the items whose move by one level, all else as it stands, changes the stage."""
    levels = standing_levels(tally)
    stage = stage_at(tally, levels)
    found = []
    for item in tally.counted:
        ends = []
        for step in (-1, 1):
            to = levels[item.code] + step
            moved = stage_at(tally, levels | {item.code: to}) if 1 <= to <= tally.top else stage
            ends.append(None if moved == stage else moved)
        if ends != [None, None]:
            found.append(Swing(item.code, *ends))
    return found


def firmness(
    line: Line,
    stage: int,
    panels: dict[str, int],
    open_contested: Sequence[str],
    *,
    classifies: bool = False,
) -> tuple[bool, Sentence]:
    """Return whether the stage (or phase) is firm, and the sentence that says why.

    `panels` has the number of sheets of each panel that rate the theme. Firm: at least 0.80 of
    the measurement draws give the published stage, at least 3 sheets from at least 2 panels, and
    no contested item open.
    """
    draws, same = sum(line.counts), line.counts[stage - 1]
    sheets = sum(panels.values())
    counted = {"same": same, "draws": draws, "stage": stage}
    said = (
        _("in %(same)s of %(draws)s re-scorings the phase is %(stage)s", **counted)
        if classifies
        else _("in %(same)s of %(draws)s re-scorings the stage is %(stage)s", **counted)
    )
    reasons = []
    if 100 * same < FIRM_PERCENT * draws:
        reasons.append(_("only %(said)s", said=said))
    if sheets < FEWEST_SHEETS:
        reasons.append(
            ngettext(
                "%(n)s sheet where %(needed)s are needed",
                "%(n)s sheets where %(needed)s are needed",
                sheets,
                needed=FEWEST_SHEETS,
            )
        )
    if 0 < len(panels) < FEWEST_PANELS:
        reasons.append(
            ngettext(
                "sheets of %(n)s panel where %(needed)s are needed",
                "sheets of %(n)s panels where %(needed)s are needed",
                len(panels),
                needed=FEWEST_PANELS,
            )
        )
    if open_contested:
        reasons.append(_("contested and not settled: %(items)s", items=tuple(open_contested)))
    if reasons:
        return False, _("Provisional: %(reasons)s.", reasons=tuple(reasons))
    return True, _(
        "Firm: %(said)s; %(sheets)s from %(panels)s, no contested item open.",
        said=said,
        sheets=ngettext("%(n)s sheet", "%(n)s sheets", sheets),
        panels=ngettext("%(n)s panel", "%(n)s panels", len(panels)),
    )


def line(positions: Numbers, top: int) -> Line:
    """Return how often each stage comes out and where most positions lie; one position a draw."""
    # Progress is below 1, so the stage is what stands before the point.
    reached: NDArray[np.int64] = positions.astype(np.int64)
    counts = np.bincount(reached, minlength=top + 1)[1:]
    return Line(
        counts=tuple(int(count) for count in counts),
        modal=int(counts.argmax()) + 1,
        interval_90=interval_90(positions),
    )
