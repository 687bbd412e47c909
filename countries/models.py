"""Reference data that knows no user."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def known_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("%(value)s is not a time zone."), params={"value": value})


class Country(models.Model):
    """A country by its ISO 3166-1 alpha-3 code; fictional ones use the user-assigned XAA to XZZ."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="UTC", validators=[known_time_zone]
    )
    is_fictional = models.BooleanField(_("fictional"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{3}$"), name="country_code_is_alpha_3"
            ),
            models.CheckConstraint(
                condition=models.Q(is_fictional=False, code__lt="XAA")
                | models.Q(is_fictional=False, code__gt="XZZ")
                | models.Q(is_fictional=True, code__range=("XAA", "XZZ")),
                name="country_fiction_has_its_own_codes",
            ),
        ]

    def __str__(self) -> str:
        return self.name
