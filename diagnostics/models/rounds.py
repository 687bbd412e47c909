"""Rounds and their sheets."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from clusters.models import Cluster, Firm
from countries.models import Country
from diagnostics.models.instruments import InstrumentVersion


class Round(models.Model):
    """One subject, one instrument version, one period (method.md section 1).

    `provenance` says what the answers are, so that nothing can pass for an assessment that is none.
    The round of a firm is its profile: one sheet, collecting for good, and private
    (`diagnostics.firms`).
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        COLLECTING = "collecting", _("collecting answers")
        SETTLING = "settling", _("settling differences")
        CLOSED = "closed", _("closed")
        ARCHIVED = "archived", _("archived")

    class Provenance(models.TextChoices):
        ASSESSMENT = "assessment", _("assessment")
        CODED = "coded", _("coded from a document")
        FICTIONAL = "fictional", _("invented answers")
        PRACTICE = "practice", _("practice")  # for learning: no report is made of it

    country = models.ForeignKey(Country, models.PROTECT, related_name="rounds")
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, blank=True, related_name="rounds")
    instrument_version = models.ForeignKey(
        InstrumentVersion, models.PROTECT, related_name="rounds", verbose_name=_("instrument")
    )
    subject = models.CharField(max_length=10, choices=InstrumentVersion.Subject.choices)
    title = models.CharField(_("title"), max_length=200)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    due_on = models.DateField(_("answers due on"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    provenance = models.CharField(
        max_length=10, choices=Provenance.choices, default=Provenance.ASSESSMENT
    )
    label = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-period_end", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_start__lte=models.F("period_end")),
                name="round_period_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(subject="country", cluster=None, firm=None)
                | models.Q(subject="cluster", cluster__isnull=False, firm=None)
                | models.Q(subject="firm", cluster=None, firm__isnull=False),
                name="round_has_the_subject_it_names",
            ),
            models.CheckConstraint(
                condition=models.Q(provenance="assessment") | ~models.Q(label=""),
                name="round_that_is_no_assessment_says_so",
            ),
            models.UniqueConstraint(
                fields=["firm", "instrument_version"], name="round_is_one_per_firm_and_instrument"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.firm.get_absolute_url() if self.firm else reverse("round", args=[self.pk])

    @property
    def topic(self) -> str:
        """The name under which events and jobs about the round are found."""
        return f"round {self.pk}"

    @property
    def subject_name(self) -> str:
        return str(self.firm or self.cluster or self.country)


class Panel(models.TextChoices):
    GOVERNMENT = "government", _("government")
    INDEPENDENT = "independent", _("independent")
    PRIVATE = "private", _("private")
    AGREED = "agreed", _("agreed")


class Sheet(models.Model):
    """The answers of one rater: an organisation in a panel. One more per round is the agreed one.

    `submission` counts how often it was submitted, so that work on one submission has its own name.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        REOPENED = "reopened", _("reopened")

    round = models.ForeignKey(Round, models.CASCADE, related_name="sheets")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    panel = models.CharField(_("panel"), max_length=12, choices=Panel.choices)
    themes = ArrayField(models.CharField(max_length=60), verbose_name=_("themes"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    submission = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["round", "panel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], name="sheet_is_one_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(panel="agreed"),
                name="sheet_agreed_is_one_per_round",
            ),
            models.CheckConstraint(
                condition=models.Q(panel="agreed", organisation=None)
                | (~models.Q(panel="agreed") & models.Q(organisation__isnull=False)),
                name="sheet_has_a_rater_unless_agreed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or _("Agreed sheet"))

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:sheet", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state != self.State.SUBMITTED and self.round.state == Round.State.COLLECTING
