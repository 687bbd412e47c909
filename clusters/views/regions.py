"""The regions of a country: entered, renamed, removed, and their outlines."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import visible
from activity import refusals
from activity.tables import csv_answer
from clusters import actions, doors, queries
from clusters.forms import OutlinesForm, RegionForm
from clusters.outline_map import outline_map, reach
from countries.models import Country

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """The country's regions, and the form to give them outlines."""
    country = visible(Country.objects.all(), code=code)
    form = OutlinesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        doors.kept_country(request.user, code, doors.OF_REGIONS)
        if form.is_valid():
            upload, said = form.cleaned_data.pop("upload"), form.cleaned_data
            try:
                count, added = actions.set_outlines(
                    country=country, content=upload.read(), by=request.user, **said
                )
            except ValidationError as error:
                form.add_error("upload", error)
            else:
                told = ngettext("%(n)s outline is stored.", "%(n)s outlines are stored.", count)
                said = told % {"n": count}
                if added:
                    said += " " + _("Regions added: %(names)s.") % {"names": ", ".join(added)}
                messages.success(request, said)
                return redirect("clusters:regions", country.pk)
    counted = country.regions.defer("outline").annotate(held=Count("clusters"))
    context = {
        "country": country,
        "regions": counted.order_by("name"),
        "chart": outline_map(country),
        "form": form if queries.keeps_country(request.user, country) else None,
    }
    return render(request, "clusters/regions.html", context)


@require_safe
def of_country_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The country's regions, and how far their outlines reach."""
    country = visible(Country.objects.all(), code=code)
    columns = ["region", "code", "outline_source", "west", "east", "south", "north"]
    rows = [
        [one.name, one.code, one.outline_source, *(reach(one) if one.outline else [""] * 4)]
        for one in country.regions.order_by("name")
    ]
    name = f"regions-{country.pk}"
    return csv_answer(name, columns, rows, is_fictional=country.is_fictional)


@page_with_form
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a region without an outline."""
    country = doors.kept_country(request.user, code, doors.OF_REGIONS)
    form = RegionForm(request.POST or None, country=country)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form):
            actions.add_region(country=country, by=request.user, **form.cleaned_data)
            return redirect("clusters:regions", country.pk)
    context = {"country": country, "form": form, "title": _("Enter a region")}
    return render(request, "clusters/region_form.html", context)


@page_with_form
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a region another name or code."""
    region = doors.kept_region(request.user, pk)
    form_of = partial(RegionForm, country=region.country)
    form = form_of(request.POST or None, instance=region)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, form_of):
            actions.change_region(region=region, by=request.user, **form.cleaned_data)
            return redirect("clusters:regions", region.country_id)
    context = {"country": region.country, "form": form, "title": _("Change the region")}
    return render(request, "clusters/region_form.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a region out, or say what refers to it."""
    region = doors.kept_region(request.user, pk)
    with refusals.on_page(request):
        actions.remove_region(region=region, by=request.user)
        told = _("%(region)s is removed; the record keeps that it was.")
        messages.success(request, told % {"region": region})
    return redirect("clusters:regions", region.country_id)
