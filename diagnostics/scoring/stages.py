"""From one sheet to the stage of a theme or of a group of four items (method.md section 3).

Shares (weights, coverage, pass mark, completeness) run 0..1; every comparison with a mark allows
for `TOLERANCE`, so that twelve times 1/16 is three quarters on any machine.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, fsum

from countries.content.sentences import Sentence, _, ngettext
from diagnostics.scoring.instrument import (
    Answer,
    Group,
    Instrument,
    Item,
    Sheet,
    Status,
    Theme,
)
from diagnostics.scoring.levels import State, level, score, state

TOLERANCE = 1e-9
PROGRESS_CAP = 0.99
SMALLEST_STAGED_GROUP = 4

SHOWN_ONLY = _("This theme is shown beside the stages and has none itself.")
NOT_ASSIGNED = _("This theme is not assigned to the sheet.")
NOTHING_APPLIES = _("Insufficient: no item that carries weight applies.")


@dataclass(frozen=True, slots=True)
class Tally:
    """The items of one theme or group with one sheet's answers, ready to be counted.

    `answers` holds the applicable items only; `weights` holds every item, with 0 for those that
    count for nothing. `top` is the highest level L.
    """

    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    answers: Mapping[str, tuple[Answer, ...]]
    weights: Mapping[str, float]
    top: int
    pass_mark: float
    completeness_mark: float

    @property
    def counted(self) -> tuple[Item, ...]:
        """The applicable items that carry weight, in instrument order."""
        return tuple(item for item in self.items if self.weights[item.code] > 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a theme or group stands; what is undefined is None and `reason` says why.

    `coverage` maps each level 2..L to its share; `missing` are the codes of the items that are
    not known, listed where there is no stage for want of answers.
    """

    stage: int | None = None
    reason: Sentence | None = None
    missing: tuple[str, ...] = ()
    position: float | None = None
    progress: float | None = None
    mean_level: float | None = None
    completeness: float | None = None
    knowledge: float | None = None
    bounds: tuple[int, int] | None = None
    starred: bool = False
    needs: Sentence | None = None
    needs_warning: Sentence | None = None
    coverage: Mapping[int, float] | None = None


def _states(tally: Tally) -> dict[str, State]:
    return {item.code: state(tally.answers[item.code], item.marks) for item in tally.counted}


def reaches(value: float, mark: float) -> bool:
    """Tell whether a share meets a mark, within the tolerance."""
    return value >= mark - TOLERANCE


def weights(
    items: Iterable[Item], groups: Iterable[Group], applicable: Collection[str]
) -> dict[str, float]:
    """Return the share of every item: its group's share times its share within the group.

    Both shares are taken over the applicable items of positive weight, which sum to 1; all
    others get 0. A group without a weight of its own weighs what its counted items weigh.
    """
    shares: dict[str, float] = {}
    members: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        shares[item.code] = 0.0
        if item.code in applicable and item.weight > 0:
            members[item.group].append(item)
    own = {group.code: group.weight for group in groups}
    inside = {code: fsum(item.weight for item in found) for code, found in members.items()}
    outside: dict[str, float] = {}
    for code, weight in inside.items():
        given = own.get(code)
        outside[code] = weight if given is None else given
    whole = fsum(outside.values())
    if whole > 0:
        for code, found in members.items():
            for item in found:
                shares[item.code] = (outside[code] / whole) * (item.weight / inside[code])
    return shares


def tally(
    instrument: Instrument, items: tuple[Item, ...], groups: tuple[Group, ...], sheet: Sheet
) -> Tally:
    """Lay one sheet's answers beside the items of a theme (with its groups) or of one group."""
    blank = instrument.blank
    responses = {item.code: sheet.responses.get(item.code, blank) for item in items}
    answers = {
        code: response.answers
        for code, response in responses.items()
        if response.status == Status.ANSWERED
    }
    return Tally(
        items=items,
        groups=groups,
        answers=answers,
        weights=weights(items, groups, answers),
        top=instrument.levels,
        pass_mark=instrument.pass_mark,
        completeness_mark=instrument.completeness,
    )


