"""The pages of the registry."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import visible
from activity import refusals
from activity.tables import csv_answer
from clusters import actions, doors, queries
from clusters.forms import ClusterForm, DiscardForm, FigureForm, IdentityForm
from clusters.land import misplaced
from clusters.models import Cluster
from clusters.point_map import point_map
from countries.models import Country, Region

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """The registry of one country, whole or of a region."""
    country = visible(Country.objects.all(), code=code)
    region = _asked_region(request, country)
    clusters = _entries(country, region)
    context = {
        "regions": country.regions.defer("outline"),
        "region": region,
        "country": country,
        "clusters": clusters,
        "typed": any(one.formation for one in clusters),
        "chart": point_map(country, clusters),
        "may_add": queries.keeps_country(request.user, country),
    }
    return render(request, "clusters/country.html", context)


@require_safe
def country_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The registry of one country, whole or of a region, as a table."""
    country = visible(Country.objects.all(), code=code)
    columns = ["name", "place", "latitude", "longitude", "point_of", "industry", "national_code",
               "products", "type", "test", "because", "regions", "document",
               "document_place"]  # fmt: skip
    rows = [
        [str(one), one.told(one.place), one.latitude, one.longitude,
         one.get_point_of_display() if one.point_of else "", one.industry_id, one.national_code,
         one.told(one.products), one.get_formation_display(), one.verdict.name,
         "; ".join(map(str, one.verdict.reasons)), "; ".join(map(str, one.regions.all())),
         one.document, one.told(one.document_place)]
        for one in _entries(country, _asked_region(request, country))
    ]  # fmt: skip
    name = f"clusters-{country.pk}"
    return csv_answer(name, columns, rows, is_fictional=country.is_fictional)


@require_safe
def cluster(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what it is, and what is known of it."""
    return _entry(request, visible(queries.registry(), pk=pk), FigureForm())


@page_with_form
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a cluster or a candidate."""
    country = doors.kept_country(request.user, code)
    form = ClusterForm(request.POST or None, country=country)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form):
            made = actions.add_cluster(country=country, by=request.user, **form.values())
            return redirect("clusters:test", made.pk)
    return render(request, "clusters/form.html", {"form": form, "country": country})


@page_with_form
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    shown = doors.kept_cluster(request.user, pk)
    form_of = partial(ClusterForm, country=shown.country)
    form = form_of(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, form_of):
            return redirect(actions.change_cluster(cluster=shown, by=request.user, **form.values()))
    return _change(request, pk, form, DiscardForm(reason_needed=True))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out, or say what rests on it."""
    shown = doors.discardable_cluster(request.user, pk)
    form = DiscardForm(request.POST, reason_needed=True)
    if form.is_valid():
        with refusals.on_form(form):
            actions.discard_cluster(cluster=shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(cluster)s is discarded.") % {"cluster": shown})
            return redirect("clusters:country", shown.country_id)
    return _change(request, pk, ClusterForm(instance=shown, country=shown.country), form)


@page_with_form
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """The guided test that tells a cluster from what looks like it."""
    shown = doors.kept_cluster(request.user, pk)
    form = IdentityForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, IdentityForm):
            actions.change_cluster(cluster=shown, by=request.user, **form.values())
            return redirect(shown)
    return render(request, "clusters/test.html", {"form": form, "cluster": shown})


@require_POST
def figure_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a figure; a form that does not fit comes back with the page."""
    shown = doors.kept_cluster(request.user, pk)
    form = FigureForm(request.POST)
    if form.is_valid():
        with refusals.on_form(form):
            actions.add_figure(cluster=shown, by=request.user, **form.cleaned_data)
            return redirect(shown)
    return _entry(request, shown, form)


@require_POST
def figure_remove(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """Take a figure out."""
    shown = doors.kept_cluster(request.user, pk)
    found = get_object_or_404(shown.figures, pk=figure)
    with refusals.on_page(request):
        actions.remove_figure(figure=found, by=request.user)
        messages.success(request, _("The figure is removed; the record keeps what it said."))
    return redirect(shown)


def _change(
    request: HttpRequest, pk: int, form: ClusterForm, discarding: DiscardForm
) -> HttpResponse:
    # What was typed stands in the form, not in the headings.
    shown = visible(queries.registry(), pk=pk)
    may_discard = queries.keeps_country(request.user, shown.country)
    context = {
        "form": form,
        "country": shown.country,
        "cluster": shown,
        "resting": queries.resting_on_cluster(shown) if may_discard else [],
        "discarding": discarding if may_discard else None,
    }
    return render(request, "clusters/form.html", context)


def _entry(request: HttpRequest, shown: Cluster, form: FigureForm) -> HttpResponse:
    """The page of an entry, with the form to add a figure for who keeps it."""
    user = request.user
    keeps = queries.keeps(user, shown)
    context = {
        "cluster": shown,
        "figures": shown.figures.all(),
        "keeps": keeps,
        "misplaced": misplaced(shown) if keeps else "",
        "inside": queries.clusters_inside(user).filter(pk=shown.pk).exists(),
        "attends": queries.clusters_attended_by(user).filter(pk=shown.pk).exists(),
        "studies": queries.studies_visible_to(user).filter(cluster=shown),
        "figure_form": form if keeps else None,
    }
    return render(request, "clusters/cluster.html", context)


def _entries(country: Country, region: Region | None) -> list[Cluster]:
    found = queries.registry().filter(country=country).prefetch_related("regions")
    return sorted(found.filter(regions=region) if region else found, key=str)


def _asked_region(request: HttpRequest, country: Country) -> Region | None:
    asked = request.GET.get("region", "")
    if not (asked.isascii() and asked.isdigit()):
        return None
    return country.regions.defer("outline").filter(pk=int(asked[:9])).first()
