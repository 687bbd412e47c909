"""What the position of a cluster, and of a country's firms by size, is read from."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters import position
from clusters.models.registry import Cluster, has_come
from countries.models import Country, only_seen

TWICE = _("There are shares of this for this year already.")


class CapabilityAnswers(models.Model):
    """The answers, by the codes of `clusters.position`, on products and processes of a cluster.

    They are added or taken out, never changed: the newest of the newest year stand, the others say
    where it came from.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="capabilities")
    answers = models.JSONField(default=dict, editable=False)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1800), has_come]
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("Who looked at what: a survey, visits, a meeting."),
        validators=[only_seen],
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Nobody knows when the first were entered.
    at = models.DateTimeField(default=timezone.now, null=True, editable=False)

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name_plural = "capability answers"

    def __str__(self) -> str:
        return f"{self.cluster}, {self.year}"


class SizeStructure(models.Model):
    """Shares of employment in percent by size of firm, micro firms left out."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="size_structures")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), has_come]
    )
    coverage = models.CharField(
        _("of what, and where the classes end"),
        max_length=200,
        help_text=_("For instance: manufacturing; 5 to 49, 50 to 199, 200 workers and more."),
        validators=[only_seen],
    )
    small = models.DecimalField(_("small firms, %"), max_digits=5, decimal_places=2)
    medium = models.DecimalField(_("medium firms, %"), max_digits=5, decimal_places=2)
    large = models.DecimalField(_("large firms, %"), max_digits=5, decimal_places=2)
    source = models.CharField(_("source"), max_length=300, validators=[only_seen])

    class Meta:
        ordering = ["-year", "coverage"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "year", "coverage"],
                name="size_structure_is_one_a_year",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=models.Q(small__range=(0, 100), medium__range=(0, 100),
                                   large__range=(0, 100)),
                name="size_structure_is_in_percent",
                violation_error_message=_("A share is between 0 and 100 percent."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.country}, {self.year}"

    @property
    def shares(self) -> tuple[float, float, float]:
        return float(self.small), float(self.medium), float(self.large)

    @property
    def pattern(self) -> position.Structure:
        return position.size_structure(*self.shares)
