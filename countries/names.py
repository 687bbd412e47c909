"""Names of countries and industries in the language of the page."""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.utils.translation import get_language

from .shipped import alpha_2, titles_of_industries

ENGLISH = "en"


def territory(name: str, code: str) -> str:
    """The name that Unicode's CLDR has for the territory with this code (ISO alpha-2 or UN M49).

    In English, and where CLDR has none, it is the one given: what our own data call it.
    """
    language = get_language() or ENGLISH
    return name if language == ENGLISH else _territories(language).get(code, name)


def country(name: str, code: str) -> str:
    """The same by ISO alpha-3 code, which is what snapshots keep."""
    return territory(name, alpha_2().get(code, ""))


def industry(title: str, code: str) -> str:
    """The title that ISIC has under this code; the one given where it has none."""
    return titles_of_industries(get_language() or ENGLISH).get(code, title)


@cache
def _territories(language: str) -> Mapping[str, str]:
    return Locale.parse(language, sep="-").territories
