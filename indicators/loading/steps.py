"""What the views of one import share: finding it, and taking a step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.doors import visible
from accounts.refusals import Refused
from indicators.models import Import


def import_of(pk: int) -> Import:
    people = ("uploaded_by", "committed_by", "undone_by")
    return visible(Import.objects.select_related("dataset", "file", "recipe", *people), pk=pk)


def attempt(
    request: HttpRequest,
    row: Import,
    action: Callable[..., Any],
    told: str,
    form: BaseForm | None = None,
    **rest: Any,
) -> HttpResponse:
    """Do what was asked and say on the import's page how it went."""
    if form is not None and not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label}: {' '.join(errors)}")
        return redirect(row)
    try:
        action(imported=row, by=request.user, **(form.cleaned_data if form else {}), **rest)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if told:
            messages.success(request, told)
    return redirect(row)
