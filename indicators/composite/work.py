"""The long work: building an index."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity import kinds
from activity.jobs import JobRefused
from indicators.composite.figures import loaded_figures
from indicators.indices.aggregation import IndexFault
from indicators.indices.chain import build
from indicators.indices.figures import FiguresFault
from indicators.indices.output import as_data
from indicators.indices.reading import read_specification_text
from indicators.models import CompositeIndex


def register() -> None:
    kinds.register("index", kinds.Kind(_("Building the index"), compute, store, made))


def compute(report: Callable[[int, str], None], *, index: int, revision: int) -> dict[str, Any]:
    found = CompositeIndex.objects.get(pk=index)
    if found.revision != revision:
        raise JobRefused(_("The index was given anew; that one is built."))
    specification = read_specification_text(found.text, found.code)
    report(10, str(_("Reading the values")))
    try:
        figures = loaded_figures(specification)
        report(30, str(_("Building the index and its re-runs")))
        return as_data(build(specification, figures))
    except (FiguresFault, IndexFault) as fault:
        raise JobRefused(str(fault)) from None


def store(outcome: dict[str, Any], *, index: int, revision: int) -> dict[str, Any]:
    CompositeIndex.objects.filter(pk=index, revision=revision).update(result=outcome)
    return {"code": outcome["code"]}


def made(result: dict[str, Any]) -> str:
    return reverse("indices:index", args=[result["code"]])
