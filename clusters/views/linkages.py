"""Who deals with whom in a cluster: surveys, their network, and how it is entered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, visible
from activity import refusals
from activity.charts import Chart
from activity.tables import csv_answer
from clusters import actions, doors, queries
from clusters.employment import maps
from clusters.forms import (
    ActorForm,
    ActorNameForm,
    LinkageSurveyForm,
    SurveyedForm,
    TableForm,
    TieForm,
)
from clusters.linkages import changes, drawing, files, words
from clusters.models import LinkageSurvey

PAGE = 100  # actors, and ties
NAMING = ("network", "ties", "changes")
NAMES = gettext_lazy(
    "Which firms deal with which is for the cluster's own people and the country's coordinators."
)
FILES = {"network": files.actors, "ties": files.ties}
ENTER = {"actors": actions.enter_actors, "ties": actions.enter_ties}


@require_http_methods(["GET", "HEAD", "POST"])
def of_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's surveys, and the form to begin one."""
    cluster = visible(queries.clusters_inside(request.user), pk=pk)
    form = LinkageSurveyForm(request.POST or None)
    if request.method == "POST":
        doors.kept_inside(request.user, pk)
        if form.is_valid():
            with refusals.on_form(form):
                made = actions.add_linkage_survey(
                    cluster=cluster, by=request.user, **form.cleaned_data
                )
                return redirect("clusters:enter_linkages", made.pk)
    context = {
        "cluster": cluster,
        "surveys": cluster.linkage_surveys.all(),
        "form": form if queries.keeps(request.user, cluster) else None,
    }
    return render(request, "clusters/linkages.html", context)


