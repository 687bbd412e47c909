"""Who belongs to a cluster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import mail
from accounts.doors import require
from accounts.queries import memberships_allowing
from accounts.roles import Permission
from activity import refusals
from clusters import actions, doors
from clusters.forms import ClusterInvitationForm


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Offer a role in a cluster, to somebody new or somebody who is here already."""
    manages = memberships_allowing(request.user, Permission.PEOPLE_MANAGE).exists()
    require(manages, doors.MANAGERS)
    known = {"email": request.GET.get("email", "")}
    form = ClusterInvitationForm(request.POST or None, by=request.user, initial=known)
    link = None
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form):
            invitation, token = actions.invite(**form.cleaned_data, by=request.user)
            link = mail.send_invitation(request, invitation, token)
    context = {"form": form, "link": link, "cluster": True}
    return render(request, "accounts/invite.html", context)
