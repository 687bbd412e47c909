"""Who may open a report version: everybody where it is published, else after signing in, or by a
share link."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries
from reports.models import ReportVersion, ShareLink

SHARED = "shared_links"  # in the session: primary keys of the share links opened in this visit


def open_to(request: HttpRequest, pk: int) -> ReportVersion | None:
    """The version, if the person may read it or opened a share link to it that still holds."""
    visible = queries.reports_visible_to(request.user).prefetch_related("replies__organisation")
    shown = visible.filter(pk=pk).first()
    if shown is not None:
        return shown
    opened = request.session.get(SHARED, [])
    links = ShareLink.objects.filter(pk__in=opened, report=pk) if opened else []
    if any(link.is_open for link in links):
        return ReportVersion.objects.select_related("round__country", "round__cluster").get(pk=pk)
    return None


def of_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a file of one report version; of a withdrawn one the files are gone (410)."""
    return _door(view, withdrawn=410)


def page_of_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a report version's page; of a withdrawn one it is the notice in its place."""
    return _door(view, withdrawn=200)


def _door(view: Callable[..., HttpResponse], *, withdrawn: int) -> Callable[..., HttpResponse]:
    """Anybody's if published, else after sign-in, else not there."""

    @login_not_required
    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, pk: int, **rest: str) -> HttpResponse:
        shown = open_to(request, pk)
        if shown is not None and shown.state == ReportVersion.State.WITHDRAWN:
            context = {
                "report": shown,
                "round": shown.round,
                "newer": queries.newest_published(shown.round_id),
            }
            return render(request, "reports/withdrawn.html", context, status=withdrawn)
        if shown is not None:
            return view(request, shown, **rest)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    return inner
