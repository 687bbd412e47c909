"""What is wrong with a file of content (an instrument, an index), and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

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

    def __str__(self) -> str:
        return f"line {self.line}: {self.severity}: {self.path or 'whole file'}: {self.message}"


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
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the text "{cut(value)}"' if value else "an empty text"
        case list():
            return "a list"
        case _:
            return "a group of keys"


def unknown(what: str, found: str, known: list[str]) -> str:
    """A sentence that refuses a word and offers the nearest known one, or all of them."""
    if not known:
        return f'"{cut(found)}" is no known {what}; there is none.'
    near = get_close_matches(found.lower(), known, n=1)
    offer = f'did you mean "{near[0]}"?' if near else f"expected one of {', '.join(known)}."
    return f'"{cut(found)}" is no known {what}; {offer}'
