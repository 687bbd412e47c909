"""The page of one measure of a plan, and what is done on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, visible
from accounts.models import Organisation
from diagnostics import actions, planned, queries
from diagnostics.experience import illustrating
from diagnostics.models import Measure
from diagnostics.plan_forms import FundingForm, InterestForm, MeasureForm, NoteForm
from diagnostics.plan_views import may_write

MOST_EXAMPLES = 4


@require_safe
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure with its funding, its progress and who is interested."""
    found, runs = found_measure(request, pk)
    plan, round = found.plan, found.plan.round
    shown = next(one for one in planned.PlanOnPage(plan).measures if one.measure.pk == pk)
    donors = queries.organisations_funding(request.user, round)
    stage = next(
        (t["stage"] for t in planned.result_of(round)["themes"] if t["code"] == found.theme), None
    )
    is_open = plan.state != plan.State.CLOSED
    context = {
        "round": round,
        "plan": plan,
        "measure": found,
        "shown": shown,
        "runs": runs,
        "themes": planned.PlanOnPage(plan).theme_titles,
        "examples": illustrating(found.theme, stage, found.title)[:MOST_EXAMPLES],
        "may_change": runs and plan.state == plan.State.DRAFT,
        "note_form": NoteForm(initial={"status": shown.status})
        if plan.state == plan.State.AGREED and queries.reports_on(request.user, found)
        else None,
        "funding_form": FundingForm() if runs and is_open and found.cost is not None else None,
        "interest_form": InterestForm(organisations=donors)
        if donors and is_open and shown.is_open_gap
        else None,
        "own": {one.pk for one in _own(shown, donors)},
        "names": queries.told_of_interest(request.user, round),
    }
    return render(request, "diagnostics/measure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = written_measure(request, pk)
    form = MeasureForm(request.POST or None, plan=found.plan, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_measure(measure=found, values=form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(found)
    context = {"round": found.plan.round, "form": form, "measure": found}
    return render(request, "diagnostics/measure_form.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = written_measure(request, pk)
    plan = found.plan
    return _attempt(request, plan, found, actions.remove_measure, measure=found, by=request.user)


@require_POST
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Report how the measure stands: its owner's people do, and the coordinator."""
    found = reported_measure(request, pk)
    form = NoteForm(request.POST)
    return _given(request, found, form, actions.report_progress, measure=found)


@require_POST
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line of funding."""
    found = written_measure(request, pk)
    return _given(request, found, FundingForm(request.POST), actions.add_funding, measure=found)


@require_POST
def unfund(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found = written_measure(request, pk)
    funding = visible(found.funding.select_related("measure__plan"), pk=line)
    return _attempt(request, found, found, actions.remove_funding, funding=funding, by=request.user)


@require_POST
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """A donor would look at funding the measure."""
    found, _runs = found_measure(request, pk)
    form = InterestForm(request.POST, organisations=donors_of(request, found))
    return _given(request, found, form, actions.mark_interest, measure=found)


@require_POST
def withdraw(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found, _runs = found_measure(request, pk)
    marked = visible(found.interests.filter(organisation__in=donors_of(request, found)), pk=line)
    return _attempt(
        request, found, found, actions.withdraw_interest, interest=marked, by=request.user
    )


def _own(shown: planned.MeasureOnPage, donors: QuerySet[Organisation]) -> list:
    mine = {one.pk for one in donors}
    return [one for one in shown.interests if one.organisation_id in mine]


def found_measure(request: HttpRequest, pk: int) -> tuple[Measure, bool]:
    """The measure, and whether the person runs its round."""
    found = visible(queries.measures_visible_to(request.user), pk=pk)
    return found, queries.runs(request.user, found.plan.round_id)


def written_measure(request: HttpRequest, pk: int) -> Measure:
    """The measure, for those who write its plan."""
    found, runs = found_measure(request, pk)
    may_write(runs)
    return found


def reported_measure(request: HttpRequest, pk: int) -> Measure:
    """The measure, for those who report on it."""
    found, _runs = found_measure(request, pk)
    require(
        queries.reports_on(request.user, found),
        _("Only the organisation that answers for a measure reports on it."),
    )
    return found


def donors_of(request: HttpRequest, found: Measure) -> QuerySet[Organisation]:
    """The organisations for which the person marks interest; 403 where there is none."""
    donors = queries.organisations_funding(request.user, found.plan.round)
    require(donors.exists(), _("Only donors mark interest in funding a measure."))
    return donors


def _given(request: HttpRequest, found: Measure, form, action, **arguments) -> HttpResponse:
    """Do the action with what the form holds; a fault is told on the measure's page."""
    if not form.is_valid():
        for name, faults in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label}: {' '.join(faults)}".removeprefix(": "))
        return redirect(found)
    values = {**arguments, **form.cleaned_data, "by": request.user}
    return _attempt(request, found, found, action, **values)


def _attempt(request: HttpRequest, done, refused, action, **arguments) -> HttpResponse:
    """Do the action and go to the page of `done`, or with the refusal to that of `refused`."""
    try:
        action(**arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(refused)
    return redirect(done)
