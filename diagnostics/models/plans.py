"""The action plan that follows from a round: measures, their funding, and what became of them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity.judging import Judged
from diagnostics.models.library import Addressee, Pathway
from diagnostics.models.rounds import Round


class Plan(models.Model):
    """The plan of one closed round, of a country or of a cluster."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        AGREED = "agreed", _("agreed")
        CLOSED = "closed", _("closed")

    round = models.OneToOneField(Round, models.PROTECT, related_name="plan")
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    begun_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return _("Action plan: %(round)s") % {"round": self.round}

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:plan", args=[self.round_id])


class Status(models.TextChoices):
    PLANNED = "planned", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    LATE = "late", _("late")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Measure(models.Model):
    """One thing to be done; its cost is in prices of `price_year`.

    `picked` says what it was picked from: an item's code and level (`finance.loans/3`), the code
    of an approach, or nothing for a measure of the country's own.
    """

    class Horizon(models.IntegerChoices):
        SHORT = 1, _("within one year")
        LONG = 5, _("within five years")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    theme = models.CharField(_("theme"), max_length=60)
    horizon = models.PositiveSmallIntegerField(_("horizon"), choices=Horizon.choices)
    picked = models.CharField(max_length=110, blank=True, editable=False)
    title = models.CharField(_("what is to be done or reached"), max_length=500)
    text = models.TextField(_("how"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("owner: the organisation that answers for it"),
    )  # fmt: skip
    addressee = models.CharField(
        _("for whom to act"), max_length=30, choices=Addressee.choices, blank=True
    )
    pathway = models.CharField(_("pathway"), max_length=12, choices=Pathway.choices, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost"), max_digits=15, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    currency = models.CharField(
        _("currency (three letters, such as USD)"), max_length=3, blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, such as USD."))],
    )  # fmt: skip
    price_year = models.PositiveSmallIntegerField(
        _("in prices of the year"), null=True, blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )  # fmt: skip
    cost_source = models.CharField(_("who estimated the cost, and how"), max_length=300, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    baseline = models.CharField(_("where it stands now"), max_length=100, blank=True)
    target = models.CharField(_("target"), max_length=100, blank=True)
    risk = models.TextField(_("what may go wrong"), max_length=1000, blank=True)
    condition = models.TextField(_("what has to be given first"), max_length=1000, blank=True)
    requires = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="required_by",
        verbose_name=_("measures that have to come first"),
    )  # fmt: skip

    class Meta:
        ordering = ["horizon", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start=None) | models.Q(end=None)
                | models.Q(start__lte=models.F("end")),
                name="measure_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=None)
                | (~models.Q(currency="") & models.Q(price_year__isnull=False)),
                name="measure_cost_has_currency_and_year",
            ),
            models.UniqueConstraint(
                fields=["plan", "picked"], condition=~models.Q(picked=""),
                name="measure_is_picked_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:measure", args=[self.pk])


class Funding(models.Model):
    """Who pays how much of a measure, in its currency and prices."""

    class Source(models.TextChoices):
        BUDGET = "budget", _("public budget")
        DONOR = "donor", _("donor")
        PRIVATE = "private", _("firms and others")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="funding")
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    funder = models.CharField(_("who pays, from which line"), max_length=200)
    amount = models.DecimalField(
        _("amount"), max_digits=15, decimal_places=2, validators=[MinValueValidator(1)]
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.funder}: {self.amount}"


class ProgressNote(models.Model):
    """What was reported of a measure on a day. Rows are only added: the database sees to it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="notes")
    status = models.CharField(_("how it stands"), max_length=9, choices=Status.choices)
    text = models.TextField(_("what was done, what is in the way"), max_length=2000)
    value = models.CharField(_("where the indicator stands"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_status_display()}"


class Interest(models.Model):
    """A donor would look at funding a measure; no promise."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("in what, and whom to speak with"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "organisation"],
                condition=models.Q(withdrawn_at=None),
                name="interest_is_one_per_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.measure}"


class Judgement(Judged):
    """What the plan came to by one criterion."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="judgements")

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "criterion"], name="judgement_is_one_each")
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.plan}"
