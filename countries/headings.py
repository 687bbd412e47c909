"""What the columns of tables are called, in many languages; the words are in data/headings.csv."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "data" / "headings.csv"
# Only in Latin script may marks be left out; elsewhere they are part of the letters.
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_UNSEEN = re.compile(r"[\s_\u200b-\u200f\ufeff]+")
_WIDE = re.compile(r"[\uff00-\uffef]")
# Where a header says itself twice: "ប្រទេស / Country", "国家（Country）", "ປີ Year".
_TWICE = re.compile(r"\s*[/|()]\s*|(?<=[a-z])\s+(?=[^\x00-\u024f])|(?<=[^\x00-\u024f])\s+(?=[a-z])")


def plain(text: str) -> str:
    """A header without case, accents, marks and underscores: what words are compared in."""
    text = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)
    text = _UNSEEN.sub(" ", text.strip().lower())
    text = unicodedata.normalize("NFD", text.replace("đ", "d"))
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", text))
    return re.sub(r"\s*(?:[*†‡:]+|\([a-z0-9]\)|[¹²³])$", "", text).strip(" .")


@cache
def headings() -> Mapping[str, tuple[str, ...]]:
    """By each word, `plain`, what a column of that header can hold, the likeliest first."""
    found: dict[str, dict[str, None]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split("|"):
                found.setdefault(plain(word), {})[row["what"]] = None
    return {word: tuple(what) for word, what in found.items()}


def meanings(header: str) -> tuple[str, ...]:
    """What a column of this header can hold, the likeliest first; empty if it says nothing.

    A header in two languages counts where both say the same.
    """
    key = plain(header)
    if found := headings().get(key):
        return found
    parts = [headings().get(plain(part), ()) for part in _TWICE.split(key) if part]
    if len(parts) < 2:
        return ()
    return tuple(what for what in parts[0] if all(what in other for other in parts))
