"""How a statement has to be worded so that it is true or not, and evidence can show it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from countries.content.faults import ERROR, WARNING

LONGEST = 25

VAGUE = re.compile(
    r"\b(?:adequate|effective|sufficient|appropriate|strong)(?:ly)?\b|\b(?:well|mostly|good)\b",
    re.IGNORECASE,
)

# Words before whose stop a sentence goes on: "No. 12", "e.g. Germany", "the U.S. Fund".
_SHORT = re.compile(
    r"(?:\w\.)*\w|nos?|arts?|sec|cf|vs|approx|ca|pp?|para?|ch|vol|st|dr|mrs?|ms", re.IGNORECASE
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
    if any(_sentence_ends(word, after) for word, after in pairwise(text.split())):
        yield ERROR, "The statement has more than one sentence; keep to one claim."
    if re.search(r"\band\b", text, re.IGNORECASE):
        yield WARNING, 'The statement holds "and"; make sure that it is one test, not two.'


def _sentence_ends(word: str, after: str) -> bool:
    """Whether a sentence ends with the word: a stop, then a capital or a digit."""
    bare = word.strip("\"'“”‘’()[]")
    begins = after.lstrip("\"'“‘([")[:1]
    stops = bare.endswith((".", "!", "?")) and (begins.isupper() or begins.isdigit())
    return stops and not _SHORT.fullmatch(bare.rstrip(".!?"))


def repeated(statements: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The levels whose statement stands at an earlier level already: pairs (level, earlier)."""
    seen: dict[str, str] = {}
    for level, text in statements.items():
        plain = " ".join(text.casefold().split()).rstrip(". ")
        if plain and plain in seen:
            yield level, seen[plain]
        seen.setdefault(plain, level)
