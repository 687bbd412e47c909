"""What is wrong with a file of content (an instrument, an index), and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .sentences import Sentence, _

ERROR = "error"
WARNING = "warning"

Path = tuple[str | int, ...]
"""The way to a place in the file, e.g. `("themes", 0, "items", 3, "statements", "4")`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault as a check sees it: the place in the data.

    The line is looked up later from the path, unless `line` says it.
    """

    path: Path
    message: str
    severity: str = ERROR
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as a person reads it: `path` as `themes[0].items[3].statements.4`, line from 1."""

    path: str
    line: int
    message: str
    severity: str = ERROR

    @property
    def sentence(self) -> Sentence:
        """With its place, as a list of faults has it."""
        return _(
            "line %(line)s: %(severity)s: %(place)s: %(message)s",
            line=str(self.line),
            severity=_("error") if self.severity == ERROR else _("warning"),
            place=self.path or _("whole file"),
            message=self.message,
        )

    def __str__(self) -> str:
        return str(self.sentence)


class ContentFault(ValueError):
    """A file that cannot be used; `faults` has every fault found, warnings too."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([f"{name} cannot be used.", *map(str, self.faults)]))


def path_text(path: Path) -> str:
    """A path as people write it: `themes[0].items[3].statements.4`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{cut(step)}"
    return text.removeprefix(".")


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of the place, or of the nearest thing around it that stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def cut(text: str, length: int = 60) -> str:
    """The text short enough to stand in a sentence."""
    return text if len(text) <= length else text[: length - 3] + "..."


def shown(value: object) -> str:
    """A value as a message names what was found."""
    match value:
        case None:
            return _("nothing")
        case bool():
            return _("true") if value else _("false")
        case int() | float():
            return _("the number %(number)s", number=str(value))
        case str():
            return _('the text "%(text)s"', text=cut(value)) if value else _("an empty text")
        case list():
            return _("a list")
        case _:
            return _("a group of keys")


def unknown(what: str, found: str, known: list[str]) -> str:
    """A sentence that refuses a word and offers the nearest known one, or all of them."""
    if not known:
        return _('"%(found)s" is no known %(what)s; there is none.', found=cut(found), what=what)
    if near := get_close_matches(found.lower(), known, n=1):
        offer = _('did you mean "%(near)s"?', near=near[0])
    else:
        offer = _("expected one of %(known)s.", known=tuple(known))
    return _(
        '"%(found)s" is no known %(what)s; %(offer)s', found=cut(found), what=what, offer=offer
    )
