"""The diagnostic study of a cluster: what is found, and what is to be done."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activity import spans
from clusters.models.registry import Cluster
from countries.models import only_seen
from countries.revised import Revised

LONG = 10000


class Study(Revised):
    """One numbered study. Once approved it is read from `snapshot`, whose hash is `sha256`.

    What was published stays as it was: the database lets it only be superseded and withdrawn.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    WRITTEN = (State.DRAFT, State.REVIEW, State.APPROVED)
    PUBLIC = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)  # has an address that stays
    FOLLOWED = (State.PUBLISHED, State.SUPERSEDED)

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="studies")
    number = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    production_system = models.TextField(_("production system"), blank=True, max_length=LONG)
    linkages = models.TextField(_("linkages"), blank=True, max_length=LONG)
    institutions = models.TextField(_("institutions"), blank=True, max_length=LONG)
    framework = models.TextField(_("framework conditions"), blank=True, max_length=LONG)
    vision = models.TextField(_("vision"), blank=True, max_length=2000)
    initiation = models.TextField(
        _("government: starting the industry"), blank=True, max_length=2000,
        help_text=_("Firms to learn from, investors from abroad, model plants."),
    )  # fmt: skip
    formation = models.TextField(
        _("government: helping the cluster form"), blank=True, max_length=2000,
        help_text=_("Market places, zones for firms of the trade, roads."),
    )  # fmt: skip
    innovation = models.TextField(
        _("government: innovation of many kinds"), blank=True, max_length=2000,
        help_text=_("Training in marketing, management, technology; loans to those who do well."),
    )  # fmt: skip
    donors = models.TextField(_("support asked of donors"), blank=True, max_length=2000)
    principles = models.JSONField(default=dict, editable=False)
    snapshot = models.JSONField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["cluster", "-number"]
        verbose_name_plural = "studies"
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="study_number_is_unique"),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=models.Q(state__in=["draft", "review", "approved"]),
                name="study_is_written_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=models.Q(state="published"),
                name="study_published_is_one_per_cluster",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "review"], snapshot__isnull=True, sha256="")
                | (~models.Q(state__in=["draft", "review"]) & models.Q(snapshot__isnull=False)
                   & ~models.Q(sha256="")),
                name="study_is_hashed_once_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "review", "approved"], published_at=None)
                | models.Q(state__in=["published", "superseded", "withdrawn"],
                           published_at__isnull=False),
                name="study_has_its_day_once_published",
            ),
            models.CheckConstraint(
                condition=(models.Q(state="withdrawn") & ~models.Q(withdrawn_because=""))
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_because="")),
                name="study_is_withdrawn_with_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        names = {"cluster": self.cluster, "number": self.number}
        return _("%(cluster)s: diagnostic study %(number)s") % names

    def get_absolute_url(self) -> str:
        return reverse("clusters:study", args=[self.pk])

    @property
    def topic(self) -> str:
        """The name under which its comments and events are found."""
        return f"study {self.pk}"


class SwotLine(Revised):
    """One line; `evidence` says in words what it points to, as it stood when it was chosen.

    `evidence_words` says the same by language; empty where the words are somebody's own. A draft
    is read with the words of now (`studies.content`); these stand in where the thing is gone.
    """

    class Kind(models.TextChoices):
        STRENGTH = "strength", pgettext_lazy("of a cluster", "strength")
        WEAKNESS = "weakness", _("weakness")
        OPPORTUNITY = "opportunity", _("opportunity")
        THREAT = "threat", _("threat")

    study = models.ForeignKey(Study, models.CASCADE, related_name="swot")
    kind = models.CharField(_("what it is"), max_length=11, choices=Kind.choices)
    text = models.CharField(_("in a sentence"), max_length=500, validators=[only_seen])
    evidence_key = models.CharField(max_length=120, editable=False)
    evidence = models.CharField(max_length=500, editable=False)
    evidence_words = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(evidence="") & ~models.Q(evidence_key=""),
                name="swot_line_points_to_evidence",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def evidence_told(self) -> str:
        """What it points to, in the language of now."""
        return self.evidence_words.get(get_language()) or self.evidence


class Problem(Revised):
    """A problem of one of the five kinds (adbi-2007, lecture 9), and what firms do about it."""

    class Kind(models.TextChoices):
        INPUTS = "inputs", _("cost of inputs")
        CREDIT = "credit", _("credit")
        MARKETS = "markets", _("markets")
        INNOVATION = "innovation", _("innovation")
        INFRASTRUCTURE = "infrastructure", _("infrastructure of the sector")

    class Risk(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    study = models.ForeignKey(Study, models.CASCADE, related_name="problems")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    text = models.CharField(_("the problem"), max_length=500, validators=[only_seen])
    action = models.CharField(_("joint action"), max_length=500, validators=[only_seen])
    risk = models.CharField(_("risk of it"), max_length=6, choices=Risk.choices)
    risk_text = models.CharField(_("what may go wrong"), max_length=500)
    conditions = models.CharField(_("what has to be given first"), max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class PlanLine(Revised):
    """One line of the action plan, of one of the five kinds of adbi-2007, lecture 9."""

    class Kind(models.TextChoices):
        TRUST = "trust", _("trust and awareness")
        PILOT = "pilot", _("pilot")
        REGULAR = "regular", _("regular activity")
        STRATEGIC = "strategic", _("strategic, long run")
        LINKAGES = "linkages", _("linkages and institutions")

    study = models.ForeignKey(Study, models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    text = models.CharField(_("what is done"), max_length=500, validators=[only_seen])
    owner = models.CharField(_("who answers for it"), max_length=200, validators=[only_seen])
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    cost = models.DecimalField(
        _("cost"), max_digits=15, decimal_places=2, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(
        _("currency (three letters, such as USD)"), max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, such as USD."))],
    )  # fmt: skip
    payer = models.CharField(
        _("who pays, if it is known"), max_length=200, blank=True, validators=[only_seen]
    )
    indicator = models.CharField(
        _("indicator, with its unit"), max_length=300, validators=[only_seen]
    )
    baseline = models.DecimalField(_("where it stands now"), max_digits=15, decimal_places=4)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=4)

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lte=models.F("end")),
                name="plan_line_runs_forward",
                violation_error_message=_("The end is before the start."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Raise ValidationError where it runs further than a plan reaches (`activity.spans`)."""
        today = self.study.cluster.country.today()
        if faults := spans.faults(self.start, self.end, around=today):
            raise ValidationError(faults)
