"""The page on which a coordinator gives parts of a sheet to people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.doors import require, visible
from activity import refusals
from diagnostics import actions, queries
from diagnostics.forms import AssignForm
from diagnostics.models import Assignment


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has which part of the sheet; posting gives a part."""
    sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
    require(
        queries.runs(request.user, sheet.round_id),
        _("Only a coordinator of the country assigns parts of a sheet."),
    )
    form = AssignForm(request.POST or None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.assign(
                sheet=sheet,
                person=given["person"],
                themes=given["themes"],
                items=given["items"],
                due_on=given["due_on"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(person)s is told.") % {"person": given["person"]})
            return redirect("diagnostics:assignments", pk)
    rows = sheet.assignments.select_related("person", "item", "sheet__round__instrument_version")
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "form": form,
        "given": [(one, _title(one)) for one in rows],
    }
    return render(request, "diagnostics/assignments.html", context)


@require_POST
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a part away again."""
    assignment = visible(
        Assignment.objects.filter(
            sheet__in=queries.round_sheets_visible_to(request.user)
        ).select_related("sheet__round__country", "sheet__organisation", "person"),
        pk=pk,
    )
    require(
        queries.runs(request.user, assignment.sheet.round_id),
        _("Only a coordinator of the country assigns parts of a sheet."),
    )
    sheet = assignment.sheet_id
    with refusals.on_page(request):
        actions.end_assignment(assignment=assignment, by=request.user)
    return redirect("diagnostics:assignments", sheet)


def _title(assignment: Assignment) -> str:
    """The theme or item as the instrument names it."""
    instrument = assignment.sheet.round.instrument_version.told
    if assignment.item is not None:
        return instrument.items()[assignment.item.code].title
    return next(one.title for one in instrument.themes if one.code == assignment.theme)
