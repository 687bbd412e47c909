"""Share links: making, revoking, opening."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.doors import visible
from accounts.refusals import Refused
from reports import actions, queries
from reports.doors import SHARED
from reports.forms import ShareForm
from reports.models import ShareLink
from reports.review_views import of_members, page, require_coordinator


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link; its address is shown this once, since only its hash is kept."""
    report = of_members(request, pk)
    require_coordinator(request, report)
    form = ShareForm(request.POST)
    link = None
    if form.is_valid():
        try:
            _link, token = actions.share(report=report, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            link = request.build_absolute_uri(reverse("reports:shared", args=[token]))
            form = ShareForm()
    return page(request, report, share_form=form, link=link)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = visible(
        ShareLink.objects.filter(report__in=queries.reports_of_members(request.user)), pk=pk
    )
    require_coordinator(request, link.report)
    try:
        actions.revoke_link(link=link, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("reports:review", link.report_id)


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Open a share link: from now on this visit reads the one version it is for."""
    try:
        link = actions.open_link(token=token, by=request.user)
    except Refused as refusal:
        context = {"refusal": refusal.sentence}
        return render(request, "reports/link_closed.html", context, status=404)
    opened = request.session.get(SHARED, [])
    request.session[SHARED] = [*(one for one in opened if one != link.pk), link.pk][-20:]
    return redirect("reports:report", link.report_id)
