"""Two rounds of one subject compared (method.md section 8)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import fsum
from typing import Any

import numpy as np

from countries.content.sentences import Sentence, _
from diagnostics.scoring import draws as drawing
from diagnostics.scoring.certainty import CHUNK, WEIGHT_SPREAD, Kept, drawn_marks, interval_90
from diagnostics.scoring.draws import Numbers
from diagnostics.scoring.instrument import Instrument, Item, Sheet, Theme
from diagnostics.scoring.levels import State, state
from diagnostics.scoring.panels import is_agreed, scored_sheet
from diagnostics.scoring.phases import standing
from diagnostics.scoring.randomness import generator
from diagnostics.scoring.ratings import ratings
from diagnostics.scoring.stages import (
    TOLERANCE,
    Tally,
    not_staged,
    position_at,
    reaches,
    stage_at,
    standing_levels,
    tally,
)

COMPARABLE_SHARE = 0.60

NOT_STAGED = _("This theme has no stages to compare.")
OTHER_SCALE = _("The two rounds have different numbers of levels.")
PHASES = _("Phases are no scale: only what each round published is set side by side.")
NOTHING_COMMON = _("No item is known in both rounds.")
TOO_LITTLE = _(
    "The items known in both rounds carry less than %(share)s %% of the newer weight.",
    share=round(100 * COMPARABLE_SHARE),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """One round: its instrument and sheets, the agreed one among them or built from the rest."""

    instrument: Instrument
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The round a newer one is compared with; `round` and `submission` are the keys under which
    its own report is found. `period` is its first and last day (ISO 8601).
    """

    title: str
    period: tuple[str, str]
    round: int
    submission: int
    scored: Scored


@dataclass(frozen=True, slots=True)
class Place:
    """The stage and position of a theme in one round."""

    stage: int
    position: float


@dataclass(frozen=True, slots=True)
class Change:
    """A theme in two rounds, each pair the older first.

    `published` is what each round published by its own instrument, None without a stage;
    `comparable` is taken on the
    items known in both by the newer one's weights and marks, or None with the `reason`. `items`
    are those items, `share` their part of the newer weight (0..1). `difference` is newer minus
    older comparable position, `interval_90` its interval over the draws, and `real` whether that
    excludes 0; the last two are None without draws.
    """

    theme: str
    published: tuple[Place | None, Place | None]
    comparable: tuple[Place, Place] | None
    reason: Sentence | None
    items: tuple[str, ...]
    share: float
    difference: float | None
    interval_90: tuple[float, float] | None
    real: bool | None
    words: Sentence


def since(earlier: Earlier, newer: Scored, *, draws: int, seed: int) -> dict[str, Any]:
    """Every theme then and now as plain values, with what the earlier round rests on."""
    older = earlier.scored
    counted = ratings(older.instrument, older.instrument.themes, older.sheets)
    return {
        "since": earlier.title,
        "panels": counted.panel_counts(),
        "period": list(earlier.period),
        "round": earlier.round,
        "submission": earlier.submission,
        "themes": [asdict(one) for one in changes(older, newer, draws=draws, seed=seed)],
    }


def changes(
    older: Scored, newer: Scored, *, draws: int, seed: int, chunk: int = CHUNK
) -> list[Change]:
    """Compare every theme of the newer instrument; with `draws` 0 nothing is said of chance.

    Items are the same if they have the same code, or else if the newer instrument's table of
    renamed items gives an older one (the first that there is; the parts of a split item all answer
    to the one that was). Both
    rounds use the same draws of weights and pass mark; per draw the uniform numbers are those of
    the older round's sheets, noise and unknowns, the newer round's, the weights, the pass mark.
    """
    agreed = [scored_sheet(one.instrument, one.sheets) for one in (older, newer)]
    translated = _translated(older, agreed[0], newer.instrument)
    found = []
    for theme in newer.instrument.themes:
        was = next((one for one in older.instrument.themes if one.code == theme.code), None)
        published = (
            None if was is None else _published(older.instrument, was, agreed[0]),
            _published(newer.instrument, theme, agreed[1]),
        )
        then = tally(newer.instrument, theme.items, theme.groups, translated[0])
        now = tally(newer.instrument, theme.items, theme.groups, agreed[1])
        same_scale = (older.instrument.steps, older.instrument.levels) == (
            newer.instrument.steps,
            newer.instrument.levels,
        )
        items = tuple(item for item in now.counted if same_scale and _known(item, then, now))
        share = fsum(now.weights[item.code] for item in items)
        reason = PHASES if newer.instrument.classifies else _reason(theme, same_scale, share)
        pair = None
        difference: float | None = None
        interval: tuple[float, float] | None = None
        if reason is not None:
            words = _("The two rounds cannot be compared. %(reason)s", reason=reason)
        else:
            common = replace(theme, items=items)
            tallies = (
                tally(newer.instrument, items, theme.groups, translated[0]),
                tally(newer.instrument, items, theme.groups, agreed[1]),
            )
            pair = (_place(tallies[0]), _place(tallies[1]))
            difference = pair[1].position - pair[0].position
            if draws:
                sheets = (translated, newer.sheets)
                interval = interval_90(
                    _differences(common, tallies, sheets, draws=draws, seed=seed, chunk=chunk)
                )
            words = _words(difference, interval)
        found.append(
            Change(
                theme=theme.code,
                published=published,
                comparable=pair,
                reason=reason,
                items=tuple(item.code for item in items),
                share=share,
                difference=difference,
                interval_90=interval,
                real=None if interval is None else _excludes_zero(interval),
                words=words,
            )
        )
    return found


