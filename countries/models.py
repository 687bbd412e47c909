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
    definitions_note = models.CharField(max_length=500, blank=True)

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


class Document(models.Model):
    """A document that facts and texts cite, by its short code."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    citation = models.CharField(_("citation"), max_length=500)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.citation


class Cited(models.Model):
    """Something said of a country, with the document and the place in it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    place = models.CharField(_("place"), max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class SMEDefinition(Cited):
    """What the country's law calls an SME: one size class, in one sector where they differ."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="definitions")
    size = models.CharField(_("size"), max_length=60)
    sector = models.CharField(_("sector"), max_length=200, blank=True)
    employees = models.CharField(_("employees"), max_length=200, blank=True)
    assets = models.CharField(_("assets"), max_length=200, blank=True)
    turnover = models.CharField(_("turnover"), max_length=200, blank=True)
    other = models.CharField(_("other marks"), max_length=200, blank=True)
    law = models.CharField(_("law"), max_length=200, blank=True)
    year = models.CharField(_("year or years"), max_length=20, blank=True)

    class Meta:
        ordering = ["country", "position"]

    def __str__(self) -> str:
        return f"{self.country}: {self.size}"


class KeyFigure(Cited):
    """One figure as its document gives it; a figure without a year has none there."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="figures")
    label = models.CharField(_("figure"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    unit = models.CharField(_("unit"), max_length=100)
    year = models.CharField(_("year or years"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["country", "position"]

    def __str__(self) -> str:
        return f"{self.country}: {self.label}"


class CountryFact(Cited):
    """An institution, a law or a constraint, in our words."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("institution")
        LAW = "law", _("law")
        CONSTRAINT = "constraint", _("constraint")

    country = models.ForeignKey(Country, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    year = models.CharField(_("year or years"), max_length=20, blank=True)

    class Meta:
        ordering = ["country", "kind", "position"]

    def __str__(self) -> str:
        return f"{self.country}: {self.name or self.text}"
