"""The library of experience: what documents report of programmes and measures."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from countries.models import Country, Document


class Topic(models.TextChoices):
    BUSINESS_ENVIRONMENT = "business_environment", _("Policy and business environment")
    BDS = "bds", _("Business development services")
    FINANCE = "finance", _("Finance")
    TECHNOLOGY = "technology", _("Technology")
    CLUSTERS = "clusters", _("Clusters and linkages")


class Addressee(models.TextChoices):
    GOVERNMENT = "government", _("government")
    BUSINESS_ASSOCIATIONS = "business_associations", _("business associations")
    DONORS = "donors", _("donors")
    SERVICE_PROVIDERS = "service_providers", _("service providers")


class Pathway(models.TextChoices):
    COMPETITIVE = "competitive", _("competitive")
    INCLUSIVE = "inclusive", _("inclusive")


class Experience(models.Model):
    """One entry, from diagnostics/library; loading renews it by its code.

    Themes, stages, addressees and the pathway say for whom it is worth reading; they are our
    reading, while `document` and `place` say where it is reported.
    """

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("programme")
        MEASURE = "measure", _("measure")
        POLICY = "policy", _("policy or law")
        INSTITUTION = "institution", _("institution")
        CASE = "case", _("case")
        PLAN = "plan", _("plan or proposal")
        LESSON = "lesson", _("lesson")

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField()
    outcome = models.TextField(blank=True)
    countries = models.ManyToManyField(Country, related_name="+")
    clusters = models.ManyToManyField(Cluster, related_name="experiences")
    themes = ArrayField(models.CharField(max_length=30, choices=Topic.choices))
    stages = ArrayField(models.PositiveSmallIntegerField())
    addressees = ArrayField(models.CharField(max_length=30, choices=Addressee.choices))
    pathway = models.CharField(max_length=12, choices=Pathway.choices, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    place = models.CharField(max_length=300)

    class Meta:
        ordering = ["title"]
        indexes = [GinIndex(fields=["themes"], name="experience_by_theme")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:experience", args=[self.code])

    @property
    def told(self) -> "Experience | ExperienceTranslation":
        """The entry in the language of the page, or itself where it is not translated."""
        language = get_language()
        return next((one for one in self.translations.all() if one.language == language), self)

    @property
    def theme_names(self) -> list[str]:
        return [str(Topic(one).label) for one in self.themes]

    @property
    def addressee_names(self) -> list[str]:
        return [str(Addressee(one).label) for one in self.addressees]


class ExperienceTranslation(models.Model):
    """The words of an entry in another language; `reviewed_by` stays blank until somebody has."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    text = models.TextField()
    outcome = models.TextField(blank=True)
    place = models.CharField(max_length=400)
    reviewed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["experience", "language"], name="experience_translated_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
