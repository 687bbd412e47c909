"""Tables of employment by region and industry, from which a country's clusters are mapped."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.models import File
from countries.models import Country, only_seen
from countries.revised import Revised

KEPT = "employment/"


class EmploymentTable(Revised):
    """A file of employment as its office gave it, and the map that is computed of it once.

    What a row that is not there means only its office knows: unknown, or `absent_is_zero`. A map is
    three Parquet files of rows (`clusters.employment.rows`), the cells sorted by year, and what is
    said of its years; it never changes. Of a file with faults, `marked` is the workbook that shows
    them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not read yet")
        FAULTY = "faulty", _("with faults")
        MAPPED = "mapped", _("mapped")

    country = models.ForeignKey(Country, models.PROTECT, related_name="employment_tables")
    title = models.CharField(_("title"), max_length=200, validators=[only_seen])
    source = models.CharField(_("source"), max_length=300, validators=[only_seen])
    absent_is_zero = models.BooleanField(default=False)
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("file"))
    plants = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plants")
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    told = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    fault_count = models.PositiveIntegerField(default=0)
    marked = models.FileField(upload_to=KEPT, max_length=200, blank=True)
    years = models.JSONField(default=list, blank=True)
    cells = models.FileField(upload_to=KEPT, max_length=200, blank=True)
    regions = models.FileField(upload_to=KEPT, max_length=200, blank=True)
    industries = models.FileField(upload_to=KEPT, max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "title"],
                name="employment_table_title_is_unique_in_country",
                violation_error_message=_("There is a table of this title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("clusters:employment", args=[self.pk])

    @property
    def topic(self) -> str:
        """The name under which events and jobs about the table are found."""
        return f"employment {self.pk}"

    @property
    def is_mapped(self) -> bool:
        return self.state == self.State.MAPPED
