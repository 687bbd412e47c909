"""What became of the plan of a published study: values, lessons, and how it is judged."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.judging import Judged
from clusters.models.studies import PlanLine, Study
from countries.models import only_seen


class Corrections(models.QuerySet):
    def standing(self) -> Self:
        """Those that no correction has taken the place of."""
        return self.filter(correction=None)


class Corrected(models.Model):
    """What is only added: the database sees to it.

    A correction is a row that `replaces` an earlier one, with its `reason`; both stay readable.
    """

    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="correction"
    )
    reason = models.CharField(_("reason of the correction"), max_length=500, blank=True)

    objects = Corrections.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaces=None, reason="")
                | (models.Q(replaces__isnull=False) & ~models.Q(reason="")),
                name="%(class)s_is_corrected_with_a_reason",
                violation_error_message=_("Give a reason."),
            ),
        ]


class Reading(Corrected):
    """Where the indicator of a line stood on a day, and how the line stands.

    A correction is of the same day.
    """

    class Status(models.TextChoices):
        UNDER_WAY = "under_way", _("under way")
        LATE = "late", _("late")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="readings")
    day = models.DateField(_("day"))
    value = models.DecimalField(_("where the indicator stands"), max_digits=15, decimal_places=4)
    status = models.CharField(_("how it stands"), max_length=9, choices=Status.choices)
    source = models.CharField(_("source"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField(null=True, blank=True, editable=False)  # the first ones have none

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            *Corrected.Meta.constraints,
            models.UniqueConstraint(
                fields=["line", "day"],
                condition=models.Q(replaces=None),
                name="reading_is_one_a_day",
                violation_error_message=_(
                    "There is a value of this day already; a wrong one is corrected."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.day}"


class Lesson(Corrected):
    """What was learnt on the way.

    `author` stands on the published page, in the words of whoever writes; `by` is for the record.
    """

    study = models.ForeignKey(Study, models.PROTECT, related_name="lessons")
    line = models.ForeignKey(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("line of the plan, if it is about one"),
    )  # fmt: skip
    day = models.DateField(_("day"))
    text = models.CharField(_("lesson"), max_length=500)
    author = models.CharField(
        _("who says so"), max_length=200, validators=[only_seen],
        help_text=_("An organisation or a group. It stands on the page for everybody."),
    )  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Corrected.Meta):
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.text


class StudyJudgement(Judged):
    """What the study and its plan came to by one criterion."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="judgements")

    class Meta:
        ordering = ["study", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "criterion"], name="study_judgement_is_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.study}"
