"""Finding in the library of experience: words and filters that stand in the address."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import FilteredRelation, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from countries.models import Country, Document
from countries.references import named
from diagnostics.models import Experience, ExperienceTranslation
from diagnostics.models.library import Addressee, Pathway, Topic

EVERY = [("", _("all"))]
PARTS = ("title", "text", "outcome", "place")
STEMS = {"fr": "french", "ru": "russian"}  # PostgreSQL's rules of words; it has none for Vietnamese
STAGES = [(str(stage), str(stage)) for stage in range(1, 6)]


class SearchForm(forms.Form):
    """What is looked for; every field may be left open, and what is unknown is told."""

    q = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput({"type": "search"})
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=EVERY + Topic.choices, required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=EVERY + STAGES, required=False)
    addressee = forms.ChoiceField(
        label=_("For whom to act"), choices=EVERY + Addressee.choices, required=False
    )
    country = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country"), required=False, empty_label=_("all")
    )
    pathway = forms.ChoiceField(label=_("Pathway"), choices=EVERY + Pathway.choices, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=EVERY + Experience.Kind.choices, required=False
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), label=_("Document"), required=False, empty_label=_("all")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        told = Experience.objects.all()
        self.fields["country"].queryset = Country.objects.filter(pk__in=told.values("countries"))
        self.fields["document"].queryset = Document.objects.filter(pk__in=told.values("document"))
        self.fields["document"].label_from_instance = lambda document: named(document.pk)

    def found(self) -> QuerySet[Experience]:
        """The entries that fit, all of them while nothing is asked; none for a false question."""
        return found(self.cleaned_data) if self.is_valid() else told().none()


def found(asked: Mapping[str, Any]) -> QuerySet[Experience]:
    """The entries that fit what is asked for by the names of SearchForm's fields."""
    lists = {"theme": "themes", "stage": "stages", "addressee": "addressees"}
    filters = {f"{lists[one]}__contains": [asked[one]] for one in lists if asked.get(one)}
    single = {"country": "countries", "pathway": "pathway", "kind": "kind", "document": "document"}
    filters |= {single[one]: asked[one] for one in single if asked.get(one)}
    entries = told().filter(**filters)
    return _with_words(entries, asked["q"]) if asked.get("q") else entries


def told() -> QuerySet[Experience]:
    """All entries with what a page in its reader's language needs of them."""
    language = get_language()
    here = ExperienceTranslation.objects.filter(language=language)
    return (
        Experience.objects.select_related("document")
        .prefetch_related("countries", Prefetch("translations", here))
        .annotate(
            here=FilteredRelation("translations", condition=Q(translations__language=language))
        )
    )


def address(theme: str, stages: Sequence[int] = ()) -> str:
    """The page of the library for a theme of an instrument and, where there is one, its stage.

    A theme that the library does not have is one of clusters.
    """
    topic = theme if theme in Topic.values else Topic.CLUSTERS.value
    asked = {"theme": topic, **({"stage": stages[0]} if len(stages) == 1 else {})}
    return f"{reverse('diagnostics:library')}?{urlencode(asked)}"


def illustrating(theme: str, stage: int | None, words: str = "") -> QuerySet[Experience]:
    """The entries worth reading beside a measure of this theme, for a country at this stage.

    With `words`, those that share most of them come first.
    """
    topic = theme if theme in Topic.values else Topic.CLUSTERS.value
    entries = told().filter(themes__contains=[topic])
    if stage is not None and topic == theme:
        entries = entries.filter(stages__contains=[stage])
    if not words:
        return entries
    (said, asked), (said_here, asked_here) = _sought(" or ".join(re.findall(r"\w+", words)))
    shared = SearchRank(said, asked) + SearchRank(said_here, asked_here)
    return entries.annotate(shared=shared).order_by("-shared", "title")


def _with_words(entries: QuerySet[Experience], words: str) -> QuerySet[Experience]:
    named = Country.objects.filter(name__icontains=words.strip())
    (said, asked), (said_here, asked_here) = _sought(words)
    by_words = entries.annotate(said=said, said_here=said_here).filter(
        Q(said=asked) | Q(said_here=asked_here)
    )
    hits = {*by_words.values_list("pk", flat=True)}
    hits |= {*entries.filter(countries__in=named).values_list("pk", flat=True)}
    return entries.filter(pk__in=hits)


def _sought(words: str) -> list[tuple[SearchVector, SearchQuery]]:
    """In what to look and for what: in English, then in the language of the page."""
    places = (("", "english"), ("here__", STEMS.get(get_language(), "simple")))
    return [
        (
            SearchVector(*(f"{of}{part}" for part in PARTS), config=stems),
            SearchQuery(words, search_type="websearch", config=stems),
        )
        for of, stems in places
    ]
