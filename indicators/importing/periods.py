"""Years, quarters, months and other periods as tables write them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from unicodedata import decimal

YEAR, HALF, QUARTER, MONTH, WEEK, DAY = "A", "S", "Q", "M", "W", "D"
FREQUENCIES = (YEAR, HALF, QUARTER, MONTH, WEEK, DAY)


@dataclass(frozen=True, slots=True)
class Period:
    """A period as SDMX writes it (2015, 2015-S1, 2015-Q1, 2015-01, 2015-W01, 2015-01-31)."""

    text: str
    frequency: str
    year: int
    mark: str = ""


_SPACES = re.compile(r"\s+")
_MARK = (
    r"\s*(?P<mark>\*+|[†‡§]|[¹²³⁰-⁹ᵃ-ᵿ]+|\([A-Za-z0-9]{1,2}\)|\[[A-Za-z0-9]{1,2}\]|"
    r"\s[A-Za-z]|[0-9]/|[pPeErR])?"
)
_YEAR = re.compile(rf"(?:YR|FY)?(?P<year>[0-9]{{4}})(?:\.0+)?(?:\s*\[YR(?P=year)\])?{_MARK}")
_LONG_YEAR = re.compile(r"(?:YR|FY)?([0-9]{4})-A1")
_PARTS = (
    (HALF, re.compile(r"([0-9]{4})[-\s/]?(?:S|H)([12])")),
    (HALF, re.compile(r"(?:S|H)([12])[-\s/]([0-9]{4})")),
    (QUARTER, re.compile(r"([0-9]{4})[-\s/.]?Q([1-4])(?:\s*\[[0-9]{4}Q[1-4]\])?")),
    (QUARTER, re.compile(r"Q([1-4])[-\s/.]?([0-9]{4})")),
    (MONTH, re.compile(r"([0-9]{4})[-\s/]?M([0-9]{1,2})(?:\s*\[[0-9]{4}M[0-9]{1,2}\])?")),
    (MONTH, re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")),
    (MONTH, re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")),
    (WEEK, re.compile(r"([0-9]{4})-?W([0-9]{1,2})")),
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T00:00:00)?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier январь",
            "feb february février fevrier февраль",
            "mar march mars март",
            "apr april avril апрель",
            "may mai май",
            "jun june juin июнь",
            "jul july juillet июль",
            "aug august août aout август",
            "sep sept september septembre сентябрь",
            "oct october octobre октябрь",
            "nov november novembre ноябрь",
            "dec december décembre decembre декабрь",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED = re.compile(r"([^\W\d_]+)[.\s-]+([0-9]{4})")
_WORDS = re.compile(
    r"^(?:année|annee|năm|nam|year|anno|año|tahun|год|г\.|ปี ค\.ศ\.|ค\.ศ\.|ปี|ປີ|ឆ្នាំ|السنة|سنة|عام)\s*"
    r"|\s*(?:год|г\.|г|оны|он|年|年度)$",
    re.I,
)


def in_ascii_digits(text: str) -> str:
    """The text with Arabic, Thai, Lao, Khmer and other decimal digits as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(decimal(each)) if each.isdecimal() else each for each in text)


@lru_cache(maxsize=20_000)
def period_of(text: str) -> Period | None:
    """The period a text means, or None. Fiscal and pooled years (2015/16) are no period."""
    text = _WORDS.sub("", in_ascii_digits(_SPACES.sub(" ", text).strip()))
    upper = text.upper()
    if match := _LONG_YEAR.fullmatch(upper):
        return Period(match[1], YEAR, int(match[1]))
    if match := _YEAR.fullmatch(upper):
        year = match["year"]
        return Period(year, YEAR, int(year), (match["mark"] or "").strip().lower())
    if match := _DAY.fullmatch(upper):
        try:
            day = date(*map(int, match.groups()))
        except ValueError:
            return None
        return Period(day.isoformat(), DAY, day.year)
    for frequency, pattern in _PARTS:
        if match := pattern.fullmatch(upper):
            return _part(frequency, *match.groups())
    if (match := _NAMED.fullmatch(text)) and (month := _MONTHS.get(match[1].lower())):
        return Period(f"{match[2]}-{month:02}", MONTH, int(match[2]))
    return None


def _part(frequency: str, first: str, second: str) -> Period | None:
    year, number = (first, second) if len(first) == 4 else (second, first)
    count = int(number)
    match frequency:
        case "M" if 1 <= count <= 12:
            text = f"{year}-{count:02}"
        case "W" if 1 <= count <= 53:
            text = f"{year}-W{count:02}"
        case "Q" | "S":
            text = f"{year}-{frequency}{count}"
        case _:
            return None
    return Period(text, frequency, int(year))


_SPLIT = re.compile(r"(?:FY\s?)?([0-9]{4})\s?[-/–]\s?([0-9]{2}|[0-9]{4})")


def is_split_year(text: str) -> bool:
    """Whether a text names a year that runs over two (2015/16, 2015-2016), or several years.

    2009-10 can be that or an October: here it is a split year, as `period_of` it is the month.
    """
    match = _SPLIT.fullmatch(_SPACES.sub(" ", text.upper()).strip())
    if match is None:
        return False
    first, second = int(match[1]), match[2]
    return len(second) == 4 or int(second) == (first + 1) % 100 or int(second) > 12


def is_date_number(text: str) -> bool:
    """Whether a text is what a spreadsheet makes of a date from 1927 to 2119: 10,000 to 80,000."""
    return re.fullmatch(r"[1-7][0-9]{4}", text.strip()) is not None
