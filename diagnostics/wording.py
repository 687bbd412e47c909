"""Codes of instruments in the reader's language."""

from django.utils.translation import gettext, gettext_noop

CODES = (  # words of instrument files that pages show as they are, beside panels and states
    gettext_noop("lecture"),
    gettext_noop("adapted"),
    gettext_noop("added"),
    gettext_noop("authorities"),
    gettext_noop("enterprises"),
    gettext_noop("industry"),
    gettext_noop("institutions"),
    gettext_noop("public"),
    gettext_noop("competitive"),
    gettext_noop("inclusive"),
    gettext_noop("answered"),
    gettext_noop("unanswered"),
    gettext_noop("known"),
    gettext_noop("unknown"),
    gettext_noop("not applicable"),
)


def code_words(code: str) -> str:
    """A code that is a word or two, such as a panel's or a state's, in the language of now."""
    return gettext(code.replace("_", " "))
