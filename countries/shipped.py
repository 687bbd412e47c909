"""The countries and aggregates that come with the product: countries/data/README.md says whence."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from countries.matching import Area, Gazetteer

DATA = Path(__file__).resolve().parent / "data"
LANGUAGES = ["en", "fr", "ru", "vi", "es", "ar", "zh_Hans", "zh_Hant", "th", "lo", "km", "mn"]
# In these, South Africa and Southern Africa are the same words: no names of groups are taken.
OF_COUNTRIES = ["id", "ms"]


@dataclass(frozen=True)
class Shipped:
    """One row of the files. `groups` are M49 regions, innermost first; `names` have a language."""

    code: str
    name: str
    is_aggregate: bool
    alpha_2: str = ""
    numeric: str = ""
    grouping: str = ""
    time_zone: str = "UTC"
    groups: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def area(self) -> Area:
        codes = tuple(code for code in (self.alpha_2, self.numeric, *self.codes) if code)
        return Area(self.code, self.name, codes, tuple(self.names), self.is_aggregate)


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every country and aggregate, countries first."""
    above = {row["code"]: row["within"] for row in _rows("aggregates.csv")}
    codes: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for row in _rows("shared.csv"):
        for country in row["countries"].split("|"):
            codes[country] += _listed(row["codes"])
            names[country] += _listed(row["names"])
    countries = (
        Shipped(
            code=row["code"],
            name=row["name"],
            is_aggregate=False,
            alpha_2=row["alpha_2"],
            numeric=row["numeric"],
            time_zone=row["time_zone"],
            groups=tuple(_upwards(row["subregion"], above)),
            codes=(*_listed(row["other_codes"]), *codes[row["code"]]),
            names=_names(
                row["name"],
                row["alpha_2"],
                [*LANGUAGES, *OF_COUNTRIES, *get_official_languages(row["alpha_2"])],
                [*_listed(row["other_names"]), *names[row["code"]]],
            ),
        )
        for row in _rows("countries.csv")
    )
    aggregates = (
        Shipped(
            code=row["code"],
            name=row["name"],
            is_aggregate=True,
            numeric=row["numeric"],
            grouping=row["grouping"],
            codes=tuple(_listed(row["other_codes"])),
            names=_names(row["name"], row["numeric"], LANGUAGES, _listed(row["other_names"])),
        )
        for row in _rows("aggregates.csv")
    )
    return (*countries, *aggregates)


@cache
def gazetteer() -> Gazetteer:
    """Finds what is shipped, where there is no database to ask."""
    return Gazetteer(row.area() for row in shipped())


@cache
def industries() -> tuple[tuple[str, str, str], ...]:
    """All of ISIC Rev. 4 in its order, (code, title, letter of the section): a section, then its
    divisions (two digits), each with its groups (three) and their classes (four).
    """
    found, section = [], ""
    for row in _rows("isic-rev4.csv"):
        section = row["code"] if row["code"].isalpha() else section
        found.append((row["code"], row["title"], section))
    return tuple(found)


@cache
def alpha_2() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 codes by alpha-3 ones."""
    return {row["code"]: row["alpha_2"] for row in _rows("countries.csv")}


@cache
def titles_of_industries(language: str) -> Mapping[str, str]:
    """The titles of ISIC in this language by their codes; {} where unknown."""
    column = f"title_{language}"
    return {row["code"]: row[column] for row in _rows("isic-rev4.csv") if column in row}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _upwards(group: str, above: dict[str, str]) -> Iterator[str]:
    while group:
        yield group
        group = above[group]


def _names(name: str, territory: str, languages: list[str], others: list[str]) -> dict[str, str]:
    """Each other name with its language, "" where it has none: those of CLDR first."""
    found: dict[str, str] = {}
    for language in languages:
        if text := _territories(language).get(territory):
            found.setdefault(text, language)
    for text in others:
        found.setdefault(text, "")
    found.pop(name, None)
    return found


@cache
def _territories(language: str) -> Mapping[str, str]:
    try:
        return Locale.parse(language).territories
    except UnknownLocaleError:  # official, and not in CLDR
        return {}
