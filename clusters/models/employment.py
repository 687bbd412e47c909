"""Tables of employment by region and industry, from which a country's clusters are mapped."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.models import File
from countries.models import Country


class EmploymentTable(models.Model):
    """A file of employment as its office gave it; everything shown is computed from the file.

    What a row that is not there means only its office knows: unknown, or `absent_is_zero`.
    """

    country = models.ForeignKey(Country, models.PROTECT, related_name="employment_tables")
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=300)
    absent_is_zero = models.BooleanField(default=False)
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("file"))

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
