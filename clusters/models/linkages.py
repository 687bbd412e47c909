"""Who deals with whom in a cluster, as surveys found it on their dates (method.md section 11)."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters import network
from clusters.models.registry import Cluster
from countries.models import only_seen
from countries.revised import Revised


class Actor(Revised):
    """A firm or an institution of which surveys tell; what it is, each survey says for its date."""

    class Kind(models.TextChoices):
        """The kinds of `clusters.network.Kind`, in words."""

        CORE = network.Kind.CORE, _("core firm")
        ANCHOR = network.Kind.ANCHOR, _("large or anchor firm")
        SUPPLIER = network.Kind.SUPPLIER, _("supplier")
        BUYER = network.Kind.BUYER, _("buyer")
        SERVICE = network.Kind.SERVICE, _("commercial services")
        SUPPORT = network.Kind.SUPPORT, _("support institution")
        GOVERNMENT = network.Kind.GOVERNMENT, _("government")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="actors")
    name = models.CharField(_("name"), max_length=150, validators=[only_seen])

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "cluster",
                Lower("name"),
                name="actor_name_is_unique_in_cluster",
                violation_error_message=_("The cluster has an actor of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class LinkageSurveys(models.QuerySet):
    def with_ties(self) -> Self:
        """Those that told of somebody dealing with somebody: of the others nothing is known."""
        return self.filter(Exists(Tie.objects.filter(survey=OuterRef("pk"))))


class LinkageSurvey(Revised):
    """One inquiry into the linkages of a cluster; its actors and ties are as found on the date."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="linkage_surveys")
    title = models.CharField(_("title"), max_length=200, validators=[only_seen])
    date = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=300, validators=[only_seen])
    actors = models.ManyToManyField(Actor, through="SurveyedActor", related_name="surveys")

    objects = LinkageSurveys.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "title"],
                name="linkage_survey_title_is_unique_in_cluster",
                violation_error_message=_("There is a survey of this title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("clusters:network", args=[self.pk])


class SurveyedActor(models.Model):
    """An actor as it was at the date of a survey, `inside` where it was of the cluster's place.

    One that did not answer is unknown, it did not say no.
    """

    survey = models.ForeignKey(LinkageSurvey, models.CASCADE, related_name="surveyed")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="surveyed")
    kind = models.CharField(_("kind"), max_length=10, choices=Actor.Kind.choices)
    inside = models.BooleanField(_("inside the cluster"), default=True)
    answered = models.BooleanField(_("answered"), default=True)

    class Meta:
        ordering = ["actor__name"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "actor"], name="actor_is_once_in_a_survey"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in network.Kind]),
                name="actor_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.actor}"


class Tie(models.Model):
    """What `source` told of its dealings with `target`.

    `direction` is seen from `source`; `since` is a year, a month or a day in ISO 8601, blank where
    not said; `note` says where else it is known from.
    """

    class Kind(models.TextChoices):
        TRADE = "trade", _("buys and sells")
        CONTRACT = "contract", _("subcontracts")
        KNOWLEDGE = "knowledge", _("shares knowledge")
        FINANCE = "finance", _("gives or takes credit")
        SERVICE = "service", _("serves or is served")
        JOINT = "joint", _("acts jointly")

    class Direction(models.TextChoices):
        """The directions of `clusters.network.Direction`, in words."""

        UNSAID = network.Direction.UNSAID, _("not said")
        GIVES = network.Direction.GIVES, _("gives")
        TAKES = network.Direction.TAKES, _("takes")
        BOTH = network.Direction.BOTH, _("both ways")

    class Strength(models.IntegerChoices):
        WEAK = 1, _("now and then")
        REGULAR = 2, _("regular")
        STRONG = 3, _("close")

    survey = models.ForeignKey(LinkageSurvey, models.CASCADE, related_name="ties")
    source = models.ForeignKey(Actor, models.PROTECT, related_name="ties_told")
    target = models.ForeignKey(Actor, models.PROTECT, related_name="ties_named")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    strength = models.PositiveSmallIntegerField(
        _("strength"), choices=Strength.choices, default=Strength.REGULAR
    )
    direction = models.CharField(
        _("direction"), max_length=5, choices=Direction.choices, blank=True, default=""
    )
    since = models.CharField(_("since"), max_length=10, blank=True)
    note = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["source__name", "target__name", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "source", "target", "kind"], name="tie_is_told_once_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="tie_has_two_ends"
            ),
            models.CheckConstraint(
                condition=models.Q(strength__range=(1, 3)), name="tie_strength_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=[one.value for one in network.Direction]),
                name="tie_direction_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(since__regex=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"),
                name="tie_since_is_a_day_or_a_part_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
