"""The pages of composite indices. Anybody may read them; administrators give new ones."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import require, visible
from accounts.refusals import Refused
from activity.models import Job
from activity.tables import csv_answer
from countries.models import Country
from indicators.composite import actions
from indicators.composite.charts import STEPS, charts, table
from indicators.composite.forms import IndexForm
from indicators.models import CompositeIndex
from indicators.queries import may_load


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def indices(request: HttpRequest) -> HttpResponse:
    """Every index; for administrators, a form to give a new one."""
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    may = request.user.is_authenticated and may_load(request.user)
    form = IndexForm(request.POST or None, request.FILES or None) if may else None
    if request.method == "POST":
        require(may, _("Only administrators of all countries give indices."))
        if form.is_valid():
            try:
                taken = actions.take_index(text=form.cleaned_data["file"], by=request.user)
                return redirect("indices:index", taken.code)
            except Refused as refusal:
                for line in refusal.sentence.splitlines():
                    form.add_error("file", line)
    found = CompositeIndex.objects.select_related("dataset").defer("result", "text")
    return render(request, "composite/indices.html", {"indices": found, "form": form})


@login_not_required
@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    """One index: scores, how sure the ranks are, and the table of every step."""
    found = visible(CompositeIndex.objects.select_related("dataset"), code=code)
    names = dict(Country.areas.values_list("code", "name"))
    result = found.result
    context = {
        "index": found,
        "result": result,
        "charts": charts(result, names) if result else [],
        "steps": [_step(result, name, names) for name in STEPS] if result else [],
        "job": Job.objects.filter(topic=found.topic).order_by("-created_at").first(),
    }
    return render(request, "composite/index.html", context)


@login_not_required
@require_safe
def table_csv(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A step's table, or what was found out, as CSV."""
    found = visible(CompositeIndex.objects.all(), code=code)
    rows = table(found.result, name) if found.result else None
    if rows is None:
        raise Http404
    return csv_answer(f"{slugify(code)}-{name}", *rows)


def _step(result: dict, name: str, names: dict[str, str]) -> dict[str, object]:
    columns, rows = table(result, name) or ([], [])
    return {
        "name": name,
        "id": f"step-{name}",
        "title": STEPS[name],
        "notes": [note["message"] for note in result["log"] if note["step"] == name],
        "columns": columns,
        "rows": [
            [names.get(unit, unit), *("" if x is None else float(f"{x:.6g}") for x in cells)]
            for unit, *cells in rows
        ],
    }
