"""How a plan is judged, of a country or of a cluster: one sentence by each criterion."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.translated import Translated, of_pages


class Criterion(models.TextChoices):
    """By what a programme is judged: UNCTAD (1998), paragraphs 17 and 69."""

    IMPACT = "impact", _("Effect on the firms assisted")
    OTHERS = "others", _("Effect on other firms")
    SKILLS = "skills", _("Skills and linkages")
    INSTITUTIONS = "institutions", _("Institutions between state and firms")
    GOVERNMENT = "government", _("Links of business and government")
    SUSTAINABILITY = "sustainability", _("Does it last")
    REPLICABILITY = "replicability", _("Can it be repeated elsewhere")


class Judged(models.Model):
    """A sentence by one criterion, the newest; of what, the higher floor says."""

    criterion = models.CharField(max_length=14, choices=Criterion.choices)
    text = models.TextField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class JudgementForm(forms.Form):
    """A sentence by each criterion."""

    def __init__(self, *args: Any, judgements: Iterable[Judged], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, text in in_words(judgements):
            self.fields[code] = forms.CharField(
                label=name, initial=text, max_length=1000, required=False,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip


def in_words(judgements: Iterable[Judged]) -> list[tuple[str, str, str]]:
    """Every criterion: its code, its name and the sentence, blank where there is none yet."""
    said = {one.criterion: one.text for one in judgements}
    return [(one.value, str(one.label), said.get(one.value, "")) for one in Criterion]


def judge(
    judgements: Any, texts: Mapping[str, str], by: User | None
) -> list[tuple[Translated, str]]:
    """Keep what is said anew on a plan's `judgements`; blank texts leave what there is.

    Gives name and text of each criterion that changed.
    """
    changed = []
    for code, _name, before in in_words(judgements.all()):
        text = texts.get(code, "").strip()
        if not text or text == before:
            continue
        values = {"text": text, "by": by, "at": timezone.now()}
        judgements.update_or_create(criterion=code, defaults=values)
        changed.append((of_pages(Criterion(code).label), text))
    return changed
