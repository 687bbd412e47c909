"""What computing and reading say, in the reader's language (`countries.content.sentences`)."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from countries.content.sentences import Sentence, listed

SOURCE = "en"


def worded(text: str | None) -> str:
    """A sentence just composed in the language of now; any other text as it is."""
    return _said(text.parts) if isinstance(text, Sentence) else text or ""


def colon() -> str:
    """What stands between a word or title and the text it leads: French has a space before it."""
    return pgettext("after what leads a text", ": ")


def words_of(result: Mapping[str, Any]) -> dict[str, str]:
    """The sentences of a stored result in the language of now, by their English.

    A result that was stored before sentences kept what they are made of has none.
    """
    if (get_language() or SOURCE) == SOURCE:
        return {}
    return {english: _said(parts) for english, parts in result.get("sentences", {}).items()}


def _said(parts: Mapping[str, Any]) -> str:
    says, facts = parts["says"], parts["facts"]
    if not any(says):
        return ""  # gettext has an answer of its own to a blank
    template = gettext(*says) if len(says) == 1 else ngettext(*says, facts["n"])
    return template % {name: _fact(value) for name, value in facts.items()}


def _fact(value: Any) -> str:
    match value:
        case dict():
            return _said(value)
        case list():
            return listed(map(_fact, value), value, pgettext("between reasons", "; "))
        case str():
            return value
        case _:
            return number_format(value, force_grouping=True)