def not_staged(theme: Theme, sheet: Sheet) -> Sentence | None:
    """Return why the theme is not to have a stage on this sheet, None if it may have one."""
    if sheet.themes is not None and theme.code not in sheet.themes:
        return NOT_ASSIGNED
    return None if theme.staged else SHOWN_ONLY


def standing_levels(tally: Tally) -> dict[str, int]:
    """Return the level at which each counted item stands: 1 while it is unanswered."""
    return {
        item.code: 1 if state(answers) == State.UNANSWERED else level(answers)
        for item in tally.counted
        for answers in [tally.answers[item.code]]
    }


def coverage(tally: Tally, levels: Mapping[str, int], step: int) -> float:
    """Return C(step), the share of the weight of items that stand at level `step` or higher."""
    return fsum(tally.weights[code] for code, reached in levels.items() if reached >= step)


def stage_at(tally: Tally, levels: Mapping[str, int]) -> int:
    """Return the stage 1..L that the counted items would have at `levels`.

    It is the highest s with C(s) at the pass mark and every core item at s or above.
    """
    ceiling = min((levels[item.code] for item in tally.counted if item.core), default=tally.top)
    passed = (
        step
        for step in range(ceiling, 1, -1)
        if reaches(coverage(tally, levels, step), tally.pass_mark)
    )
    return next(passed, 1)


def position_at(tally: Tally, levels: Mapping[str, int]) -> float:
    """Return the stage plus the progress to the next one that the counted items would have."""
    stage = stage_at(tally, levels)
    if stage == tally.top:
        return float(stage)
    return stage + _progress(
        stage, {stage + 1: coverage(tally, levels, stage + 1)}, tally.pass_mark
    )


def standing(tally: Tally, without: Sentence | None = None) -> Standing:
    """Return where a theme or group stands; `without` says why it is not to have a stage."""
    counted = tally.counted
    if not counted:
        return Standing(reason=without or NOTHING_APPLIES)
    states = _states(tally)
    levels = standing_levels(tally)
    completeness, knowledge = known_shares(tally)
    shares = {step: coverage(tally, levels, step) for step in range(2, tally.top + 1)}
    if without:
        return Standing(
            reason=without,
            mean_level=mean_level(tally, states),
            completeness=completeness,
            knowledge=knowledge,
            coverage=shares,
        )
    needs, needs_warning = _needs(tally)
    lowest, highest = _bounds(tally)
    reason = insufficient(tally)
    if reason:
        return Standing(
            reason=reason,
            missing=tuple(code for code, found in states.items() if found != State.KNOWN),
            completeness=completeness,
            knowledge=knowledge,
            bounds=(lowest, highest),
            needs=needs,
            needs_warning=needs_warning,
            coverage=shares,
        )
    stage = stage_at(tally, levels)
    progress = _progress(stage, shares, tally.pass_mark)
    return Standing(
        stage=stage,
        position=stage + progress,
        progress=progress,
        mean_level=mean_level(tally, states),
        completeness=completeness,
        knowledge=knowledge,
        # An item with some yes and then a blank stands at 1, yet at more once the blank is a no.
        bounds=(min(lowest, stage), highest),
        starred=stage_at(tally, _levels_if_unknown_were_yes(tally, states)) > stage,
        needs=needs,
        needs_warning=needs_warning,
        coverage=shares,
    )


def known_shares(tally: Tally) -> tuple[float, float]:
    """Return the shares of the weight that are answered and that are known."""
    states = _states(tally)
    known = fsum(tally.weights[code] for code, found in states.items() if found == State.KNOWN)
    unknown = fsum(tally.weights[code] for code, found in states.items() if found == State.UNKNOWN)
    return known + unknown, known


