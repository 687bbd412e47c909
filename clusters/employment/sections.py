"""Where in ISIC Rev. 4 an industry of a table stands, by its code or its title."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings

from countries.models import Industry
from countries.shipped import industries, titles_of_industries

_LETTER = re.compile(r"([A-U])(?:[0-9. :-]|$)")
_NUMBER = re.compile(r"[A-U]?([0-9]{2}[0-9.]*)(?:\W|$)")


def sections_of(names: Iterable[str]) -> dict[str, str]:
    """The letter of the section for each name that tells it: by the code it begins with, read as
    ISIC (`C`, `C13`, `1410 Shirts`), or by a title of ISIC in any language of the pages.
    """
    of = {code: section for code, _title, section in industries()}
    titled = _titled()
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


@cache
def _titled() -> Mapping[str, str]:
    """Sections by titles in small letters; no title stands in two of them."""
    of = {code: section for code, _title, section in industries()}
    titles = [(title, code) for code, title, _section in industries()]
    for language, _name in settings.LANGUAGES:
        titles += [(title, code) for code, title in titles_of_industries(language).items()]
    return {title.lower(): of[code] for title, code in titles}


def _section(name: str, of: Mapping[str, str]) -> str:
    if number := _NUMBER.match(name):
        return of.get(number[1][:2], "")
    letter = _LETTER.match(name)
    return letter[1] if letter else ""
