"""What headers and cells of a table are taken for."""

import re
from functools import lru_cache

from countries.headings import headings, meanings, plain
from countries.shipped import gazetteer

from . import layout as roles
from .periods import is_split_year, period_of

_BARE_CODE = ("code",)


def roles_of(header: str) -> tuple[str, ...]:
    """What a column of this header can hold, the likeliest first; empty if the word says nothing.

    SDMX-CSV with labels writes `REF_AREA: Reference area`; the part before the colon decides.
    """
    if is_labelled(header) and plain(header) not in headings():
        header = header.split(":", 1)[0]
    return tuple(what for what in meanings(header) if what in roles.ROLES)


def is_labelled(header: str) -> bool:
    """Whether codes and their labels share the column, as SDMX-CSV can have it (`FR: France`)."""
    return re.match(r"[A-Z][A-Z0-9_]*:", header) is not None


@lru_cache(maxsize=20_000)
def is_place(text: str) -> bool:
    """Whether a text is a country or a group of countries that everybody knows."""
    return gazetteer().find_text(text).area is not None


def is_bare_code(header: str) -> bool:
    """Whether the header only says "code": of what, its neighbour tells."""
    return plain(header) in _BARE_CODE


def is_breakdown(header: str) -> bool:
    """Whether a column of this header splits a series."""
    return not {"breakdown", "industry"}.isdisjoint(meanings(header))


def is_region(header: str) -> bool:
    """Whether a column of this header is of regions: parts of a country, or groups of countries."""
    return "region" in meanings(header)


def is_period(header: str) -> bool:
    """Whether a header is a year or another period."""
    period = period_of(header)
    return period is not None and 1700 <= period.year <= 2200


def looks_like_period(header: str) -> bool:
    """Whether a header is meant as a period, be it one that no value can have (2015/16)."""
    return is_period(header) or is_split_year(header)