def _translated(older: Scored, agreed: Sheet, newer: Instrument) -> list[Sheet]:
    """The older round's sheets in the newer instrument's codes, the agreed one first.

    Only what was assigned is taken over, and then by item: a theme may have another cut now.
    """
    theme_of = {item.code: theme.code for theme in older.instrument.themes for item in theme.items}
    earlier = {code: code for code in newer.items() if code in theme_of}
    for one in newer.renamed:
        if one.was in theme_of:
            earlier.setdefault(one.code, one.was)
    raters = (sheet for sheet in older.sheets if not is_agreed(sheet))
    return [
        Sheet(
            name=sheet.name,
            panel=sheet.panel,
            responses={
                code: sheet.responses[was]
                for code, was in earlier.items()
                if was in sheet.responses
                if sheet.themes is None or theme_of[was] in sheet.themes
            },
        )
        for sheet in (agreed, *raters)
    ]


def _reason(theme: Theme, same_scale: bool, share: float) -> Sentence | None:
    if not theme.staged:
        return NOT_STAGED
    if not same_scale:
        return OTHER_SCALE
    if not share:
        return NOTHING_COMMON
    return None if reaches(share, COMPARABLE_SHARE) else TOO_LITTLE


def _known(item: Item, *tallies: Tally) -> bool:
    found = (counted.answers.get(item.code) for counted in tallies)
    return all(
        answers is not None and state(answers, item.marks) == State.KNOWN for answers in found
    )


def _published(instrument: Instrument, theme: Theme, sheet: Sheet) -> Place | None:
    counted = tally(instrument, theme.items, theme.groups, sheet)
    found = standing(counted, not_staged(theme, sheet))
    if found.stage is None or found.position is None:
        return None
    return Place(found.stage, found.position)


def _place(counted: Tally) -> Place:
    levels = standing_levels(counted)
    return Place(stage_at(counted, levels), position_at(counted, levels))


def _differences(
    theme: Theme,
    tallies: tuple[Tally, Tally],
    sheets: tuple[Sequence[Sheet], Sequence[Sheet]],
    *,
    draws: int,
    seed: int,
    chunk: int,
) -> Numbers:
    """Newer minus older comparable position in every draw; `theme` has the common items only."""
    subjects = [
        drawing.subject(counted, theme, found)
        for counted, found in zip(tallies, sheets, strict=True)
    ]
    first, second = (subject.uniforms for subject in subjects)
    parts = (slice(0, first), slice(first, first + second))
    stream = generator(seed, theme.code)
    kept = [Kept(subject, draws) for subject in subjects]
    marks = np.empty(draws)
    for start in range(0, draws, chunk):
        rows = slice(start, min(start + chunk, draws))
        uniforms = stream.random((rows.stop - start, first + second + len(theme.items) + 1))
        weights = drawing.reweighted(
            subjects[1].weights, uniforms[:, first + second : -1], WEIGHT_SPREAD
        )
        marks[rows] = drawn_marks(tallies[1].pass_mark, uniforms[:, -1])
        for subject, part, one in zip(subjects, parts, kept, strict=True):
            found = drawing.moves(subject, uniforms[:, part])
            levels = drawing.moved(subject, found.shift, found.noise, found.resolved)
            one.put(rows, levels, weights)
    before, after = (one.positions(marks) for one in kept)
    return after - before


def _excludes_zero(interval: tuple[float, float]) -> bool:
    return interval[0] > TOLERANCE or interval[1] < -TOLERANCE


def _words(difference: float, interval: tuple[float, float] | None) -> Sentence:
    if interval is None:
        return _("The rounds were not re-scored, so nothing is said of chance.")
    if not _excludes_zero(interval):
        return _("No clear change.")
    if difference > 0:
        return _("The theme rose, by more than the re-scorings leave to chance.")
    return _("The theme fell, by more than the re-scorings leave to chance.")
