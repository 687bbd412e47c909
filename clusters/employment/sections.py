"""In which section of ISIC Rev. 4 an industry of a table stands, by its code or its title."""

import re
from collections.abc import Iterable

from countries.models import Industry

_LETTER = re.compile(r"([A-U])(?:[0-9. :-]|$)")
_DIVISION = re.compile(r"[A-U]?([0-9]{2})[0-9.]*(?:\W|$)")


def sections_of(names: Iterable[str]) -> dict[str, str]:
    """The letter of the section for each name that tells it: by the code it begins with, read as
    ISIC (`C`, `C13`, `1410 Shirts`), or by the title of a section or division.
    """
    industries = list(Industry.objects.all())
    of = {one.code: one.section_id or one.code for one in industries}
    titled = {one.title.lower(): of[one.code] for one in industries}
    found = {name: _section(name, of) or titled.get(name.lower(), "") for name in names}
    return {name: section for name, section in found.items() if section}


def _section(name: str, of: dict[str, str]) -> str:
    if division := _DIVISION.match(name):
        return of.get(division[1], "")
    letter = _LETTER.match(name)
    return letter[1] if letter else ""
