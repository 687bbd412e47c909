"""Numbers that are kept as text, so that none of their digits is lost."""

from decimal import Decimal, InvalidOperation

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def signed(text: object) -> str:
    """A change as it is written: a plus before a rise, a true minus before a fall."""
    said = str(text)
    if said.startswith(("-", "\u2212")):
        return f"\u2212{said[1:]}"
    return f"+{said}" if any(digit in said for digit in "123456789") else said


@register.filter
def number(value: object) -> str:
    """The number with all its digits, by the language's marks; a text that is none as it is."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return str(number_format(exact, use_l10n=True, force_grouping=True))
