"""Tables of employment: upload, another file or title, discarding, candidates for the registry."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import visible
from activity import files, refusals
from clusters import actions, doors, queries
from clusters.employment import maps
from clusters.forms import DiscardForm, EmploymentFileForm, EmploymentForm, EmploymentTitleForm
from countries.models import Country


@require_http_methods(["GET", "HEAD", "POST"])
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """The country's tables, and the form to add one."""
    country = visible(Country.objects.all(), code=code)
    form = EmploymentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        doors.kept_country(request.user, code, doors.OF_TABLES)
        if form.is_valid():
            with refusals.on_form(form):
                return redirect(
                    actions.add_employment_table(
                        country=country, by=request.user, **form.cleaned_data
                    )
                )
    context = {
        "country": country,
        "tables": queries.employment_tables_visible_to(request.user).filter(country=country),
        "form": form if queries.keeps_country(request.user, country) else None,
    }
    return render(request, "clusters/employment_tables.html", context)


@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another file for a table that is not mapped."""
    shown = doors.kept_table(request.user, pk)
    form = EmploymentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        faults = (f"{form[name].label}: {' '.join(told)}" for name, told in form.errors.items())
        messages.error(request, " ".join(faults))
        return redirect(shown)
    with refusals.on_page(request):
        actions.give_employment_file(table=shown, by=request.user, **form.cleaned_data)
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a table another title or source; its files; and discarding it."""
    shown = doors.kept_table(request.user, pk)
    form = EmploymentTitleForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, EmploymentTitleForm):
            return redirect(
                actions.change_employment_table(table=shown, by=request.user, **form.cleaned_data)
            )
    return _change(request, pk, form, DiscardForm(reason_needed=shown.is_mapped))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a table, or say what rests on it."""
    shown = doors.kept_table(request.user, pk)
    form = DiscardForm(request.POST, reason_needed=shown.is_mapped)
    if form.is_valid():
        with refusals.on_form(form):
            actions.discard_employment_table(table=shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(table)s is discarded.") % {"table": shown})
            return redirect("clusters:employment_tables", shown.country_id)
    return _change(request, pk, EmploymentTitleForm(instance=shown), form)


@require_safe
def given(request: HttpRequest, pk: int) -> FileResponse:
    """The file of employment as it came."""
    return files.as_it_came(doors.kept_table(request.user, pk).file)


@require_safe
def plants(request: HttpRequest, pk: int) -> FileResponse:
    """The sizes of plants as they came."""
    shown = doors.kept_table(request.user, pk)
    if shown.plants is None:
        raise Http404
    return files.as_it_came(shown.plants)


@require_safe
def marked(request: HttpRequest, pk: int) -> FileResponse:
    """The workbook with the wrong cells marked."""
    shown = doors.kept_table(request.user, pk)
    return files.marked_copy(shown.file, shown.marked)


@require_POST
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one starred cell as a candidate in the registry."""
    shown = doors.kept_map(request.user, pk)
    year = maps.year_of(shown, request.POST.get("year", "")).year
    asked = {name: request.POST.get(name, "") for name in ("region", "industry")}
    with refusals.on_page(request):
        made = actions.enter_candidate(table=shown, year=year, by=request.user, **asked)
        told = _("Entered as a candidate. The test tells whether it is a cluster.")
        messages.success(request, told)
        return redirect("clusters:test", made.pk)
    return redirect(shown)


def _change(
    request: HttpRequest, pk: int, form: EmploymentTitleForm, discarding: DiscardForm
) -> HttpResponse:
    # What was typed stands in the form, not in the headings.
    shown = doors.kept_table(request.user, pk)
    context = {
        "table": shown,
        "country": shown.country,
        "form": form,
        "resting": queries.resting_on(shown),
        "discarding": discarding,
    }
    return render(request, "clusters/employment_change.html", context)