@require_safe
def network(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: the network drawn and measured, beside another date."""
    survey = visible(queries.linkage_surveys_visible_to(request.user), pk=pk)
    names = queries.reads_names(request.user, survey.cluster)
    shown, before = words.found(survey), _before(request, survey)
    drawn = drawing.drawing(shown) if names else None
    context = {
        "survey": survey,
        "cluster": survey.cluster,
        "found": shown,
        "before": before,
        "names": names,
        "tables": _tables(shown, before, names=names),
        "charts": [chart for chart in (drawn, words.kinds_of_ties(shown)) if chart],
        "surveys": survey.cluster.linkage_surveys.all(),
        "keeps": queries.keeps(request.user, survey.cluster),
    }
    return render(request, "clusters/network.html", context)


@require_safe
def table_csv(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """A table of the network's page; actors and ties as they can be entered again."""
    survey = visible(queries.linkage_surveys_visible_to(request.user), pk=pk)
    names = queries.reads_names(request.user, survey.cluster)
    require(names or table not in NAMING, NAMES)
    shown = words.found(survey)
    if table in FILES:
        columns, rows = FILES[table](shown)
    else:
        columns, rows = _table(_tables(shown, _before(request, survey), names=names), table)
    return csv_answer(
        slugify(f"{survey.cluster} {survey.title} {table}"),
        columns,
        rows,
        is_fictional=survey.cluster.country.is_fictional,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Actors and ties of a survey: one by one, pasted, or as a file."""
    survey = doors.kept_survey(request.user, pk)
    forms = {
        "actors": TableForm(prefix="actors"),
        "ties": TableForm(prefix="ties"),
        "actor": ActorForm(prefix="actor"),
        "tie": TieForm(prefix="tie", survey=survey),
    }
    what = request.POST.get("what", "")
    if request.method == "POST" and what in forms:
        kind = type(forms[what])
        more = {"survey": survey} if kind is TieForm else {}
        forms[what] = form = kind(request.POST, request.FILES, prefix=what, **more)
        if form.is_valid():
            target = "actors" if what in ("actors", "actor") else "ties"
            try:
                made = ENTER[target](survey=survey, table=form.table(), by=request.user)
            except ValidationError as error:
                form.refuse(error)
            else:
                n = made.count
                entered = ngettext("%(n)s row is entered.", "%(n)s rows are entered.", n)
                messages.success(request, entered % {"n": n})
                for sentence in made.told:
                    messages.info(request, sentence)
                return redirect("clusters:enter_linkages", pk)
    q = request.GET.get("q", "").strip()[: maps.LONGEST_SEARCH]
    named = Q(source__name__icontains=q) | Q(target__name__icontains=q)
    rows = {
        "actors": survey.surveyed.filter(actor__name__icontains=q).select_related("actor"),
        "ties": survey.ties.filter(named).select_related("source", "target"),
    }
    context = {
        "survey": survey,
        "cluster": survey.cluster,
        "forms": forms,
        "q": q,
        "any": survey.surveyed.exists(),
        **{name: Paginator(of, PAGE).get_page(request.GET.get(name)) for name, of in rows.items()},
    }
    return render(request, "clusters/enter_linkages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say anew what a survey is called, of when it is and where from."""
    survey = doors.kept_survey(request.user, pk)
    form = LinkageSurveyForm(request.POST or None, instance=survey)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, LinkageSurveyForm):
            return redirect(
                actions.change_linkage_survey(survey=survey, by=request.user, **form.cleaned_data)
            )
    # What was typed stands in the form, not in the headings.
    shown = doors.kept_survey(request.user, pk)
    context = {"survey": shown, "form": form, "title": _("Change the survey")}
    return render(request, "clusters/survey_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then delete a survey with its actors and ties."""
    survey = doors.kept_survey(request.user, pk)
    context = {"survey": survey}
    if request.method == "POST":
        try:
            actions.remove_linkage_survey(survey=survey, by=request.user)
        except ValidationError as error:
            context["refused"] = error.messages
        else:
            messages.success(request, _("The survey is deleted; the record keeps that it was."))
            return redirect("clusters:linkages", survey.cluster_id)
    return render(request, "clusters/survey_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_actor(request: HttpRequest, pk: int, surveyed: int) -> HttpResponse:
    """Say anew what an actor is at the survey's date."""
    survey = doors.kept_survey(request.user, pk)
    one = get_object_or_404(survey.surveyed.select_related("actor"), pk=surveyed)
    said = {"name": one.actor.name, "kind": one.kind, "inside": one.inside,
            "answered": one.answered}  # fmt: skip
    form = SurveyedForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_actors(survey=survey, table=form.table(), by=request.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect("clusters:enter_linkages", pk)
    context = {"survey": survey, "form": form, "title": _("Change the actor")}
    return render(request, "clusters/survey_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rename_actor(request: HttpRequest, pk: int, surveyed: int) -> HttpResponse:
    """Call an actor otherwise, in all surveys of its cluster."""
    survey = doors.kept_survey(request.user, pk)
    actor = get_object_or_404(survey.surveyed, pk=surveyed).actor
    called = actor.name
    form = ActorNameForm(request.POST or None, instance=actor)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, ActorNameForm):
            actions.rename_actor(actor=actor, by=request.user, **form.cleaned_data)
            return redirect("clusters:enter_linkages", pk)
    context = {"survey": survey, "form": form, "title": _("Rename the actor"), "actor": called}
    return render(request, "clusters/survey_form.html", context)


@require_POST
def remove_actor(request: HttpRequest, pk: int, surveyed: int) -> HttpResponse:
    """Take an actor out of a survey."""
    survey = doors.kept_survey(request.user, pk)
    found = get_object_or_404(survey.surveyed, pk=surveyed)
    with refusals.on_page(request):
        actions.remove_surveyed(surveyed=found, by=request.user)
    return redirect("clusters:enter_linkages", pk)


@require_POST
def remove_tie(request: HttpRequest, pk: int, tie: int) -> HttpResponse:
    """Take a tie out of a survey."""
    survey = doors.kept_survey(request.user, pk)
    found = get_object_or_404(survey.ties, pk=tie)
    with refusals.on_page(request):
        actions.remove_tie(tie=found, by=request.user)
    return redirect("clusters:enter_linkages", pk)


def _tables(
    shown: words.Found, before: words.Found | None, *, names: bool
) -> dict[str, words.Sheet | Chart]:
    """What the page tells, by table; those that name actors are there with `names` only."""
    tables: dict[str, words.Sheet | Chart] = {
        "whole": words.whole(shown, before),
        "kinds": words.kinds(shown),
    }
    if classes := words.kinds_of_ties(shown):
        tables["classes"] = classes
    if names:
        tables |= {"network": words.actors(shown), "ties": words.ties(shown)}
        if before:
            tables["changes"] = changes.changes(shown, before)
    return tables


def _table(tables: dict[str, words.Sheet | Chart], name: str) -> files.File:
    """A table of the page as a file, in the words of the page."""
    if name not in tables:
        raise Http404
    return files.File([column.label for column in tables[name].columns], tables[name].rows)


def _before(request: HttpRequest, survey: LinkageSurvey) -> words.Found | None:
    """The survey asked for, or else the one before in time."""
    others = survey.cluster.linkage_surveys.exclude(pk=survey.pk)
    asked = request.GET.get("with", "")
    if asked.isascii() and asked.isdigit():
        other = others.filter(pk=int(asked[:9])).first()
    else:
        other = others.filter(date__lt=survey.date).first()
    return words.found(other) if other else None
