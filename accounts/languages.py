"""The languages that are spoken here, and who has read what is said in them."""

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info, to_locale

SOURCE = "en"


@dataclass(frozen=True)
class Language:
    """`reviewed_by` names who read the texts of pages; blank: nobody has yet."""

    code: str
    name: str
    reviewed_by: str

    @property
    def unreviewed(self) -> bool:
        return self.code != SOURCE and not self.reviewed_by


def spoken() -> list[Language]:
    return [
        Language(code, get_language_info(code)["name_local"].capitalize(), reviewer(code))
        for code, _name in settings.LANGUAGES
    ]


@cache
def reviewer(code: str) -> str:
    """Who read the texts of pages, as X-Reviewed-By in the head of their file says."""
    for folder in settings.LOCALE_PATHS:
        file = Path(folder, to_locale(code), "LC_MESSAGES", "django.mo")
        if file.exists():
            with file.open("rb") as compiled:
                return GNUTranslations(compiled).info().get("x-reviewed-by", "")
    return ""


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: whether nobody has reviewed the language it is in."""
    code = get_language() or SOURCE
    return {"unreviewed_language": code != SOURCE and not reviewer(code)}
