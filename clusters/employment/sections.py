"""Where in ISIC Rev. 4 an industry of a table stands, by its code or its title."""

import re
from collections.abc import Iterable

from countries.models import Industry

_LETTER = re.compile(r"([A-U])(?:[0-9. :-]|$)")
_NUMBER = re.compile(r"[A-U]?([0-9]{2}[0-9.]*)(?:\W|$)")


def sections_of(names: Iterable[str]) -> dict[str, str]:
    """The letter of the section for each name that tells it: by the code it begins with, read as
    ISIC (`C`, `C13`, `1410 Shirts`), or by the title of a section or division.
    """
    industries = list(Industry.objects.all())
    of = {one.code: one.section_id or one.code for one in industries}
    titled = {one.title.lower(): of[one.code] for one in industries}
    found = {name: _section(name, of) or titled.get(name.lower(), "") for name in names}
    return {name: section for name, section in found.items() if section}


def industry_of(name: str) -> tuple[Industry | None, str]:
    """The narrowest industry of ISIC for a name, read likewise, and the code before the name; the
    code is blank where it is ISIC's by the title too, or there is none.
    """
    number, letter = _NUMBER.match(name), _LETTER.match(name)
    first, _blank, title = name.partition(" ")
    code = number[1].rstrip(".") if number else letter[1] if letter else ""
    digits = code.replace(".", "")
    read = Industry.objects.filter(code__in=[digits[:end] for end in range(1, len(digits) + 1)])
    titled = Industry.objects.filter(title__iexact=name) | read.filter(title__iexact=title)
    if found := titled.order_by("-code").first():
        return found, ""
    narrowest = max(read, key=lambda one: len(one.code), default=None)
    return narrowest, code or (first if first[:1].isdigit() else "")


def _section(name: str, of: dict[str, str]) -> str:
    if number := _NUMBER.match(name):
        return of.get(number[1][:2], "")
    letter = _LETTER.match(name)
    return letter[1] if letter else ""
