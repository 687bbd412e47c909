"""What a person decides about names in a file: which country, which indicator."""

from dataclasses import replace
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from countries.queries import gazetteer
from indicators import actions
from indicators.checking import Correction
from indicators.loading import queries
from indicators.loading.doors import for_loaders
from indicators.loading.forms import CountriesForm, DecisionsForm, IndicatorsForm
from indicators.loading.steps import attempt, import_of
from indicators.models import Import

NAMES = 40  # to decide on at a time


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def countries(request: HttpRequest, pk: int) -> HttpResponse:
    """Which country each unknown name means; what is sent has the file checked again."""
    row = import_of(pk)
    asked = queries.to_decide(row)
    form = CountriesForm(
        _sent(request),
        names=asked[:NAMES],
        titles=queries.names(),
        places=gazetteer(is_fictional=row.dataset.is_fictional),
    )
    context = {"values": {one["found"]: one["values"] for one in row.undecided}}
    return _decide(request, row, "countries", form, context | {"more": len(asked[NAMES:])})


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether what a file calls by an unknown name is new, or one that the dataset has."""
    row = import_of(pk)
    asked = queries.new_indicators(row)
    titles = queries.titles_in(row.dataset)
    form = IndicatorsForm(_sent(request), names=asked[:NAMES], titles=titles)
    return _decide(request, row, "indicators", form, {"more": len(asked[NAMES:]), "values": {}})


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _decide(
    request: HttpRequest,
    row: Import,
    about: Literal["countries", "indicators"],
    form: DecisionsForm,
    context: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        before = Correction.of_data(row.layout)
        shown = {found for found, *_rest in form.names}
        kept = {k: code for k, code in getattr(before, about).items() if k not in shown}
        correction = replace(before, **{about: kept | form.decisions()})
        told = _("The file is checked again.")
        return attempt(request, row, actions.correct, told, correction=correction)
    context |= {
        "imported": row,
        "dataset": row.dataset,
        "form": form,
        "rows": [
            (choice, other, context["values"].get(choice.label)) for choice, other in form.rows()
        ],
    }
    return render(request, f"loading/{about}.html", context)
