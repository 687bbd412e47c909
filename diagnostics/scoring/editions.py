"""A country's edition of a published instrument (method.md section 8).

An edition may add items and reword examples; what it has in common with its parent stays as it
is, so that countries can be compared on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diagnostics.scoring.instrument import Instrument, Item, Sheet
from diagnostics.scoring.panels import scored_sheet
from diagnostics.scoring.stages import not_staged, standing, tally

COMMON_FIELDS = ("statements", "weight", "core", "effort", "group")


@dataclass(frozen=True, slots=True)
class CommonStage:
    """A theme on the common items only, which is what countries are compared by, beside the
    national stage on all of its items; None where there is no stage, and why.
    """

    theme: str
    stage: int | None
    position: float | None
    reason: str | None
    national_stage: int | None
    national_position: float | None
    national_reason: str | None
    national_items: tuple[str, ...]


def common_instrument(edition: Instrument, parent: Instrument) -> Instrument:
    """Return the edition reduced to the parent's themes and items, in the parent's order.

    Texts are the edition's. Raises ValueError with a sentence for everything in which the edition
    departs from its parent where it may not.
    """
    if faults := list(_faults(edition, parent)):
        raise ValueError("\n".join(faults))
    own = edition.items()
    themes = {theme.code: theme for theme in edition.themes}
    return replace(
        edition,
        themes=tuple(
            replace(
                themes[theme.code],
                items=tuple(own[item.code] for item in theme.items),
                groups=theme.groups,
            )
            for theme in parent.themes
        ),
    )


def common_sheets(sheets: Iterable[Sheet], common: Instrument) -> list[Sheet]:
    """Return the sheets with their answers to common items only."""
    codes = common.items()
    return [
        replace(
            sheet,
            responses={
                code: response for code, response in sheet.responses.items() if code in codes
            },
        )
        for sheet in sheets
    ]


def common_stages(
    edition: Instrument, parent: Instrument, sheets: Sequence[Sheet]
) -> list[CommonStage]:
    """Return the stage of every theme of the parent on common items beside the national one.

    Scored is the agreed sheet among `sheets`, or the one built from the rest. Raises ValueError
    as `common_instrument` does.
    """
    common = common_instrument(edition, parent)
    agreed = scored_sheet(edition, sheets)
    (reduced,) = common_sheets([agreed], common)
    themes = {theme.code: theme for theme in edition.themes}
    found = []
    for theme in common.themes:
        whole = themes[theme.code]
        without = not_staged(theme, agreed)
        here = standing(tally(common, theme.items, theme.groups, reduced), without)
        national = standing(tally(edition, whole.items, whole.groups, agreed), without)
        codes = {item.code for item in theme.items}
        found.append(
            CommonStage(
                theme=theme.code,
                stage=here.stage,
                position=here.position,
                reason=here.reason,
                national_stage=national.stage,
                national_position=national.position,
                national_reason=national.reason,
                national_items=tuple(item.code for item in whole.items if item.code not in codes),
            )
        )
    return found


def _faults(edition: Instrument, parent: Instrument) -> Iterator[str]:
    name = f"{edition.code} {edition.version}"
    for key in ("levels", "pass_mark", "completeness", "rule"):
        mine, given = getattr(edition, key), getattr(parent, key)
        if mine != given:
            yield f"{name} has {key} {mine}; its parent has {given}."
    themes = {theme.code: theme for theme in edition.themes}
    for theme in parent.themes:
        own = themes.get(theme.code)
        if own is None:
            yield f"{name} lacks the theme {theme.code} of its parent."
            continue
        if own.staged != theme.staged:
            yield f"{name} changes whether the theme {theme.code} is staged."
        groups = {group.code: group for group in own.groups}
        for group in theme.groups:
            if group.code not in groups:
                yield f"{name} lacks the group {theme.code}.{group.code} of its parent."
            elif groups[group.code].weight != group.weight:
                yield f"{name} changes the weight of the group {theme.code}.{group.code}."
        items = {item.code: item for item in own.items}
        for item in theme.items:
            yield from _item_faults(name, items.get(item.code), item)


def _item_faults(name: str, own: Item | None, item: Item) -> Iterator[str]:
    if own is None:
        yield f"{name} lacks the common item {item.code}."
        return
    for key in COMMON_FIELDS:
        if getattr(own, key) != getattr(item, key):
            yield f"{name} changes the {key} of the common item {item.code}."
