"""The phase of a theme under the rule classify (method.md section 11, phase).

Each item has one mark for every phase 1..L. Marks do not build on one another: what marks one phase
may vanish in the next, so there is no level to reach and no way up to be computed. The share of
evidence of a phase is the weight (0..1) of the items whose mark of it is yes; the highest wins and
ties go to the earlier phase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import fsum

import numpy as np
from numpy.typing import NDArray

from countries.content.sentences import Sentence, _
from diagnostics.scoring import draws as drawing
from diagnostics.scoring import stages
from diagnostics.scoring.certainty import CHUNK, SOURCES, WEIGHT_SPREAD, Certainty, Swing, line
from diagnostics.scoring.draws import DECIMALS, Levels, Numbers
from diagnostics.scoring.instrument import Answer, Item, ItemAnswers, Sheet, Theme
from diagnostics.scoring.randomness import generator
from diagnostics.scoring.roadmap import Step
from diagnostics.scoring.stages import TOLERANCE, Standing, Tally, insufficient, known_shares

NO_EVIDENCE = _("Insufficient: no mark of any phase is true.")
PHASE_SOURCES = tuple(source for source in SOURCES if source != "pass_mark")


def standing(tally: Tally, without: Sentence | None = None) -> Standing:
    """Return where a theme or group stands by the rule of its instrument.

    Of a phase `coverage` has the share of evidence of each, `bounds` the earliest and the latest
    phase that the marks nobody knows leave possible, and `starred` says whether it may be a later
    one; progress, mean level and what a stage needs have no meaning and are None. `without` says
    why there is to be no stage.
    """
    if not tally.counted or not tally.counted[0].marks:
        return stages.standing(tally, without)
    completeness, knowledge = known_shares(tally)
    found = shares(tally)
    possible = _possible(tally)
    phase = leading(found)
    reason = without or insufficient(tally) or (None if phase else NO_EVIDENCE)
    common = Standing(
        completeness=completeness,
        knowledge=knowledge,
        bounds=None if without or not possible else (min(possible), max(possible)),
        coverage=found,
    )
    if reason or phase is None:
        missing = tuple(step.item for step in open_marks(tally, Answer.UNKNOWN, Answer.BLANK))
        codes = () if without else tuple(dict.fromkeys(missing))
        return replace(common, reason=reason, missing=codes)
    later = any(one > phase for one in possible)
    return replace(common, stage=phase, position=float(phase), starred=later)


def shares(tally: Tally) -> dict[int, float]:
    """Return the share of evidence of each phase 1..L; marks of two phases may both be true."""
    return _shares(tally, tally.answers)


def leading(shares: Mapping[int, float]) -> int | None:
    """Return the phase with the highest share, the earlier of equals; None if all are 0."""
    highest = max(shares.values())
    if highest <= TOLERANCE:
        return None
    return next(phase for phase, share in shares.items() if share >= highest - TOLERANCE)


def open_marks(tally: Tally, *wanted: Answer) -> tuple[Step, ...]:
    """Return the marks of the counted items that hold one of these answers."""
    return tuple(
        Step(item.code, phase, text, answer.value)
        for item in tally.counted
        for (phase, text), answer in zip(item.steps.items(), tally.answers[item.code], strict=True)
        if answer in wanted
    )


def swing_items(tally: Tally) -> list[Swing]:
    """Return the items of which one mark, turned round, changes the phase.

    `down` is the earliest phase before the present one to which that leads, `up` the latest after.
    """
    now = leading(shares(tally))
    found = []
    for item in tally.counted:
        reached = {leading(_shares(tally, turned)) for turned in _turned(tally, item)}
        moved = {phase for phase in reached if phase is not None and now is not None}
        down = min((phase for phase in moved if phase < (now or 0)), default=None)
        up = max((phase for phase in moved if now and phase > now), default=None)
        if down or up:
            found.append(Swing(item.code, down, up))
    return found


def certainty(
    tally: Tally,
    theme: Theme,
    sheets: Sequence[Sheet],
    *,
    draws: int,
    seed: int,
    chunk: int = CHUNK,
) -> Certainty:
    """Score the phase `draws` times over, mark by mark (method.md section 6).

    A mark is redrawn as a ladder of two levels, seen or not: other sheets of the same panels, noise
    and unknowns are those of section 6, in its order, followed by one uniform number an item for
    its weight. There is no pass mark to vary. The share of each phase is moved so that its mean
    over the draws is the published one.
    """
    if draws < 1:
        raise ValueError(f"The number of draws is a whole number from 1, not {draws}.")
    marks, unfolded = _unfolded(tally, theme), [_unfolded_sheet(one, tally) for one in sheets]
    apart = replace(theme, items=marks.items, groups=())
    subject = drawing.subject(marks, apart, unfolded)
    items, phases = len(tally.counted), tally.top
    weights = np.array([tally.weights[item.code] for item in tally.counted])
    published = np.array(list(shares(tally).values()))
    stream = generator(seed, theme.code)
    kept = {name: np.empty((draws, phases)) for name in ("measurement", "rules", *PHASE_SOURCES)}
    still = drawing.moved(subject, None, None, None)

    def put(name: str, rows: slice, levels: Levels, drawn: Numbers | None) -> None:
        seen = (levels >= 2).reshape(len(levels), items, phases)
        given = weights[None, :] if drawn is None else drawn
        kept[name][rows] = (seen * given[:, :, None]).sum(axis=1)

    for start in range(0, draws, chunk):
        rows = slice(start, min(start + chunk, draws))
        uniforms = stream.random((rows.stop - start, subject.uniforms + items))
        moves = drawing.moves(subject, uniforms[:, : subject.uniforms])
        drawn = drawing.reweighted(weights, uniforms[:, subject.uniforms :], WEIGHT_SPREAD)
        levels = drawing.moved(subject, moves.shift, moves.noise, moves.resolved)
        put("measurement", rows, levels, None)
        put("rules", rows, levels, drawn)
        put("sheets", rows, drawing.moved(subject, moves.shift, None, None), None)
        put("noise", rows, drawing.moved(subject, None, moves.noise, None), None)
        put("unknowns", rows, drawing.moved(subject, None, None, moves.resolved), None)
        put("weights", rows, still, drawn)
    lines = {
        name: line(_phases(one + (published - one.mean(axis=0))), phases)
        for name, one in kept.items()
    }
    return Certainty(
        measurement=lines["measurement"],
        rules=lines["rules"],
        sources={name: lines[name] for name in PHASE_SOURCES},
    )


def _shares(tally: Tally, answers: Mapping[str, Sequence[Answer]]) -> dict[int, float]:
    return {
        phase: fsum(
            tally.weights[item.code]
            for item in tally.counted
            if answers[item.code][phase - 1] == Answer.YES
        )
        for phase in range(1, tally.top + 1)
    }


def _possible(tally: Tally) -> list[int]:
    """The phases that lead if the open marks of theirs are true and all other open ones false."""
    open_answers = (Answer.UNKNOWN, Answer.BLANK)
    found = []
    for phase in range(1, tally.top + 1):
        answers = {
            code: tuple(
                (Answer.YES if at == phase else Answer.NO) if answer in open_answers else answer
                for at, answer in enumerate(given, start=1)
            )
            for code, given in tally.answers.items()
        }
        if leading(_shares(tally, answers)) == phase:
            found.append(phase)
    return found


def _turned(tally: Tally, item: Item) -> list[dict[str, tuple[Answer, ...]]]:
    """The answers with one mark of the item the other way, for each of its marks."""
    given = tally.answers[item.code]
    return [
        {
            **tally.answers,
            item.code: (
                *given[:at],
                Answer.NO if given[at] == Answer.YES else Answer.YES,
                *given[at + 1 :],
            ),
        }
        for at in range(len(given))
    ]


def _unfolded(tally: Tally, theme: Theme) -> Tally:
    """Every mark as an item of two levels with its item's weight, item by item."""
    pairs = [(item, phase, text) for item in tally.counted for phase, text in item.steps.items()]
    return replace(
        tally,
        items=tuple(
            replace(item, code=_mark(item.code, phase), statements=(text,), marks=False, core=False)
            for item, phase, text in pairs
        ),
        groups=(),
        answers={
            _mark(item.code, phase): (tally.answers[item.code][phase - 1],)
            for item, phase, _ in pairs
        },
        weights={_mark(item.code, phase): tally.weights[item.code] for item, phase, _ in pairs},
        top=2,
    )


def _unfolded_sheet(sheet: Sheet, tally: Tally) -> Sheet:
    responses = {
        _mark(item.code, phase): ItemAnswers((given.answers[phase - 1],), given.status)
        for item in tally.counted
        if (given := sheet.responses.get(item.code))
        for phase in item.steps
    }
    return replace(sheet, responses=responses)


def _mark(code: str, phase: int) -> str:
    return f"{code}:{phase}"


def _phases(shares: Numbers) -> NDArray[np.float64]:
    """The leading phase of each draw; the rounding lets no order of adding decide a tie."""
    rounded = shares.round(DECIMALS)
    highest = rounded.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = (rounded >= highest - TOLERANCE).argmax(axis=1) + 1.0
    return found