def insufficient(tally: Tally) -> Sentence | None:
    """Return why too little is answered or known for a stage; None if enough is."""
    states = _states(tally)
    completeness, knowledge = known_shares(tally)
    mark = tally.completeness_mark
    reasons = []
    if not reaches(completeness, mark):
        reasons.append(
            _(
                "answered items carry %(share)s %% of the weight where %(mark)s %% is needed",
                share=_percent(completeness),
                mark=_percent(mark),
            )
        )
    if not reaches(knowledge, mark):
        reasons.append(
            _(
                "known items carry %(share)s %% of the weight where %(mark)s %% is needed",
                share=_percent(knowledge),
                mark=_percent(mark),
            )
        )
    for item in tally.counted:
        if item.core and states[item.code] == State.UNANSWERED:
            reasons.append(_("the core item %(item)s is unanswered", item=item.code))
    return _("Insufficient: %(reasons)s.", reasons=tuple(reasons)) if reasons else None


def _percent(share: float) -> int | float:
    """Cut, not rounded, so that a share just under the mark never reads as the mark."""
    tenths = floor(share * 1000 + TOLERANCE)
    return tenths / 10 if tenths % 10 else tenths // 10


def _replaced(
    answers: Sequence[Answer], wanted: Collection[Answer], answer: Answer
) -> list[Answer]:
    return [answer if given in wanted else given for given in answers]


def _bounds(tally: Tally) -> tuple[int, int]:
    lowest, highest = (
        stage_at(
            tally,
            {
                item.code: level(
                    _replaced(tally.answers[item.code], (Answer.UNKNOWN, Answer.BLANK), answer)
                )
                for item in tally.counted
            },
        )
        for answer in (Answer.NO, Answer.YES)
    )
    return lowest, highest


def _levels_if_unknown_were_yes(tally: Tally, states: Mapping[str, State]) -> dict[str, int]:
    """An item that was answered stays so, even if the yes only leads on to a blank statement."""
    return {
        code: 1
        if found == State.UNANSWERED
        else level(_replaced(tally.answers[code], (Answer.UNKNOWN,), Answer.YES))
        for code, found in states.items()
    }


def _progress(stage: int, shares: Mapping[int, float], pass_mark: float) -> float:
    """Share of the way to the next stage, 0..0.99; only a core item can hold a passed mark."""
    if stage + 1 not in shares:
        return 0.0
    share = shares[stage + 1]
    return PROGRESS_CAP if reaches(share, pass_mark) else min(PROGRESS_CAP, share / pass_mark)


def mean_level(tally: Tally, states: Mapping[str, State]) -> float | None:
    """Return the weighted mean of the item scores over the answered items; None without one."""
    answered = [code for code, found in states.items() if found != State.UNANSWERED]
    whole = fsum(tally.weights[code] for code in answered)
    if not answered:
        return None
    return fsum(tally.weights[code] * score(tally.answers[code]) for code in answered) / whole


def _needs(tally: Tally) -> tuple[Sentence, Sentence | None]:
    """The pass mark in items, fewest first, and a warning if not-applicable items change it."""
    now = _items_needed(tally.weights, tally.pass_mark)
    everything = weights(tally.items, tally.groups, {item.code for item in tally.items})
    full = _items_needed(everything, tally.pass_mark)
    words = _("%(n)s of %(all)s", n=now[0], all=now[1])
    if now[0] * full[1] == full[0] * now[1]:
        return words, None
    return words, ngettext(
        "With %(n)s not applicable the mark is %(now)s items, not %(before)s.",
        "With %(n)s not applicable the mark is %(now)s items, not %(before)s.",
        full[1] - now[1],
        now=words,
        before=_("%(n)s of %(all)s", n=full[0], all=full[1]),
    )


def _items_needed(shares: Mapping[str, float], pass_mark: float) -> tuple[int, int]:
    ranked = sorted((share for share in shares.values() if share > 0), reverse=True)
    needed = next(
        (count for count in range(1, len(ranked)) if reaches(fsum(ranked[:count]), pass_mark)),
        len(ranked),
    )
    return needed, len(ranked)
