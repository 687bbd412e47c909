"""What checks tell, in the language of the moment."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from countries.content.sentences import Sentence, sentence_of


def spoken(text: str) -> str:
    """A sentence in the reader's language; a text that is none, as it is."""
    if not isinstance(text, Sentence):
        return text
    return text.said(gettext, ngettext, lambda count: number_format(count, force_grouping=True))


def spoken_fault(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A fault as it is kept with an import, its sentences in the reader's language."""
    said = {name: spoken(sentence_of(kept[name])) for name in ("message", "expected")}
    return {**kept, **said}
