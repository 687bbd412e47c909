"""A draft as its pages show it: what the checks say where, and what stands around a part."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from diagnostics.authoring import editing
from diagnostics.authoring.difference import Difference, How, differences, name
from diagnostics.authoring.editing import Kind, Part, Placed
from diagnostics.authoring.reading import findings_of
from diagnostics.instrument_queries import parent_of
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.instrument import Instrument, Item, Theme
from diagnostics.scoring.stages import weights

WORDING = ("title", "statements", "source", "core_because", "level_names")


@dataclass
class Draft:
    """A draft version with everything that is looked up of it once."""

    version: InstrumentVersion
    name = staticmethod(name)

    @cached_property
    def instrument(self) -> Instrument:
        return self.version.instrument

    @cached_property
    def parent(self) -> Instrument | None:
        """The instrument of which this is a national edition."""
        return parent_of(self.instrument)

    @cached_property
    def placed(self) -> list[Placed]:
        return editing.placed(self.instrument, findings_of(self.instrument, self.parent))

    @property
    def errors(self) -> list[Placed]:
        return [one for one in self.placed if one.is_error]

    @property
    def warnings(self) -> list[Placed]:
        return [one for one in self.placed if not one.is_error]

    @property
    def named_errors(self) -> list[tuple[Placed, str]]:
        """The errors, each with the title of its part."""
        return [(one, self._title(one)) for one in self.errors]

    @property
    def named_warnings(self) -> list[tuple[Placed, str]]:
        return [(one, self._title(one)) for one in self.warnings]

    @property
    def unscorable(self) -> list[Placed]:
        """The errors that are more than wording: with them there is nothing to score by."""
        return [
            one
            for one in self.errors
            if one.kind in (Kind.HEAD, Kind.THEME, Kind.ITEM)
            and one.field.partition("-")[0] not in WORDING
        ]

    @cached_property
    def differences(self) -> list[Difference]:
        """What it changes of the version it comes from; none where it comes from a file."""
        base = self.version.based_on
        return differences(base.instrument, self.instrument) if base else []

    @property
    def counts(self) -> dict[str, int]:
        """How many parts are added, removed and changed."""
        return {how.value: sum(one.how == how for one in self.differences) for how in How}

    def findings_at(self, kind: Kind, code: str) -> dict[str, list[Placed]]:
        """Those of one part by field."""
        found: dict[str, list[Placed]] = {}
        for one in self.placed:
            if (one.kind, one.code) == (kind, code):
                found.setdefault(one.field, []).append(one)
        return found

    def common(self, kind: Kind, code: str) -> Part | None:
        """This part in the parent of an edition: what is common has to stay."""
        if self.parent is None or kind not in (Kind.HEAD, Kind.THEME, Kind.ITEM):
            return None
        return editing.parts(self.parent, kind).get(code)

    def theme_of(self, code: str) -> Theme:
        return next(
            theme for theme in self.instrument.themes if code in {item.code for item in theme.items}
        )

    def around(self, kind: Kind, code: str) -> dict[str, Any]:
        """For an item its theme, number and neighbours; for a theme its items in groups."""
        if kind == Kind.ITEM:
            theme = self.theme_of(code)
            codes = [item.code for item in theme.items]
            at = codes.index(code)
            return {
                "theme": theme,
                "number": at + 1,
                "before": theme.items[at - 1] if at else None,
                "after": theme.items[at + 1] if at + 1 < len(codes) else None,
            }
        if kind == Kind.THEME:
            theme = next(one for one in self.instrument.themes if one.code == code)
            return {"theme": theme, "rows": self._rows(theme), "approaches": self._approaches(code)}
        return {}

    def _title(self, one: Placed) -> str:
        if one.kind == Kind.HEAD:
            return str(_("Title, levels and marks"))
        return name(editing.parts(self.instrument, one.kind)[one.code]) or one.code

    def _rows(self, theme: Theme) -> list[dict[str, Any]]:
        shares = weights(theme.items, theme.groups, {item.code for item in theme.items})
        titles = {group.code: group.title for group in theme.groups}
        shared = self.common(Kind.THEME, theme.code)
        known = self.parent.items() if shared and self.parent else {}
        return [
            {
                "item": item,
                "group": titles.get(item.group, ""),
                "share": 100 * shares[item.code],
                "national": bool(self.parent) and item.code not in known,
                "errors": sum(one.is_error for one in self._of(Kind.ITEM, item.code)),
            }
            for item in theme.items
        ]

    def _approaches(self, theme: str) -> list[tuple[int, list[Any]]]:
        mine = [one for one in self.instrument.approaches if one.theme == theme]
        stages = range(1, self.instrument.levels + 1)
        return [(stage, [one for one in mine if one.stage == stage]) for stage in stages]

    def _of(self, kind: Kind, code: str) -> list[Placed]:
        return [one for one in self.placed if (one.kind, one.code) == (kind, code)]


@dataclass(frozen=True)
class OutlineTheme:
    theme: Theme
    errors: int
    is_open: bool
    items: list[tuple[Item, int]] = field(default_factory=list)


def outline(draft: Draft, here: str = "") -> list[OutlineTheme]:
    """The themes with their items and how many errors each has; the theme of `here` is open."""
    at = {(one.kind, one.code): 0 for one in draft.errors}
    for one in draft.errors:
        at[one.kind, one.code] += 1
    return [
        OutlineTheme(
            theme,
            at.get((Kind.THEME, theme.code), 0),
            here == theme.code or here in {item.code for item in theme.items},
            [(item, at.get((Kind.ITEM, item.code), 0)) for item in theme.items],
        )
        for theme in draft.instrument.themes
    ]
