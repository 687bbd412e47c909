"""The position of a cluster; employment by size of firm in a country."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import visible
from activity import refusals
from activity.tables import csv_answer
from clusters import actions, doors, queries
from clusters.positions import history, standing, words
from clusters.positions.forms import CapabilityForm, SizeStructureForm
from countries.models import Country
from countries.references import cited


@require_http_methods(["GET", "HEAD", "POST"])
def of_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the cluster stands, and the answers it is read from."""
    cluster = visible(queries.registry(), pk=pk)
    keeps = queries.keeps(request.user, cluster)
    form = CapabilityForm(request.POST or None, instance=cluster.capabilities.first())
    if request.method == "POST":
        doors.kept_cluster(request.user, pk)
        if form.is_valid():
            with refusals.on_form(form):
                actions.answer_capability(cluster=cluster, by=request.user, **form.values())
                return redirect("clusters:position", pk)
    shown, found = standing.Standing(cluster), history.history(cluster)
    sources = [words.MODES_SOURCE, words.PATHS_SOURCE]
    context = {
        "cluster": cluster,
        "standing": shown,
        "words": words,
        "columns": history.columns(names=keeps),
        "history": list(zip(found, history.rows(found, names=keeps), strict=True)),
        "moves": history.moves(found),
        "sources": cited(sources if shown.warned is False else [*sources, words.WARNING_SOURCE]),
        "form": form if keeps else None,
    }
    return render(request, "clusters/position.html", context)


@require_POST
def remove(request: HttpRequest, pk: int, answers: int) -> HttpResponse:
    """Take answers out that were entered wrongly."""
    cluster = doors.kept_cluster(request.user, pk)
    wrong = get_object_or_404(cluster.capabilities, pk=answers)
    with refusals.on_page(request):
        actions.remove_capability(answers=wrong, by=request.user)
        told = _("The position of %(year)s is removed; the record keeps what was said.")
        messages.success(request, told % {"year": wrong.year})
    return redirect("clusters:position", pk)


@require_safe
def history_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Its positions over the years as a table."""
    cluster = visible(queries.registry(), pk=pk)
    names = queries.keeps(request.user, cluster)
    columns = [column.label for column in history.columns(names=names)]
    rows = history.rows(history.history(cluster), names=names)
    name = slugify(f"{cluster} position")
    return csv_answer(name, columns, rows, is_fictional=cluster.country.is_fictional)


@require_http_methods(["GET", "HEAD", "POST"])
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """Employment by size of firm, the pattern it makes, and the form to add a year."""
    country = visible(Country.objects.all(), code=code)
    form = SizeStructureForm(request.POST or None)
    form.instance.country = country
    if request.method == "POST":
        doors.kept_country(request.user, code, doors.OF_SIZES)
        if form.is_valid():
            with refusals.on_form(form):
                actions.add_size_structure(country=country, by=request.user, **form.cleaned_data)
                return redirect("clusters:size_structure", code)
    shares = standing.size_shares(country)
    context = {
        "country": country,
        "shares": shares,
        "chart": standing.size_chart(shares),
        "pathways": words.PATHWAYS,
        "sources": cited(one.source for one in words.PATHWAYS),
        "form": form if queries.keeps_country(request.user, country) else None,
    }
    return render(request, "clusters/size_structure.html", context)


@require_safe
def size_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The shares as a table."""
    country = visible(Country.objects.all(), code=code)
    rows = [
        [one.entry.year, one.entry.coverage, *one.entry.shares, one.entry.pattern, one.entry.source]
        for one in standing.size_shares(country)
    ]
    columns = ["year", "coverage", "small", "medium", "large", "pattern", "source"]
    name = f"{country.pk}-size-structure"
    return csv_answer(name, columns, rows, is_fictional=country.is_fictional)


@require_POST
def size_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a year out."""
    country = doors.kept_country(request.user, code, doors.OF_SIZES)
    entry = get_object_or_404(country.size_structures, pk=pk)
    with refusals.on_page(request):
        actions.remove_size_structure(shares=entry, by=request.user)
        messages.success(request, _("The shares are removed; the record keeps what they said."))
    return redirect("clusters:size_structure", code)
