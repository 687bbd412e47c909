"""Instrument versions. Once published a version and its items never change: triggers see to it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from countries.models import Country
from diagnostics.authoring import canonical
from diagnostics.scoring.instrument import Instrument


class InstrumentVersion(models.Model):
    """One version of a check-sheet; `content` is its canonical JSON and the truth about it.

    `country` is the one whose rounds alone may use it, `based_on` the published version of which
    it is a copy; `changed_by` wrote in the draft last. A draft has no rows of items to rely on.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    class Subject(models.TextChoices):
        COUNTRY = "country", _("country")
        CLUSTER = "cluster", _("cluster")
        FIRM = "firm", _("firm")

    code = models.SlugField(_("code"), max_length=60)
    version = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="instruments"
    )
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="instrument_version_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def get_absolute_url(self) -> str:
        if self.state == self.State.DRAFT:
            return reverse("diagnostics:draft", args=[self.pk])
        return reverse("diagnostics:handbook", args=[self.code, self.version])

    @property
    def instrument(self) -> Instrument:
        """The version as plain values; a published one is read once a process."""
        if self.state == self.State.DRAFT:
            return canonical.from_data(self.content)
        if self.sha256 not in _read:
            _read[self.sha256] = canonical.from_data(self.content)
        return _read[self.sha256]


_read: dict[str, Instrument] = {}


class Item(models.Model):
    """One row of a version's sheet; the code survives from version to version."""

    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="items")
    code = models.CharField(max_length=100)
    theme = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_code_is_unique"),
            models.UniqueConstraint(fields=["version", "position"], name="item_position_is_unique"),
        ]

    def __str__(self) -> str:
        return self.code
