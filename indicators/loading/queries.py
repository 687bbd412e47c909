"""What the screens ask."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from rapidfuzz import fuzz, process

from activity.models import Job
from countries.models import Country
from indicators.checking import Correction
from indicators.importing import Layout
from indicators.models import CurrentValue, Dataset, Import

RESEMBLES, OFFERED = 70, 5  # of rapidfuzz's 100; how many are offered

Decision = tuple[str, list[str], str | None]
"""What was found, the codes offered, the code decided on ("" leaves out) or None."""


def datasets() -> QuerySet[Dataset]:
    """Every dataset with `indicator_count` and, in brief, its imports, the newest first."""
    return Dataset.objects.annotate(indicator_count=Count("indicators")).prefetch_related(
        Prefetch("imports", Import.objects.only("dataset", "vintage", "state", "uploaded_at"))
    )


def imports_of(dataset: Dataset) -> QuerySet[Import]:
    people = ("uploaded_by", "committed_by", "undone_by")
    return dataset.imports.select_related("file", *people).defer(
        "head", "layout", "faults", "samples", "titles", "told", "undecided"
    )


def values_in(dataset: Dataset) -> int:
    """How many current values the dataset has."""
    return CurrentValue.objects.filter(indicator__dataset=dataset).count()


def newest_job(imported: Import) -> Job | None:
    """The newest work on an import."""
    return Job.objects.filter(topic=imported.topic).order_by("-created_at").first()


def layout_of(imported: Import) -> Layout | None:
    return Correction.of_data(imported.layout).layout


def to_decide(imported: Import) -> list[Decision]:
    """The names that need a decision about a country, then those that have one."""
    decided = Correction.of_data(imported.layout).countries
    asked = [(one["found"], one["offered"], None) for one in imported.undecided]
    return asked + [(found, [], code) for found, code in decided.items()]


def new_indicators(imported: Import) -> list[Decision]:
    """The indicators a file would add, each with the dataset's that resemble it; then decisions.

    A decision is about the title in the file, or the code where there is no title.
    """
    known = titles_in(imported.dataset)
    offers = [
        (title, _resembling(title, known), None) for title in sorted(imported.titles.values())
    ]
    decided = Correction.of_data(imported.layout).indicators
    return offers + [(found, [], code) for found, code in decided.items()]


def titles_in(dataset: Dataset) -> dict[str, str]:
    """The dataset's indicators by code."""
    return dict(dataset.indicators.order_by("title").values_list("code", "title"))


def _resembling(text: str, known: Mapping[str, str]) -> list[str]:
    by_words = {code: f"{code} {title}" for code, title in known.items()}
    found = process.extract(
        text, by_words, scorer=fuzz.token_set_ratio, processor=str.casefold,
        score_cutoff=RESEMBLES, limit=OFFERED,
    )  # fmt: skip
    return [code for _words, _likeness, code in found]


def names(codes: Sequence[str] | None = None) -> dict[str, str]:
    """Names of countries and groups by code; of all if no codes are given."""
    areas = Country.areas.all() if codes is None else Country.areas.filter(code__in=codes)
    return dict(areas.order_by("name").values_list("code", "name"))


def samples_of(imported: Import) -> dict[str, list[dict[str, Any]]]:
    """The samples of the check by what they would do, each with the name of its country."""
    rows = [row for found in imported.samples.values() for row in found]
    called = names([row["country"] for row in rows])
    return {
        what: [{**row, "country": called.get(row["country"], row["country"])} for row in found]
        for what, found in imported.samples.items()
    }
