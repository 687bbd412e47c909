"""A country's edition of a published instrument (method.md section 8).

An edition may add items and reword examples; what it has in common with its parent stays as it
is, so that countries can be compared on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from countries.content.sentences import Sentence
from diagnostics.scoring.instrument import Instrument, Sheet, Theme
from diagnostics.scoring.panels import scored_sheet
from diagnostics.scoring.stages import not_staged, standing, tally

HEAD_FIELDS = ("subject", "rule", "levels", "pass_mark", "completeness")
COMMON_FIELDS = ("statements", "weight", "core", "effort", "group")

Path = tuple[str | int, ...]
Departure = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class CommonStage:
    """A theme on the common items only, which is what countries are compared by, beside the
    national stage on all of its items; None where there is no stage, and why.
    """

    theme: str
    stage: int | None
    position: float | None
    reason: Sentence | None
    national_stage: int | None
    national_position: float | None
    national_reason: Sentence | None
    national_items: tuple[str, ...]


def common_instrument(edition: Instrument, parent: Instrument) -> Instrument:
    """Return the edition reduced to the parent's themes and items, in the parent's order.

    Texts are the edition's. Raises ValueError with a sentence for everything in which the edition
    departs from its parent where it may not.
    """
    if found := list(departures(edition, parent)):
        raise ValueError("\n".join(message for _path, message in found))
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


def departures(edition: Instrument, parent: Instrument) -> Iterator[Departure]:
    """Yield everything in which the edition departs from its parent where it may not.

    Each as the path to the place in the edition's file and a sentence.
    """
    named = edition.edition_of
    if named is None or (named.code, named.version) != (parent.code, parent.version):
        said = (
            "does not say that it is an edition" if named is None else f"is an edition of {named}"
        )
        given = f"{parent.code} {parent.version}"
        yield ("edition_of",), f"The instrument {said}; the parent given is {given}."
    elif parent.edition_of is not None:
        message = f"{named} is itself an edition; name {parent.edition_of}, from which both derive."
        yield ("edition_of",), message
    for key in HEAD_FIELDS:
        mine, given = getattr(edition, key), getattr(parent, key)
        if mine != given:
            yield (key,), f"The edition has the {key} {mine}; its parent has {given}."
    themes = {theme.code: at for at, theme in enumerate(edition.themes)}
    for theme in parent.themes:
        if theme.code in themes:
            at = themes[theme.code]
            yield from _in_theme(edition.themes[at], theme, ("themes", at))
        else:
            yield ("themes",), f"The edition lacks the theme {theme.code} of its parent."


def _in_theme(own: Theme, theme: Theme, path: Path) -> Iterator[Departure]:
    if own.staged != theme.staged:
        message = f"The edition changes whether the theme {theme.code} is staged."
        yield (*path, "staged"), message
    groups = {group.code: at for at, group in enumerate(own.groups)}
    for group in theme.groups:
        name = f"{theme.code}.{group.code}"
        if group.code not in groups:
            yield (*path, "groups"), f"The edition lacks the group {name} of its parent."
        elif own.groups[groups[group.code]].weight != group.weight:
            here = (*path, "groups", groups[group.code], "weight")
            yield here, f"The edition changes the weight of the group {name}."
    items = {item.code: at for at, item in enumerate(own.items)}
    for item in theme.items:
        if item.code not in items:
            yield (*path, "items"), f"The edition lacks the common item {item.code}."
            continue
        here = (*path, "items", items[item.code])
        for key in COMMON_FIELDS:
            if getattr(own.items[items[item.code]], key) != getattr(item, key):
                yield (*here, key), f"The edition changes the {key} of the common item {item.code}."
