"""The pages of member firms: the agent's list, and each firm's own page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import mail
from accounts.doors import visible
from activity import refusals
from activity.tables import csv_answer
from clusters.actions import invite_to_firm
from clusters.doors import attended_firm
from clusters.models import Cluster, Firm
from clusters.queries import clusters_attended_by, firms_visible_to, people_reading
from diagnostics.firms import actions
from diagnostics.firms.charts import chart
from diagnostics.firms.comparison import SMALLEST
from diagnostics.firms.forms import FirmForm, FirmInvitationForm
from diagnostics.firms.profiles import (
    Row,
    earlier_profiles_of,
    newer_version,
    newest_version,
    profile_of,
    profiles_of,
    rows,
)


@require_http_methods(["GET", "HEAD", "POST"])
def of_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's firms for its agents: who is invited, who has handed in, all together."""
    cluster = visible(clusters_attended_by(request.user), pk=pk)
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form):
            return redirect(
                actions.enter_firm(cluster=cluster, by=request.user, **form.cleaned_data)
            )
    version = newest_version()
    compared = rows(cluster, version) if version else []
    context = {
        "cluster": cluster,
        "profiles": profiles_of(cluster),
        "form": form,
        "chart": chart(compared, version.instrument.levels, own=False) if version else None,
        **_told(compared),
    }
    return render(request, "diagnostics/firms/cluster.html", context)


@require_safe
def cluster_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """What is told of all firms together, as a table."""
    cluster = visible(clusters_attended_by(request.user), pk=pk)
    version = newest_version()
    return _csv(rows(cluster, version) if version else [], cluster, own=False)


@require_safe
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    """A firm's page: its profile beside the cluster's quartiles, and who may read it."""
    shown = visible(firms_visible_to(request.user), pk=pk)
    return render(request, "diagnostics/firms/firm.html", _page(request, shown))


@require_safe
def firm_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The firm's own profile beside the cluster's quartiles, as a table."""
    shown = visible(firms_visible_to(request.user), pk=pk)
    sheet = profile_of(shown)
    compared = rows(shown.cluster, sheet.round.instrument_version, sheet)
    return _csv(compared, shown.cluster, own=True)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the firm's entry: its own people do, and the cluster's agents."""
    shown = visible(firms_visible_to(request.user), pk=pk)
    form = FirmForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, FirmForm):
            actions.change_firm(firm=shown, by=request.user, **form.cleaned_data)
            return redirect("diagnostics:firm", pk)
    # What was typed stands in the form, not in the headings.
    context = {"firm": visible(firms_visible_to(request.user), pk=pk), "form": form}
    return render(request, "diagnostics/firms/change.html", context)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a profile by the newest instrument."""
    shown = visible(firms_visible_to(request.user), pk=pk)
    with refusals.on_page(request):
        return redirect(actions.begin_profile(firm=shown, by=request.user))
    return redirect(shown)


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody to answer for the firm; the link is shown too, where mail does not arrive."""
    shown = attended_firm(request.user, pk)
    form, link = FirmInvitationForm(request.POST), None
    if form.is_valid():
        with refusals.on_form(form):
            invitation, token = invite_to_firm(firm=shown, by=request.user, **form.cleaned_data)
            link = mail.send_invitation(request, invitation, token)
    context = _page(request, shown) | {"link": link}
    if link is None:
        context["form"] = form
    return render(request, "diagnostics/firms/firm.html", context)


@require_POST
def person_end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Somebody no longer answers for the firm."""
    shown = visible(firms_visible_to(request.user), pk=pk)
    ended = visible(shown.memberships.all(), pk=membership)
    with refusals.on_page(request):
        actions.end_firm_membership(membership=ended, by=request.user)
        messages.success(request, _("The person no longer answers for the firm."))
    return redirect("home" if ended.user == request.user else shown)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then delete the profile and take the firm out of the cluster."""
    shown = visible(firms_visible_to(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "diagnostics/firms/leave.html", {"firm": shown})
    with refusals.on_page(request):
        actions.leave(firm=shown, by=request.user)
        messages.success(request, _("The firm has left the cluster and its profile is deleted."))
    attends = clusters_attended_by(request.user).filter(pk=shown.cluster_id).exists()
    return redirect("diagnostics:firms", shown.cluster_id) if attends else redirect("home")


def _page(request: HttpRequest, shown: Firm) -> dict[str, Any]:
    sheet = profile_of(shown)
    version = sheet.round.instrument_version
    compared = rows(shown.cluster, version, sheet)
    attends = clusters_attended_by(request.user).filter(pk=shown.cluster_id).exists()
    return {
        "firm": shown,
        "sheet": sheet,
        "newer": newer_version(sheet, newest_version()),
        "earlier": earlier_profiles_of(shown),
        "memberships": shown.memberships.select_related("user"),
        "readers": people_reading(shown),
        "attends": attends,
        "form": FirmInvitationForm() if attends else None,
        "chart": chart(compared, version.instrument.levels, own=True),
        **_told(compared),
    }


def _told(compared: list[Row]) -> dict[str, Any]:
    """The rows for a page, and how many of them stay untold."""
    untold = sum(1 for row in compared if row.drawn is None)
    return {"rows": compared, "untold": untold, "smallest": SMALLEST}


def _csv(compared: list[Row], cluster: Cluster, *, own: bool) -> HttpResponse:
    columns = ["code", "title", "firms", "lower_quartile", "median", "upper_quartile"]
    columns += ["own"] if own else []
    cells = []
    for row in compared:
        drawn = row.drawn
        told = [row.firms, drawn.lower, drawn.median, drawn.upper] if drawn else [None] * 4
        cells.append([row.code, row.title, *told, *([row.own] if own else [])])
    return csv_answer("firms", columns, cells, is_fictional=cluster.country.is_fictional)
