"""The page of one import and every step that is taken from it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require_recent_proof
from accounts.refusals import Refused
from activity import files
from countries.content.sentences import sentence_of
from countries.wording import worded
from indicators import actions
from indicators.checking import Correction
from indicators.importing.tables import letter
from indicators.loading import queries, words
from indicators.loading.doors import for_loaders
from indicators.loading.forms import (
    CommitForm,
    DescribeForm,
    RecipeForm,
    UndoForm,
)
from indicators.loading.layout_forms import LayoutForms
from indicators.loading.steps import attempt, import_of
from indicators.models import Import

FAULTS = 50  # on one page
ROWS, COLUMNS = 12, 24  # of the first rows shown


@require_safe
@for_loaders
def imported(request: HttpRequest, pk: int) -> HttpResponse:
    """One import, whatever its state: what was found and what can be done now."""
    row = import_of(pk)
    job = queries.newest_job(row)
    layout = queries.layout_of(row)
    page = Paginator(row.faults, FAULTS).get_page(request.GET.get("page"))
    page.object_list = [words.of_fault(one) for one in page.object_list]
    context = {
        "imported": row,
        "dataset": row.dataset,
        "job": job,
        "under_way": bool(job and not job.is_over),
        "follows": bool(job and job.owner_id == request.user.pk),
        "earlier": actions.same_file(row.dataset, row.file) if row.is_open else None,
        "refused": words.of_fault(row.faults[0]) if row.faults and row.rejected is None else None,
        "told": [worded(sentence_of(one)) for one in row.told],
        "file_words": words.of_file(layout) if layout else [],
        "tables": _tables(row, layout),
        "samples": queries.samples_of(row),
        "page": page,
        "names": len(row.undecided),
        "added": len(row.titles),
        "loadable": sum(n or 0 for n in (row.new, row.changed, row.same, row.gone)),
        "describe_form": DescribeForm(instance=row),
        "commit_form": CommitForm(),
        "undo_form": UndoForm(),
        "recipe_form": RecipeForm(initial={"name": row.recipe and row.recipe.name}),
    }
    return render(request, "loading/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """The layout as a form; what is sent has the file read again."""
    row = import_of(pk)
    found = queries.layout_of(row)
    if found is None or not row.head:
        raise Http404
    forms = LayoutForms(found, row.head, request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.are_valid:
        correction = replace(Correction.of_data(row.layout), layout=forms.changed())
        return attempt(
            request, row, actions.correct, _("The file is read again."), correction=correction
        )
    context = {
        "imported": row,
        "dataset": row.dataset,
        "forms": forms,
        "tables": _tables(row, found),
    }
    return render(request, "loading/layout.html", context)


@require_POST
@for_loaders
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    row = import_of(pk)
    form = DescribeForm(request.POST)
    return attempt(request, row, actions.describe, _("Kept."), form)


@require_POST
@for_loaders
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check once more, after a check that did not come to its end."""
    return attempt(request, import_of(pk), actions.check_again, _("The file is checked again."))


@require_POST
@for_loaders
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    row = import_of(pk)
    require_recent_proof(request)
    return attempt(request, row, actions.ask_commit, "", CommitForm(request.POST))


@require_POST
@for_loaders
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = import_of(pk)
    require_recent_proof(request)
    return attempt(request, row, actions.ask_undo, "", UndoForm(request.POST))


@require_POST
@for_loaders
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    row = import_of(pk)
    dataset, name = row.dataset, row.file.name
    try:
        actions.discard(imported=row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, _("%(file)s is discarded.") % {"file": name})
    return redirect(dataset)


@require_POST
@for_loaders
def keep_recipe(request: HttpRequest, pk: int) -> HttpResponse:
    form = RecipeForm(request.POST)
    told = _("The layout is kept; the next upload offers it.")
    return attempt(request, import_of(pk), actions.keep_recipe, told, form)


@require_safe
@for_loaders
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came."""
    return files.as_it_came(import_of(pk).file)


@require_safe
@for_loaders
def marked(request: HttpRequest, pk: int) -> FileResponse:
    """The workbook with the wrong cells marked."""
    row = import_of(pk)
    return files.marked_copy(row.file, row.marked)


def _tables(row: Import, layout: Any) -> list[dict[str, Any]]:
    """For each table that is read, or for the first where none is: its words and first rows."""
    if layout is None:
        return []
    shown = [sheet for sheet in layout.sheets if sheet.used] or list(layout.sheets[:3])
    return [
        {
            "sheet": sheet,
            "words": words.of_sheet(sheet) if sheet.used else [],
            "columns": [
                _("Row"),
                *(letter(n) for n in range(_width(row.head.get(sheet.sheet, [])))),
            ],
            "rows": [
                [n, *(text[:60] for text in cells[:COLUMNS])]
                for n, cells in enumerate(row.head.get(sheet.sheet, [])[:ROWS], start=1)
            ],
        }
        for sheet in shown[:10]
    ]


def _width(head: list[list[str]]) -> int:
    return min(COLUMNS, max(map(len, head), default=0))
