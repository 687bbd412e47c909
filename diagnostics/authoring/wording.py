"""How a statement has to be worded so that it is true or not, and evidence can show it."""

import re
from collections.abc import Iterator

from .faults import ERROR, WARNING

LONGEST = 25

VAGUE = re.compile(
    r"\b(?:adequate|effective|sufficient|appropriate|strong)(?:ly)?\b|\b(?:well|mostly|good)\b",
    re.IGNORECASE,
)

# A stop before a capital or a digit ends a sentence, unless the word before it is an abbreviation
# or an initial ("No. 12", "e.g. Germany", "the U.S. Fund").
_STOP = re.compile(r"(\S*)[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"\W*(?:(?:\w\.)*\w|no|nos|art|arts|sec|cf|vs|approx|ca|p|pp|par|para|ch|vol|st|dr|mr|mrs|ms)",
    re.IGNORECASE,
)


def statement_faults(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the wording of one statement: pairs of severity and sentence.

    Vague words, more than 25 words, more than one sentence and no words at all are errors; an
    "and" is a warning, since it may join two tests in one statement.
    """
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if not words:
        yield ERROR, "The statement is empty."
        return
    for word in dict.fromkeys(found.lower() for found in VAGUE.findall(text)):
        yield ERROR, f'The word "{word}" cannot be shown by evidence; say what is seen instead.'
    if len(words) > LONGEST:
        yield ERROR, f"The statement has {len(words)} words; {LONGEST} are the most."
    if any(not _SHORT.fullmatch(stop[1]) for stop in _STOP.finditer(text)):
        yield ERROR, "The statement has more than one sentence; keep to one claim."
    if re.search(r"\band\b", text, re.IGNORECASE):
        yield WARNING, 'The statement holds "and"; make sure that it is one test, not two.'


def repeated(statements: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The levels whose statement stands at an earlier level already: pairs (level, earlier)."""
    seen: dict[str, str] = {}
    for level, text in statements.items():
        plain = " ".join(text.casefold().split()).rstrip(". ")
        if plain and plain in seen:
            yield level, seen[plain]
        seen.setdefault(plain, level)
