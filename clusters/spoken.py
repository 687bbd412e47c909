"""In which words a table may say what a form offers: the code, or its name in our languages."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.db.models import Choices
from django.utils.translation import override

from clusters.models import Actor, Tie
from clusters.reading.linkages import TieWords
from countries.headings import plain


@cache
def actor_kinds() -> Mapping[str, str]:
    return _words(Actor.Kind)


@cache
def tie_words() -> TieWords:
    return TieWords(_words(Tie.Kind), _words(Tie.Strength), _words(Tie.Direction))


def _words(choices: type[Choices]) -> Mapping[str, str]:
    """By word, `plain`, the code; codes win over names, and blank stands for nothing."""
    codes = {plain(str(choice.value)): str(choice.value) for choice in choices if choice.value}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for choice in choices:
                if choice.value:
                    codes.setdefault(plain(str(choice.label)), str(choice.value))
    return codes
