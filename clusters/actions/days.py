"""Days on which something was found or said: none ahead, none of another age."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from countries.models import Country

FIRST = date(1900, 1, 1)


def check_day(day: date, country: Country, field: str) -> None:
    """Raise ValidationError for the field where the day has not come in the country, or no day
    that anybody would speak of today."""
    if day > country.today():
        raise ValidationError({field: _("That day has not come yet.")})
    if day < FIRST:
        raise ValidationError({field: _("That is before 1900; check the year.")})
