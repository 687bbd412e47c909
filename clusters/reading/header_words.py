"""What the texts of a header are taken for."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from clusters.reading.totals import TOTALS
from countries.headings import meanings, plain
from countries.shipped import industries
from indicators.importing.periods import YEAR, in_ascii_digits, period_of
from indicators.importing.recognising import UNREAD
from indicators.importing.words import looks_like_period

CALLED = {"period": "year"}
CODES = frozenset({"code", "codes", "id", "código", "codigo", "код", "mã", "kode", "kod", "代码"})
SHARES = frozenset(
    {"percent", "per cent", "percentage", "share", "pct", "процент", "доля", "tỷ lệ"}
)
_A_YEAR = re.compile(r"(?<![0-9.,])(?:1[89]|2[0-6])[0-9]{2}(?![0-9.,])")
PARTS = re.compile(r"[/\\|,;]|\s(?:and|by|×)\s")


@lru_cache(maxsize=50_000)
def meant(text: str) -> tuple[str, ...]:
    """What a header can mean, the likeliest first."""
    return (text.lower(), *(CALLED.get(what, what) for what in meanings(text))) if text else ()


def parts_meant(text: str) -> set[str]:
    """What a header can mean, or a part of one that names two things."""
    return {what for part in (text, *PARTS.split(text)) for what in meant(part.strip())}


def is_other(text: str) -> bool:
    """Whether a column is known as something else: a code, a note, a number of the row."""
    words = plain(text)
    return bool(meanings(text)) or words in UNREAD or not CODES.isdisjoint(words.split())


def is_share(text: str) -> bool:
    """Whether a column is of percentages beside the numbers."""
    return "%" in text or plain(text) in SHARES


@lru_cache(maxsize=50_000)
def years_in(text: str) -> frozenset[str]:
    """The years that stand in a text, be they of the Buddhist era."""
    return frozenset(_A_YEAR.findall(in_ascii_digits(text)))


def parted(text: str) -> tuple[str, str]:
    """The year in a text that has a single one, and the rest of it."""
    years = years_in(text)
    if len(years) != 1:
        return "", ""
    (year,) = years
    return year, in_ascii_digits(text).replace(year, " ").strip(" ,-–:()")


def is_dated(text: str) -> bool:
    """Whether a text is meant as a year or another period, be it of the Buddhist era."""
    return looks_like_period(text) or _A_YEAR.fullmatch(in_ascii_digits(text)) is not None


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return (period := period_of(text.strip())) is not None and period.frequency == YEAR


@cache
def isic() -> frozenset[str]:
    """The codes of ISIC's sections and divisions; those of classes, such as 2012, are years too."""
    return frozenset(code for code, _title, _section in industries() if len(code) <= 2)


def are_codes(texts: Iterable[str]) -> bool:
    """Whether all texts but words of a header and for totals are such codes of ISIC."""
    return isic().issuperset(
        text for text in texts if not meanings(text) and text.lower() not in TOTALS
    )
