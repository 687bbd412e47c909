"""Tables of employment: upload, another file or title, discarding, candidates for the registry."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, visible
from activity import files
from clusters import actions, maps, queries
from clusters.forms import DiscardForm, EmploymentFileForm, EmploymentForm, EmploymentTitleForm
from clusters.mapped_rows import candidates
from clusters.models import EmploymentTable
from clusters.views.registry import attempt
from countries.models import Country

COORDINATORS = gettext_lazy("Only the country's coordinators add tables and candidates.")


@require_http_methods(["GET", "HEAD", "POST"])
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """The country's tables, and the form to add one."""
    country = visible(Country.objects.all(), code=code)
    may_add = queries.keeps_country(request.user, country)
    form = EmploymentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(may_add, str(COORDINATORS))
        if form.is_valid():
            try:
                made = actions.add_employment_table(
                    country=country, by=request.user, **form.cleaned_data
                )
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                return redirect(made)
    context = {
        "country": country,
        "tables": queries.employment_tables_visible_to(request.user).filter(country=country),
        "form": form if may_add else None,
    }
    return render(request, "clusters/employment_tables.html", context)


@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another file for a table that is not mapped."""
    shown = _kept(request, pk)
    form = EmploymentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return redirect(shown)
    try:
        actions.give_employment_file(table=shown, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a table another title or source; its files; and discarding it."""
    shown = _kept(request, pk)
    said = {"title": shown.title, "source": shown.source}
    form = EmploymentTitleForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.change_employment_table, table=shown, by=request.user,
                       **form.cleaned_data)  # fmt: skip
        if made is not None:
            return redirect(made)
    context = {
        "table": shown,
        "country": shown.country,
        "form": form,
        "resting": queries.resting_on(shown),
        "discarding": DiscardForm() if shown.is_mapped else None,
    }
    return render(request, "clusters/employment_change.html", context)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a table, or say what rests on it."""
    shown = _kept(request, pk)
    because = request.POST.get("because", "")[:500]
    try:
        actions.discard_employment_table(table=shown, because=because, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("clusters:employment_change", pk)
    messages.success(request, _("%(table)s is discarded.") % {"table": shown})
    return redirect("clusters:employment_tables", shown.country_id)


@require_safe
def given(request: HttpRequest, pk: int) -> FileResponse:
    """The file of employment as it came."""
    return files.as_it_came(_kept(request, pk).file)


@require_safe
def plants(request: HttpRequest, pk: int) -> FileResponse:
    """The sizes of plants as they came."""
    shown = _kept(request, pk)
    if shown.plants is None:
        raise Http404
    return files.as_it_came(shown.plants)


@require_safe
def marked(request: HttpRequest, pk: int) -> FileResponse:
    """The workbook with the wrong cells marked."""
    shown = _kept(request, pk)
    return files.marked_copy(shown.file, shown.marked)


@require_POST
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one starred cell as a candidate in the registry."""
    shown = _kept(request, pk)
    if not shown.is_mapped:
        raise Http404
    year = maps.year_of(shown, request.POST.get("year", "")).year
    found = candidates(maps.cells(shown, year))
    cell = maps.named(found, request.POST.get("region", ""), request.POST.get("industry", ""))
    if cell is None:
        messages.error(request, _("The table shows no such concentration."))
        return redirect(shown)
    try:
        made = actions.enter_candidate(table=shown, cell=cell, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(shown)
    messages.success(request, _("Entered as a candidate. The test tells whether it is a cluster."))
    return redirect("clusters:test", made.pk)


def _kept(request: HttpRequest, pk: int) -> EmploymentTable:
    shown = visible(queries.employment_tables_visible_to(request.user), pk=pk)
    require(queries.keeps_country(request.user, shown.country), str(COORDINATORS))
    return shown
