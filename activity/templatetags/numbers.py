"""Numbers that are kept as text, so that none of their digits is lost."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain, repeat
from numbers import Number

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def minus(text: object) -> str:
    """A number as it is written, with a true minus before one below nought."""
    said = str(text)
    return f"\u2212{said[1:]}" if said.startswith("-") else said


@register.filter
def signed(text: object) -> str:
    """A change as it is written: a plus before a rise, a true minus before a fall."""
    said = minus(text)
    if said.startswith("\u2212"):
        return said
    return f"+{said}" if any(digit in said for digit in "123456789") else said


@register.filter
def in_columns(row: Sequence[object], columns: Sequence[object]) -> list[tuple[object, bool]]:
    """The cells of a row as they are read, each with whether it stands as a number does: what
    stands for one in a numeric column as well, such as "unknown".

    Thousands stand apart in numeric columns alone: years and places in an order stay whole.
    """
    numeric = (getattr(column, "numeric", False) for column in chain(columns, repeat("")))
    return [
        (cell_in(cell, numeric=counted), counted or isinstance(cell, Number))
        for cell, counted in zip(row, numeric, strict=False)
    ]


def cell_in(cell: object, *, numeric: bool) -> object:
    """A number by the language's marks, thousands apart in a `numeric` column; else the cell."""
    if not isinstance(cell, Number):
        return cell
    return minus(number_format(cell, use_l10n=True, force_grouping=numeric))


@register.filter
def number(value: object) -> str:
    """The number with all its digits, by the language's marks; a text that is none as it is."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return str(number_format(exact, use_l10n=True, force_grouping=True))
