"""What may not be left in English where a report is read in another language."""

import re
from collections.abc import Iterator
from typing import Any

from reports.models import ReportVersion

HOLE = re.compile(r"%\(\w+\)s|%%")


def texts_in(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() | tuple():
            for part in value:
                yield from texts_in(part)
        case dict():
            yield from texts_in(list(value.values()))


def templates_in(parts: Any) -> Iterator[str]:
    """The templates of sentences, those of sentences within them too."""
    match parts:
        case {"says": says, "facts": facts}:
            yield from says
            yield from templates_in(list(facts.values()))
        case list():
            for part in parts:
                yield from templates_in(part)


def english(report: ReportVersion) -> set[str]:
    """What may not be read: the fixed parts of the sentences, and what the instrument says.

    What people wrote into a plan or a decision stays in the language they wrote.
    """
    sentences = report.snapshot["result"]["sentences"]
    found = {
        part.strip(" .;:")
        for template in templates_in(list(sentences.values()))
        for part in HOLE.split(template)
    }
    words = report.round.instrument_version.words("fr")
    found |= {text for text, its in words.items() if its != text}
    written = str([report.snapshot["last_plan"], report.snapshot["settlement"]])
    return {part for part in found if part.count(" ") > 1 and part not in written}


def left_over(report: ReportVersion, shown: str) -> list[str]:
    return sorted(text for text in english(report) if text in shown)
