"""The names of countries in the language of the page, as Unicode's CLDR has them."""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.utils.translation import get_language


def told(name: str, code: str) -> str:
    """The name of the territory with this code (ISO alpha-2 or UN M49) in the page's language.

    In English, and where CLDR has no name, it is the one given: what our own data call it.
    """
    language = get_language() or "en"
    return name if language == "en" else _territories(language).get(code, name)


@cache
def _territories(language: str) -> Mapping[str, str]:
    return Locale.parse(language, sep="-").territories
