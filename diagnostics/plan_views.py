"""The pages of a round's action plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, visible
from activity.judging import JudgementForm
from activity.steps import possible
from diagnostics import actions, lives, plan_files, planned, queries
from diagnostics.models import Plan, Round
from diagnostics.plan_forms import MeasureForm, PickForm

STEPS = {
    "agree": actions.agree_plan,
    "revise": actions.revise_plan,
    "close": actions.close_plan,
    "reopen": actions.reopen_plan,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan, by theme and horizon; posting begins it."""
    round = visible(queries.rounds_visible_to(request.user), pk=pk)
    runs = queries.runs(request.user, pk)
    if request.method == "POST":
        may_write(runs)
        return _attempt(request, pk, actions.begin_plan, round=round, by=request.user)
    found = Plan.objects.filter(round=round).first()
    context = {
        "round": round,
        "runs": runs,
        "plan": found,
        "shown": found and planned.PlanOnPage(found),
        "steps": possible(found, lives.PLAN) if found and runs else [],
        "funds": queries.organisations_funding(request.user, round).exists(),
    }
    return render(request, "diagnostics/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take measures over from the round's road map."""
    found = written_plan(request, pk)
    offered = planned.candidates(found.round)
    form = PickForm(request.POST or None, offered=[one for _theme, held in offered for one in held])
    if request.method == "POST" and form.is_valid():
        return _attempt(
            request,
            pk,
            actions.pick_measures,
            plan=found,
            candidates=form.chosen(),
            by=request.user,
        )
    context = {
        "round": found.round,
        "plan": found,
        "offered": offered,
        "form": form,
        "there": set(found.measures.values_list("picked", flat=True)),
    }
    return render(request, "diagnostics/plan_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A measure of the country's own."""
    found = written_plan(request, pk)
    form = MeasureForm(request.POST or None, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_measure(plan=found, values=form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(made)
    return render(request, "diagnostics/measure_form.html", {"round": found.round, "form": form})


@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the plan's life (diagnostics.lives)."""
    if step not in STEPS:
        raise Http404
    found = written_plan(request, pk)
    given = {"reason": request.POST.get("reason", "")} if lives.PLAN[step].asks_reason else {}
    return _attempt(request, pk, STEPS[step], plan=found, by=request.user, **given)


@require_http_methods(["GET", "HEAD", "POST"])
def judgement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the plan came to, criterion by criterion."""
    found = written_plan(request, pk)
    form = JudgementForm(request.POST or None, judgements=found.judgements.all())
    if request.method == "POST" and form.is_valid():
        texts = form.cleaned_data
        return _attempt(request, pk, actions.judge_plan, plan=found, texts=texts, by=request.user)
    return render(request, "diagnostics/plan_judgement.html", {"round": found.round, "form": form})


@require_safe
def schedule_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The schedule as a table."""
    return schedule_file(_read_plan(request, pk))


@require_safe
def costing(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan costs and who pays, as a workbook."""
    return costing_file(_read_plan(request, pk), public=False)


def schedule_file(shown: planned.PlanOnPage) -> HttpResponse:
    response = HttpResponse(plan_files.schedule_csv(shown), content_type="text/csv; charset=utf-8")
    return _named(response, shown, "csv")


def costing_file(shown: planned.PlanOnPage, *, public: bool) -> HttpResponse:
    content = plan_files.costing_xlsx(shown, public=public)
    return _named(HttpResponse(content, content_type=XLSX), shown, "xlsx")


def may_write(runs: bool) -> None:
    require(runs, _("Only a coordinator of the country writes its plan."))


def written_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan of a round the person runs: 404 to who may not read it, 403 to who only may."""
    round = visible(queries.rounds_visible_to(request.user), pk=pk)
    may_write(queries.runs(request.user, pk))
    return visible(Plan.objects.select_related("round__country"), round=round)


def _read_plan(request: HttpRequest, pk: int) -> planned.PlanOnPage:
    round: Round = visible(queries.rounds_visible_to(request.user), pk=pk)
    return planned.PlanOnPage(visible(Plan.objects.select_related("round__country"), round=round))


def _named(response: HttpResponse, shown: planned.PlanOnPage, ending: str) -> HttpResponse:
    name = slugify(f"plan {shown.plan.round.title}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _attempt(request: HttpRequest, pk: int, action, **arguments) -> HttpResponse:
    """Do the action and return to the plan; a refusal is told there."""
    try:
        action(**arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("diagnostics:plan", pk)
