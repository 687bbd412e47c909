"""Instrument versions. Once published a version and its items never change: triggers see to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diagnostics.authoring import canonical
from diagnostics.scoring.instrument import Instrument


class InstrumentVersion(models.Model):
    """One version of a check-sheet; `content` is its canonical JSON and the truth about it."""

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

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="instrument_version_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def instrument(self) -> Instrument:
        """The version as plain values, read once a process."""
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
