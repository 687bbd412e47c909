"""Tables of employment: upload, the map of a year, candidates for the registry."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, visible
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity.tables import as_csv
from clusters import actions, maps
from clusters.forms import EmploymentForm
from clusters.models import Cluster, EmploymentTable
from clusters.region_map import region_map
from countries.models import Country

COORDINATORS = gettext_lazy("Only the country's coordinators add tables and candidates.")


@require_http_methods(["GET", "HEAD", "POST"])
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """The country's tables, and the form to add one."""
    country = visible(Country.objects.all(), code=code)
    may_add = _may_add(request, country)
    form = EmploymentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(may_add, str(COORDINATORS))
        if form.is_valid():
            try:
                made = actions.add_employment_table(
                    country=country, by=request.user, **form.cleaned_data
                )
            except ValidationError as error:
                form.add_error("upload", error.messages)
            else:
                return redirect(made)
    context = {
        "country": country,
        "tables": country.employment_tables.all(),
        "form": form if may_add else None,
    }
    return render(request, "clusters/employment_tables.html", context)


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One year of a table: where employment concentrates."""
    shown = visible(EmploymentTable.objects.select_related("country", "file"), pk=pk)
    found = maps.year_map(shown, maps.asked_year(request.GET.get("year", "")))
    industries = [place.name for place in found.industries]
    industry = next((one for one in industries if one == request.GET.get("industry")), "")
    entries = {
        (one.table_region, one.table_industry) if one.table_id else one.name: one
        for one in shown.country.clusters.all()
    }
    context = {
        "table": shown,
        "country": shown.country,
        "map": found,
        "chart": maps.ranking(found),
        "region_map": region_map(shown, found, industry),
        "mapped": industry,
        "indices": [
            (_("Specialisation of regions"), _("Region"), found.regions, "krugman-regions"),
            (
                _("Concentration of industries"),
                _("Industry"),
                found.industries,
                "krugman-industries",
            ),
        ],
        "may_add": _may_add(request, shown.country),
        "candidates": [(cell, _entered(cell, entries)) for cell in found.candidates],
    }
    return render(request, "clusters/employment.html", context)


@require_safe
def cells_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every cell of every year with all that is computed for it."""
    shown = visible(EmploymentTable.objects.select_related("country", "file"), pk=pk)
    years = maps.computed(shown)[0].years
    rows = [
        [year, cell.region, cell.industry, cell.employment, cell.lq, cell.litzenberger_sternberg,
         cell.stars, cell.small, cell.left_out, cell.employment_change, cell.lq_change]
        for year in years
        for cell in maps.year_map(shown, year).cells
    ]  # fmt: skip
    columns = ["year", "region", "industry", "employment", "location_quotient",
               "litzenberger_sternberg", "stars", "small_numbers", "suppressed_cells_left_out",
               "employment_change", "location_quotient_change"]  # fmt: skip
    if shown.country.is_fictional:
        columns, rows = [*columns, "label"], [[*row, _("fictional country")] for row in rows]
    response = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    name = slugify(f"{shown.country.pk} {shown.title}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_POST
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one starred cell as a candidate in the registry."""
    shown = visible(EmploymentTable.objects.select_related("country", "file"), pk=pk)
    require(_may_add(request, shown.country), str(COORDINATORS))
    found = maps.year_map(shown, maps.asked_year(request.POST.get("year", "")))
    named = (request.POST.get("region"), request.POST.get("industry"))
    cell = {(cell.region, cell.industry): cell for cell in found.candidates}.get(named)
    if cell is None:
        messages.error(request, _("The table shows no such concentration."))
        return redirect(shown)
    try:
        made = actions.enter_candidate(table=shown, cell=cell, year=found.year, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(shown)
    messages.success(request, _("Entered as a candidate. The test tells whether it is a cluster."))
    return redirect("clusters:test", made.pk)


def _entered(cell: maps.Cell, entries: dict[Any, Cluster]) -> Cluster | None:
    """The entry of the registry that was made of the cell, or that has its name."""
    named = f"{cell.industry}, {cell.region}"
    return entries.get((cell.region, cell.industry)) or entries.get(named)


def _may_add(request: HttpRequest, country: Country) -> bool:
    allowed = countries_allowing(request.user, Permission.CLUSTER_KEEP)
    return allowed.filter(pk=country.pk).exists()
