"""Numbers as the explorer shows them."""

from math import floor, log10

from django.utils.formats import number_format


def shown(value: float | None) -> str:
    """Four digits that count, and never fewer than the whole part has: 12,345; 98.76; 0.001234."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    places = max(0, 3 - floor(log10(abs(value))))
    rounded = round(value, places)
    text = number_format(rounded, decimal_pos=min(places, 8), use_l10n=True, force_grouping=True)
    mark = number_format(0.5, decimal_pos=1)[1]
    return text.rstrip("0").rstrip(mark) if mark in text else text


def change(value: float) -> str:
    """A difference with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "±") + shown(abs(value))
