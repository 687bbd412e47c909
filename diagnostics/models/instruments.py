"""Instrument versions. Once published a version and its items never change: triggers see to it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from activity.translated import Translated
from countries.models import Country
from countries.wording import words_of
from diagnostics.authoring import canonical, translating
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

    @property
    def told(self) -> Instrument:
        """The version as a person reads it: in the language of now, in English what has no other.

        For showing only; what is scored, stored and compared is `instrument`.
        """
        found = list(self.translations_in(get_language() or "en"))
        if not found or self.state == self.State.DRAFT:
            return translating.in_words(self.instrument, joined(found))
        key = " ".join([self.sha256, *(one.sha256 for one in found)])
        if key not in _read:
            _read[key] = translating.in_words(self.instrument, joined(found))
        return _read[key]

    @property
    def called(self) -> str:
        """Title and version as a page shows them, in the language of now."""
        title = self.words(get_language() or "en").get(self.title, self.title)
        return f"{title} {self.version}"

    def said(self, result: dict[str, Any]) -> dict[str, Any]:
        """A stored result with the version's texts and its sentences in the language of now."""
        words = self.words(get_language() or "en") | words_of(result)
        return translating.said(result, words) if words else result

    def words(self, language: str) -> dict[str, str]:
        """The version's texts in the language by the English ones: {} where there is none.

        What it does not translate itself, the version it is based on may, where the text is the
        same.
        """
        return joined(self.translations_in(language))

    def translated(self, text: str) -> Translated:
        """One of its texts in every language spoken here, for a fact that is kept."""
        spoken = [code for code, _name in settings.LANGUAGES]
        return Translated(
            text, {code: its for code in spoken if (its := self.words(code).get(text))}
        )

    @property
    def named(self) -> Translated:
        """Title and version, likewise."""
        others = self.translated(self.title).others
        return Translated(
            str(self), {code: f"{its} {self.version}" for code, its in others.items()}
        )

    def translations_in(
        self, language: str, recorded: Iterable[str] | None = None
    ) -> "Iterator[InstrumentTranslation]":
        """Its own translation first, then those of the versions it is based on.

        `recorded` are the hashes of those to take, else the newest are taken.
        """
        if language == "en":
            return
        version: InstrumentVersion | None = self
        while version is not None:
            rows = version.translations.filter(language=language)
            if recorded is not None:
                rows = rows.filter(sha256__in=recorded)
            if one := rows.defer("content").first():
                one.version = version
                yield one
            version = version.based_on


_read: dict[str, Instrument] = {}


def joined(translations: "Iterable[InstrumentTranslation]") -> dict[str, str]:
    """The words of all, of the first that has them."""
    found: dict[str, str] = {}
    for one in translations:
        found = one.words | found
    return found


class InstrumentTranslation(models.Model):
    """A version's words in one language; a newer file is a newer row, and rows never change."""

    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=10)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reviewed_by = models.CharField(_("reviewed by"), max_length=200, blank=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version", "language", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}, {self.language}"

    @property
    def words(self) -> dict[str, str]:
        """Its texts by the English ones; read once a process."""
        key = (self.version.sha256, self.sha256)
        if key not in _translated:
            _translated[key] = translating.words(self.content, self.version.instrument)
        return _translated[key]


_translated: dict[tuple[str, str], dict[str, str]] = {}


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
