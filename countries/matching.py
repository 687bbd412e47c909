"""Which country or aggregate a file speaks of. What is not certain is offered, never guessed."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz, process

from .footnotes import without_mark

LETTERS = str.maketrans(
    {"đ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
)
SHORT = {"st": "saint", "ste": "saint", "rep": "republic", "dem": "democratic", "fed": "federated"}
SHORT |= {"sts": "states", "is": "islands", "pdr": "peoples democratic republic"}
# Words that tell no country from another; single letters are what apostrophes leave (d'Ivoire).
IDLE = set(
    "the of and a d l s de du des la le les et el los las y do da и".split()  # noqa: SIM905
)
# The word for "country" in Thai, Lao and Khmer, written as one with the name.
THE_COUNTRY = re.compile("^(?:ประเทศ|ປະເທດ|ប្រទេស)(?=.)")
# What one writer sets and another leaves out: accents, Arabic vowels, signs that are not seen.
ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u200b-\u200f\ufeff]")
OFFERED = 5
RESEMBLES = 70  # of rapidfuzz's 100; below it a name is not worth offering
NEAR, FAR = 90, 50  # an unknown name this far from all of the code's contradicts it, and this near
# to another area's is offered as that one's
JUDGED = re.compile("[a-zа-я]")


class Outcome(Enum):
    FOUND = "found"
    AMBIGUOUS = "ambiguous"  # a code or name that several share
    CONTRADICTION = "contradiction"  # the code is one area's, the name another's
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True)
class Area:
    """A country or an aggregate with every code and name it goes by, its own included."""

    code: str
    name: str
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_aggregate: bool = False


@dataclass(frozen=True)
class Answer:
    """`area` is there if and only if the outcome is FOUND; `offered` are the others to choose from.

    Offered are, best first: those that share what is AMBIGUOUS; the code's area and then the
    name's, if any, for a CONTRADICTION; the nearest by name for the UNKNOWN.
    """

    outcome: Outcome
    area: Area | None = None
    offered: tuple[Area, ...] = ()


def folded(name: str) -> str:
    """The name without case, accents, punctuation, idle words and their order.

    "Korea, Rep." and "the Republic of Korea" fold to the same.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    plain = THE_COUNTRY.sub("", ACCENTS.sub("", plain))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)  # U.S.A., Lao P.D.R.
    words = "".join(letter if _is_of_word(letter) else " " for letter in plain).split()
    kept = [SHORT.get(word, word) for word in words if word not in IDLE]
    return " ".join(sorted(kept or words))


def _is_of_word(letter: str) -> bool:
    """Whether it is a letter, a digit or a sign of a vowel or tone, as in Thai, Lao and Khmer."""
    return unicodedata.category(letter)[0] in "LMN"


class Gazetteer:
    """The areas a file may speak of, found by code and by name."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = {area.code: area for area in areas}
        self._by_code: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for area in self._areas.values():
            for code in (area.code, *area.codes):
                self._by_code[code.upper()].add(area.code)
            for name in (area.name, *area.names):
                self._by_name[folded(name)].add(area.code)
        self._lookup = lru_cache(maxsize=10_000)(self._find)

    def find(self, *, code: str = "", name: str = "") -> Answer:
        """The area with this code, this name, or both where a file gives both.

        A code is alpha-3, alpha-2, numeric or M49 (leading zeros may be lost), or a further one.
        A text that may be either, such as a column of "Laos" and "KHM", goes to `find_text`.
        """
        return self._lookup(code.strip(), name.strip())

    def find_text(self, text: str) -> Answer:
        """The area that this text is a code or a name of."""
        answer = self.find(code=text)
        return self.find(name=text) if answer.outcome is Outcome.UNKNOWN else answer

    def _find(self, code: str, name: str) -> Answer:
        by_code, by_name = self._codes(code), self._names(name)
        both = by_code & by_name
        if not code and not name:
            return Answer(Outcome.EMPTY)
        if len(both) == 1:
            return self._found(both)
        if both:
            return self._ambiguous(both)
        if by_code and by_name:
            return Answer(Outcome.CONTRADICTION, offered=self._sorted(by_code, by_name))
        if by_code and name and (others := self._contradicts(name, by_code)) is not None:
            return Answer(Outcome.CONTRADICTION, offered=self._sorted(by_code, others))
        if code and not by_code and by_name:
            # A code nobody knows beside a name: the name is only an offer.
            return Answer(Outcome.UNKNOWN, offered=self._sorted(by_name))
        if known := by_code or by_name:
            return self._found(known) if len(known) == 1 else self._ambiguous(known)
        return Answer(Outcome.UNKNOWN, offered=self._nearest(without_mark(name or code)))

    def _codes(self, code: str) -> set[str]:
        written = code.upper()
        if written.isdigit():
            written = written.zfill(3)
        return self._by_code.get(written, set())

    def _names(self, name: str) -> set[str]:
        if not name:
            return set()
        found = self._by_name.get(folded(name))
        return found or self._by_name.get(folded(without_mark(name)), set())

    def _found(self, codes: set[str]) -> Answer:
        (code,) = codes
        return Answer(Outcome.FOUND, area=self._areas[code])

    def _ambiguous(self, codes: set[str]) -> Answer:
        return Answer(Outcome.AMBIGUOUS, offered=self._sorted(codes))

    def _sorted(self, *groups: set[str]) -> tuple[Area, ...]:
        areas = [[self._areas[code] for code in group] for group in groups]
        return tuple(area for group in areas for area in sorted(group, key=lambda area: area.name))

    def _nearest(self, name: str) -> tuple[Area, ...]:
        key = folded(name)
        words, names = {*key.split()}, list(self._by_name)
        letters = process.cdist([key], names, scorer=fuzz.ratio)[0]
        # Comparing words is slow, and finds no more where none is shared.
        likeness = {
            known: _likeness(key, known)
            for known, ratio in zip(names, letters, strict=True)
            if ratio >= RESEMBLES - 1 or not words.isdisjoint(known.split())
        }
        near = sorted((-score, known) for known, score in likeness.items() if score >= RESEMBLES)
        codes = dict.fromkeys(
            code for _score, known in near for code in sorted(self._by_name[known])
        )
        return tuple(self._areas[code] for code in list(codes)[:OFFERED])

    def _contradicts(self, name: str, codes: set[str]) -> set[str] | None:
        """Whose an unknown name beside a code is, if it is like none of the code's own names.

        Files write names in many ways, so likeness is enough; "Tokyo" beside JPN has none. Only
        writings that our names are in can be judged.
        """
        key = folded(name)
        own = [known for known, named in self._by_name.items() if named & codes]
        if not JUDGED.search(key) or any(_likeness(key, known) >= FAR for known in own):
            return None
        best = process.extractOne(key, list(self._by_name), scorer=fuzz.ratio, score_cutoff=NEAR)
        return set(self._by_name[best[0]]) - codes if best else set()


def _likeness(one: str, other: str) -> float:
    """0 to 100: letters in common, or a little less where all words of one are in the other."""
    return max(fuzz.ratio(one, other), 0.9 * fuzz.token_set_ratio(one, other))
