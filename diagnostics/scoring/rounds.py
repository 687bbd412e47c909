"""A whole round scored at once, as plain values ready for JSON (docs/instrument-format.md)."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from countries.content.sentences import Sentence, _, ngettext
from diagnostics.scoring import mix, phases, reliance, roadmap
from diagnostics.scoring.editions import common_stages
from diagnostics.scoring.horizons import horizons
from diagnostics.scoring.instrument import (
    Answer,
    Group,
    Instrument,
    Item,
    Rule,
    Sheet,
    Status,
    Theme,
)
from diagnostics.scoring.levels import State, level, out_of_order, score, state
from diagnostics.scoring.panels import double_lower_median, is_agreed, panel_levels, scored_sheet
from diagnostics.scoring.phases import standing
from diagnostics.scoring.ratings import ratings
from diagnostics.scoring.stages import (
    SMALLEST_STAGED_GROUP,
    TOLERANCE,
    Standing,
    Tally,
    not_staged,
    tally,
)
from diagnostics.scoring.witness import Observation

METHOD_VERSION = "1.0"
DRAWS = 10_000
SEED = 1

NO_EDITION = _("The instrument is no national edition of another.")
NO_PARENT = _("The instrument of which this is an edition is not at hand.")
SMALL_GROUP = ngettext(
    "A group of fewer than %(n)s item has no stage.",
    "A group of fewer than %(n)s items has no stage.",
    SMALLEST_STAGED_GROUP,
)
NO_THEME = _("No theme has a stage.")


def score_round(
    instrument: Instrument,
    sheets: Sequence[Sheet],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    observations: Sequence[Observation] = (),
    end_year: int | None = None,
    settled: Collection[str] | None = None,
    parent: Instrument | None = None,
) -> dict[str, Any]:
    """Score the agreed sheet, or, where `sheets` has none, the one built from the raters' sheets.

    `draws` is the number of re-scorings (0 for a quick provisional profile) and `seed` theirs.
    `observations` are heard as of `end_year`, the year in which the round's period ends; without
    it no indicator is. `settled` are the contested items that are settled or waived; None takes
    those that a given agreed sheet answers. `parent` is the instrument of which this one is a
    national edition: with it the stages on common items stand beside the national ones.

    Returns plain values without NaN, in the shape of docs/instrument-format.md; what is undefined
    is None with a reason beside it. Under the rule classify a theme's stage is its phase, and what
    leads up to a stage is empty. Raises ValueError for an instrument of another rule, for sheets
    that do not fit the instrument, for two agreed sheets, for a negative number of draws or seed,
    for observations without `end_year`, and for a parent from which the edition departs.
    """
    _check(instrument, sheets)
    _check_settings(draws, seed, observations, end_year)
    scored = scored_sheet(instrument, sheets)
    built = not any(map(is_agreed, sheets))
    if settled is None:
        settled = reliance.settled_items(scored, built=built)
    themes = []
    for theme in instrument.themes:
        counted = tally(instrument, theme.items, theme.groups, scored)
        found = _theme(instrument, theme, scored, counted, sheets)
        found |= reliance.reliance(
            instrument,
            theme,
            counted,
            found["stage"],
            sheets,
            draws=draws,
            seed=seed,
            settled=settled,
        )
        heard, found["divergences"] = (
            ({}, [])
            if end_year is None
            else reliance.witnesses(instrument, theme, counted, observations, end_year)
        )
        for item in found["items"]:
            item["evidence"] = heard.get(item["code"])
        themes.append(found)
    stages = _stages(themes)
    firing, unjudged = mix.judge(instrument.mix_rules, stages)
    for theme, found in zip(instrument.themes, themes, strict=True):
        counted = tally(instrument, theme.items, theme.groups, scored)
        found["horizons"] = (
            [] if instrument.classifies else horizons(instrument, theme, scored, counted, stages)
        )
    return {
        "instrument": {
            "code": instrument.code,
            "version": instrument.version,
            "title": instrument.title,
            "subject": instrument.subject,
            "rule": instrument.rule,
            "levels": instrument.levels,
            "pass_mark": instrument.pass_mark,
            "completeness": instrument.completeness,
            "edition_of": instrument.edition_of and asdict(instrument.edition_of),
        },
        "agreed_built": built,
        "panels": ratings(instrument, instrument.themes, sheets).panel_counts(),
        "agreement": reliance.agreement(
            instrument, instrument.themes, sheets, seed=seed, code=instrument.code
        ),
        "themes": themes,
        **_profile(themes),
        **_common(instrument, parent, scored),
        "mix": [
            {
                "code": rule.code,
                "when": rule.when,
                "advice": rule.advice,
                "because": rule.because,
                "source": roadmap.source_dict(rule.source),
            }
            for rule in firing
        ],
        "cannot_be_judged": [
            {"code": found.rule.code, "when": found.rule.when, "names": list(found.names)}
            for found in unjudged
        ],
        "draws": draws,
        "seed": seed,
        "method_version": METHOD_VERSION,
    }


def _check(instrument: Instrument, sheets: Sequence[Sheet]) -> None:
    if instrument.rule not in set(Rule):
        raise ValueError(
            f'The instrument {instrument.code} has the rule "{instrument.rule}"; '
            f"expected {' or '.join(Rule)}."
        )
    names = [sheet.name for sheet in sheets]
    if len(set(names)) < len(names):
        raise ValueError("Two sheets of the round have the same name.")
    if sum(map(is_agreed, sheets)) > 1:
        raise ValueError("The round has more than one agreed sheet.")
    items = instrument.items()
    for sheet in sheets:
        for code, response in sheet.responses.items():
            if code not in items:
                raise ValueError(
                    f'The sheet "{sheet.name}" answers "{code}", which is no item of '
                    f"{instrument.code} {instrument.version}."
                )
            if len(response.answers) != len(instrument.steps):
                raise ValueError(
                    f'The sheet "{sheet.name}" has {len(response.answers)} answers to {code}; '
                    f"{len(instrument.steps)} are expected."
                )


def _check_settings(
    draws: int, seed: int, observations: Sequence[Observation], end_year: int | None
) -> None:
    if draws < 0:
        raise ValueError(f"The number of draws is a whole number from 0, not {draws}.")
    if seed < 0:
        raise ValueError(f"The seed is a whole number from 0, not {seed}.")
    if observations and end_year is None:
        raise ValueError("Observations are heard as of the round's last year, which is missing.")


def _theme(
    instrument: Instrument, theme: Theme, scored: Sheet, counted: Tally, sheets: Sequence[Sheet]
) -> dict[str, Any]:
    without = not_staged(theme, scored)
    found = standing(counted, without)
    return {
        "code": theme.code,
        "title": theme.title,
        "staged": theme.staged,
        **_standing(found, counted),
        **_road_map(instrument, theme, found, counted),
        "groups": [_group(instrument, theme, group, scored, without) for group in theme.groups],
        "items": [_item(instrument, theme, item, counted, sheets) for item in theme.items],
    }


def _group(
    instrument: Instrument, theme: Theme, group: Group, scored: Sheet, without: Sentence | None
) -> dict[str, Any]:
    items = tuple(item for item in theme.items if item.group == group.code)
    staged = theme.staged and len(items) >= SMALLEST_STAGED_GROUP
    # Without the theme's groups: the weight of the group itself says nothing inside it.
    counted = tally(instrument, items, (), scored)
    found = standing(counted, without or (None if staged else SMALL_GROUP))
    return {
        "code": group.code,
        "title": group.title,
        "staged": staged,
        **_standing(found, counted),
    }


def _standing(found: Standing, counted: Tally) -> dict[str, Any]:
    marks = {item.code: item.marks for item in counted.items}
    missing = (
        phases.open_marks(counted, Answer.UNKNOWN, Answer.BLANK)
        if any(marks.values())
        else roadmap.first_open_steps(counted, State.UNKNOWN, State.UNANSWERED)
    )
    states = {code: state(answers, marks[code]).value for code, answers in counted.answers.items()}
    shares = found.coverage
    return {
        **asdict(found),
        "missing": [
            {**asdict(step), "state": states[step.item]}
            for step in missing
            if step.item in found.missing
        ],
        "bounds": None if found.bounds is None else list(found.bounds),
        "coverage": None if shares is None else {str(at): share for at, share in shares.items()},
        "pass_mark": counted.pass_mark,
    }


def _road_map(
    instrument: Instrument, theme: Theme, found: Standing, counted: Tally
) -> dict[str, Any]:
    """No stage: only what to find out first. The highest stage: nothing left to raise. A phase
    has approaches, and no way up.
    """
    if found.stage is None or instrument.classifies:
        unknown: tuple[roadmap.Step, ...] = ()
        if instrument.classifies:
            unknown = phases.open_marks(counted, Answer.UNKNOWN)
        elif found.missing:
            unknown = roadmap.first_open_steps(counted, State.UNKNOWN)
        return {
            "blocked_by": [],
            "find_out_first": [asdict(step) for step in unknown],
            "held_by_core": [],
            "cheapest_set": None,
            "approaches": (
                roadmap.approaches(instrument, theme.code, found.stage) if found.stage else []
            ),
        }
    target = found.stage + 1
    last = found.stage == instrument.levels
    steps = () if last else roadmap.blocked_by(counted, target)
    cheapest = roadmap.CheapestSet() if last else roadmap.cheapest_set(counted, target)
    return {
        "blocked_by": [asdict(step) for step in steps],
        "find_out_first": [asdict(step) for step in steps if step.answer == "unknown"],
        "held_by_core": [] if last else list(roadmap.held_by_core(counted, target)),
        "cheapest_set": {
            "items": list(cheapest.items),
            "cost": cheapest.cost,
            "statements": [asdict(step) for step in cheapest.statements],
        },
        "approaches": roadmap.approaches(instrument, theme.code, found.stage),
    }


def _item(
    instrument: Instrument, theme: Theme, item: Item, counted: Tally, sheets: Sequence[Sheet]
) -> dict[str, Any]:
    answers = counted.answers.get(item.code)
    applies = answers is not None
    given = answers if answers is not None else instrument.blank.answers
    answered = applies and state(given, item.marks) != State.UNANSWERED
    reached = level(given, item.marks)
    by_panel = panel_levels(theme, item, sheets)
    return {
        "code": item.code,
        "title": item.title,
        "group": item.group,
        "core": item.core,
        "status": (Status.ANSWERED if applies else Status.NOT_APPLICABLE).value,
        "level": (reached or None) if applies else None,
        "state": state(given, item.marks).value if applies else None,
        "score": score(given) if answered and not item.marks else None,
        "out_of_order": applies and not item.marks and out_of_order(given),
        "weight": counted.weights[item.code],
        "answers": [str(answer) for answer in given],
        "panel_levels": by_panel,
        "panel_level": double_lower_median({panel: [at] for panel, at in by_panel.items()}),
    }


def _common(instrument: Instrument, parent: Instrument | None, scored: Sheet) -> dict[str, Any]:
    """The stages that countries are compared by, where the instrument is a national edition."""
    if parent is None:
        reason = NO_EDITION if instrument.edition_of is None else NO_PARENT
        return {"common": None, "common_reason": reason}
    return {
        "common": [
            asdict(one) | {"national_items": list(one.national_items)}
            for one in common_stages(instrument, parent, [scored])
        ],
        "common_reason": None,
    }


def _stages(themes: Sequence[dict[str, Any]]) -> dict[str, int | None]:
    stages: dict[str, int | None] = {}
    for theme in themes:
        stages[theme["code"]] = theme["stage"]
        for group in theme["groups"]:
            stages[f"{theme['code']}.{group['code']}"] = group["stage"]
    return stages


def _profile(themes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is said of the themes together: never a mean of stages."""
    positions = {
        theme["code"]: theme["position"] for theme in themes if theme["position"] is not None
    }
    lowest = min(positions.values(), default=0.0)
    return {
        "binding_themes": [
            code for code, position in positions.items() if position <= lowest + TOLERANCE
        ],
        "spread": max(positions.values()) - lowest if positions else None,
        "spread_reason": None if positions else NO_THEME,
        "without_stage": [
            theme["code"] for theme in themes if theme["staged"] and theme["stage"] is None
        ],
    }
