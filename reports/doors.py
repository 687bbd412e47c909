"""Who may open a report version: everybody where it is published, else after signing in."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reports import queries


def of_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one report version: anybody's if published, else after sign-in, else not there."""

    @login_not_required
    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, pk: int, **rest: str) -> HttpResponse:
        shown = queries.reports_visible_to(request.user).filter(pk=pk).first()
        if shown is not None:
            return view(request, shown, **rest)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    return inner
