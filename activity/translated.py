"""Facts of events and notices that each reader is told in their own language."""

from collections.abc import Mapping
from typing import Any, Self

from django.conf import settings
from django.utils import translation

from accounts.languages import SOURCE

OTHERS = "in"


class Translated(str):
    """A text in English with what it is in other languages, by their codes."""

    others: Mapping[str, str]

    def __new__(cls, text: str, others: Mapping[str, str]) -> Self:
        made = super().__new__(cls, text)
        made.others = others
        return made


def of_pages(text: object) -> Translated:
    """A text of pages, lazily translated, in every language spoken here."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(text)
    return Translated(found.pop(SOURCE), found)


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are stored: English ones by name, others once more by language."""
    others: dict[str, dict[str, str]] = {}
    for name, fact in facts.items():
        if isinstance(fact, Translated):
            for code, text in fact.others.items():
                others.setdefault(code, {})[name] = text
    return {**facts, OTHERS: others} if others else dict(facts)


def of_now(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Stored facts in the language of now, in English where they have no other."""
    return {**facts, **facts.get(OTHERS, {}).get(translation.get_language(), {})}
