"""The record of a round, for its coordinator: filtered on a page, or whole as CSV."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.doors import require, visible
from activity.tables import csv_answer
from diagnostics import history, queries
from diagnostics.forms import HistoryForm
from diagnostics.models import Round


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest entries, filtered; a link leads to older ones."""
    round = _round(request, pk)
    return _page(request, round, HistoryForm(request.GET, round=round))


def _page(request: HttpRequest, round: Round, form: HistoryForm) -> HttpResponse:
    entries = history.page(round, form.asked()) if form.is_valid() else []
    older = ""
    if len(entries) == history.PAGE:
        query = request.GET.copy()
        query["before"] = entries[-1].at.isoformat()
        older = query.urlencode()
    context = {"round": round, "form": form, "entries": entries, "older": older}
    status = 200 if form.is_valid() else 400
    return render(request, "diagnostics/history.html", context, status=status)


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the filter asks for as CSV, times in the country's time zone."""
    round = _round(request, pk)
    form = HistoryForm(request.GET, round=round)
    if not form.is_valid():
        return _page(request, round, form)
    entries = history.entries(round, form.asked())
    head = [_("time"), _("kind"), _("person"), _("sheet"), _("item"), _("what"), _("label")]
    return csv_answer(slugify(f"{round.title} history"), head, _rows(round, entries))


def _rows(round: Round, entries: Iterator[history.Entry]) -> Iterator[list[str]]:
    zone = ZoneInfo(round.country.time_zone)
    for one in entries:
        at = one.at.astimezone(zone).isoformat(timespec="seconds")
        kind = str(history.KINDS[one.kind])
        yield [at, kind, one.who, one.sheet, one.item, one.what, round.label]


def _round(request: HttpRequest, pk: int) -> Round:
    round = visible(queries.rounds_visible_to(request.user), pk=pk)
    require(
        queries.runs(request.user, pk),
        _("Only a coordinator of the country reads the record of a round."),
    )
    return round
