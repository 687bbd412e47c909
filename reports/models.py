"""Report versions: snapshots that nothing changes any more, and the files made of them."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.models import File
from countries.models import Country
from diagnostics.models import Round, Scoring


class ReportVersion(models.Model):
    """One numbered version of a closed round's report.

    `snapshot` holds all the report shows; `sha256` is over its canonical JSON. A database trigger
    refuses to change either.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("superseded")

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("version"))
    scoring = models.ForeignKey(Scoring, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="report_number_is_unique"),
            models.UniqueConstraint(fields=["scoring"], name="report_is_one_per_scoring"),
        ]

    def __str__(self) -> str:
        return _("%(round)s, version %(number)s") % {"round": self.round, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])


class Rendition(models.Model):
    """A report version as a file: one form, for one audience, in one language; never changed.

    `key` is the hash of all that went into it (`reports.renditions`). A database trigger refuses
    changes, and refuses to remove the file of a published version.
    """

    class Form(models.TextChoices):
        PDF = "pdf", _("PDF")
        WORD = "docx", _("Word")
        EXCEL = "xlsx", _("Excel")
        BUNDLE = "zip", _("ZIP")

    report = models.ForeignKey(ReportVersion, models.PROTECT, related_name="renditions")
    form = models.CharField(max_length=4, choices=Form.choices)
    audience = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=64, unique=True)
    published = models.BooleanField()
    content = models.FileField(upload_to="renditions/%Y/%m", max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["report", "form", "audience", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "form", "audience", "language"],
                condition=models.Q(published=True),
                name="rendition_of_a_published_report_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.audience} {self.language} {self.get_form_display()}"


class PaperChoices(models.Model):
    """What a country puts on the cover of its reports, and the sections it leaves out.

    `off` holds for an audience the codes of sections (`reports.rendering.sections.TITLES`).
    """

    country = models.OneToOneField(Country, models.PROTECT, related_name="+")
    cover_text = models.TextField(blank=True)
    logo = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    off = models.JSONField(default=dict)

    class Meta:
        ordering = ["country"]
        verbose_name_plural = "paper choices"

    def __str__(self) -> str:
        return str(self.country)

    @classmethod
    def of(cls, country_id: str) -> Self:
        """The country's choices, or those of a country that made none."""
        kept = cls.objects.select_related("logo").filter(country=country_id).first()
        return kept or cls(country_id=country_id)
