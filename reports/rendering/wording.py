"""Answers, addressees and numbers as a report writes them."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _


def answer_words(answer: str) -> str:
    words = {
        "yes": _("yes"),
        "partly": _("partly"),
        "no": _("no"),
        "unknown": _("unknown"),
        "": _("not answered"),
    }
    return words[answer]


def addressee_words(addressee: str) -> str:
    words = {
        "government": _("For government"),
        "business_associations": _("For business associations"),
        "donors": _("For donors"),
    }
    return words.get(addressee, _("For service providers"))


def titles(items: list[dict]) -> list[str]:
    return [item["title"] for item in items]


def rounded(number: float, digits: int) -> str:
    """The number in the language's way, rounded half up as the report page rounds it."""
    return str(floatformat(number, digits))


def whole(number: float) -> int | float:
    """Without a decimal place where there is nothing behind the point."""
    return int(number) if number == int(number) else number
