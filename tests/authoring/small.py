"""The small fictional instrument, and what examining an edit of it finds."""

from pathlib import Path

from countries.content.faults import Fault
from diagnostics.authoring.reading import examine_text

FILE = Path(__file__).with_name("small.yaml")
TEXT = FILE.read_text(encoding="utf-8")


def edited(*edits: tuple[str, str]) -> str:
    """The small instrument with each (old, new) replaced once; old must stand in it."""
    text = TEXT
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def line_with(text: str, snippet: str) -> int:
    """The line, from 1, on which the snippet first stands."""
    return text[: text.index(snippet)].count("\n") + 1


def faults_of(text: str) -> list[Fault]:
    return list(examine_text(text).faults)
