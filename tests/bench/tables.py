"""What the bench prints."""

import sys
from dataclasses import dataclass


@dataclass
class Table:
    """Rows of plain values under a title; the note stands below."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple]
    note: str = ""

    def print(self) -> None:
        say(self.title)
        lines = [self.head, *(tuple(map(_cell, row)) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
            say("  " + "  ".join(cells))
        say(f"{self.note}\n" if self.note else "")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
