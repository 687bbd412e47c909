"""Reference data that knows no user."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import names
from .revised import Revised
from .seen import unseen


def known_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("%(value)s is not a time zone."), params={"value": value})


def only_seen(name: str) -> None:
    """Raise ValidationError for a name with a character that it cannot bear."""
    if odd := unseen(name):
        raise ValidationError(
            _("It has a character that is not seen (%(odd)s)."), params={"odd": odd}
        )


def is_fictional(code: str) -> bool:
    """Whether ISO 3166-1 leaves the code to its users; Kosovo's is left to them too, yet real."""
    return "XAA" <= code <= "XZZ" and code != "XKX"


class Countries(models.Manager):
    """Countries alone, without the groups that statistics are also given for."""

    def get_queryset(self) -> models.QuerySet["Country"]:
        return super().get_queryset().filter(kind=Country.Kind.COUNTRY)


class Country(models.Model):
    """What a figure can be about: a country, or an aggregate such as a region or an income group.

    Countries have their ISO 3166-1 alpha-3 code or, where ISO has none, the World Bank's (XKX and
    CHI); fictional ones use the rest of the user-assigned XAA to XZZ. Aggregates have the World
    Bank's code or, where it has none, that of UN M49. The name is data, and shown in English.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        AGGREGATE = "aggregate", _("aggregate")

    class Grouping(models.TextChoices):
        """What an aggregate's members have in common; a country is in at most one of each."""

        UN_REGION = "un_region", _("region (United Nations)")
        UN_SUBREGION = "un_subregion", _("sub-region (United Nations)")
        BANK_REGION = "bank_region", _("region (World Bank)")
        INCOME = "income", _("income group (World Bank)")

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices, default=Kind.COUNTRY)
    name = models.CharField(_("name"), max_length=100, unique=True)
    alpha_2 = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, blank=True)
    numeric = models.CharField(_("ISO 3166-1 numeric and UN M49"), max_length=3, blank=True)
    grouping = models.CharField(_("grouping"), max_length=12, choices=Grouping.choices, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="UTC", validators=[known_time_zone]
    )
    is_fictional = models.BooleanField(_("fictional"), default=False)
    definitions_note = models.CharField(max_length=500, blank=True)

    areas = models.Manager()
    objects = Countries()

    class Meta:
        default_manager_name = "objects"
        ordering = ["name"]
        verbose_name_plural = "countries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="country", code__regex=r"^[A-Z]{3}$")
                | models.Q(kind="aggregate", code__regex=r"^[A-Z0-9]{3}$"),
                name="country_code_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(is_fictional=False, code__lt="XAA")
                | models.Q(is_fictional=False, code__gt="XZZ")
                | models.Q(is_fictional=False, code="XKX")
                | (models.Q(is_fictional=True, code__range=("XAA", "XZZ")) & ~models.Q(code="XKX")),
                name="country_fiction_has_its_own_codes",
            ),
            models.CheckConstraint(
                condition=models.Q(grouping="") | models.Q(kind="aggregate"),
                name="country_only_aggregates_group",
            ),
            models.UniqueConstraint(
                fields=["alpha_2"], condition=~models.Q(alpha_2=""), name="country_alpha_2_is_one"
            ),
            models.UniqueConstraint(
                fields=["numeric"], condition=~models.Q(numeric=""), name="country_numeric_is_one"
            ),
        ]

    def __str__(self) -> str:
        """The name in the language of the page; what is kept or read by programs takes `name`."""
        return names.territory(self.name, self.alpha_2 or self.numeric)

    def today(self, at: datetime | None = None) -> date:
        """The day it is in the country, now or `at` a moment."""
        return timezone.localdate(at, ZoneInfo(self.time_zone))


class Alias(models.Model):
    """Another code or name under which files speak of a country or an aggregate.

    One alias may stand for several: YUG for each country that came of Yugoslavia. It then decides
    nothing, it only offers them.
    """

    class Kind(models.TextChoices):
        CODE = "code", _("code")
        NAME = "name", _("name")

    country = models.ForeignKey(Country, models.CASCADE, related_name="aliases")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    text = models.CharField(_("code or name"), max_length=100)
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta:
        ordering = ["country", "kind", "text"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["country", "kind", "text"], name="alias_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.country}"


class GroupMember(models.Model):
    """A country in a group, as some source had it on a day."""

    group = models.ForeignKey(Country, models.CASCADE, related_name="members")
    country = models.ForeignKey(Country, models.CASCADE, related_name="groups")
    source = models.CharField(_("source"), max_length=200)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        ordering = ["group", "country"]
        constraints = [
            models.UniqueConstraint(fields=["group", "country"], name="group_has_a_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.group}"


class Region(Revised):
    """A part of a country as its statistics divide it; the outline is a GeoJSON geometry."""

    country = models.ForeignKey(
        Country, models.PROTECT, related_name="regions", verbose_name=_("country")
    )
    name = models.CharField(_("name"), max_length=150, validators=[only_seen])
    code = models.CharField(_("national code"), max_length=20, blank=True, validators=[only_seen])
    outline = models.JSONField(null=True, blank=True, editable=False)
    outline_source = models.CharField(_("source of the outline"), max_length=200, blank=True)

    class Meta:
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"], name="region_name_is_unique_in_country"
            ),
            models.CheckConstraint(
                condition=models.Q(outline=None) | ~models.Q(outline_source=""),
                name="region_outline_has_its_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Industry(models.Model):
    """A section (a letter), division (two digits), group (three) or class (four) of ISIC Rev. 4.

    The section of a section is itself not said.
    """

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    title = models.CharField(_("title"), max_length=200)
    section = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "industries"

    def __str__(self) -> str:
        return f"{self.code} {names.industry(self.title, self.code)}"


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
