"""Numbers as people type them: with the marks of the page's language, thousands apart or not."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext_lazy as _

from indicators.importing.numbers import APOSTROPHES, SPACES


def read_number(text: str) -> Decimal | None:
    """The number that the text is in the language of now; None where it is none, or not clear.

    Spaces and apostrophes part thousands everywhere. A lone point or comma is the decimal sign if
    the language has it so, or if it cannot part thousands: 14,2 is clear, 1.234 in French is not.
    """
    point, parting = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    signs = re.escape(SPACES + APOSTROPHES + parting)
    said = text.strip().replace("−", "-")
    grouped = rf"[1-9][0-9]{{0,2}}(?:([{signs}])[0-9]{{3}})(?:\3[0-9]{{3}})*"
    found = re.fullmatch(rf"([+-]?)({grouped}|[0-9]+)(?:[{point}]([0-9]+))?", said)
    if found is None:
        other = "," if point == "." else "."
        thousands = rf"[1-9][0-9]{{0,2}}[{other}][0-9]{{3}}"
        clear = rf"([+-]?)(?!{thousands}\Z)([0-9]+)()[{other}]([0-9]+)"
        found = re.fullmatch(clear, said)
    if found is None:
        return None
    sign, whole, _mark, decimals = found.groups()
    return Decimal(f"{sign}{re.sub('[^0-9]', '', whole)}.{decimals or 0}")


class _Typed:
    """A field whose text is read by `read_number`, and shown with the language's marks."""

    example = "1234.5"
    unclear = _(
        "“%(found)s” is not clear as a number; expected one written as %(plain)s or %(apart)s."
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            number = read_number(value)
            if number is None:
                plain, apart = (
                    number_format(self.example),
                    number_format(self.example, force_grouping=True),
                )
                raise forms.ValidationError(
                    self.unclear % {"found": value.strip()[:40], "plain": plain, "apart": apart}
                )
            value = number
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal"}


class NumberField(_Typed, forms.DecimalField):
    """A number whose digits count; noughts that only fill its places are not shown."""

    def prepare_value(self, value: Any) -> Any:
        return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value


class DegreesField(_Typed, forms.FloatField):
    """A latitude or a longitude, in degrees with their decimals."""

    example = "17.97"
    unclear = _(
        "“%(found)s” is not clear as degrees; expected a number such as %(plain)s, with decimals "
        "for the minutes and a minus for south and west."
    )
