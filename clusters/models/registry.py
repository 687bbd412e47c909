"""The registry: clusters of firms, what is known of them and where it stands."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusters import identity, units
from countries.models import Country, Document, Industry, Region, only_seen
from countries.revised import Revised

LONGEST_NAME = 150
LEAST_OF_INDUSTRY = 20  # letters of a candidate's name

FIRST_TO_SEE_A_DAY = timedelta(hours=14)  # ahead of UTC


def is_latitude(degrees: float) -> None:
    """Raise ValidationError for what is beyond the poles."""
    if not -90 <= degrees <= 90:
        raise ValidationError(
            _(
                "A latitude is expected: degrees from −90 to 90, north above 0. Are latitude and "
                "longitude swapped?"
            )
        )


def is_longitude(degrees: float) -> None:
    """Raise ValidationError for what is farther than half around the globe."""
    if not -180 <= degrees <= 180:
        raise ValidationError(_("A longitude is expected: degrees from −180 to 180, east above 0."))


def has_come(year: int) -> None:
    """Raise ValidationError for a year that has begun nowhere: what is measured is not foretold."""
    if year > (timezone.now() + FIRST_TO_SEE_A_DAY).year:
        raise ValidationError(_("That year has not come yet."))


def candidate_name(industry: str, region: str) -> str:
    """What an entry made of a cell is called: the industry is shortened, its code stays; the
    region only where it leaves no room for that.
    """
    region = shortened(region, LONGEST_NAME - LEAST_OF_INDUSTRY - len(", "))
    return f"{shortened(industry, LONGEST_NAME - len(region) - len(', '))}, {region}"


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and "…" where it has more letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


class Cluster(Revised):
    """A sectoral and geographic concentration of firms, or a candidate (method.md section 11).

    `test` holds the answers to the questions of `clusters.identity` by their code, `grounds` on
    what they rest where a document gives them; what follows is derived whenever it is shown. An
    entry taken from a document names its place there, has a `code` and, in `words`, its texts in
    other languages by their English; one from a table of employment names the cell, whatever the
    entry is called later.
    """

    class Formation(models.TextChoices):
        """The two types of adbi-2007, lecture 4."""

        UNKNOWN = "", _("not known")
        MANY = "many", _("type 1: many small and medium firms of one trade")
        PYRAMID = "pyramid", _("type 2: suppliers around an assembler")

    class PointOf(models.TextChoices):
        """What stands at the point."""

        UNKNOWN = "", _("not said")
        TOWN = "town", _("the town")
        PLACE = "place", _("the place itself")
        SEAT = "seat", _("the main town of the province, region or district")
        MIDDLE = "middle", _("about the middle of the area")
        FIRST = "first", _("the first of the places named")

    class Phase(models.TextChoices):
        """The phases of adbi-2007, lecture 5."""

        UNKNOWN = "", _("not known")
        INITIATION = "initiation", _("initiation")
        QUANTITY = "quantity", _("quantity expansion")
        QUALITY = "quality", _("quality improvement")

    country = models.ForeignKey(
        Country, models.PROTECT, related_name="clusters", verbose_name=_("country")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME, validators=[only_seen])
    place = models.CharField(_("place"), max_length=150, blank=True, validators=[only_seen])
    regions = models.ManyToManyField(
        Region, blank=True, related_name="clusters", verbose_name=_("regions")
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[is_latitude],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[is_longitude],
    )
    point_of = models.CharField(
        _("what the point is"), max_length=6, choices=PointOf.choices, blank=True, default=""
    )
    industry = models.ForeignKey(
        Industry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("industry (ISIC Rev. 4)"),
    )
    national_code = models.CharField(
        _("national industry code"), max_length=30, blank=True, validators=[only_seen]
    )
    products = models.CharField(_("products"), max_length=300, blank=True, validators=[only_seen])
    formation = models.CharField(
        _("type"), max_length=7, choices=Formation.choices, blank=True, default=Formation.UNKNOWN
    )
    history = models.TextField(_("history"), blank=True, max_length=5000)
    test = models.JSONField(default=dict, editable=False)
    grounds = models.JSONField(default=dict, editable=False)
    told_phase = models.CharField(
        _("phase"), max_length=10, choices=Phase.choices, blank=True, default="", editable=False
    )
    told_phase_ground = models.CharField(max_length=500, blank=True, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    document_place = models.CharField(max_length=300, blank=True, editable=False)
    code = models.SlugField(max_length=60, blank=True, editable=False)
    words = models.JSONField(default=dict, editable=False)
    table = models.ForeignKey(
        "EmploymentTable",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="candidates",
    )
    table_region = models.CharField(max_length=150, blank=True, editable=False)
    table_industry = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "country",
                Lower("name"),
                name="cluster_name_is_unique_in_country",
                violation_error_message=_("The country has a cluster of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="cluster_point_is_on_the_globe",
                violation_error_message=_("A point needs both a latitude and a longitude."),
            ),
            models.CheckConstraint(
                condition=models.Q(document=None, document_place="")
                | (models.Q(document__isnull=False) & ~models.Q(document_place="")),
                name="cluster_document_has_its_place",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="cluster_code_is_unique"
            ),
            models.UniqueConstraint(
                fields=["country", "table_region", "table_industry"],
                condition=models.Q(table__isnull=False),
                name="cluster_is_one_of_its_cell",
                violation_error_message=_("This concentration is in the registry already."),
            ),
        ]

    def __str__(self) -> str:
        return self.told(self.name)

    def get_absolute_url(self) -> str:
        return reverse("clusters:cluster", args=[self.pk])

    def told(self, text: str) -> str:
        """A text of the entry in the language of the page.

        One that somebody has changed is no longer the document's, and stays as it was written.
        """
        return self.words.get(get_language(), {}).get(text, text)

    @property
    def is_placeless(self) -> bool:
        """Whether its document names no place in the country."""
        return bool(self.document_id) and not self.place

    @property
    def topic(self) -> str:
        """The name under which events about the cluster are found."""
        return f"cluster {self.pk}"

    @property
    def verdict(self) -> identity.Verdict:
        """What the answers of the guided test make of it."""
        return identity.verdict(self.test)

    @property
    def answered(self) -> list[identity.Answered]:
        """What is known of the questions of the test, and where from."""
        grounds = {question: self.told(ground) for question, ground in self.grounds.items()}
        return identity.answered(self.test, grounds)


class ClusterFigure(models.Model):
    """One figure of a cluster with its source; without a year where the source names none."""

    class Measure(models.TextChoices):
        FIRMS = "firms", _("firms")
        MICRO = "firms_micro", _("micro firms")
        SMALL = "firms_small", _("small firms")
        MEDIUM = "firms_medium", _("medium firms")
        LARGE = "firms_large", _("large firms")
        EMPLOYMENT = "employment", _("people employed")
        OUTPUT = "output", _("output")
        EXPORTS = "exports", _("exports")
        EXPORT_SHARE = "export_share", _("share of output exported")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="figures")
    measure = models.CharField(_("figure"), max_length=14, choices=Measure.choices)
    value = models.DecimalField(
        _("value"), max_digits=20, decimal_places=4, validators=[MinValueValidator(0)]
    )
    unit = models.CharField(_("unit"), max_length=60, validators=[only_seen])
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), has_come],
    )
    source = models.CharField(_("source"), max_length=300, validators=[only_seen])

    class Meta:
        ordering = ["measure", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "measure", "unit", "year"],
                name="cluster_figure_is_one_a_year",
                nulls_distinct=False,
                violation_error_message=_("There is a figure for this year already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(measure="export_share") | models.Q(value__lte=100),
                name="cluster_figure_share_is_in_percent",
                violation_error_message=_("A share is in percent: expected at most 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.get_measure_display()}, {self.year}"

    def clean(self) -> None:
        """Raise ValidationError where number or unit are not what the figure takes."""
        if self.unit and (found := units.fault(self.measure, self.value, self.unit)):
            field, sentence = found
            raise ValidationError({field: sentence})
