"""A draft tried on a past round: the stages its agreed answers had, and would have."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from countries.content.sentences import _
from diagnostics.scoring.instrument import Instrument, Sheet, Theme
from diagnostics.scoring.stages import Standing, not_staged, standing, tally


@dataclass(frozen=True, slots=True)
class Tried:
    """One theme of the draft; `before` is None where the round had no such theme.

    Titles of items: `unasked` the round did not ask, so that they count as unanswered; `dropped`
    it asked and the draft does not; `reworded` it asked in other words.
    """

    theme: Theme
    before: Standing | None
    after: Standing
    unasked: tuple[str, ...]
    dropped: tuple[str, ...]
    reworded: tuple[str, ...]

    @property
    def moved(self) -> bool:
        return self.before is None or self.before.stage != self.after.stage


def tried(asked: Instrument, draft: Instrument, agreed: Sheet) -> list[Tried]:
    """Stand every theme of the draft on the agreed sheet of a round that asked `asked`.

    An item answers by its code, or by the one that it had before. Raises ValueError with a
    sentence where the scales differ or the draft is not a ladder.
    """
    if draft.rule != "ladder" or asked.rule != "ladder":
        raise ValueError(_("Only ladders have stages to compare."))
    if draft.levels != asked.levels:
        raise ValueError(
            _(
                "The round was asked on %(asked)s levels; the draft has %(draft)s.",
                asked=asked.levels,
                draft=draft.levels,
            )
        )
    was = _codes_before(asked, draft)
    carried = replace(
        agreed,
        responses={
            code: agreed.responses[old] for code, old in was.items() if old in agreed.responses
        },
    )
    themes = {theme.code: theme for theme in asked.themes}
    return [_tried(asked, draft, theme, themes.get(theme.code), agreed, carried, was)
            for theme in draft.themes]  # fmt: skip


def _tried(
    asked: Instrument,
    draft: Instrument,
    theme: Theme,
    old: Theme | None,
    agreed: Sheet,
    carried: Sheet,
    was: Mapping[str, str],
) -> Tried:
    before = asked.items()
    kept = {was[item.code] for item in theme.items if item.code in was}
    return Tried(
        theme=theme,
        before=None if old is None else _standing(asked, old, agreed),
        after=_standing(draft, theme, carried),
        unasked=tuple(item.title for item in theme.items if item.code not in was),
        dropped=tuple(i.title for i in (old.items if old else ()) if i.code not in kept),
        reworded=tuple(
            item.title
            for item in theme.items
            if item.code in was and before[was[item.code]].statements != item.statements
        ),
    )


def _codes_before(asked: Instrument, draft: Instrument) -> dict[str, str]:
    """Each item of the draft that the round asked, with the code it had there."""
    known = asked.items()
    was = {code: code for code in draft.items() if code in known}
    for row in draft.renamed:
        if row.was in known:
            was.setdefault(row.code, row.was)
    return was


def _standing(instrument: Instrument, theme: Theme, sheet: Sheet) -> Standing:
    counted = tally(instrument, theme.items, theme.groups, sheet)
    return standing(counted, not_staged(theme, sheet))
