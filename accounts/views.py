"""People, organisations and invitations, for those who look after them."""

import logging

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.doors import require, require_recent_proof, visible
from accounts.forms import AcceptForm, InvitationForm, LeaverForm, OrganisationForm
from accounts.models import Invitation, Membership, User
from accounts.queries import memberships_allowing, organisations_managed_by, people_managed_by
from accounts.refusals import Refused
from accounts.roles import Permission

log = logging.getLogger(__name__)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whose account this person looks after, the organisations, the open invitations."""
    _require_manager(request)
    organisations = organisations_managed_by(request.user)
    context = {
        "people": people_managed_by(request.user),
        "organisations": organisations,
        "invitations": Invitation.objects.filter(
            accepted_at=None, organisation__in=organisations
        ).select_related("organisation", "country"),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    _require_manager(request)
    form = OrganisationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_organisation(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("accounts:people")
    return render(request, "accounts/organisation_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Send an invitation; the link is shown too, for places where mail does not arrive."""
    _require_manager(request)
    form = InvitationForm(request.POST or None, by=request.user)
    link = None
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
            context = {"invitation": invitation, "link": link}
            text = render_to_string("accounts/invitation_mail.txt", context)
            try:
                send_mail(_("An invitation to Stages"), text, None, [invitation.email])
            except OSError as error:  # smtplib's errors are among these
                log.warning("An invitation could not be mailed: %s", error)
                messages.warning(request, _("The mail could not be sent; hand over the link."))
    return render(request, "accounts/invite.html", {"form": form, "link": link})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation; somebody new chooses a name and a password."""
    try:
        offered = actions.open_invitation(token)
    except Refused as refusal:
        return render(
            request, "accounts/invitation.html", {"refusal": refusal.sentence}, status=404
        )
    known = User.objects.filter(email=offered.email).exists()
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and (known or form.is_valid()):
        given = {} if known else form.cleaned_data
        try:
            user = actions.accept(token=token, **given)
        except Refused as refusal:
            return render(
                request, "accounts/invitation.html", {"refusal": refusal.sentence}, status=403
            )
        if not known:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, _("The role is yours."))
        return redirect("home")
    context = {"invitation": offered, "known": known, "form": form}
    return render(request, "accounts/invitation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's roles, and closing the account of a leaver."""
    _require_manager(request)
    managed = people_managed_by(request.user)
    shown = visible(managed, pk=pk)
    others = managed.filter(is_active=True).exclude(pk=pk)
    form = LeaverForm(request.POST or None, by=request.user, people=others)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            actions.deactivate(user=shown, successor=successor, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("accounts:people")
    return render(request, "accounts/person.html", {"person": shown, "form": form})


@require_POST
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    _require_manager(request)
    managed = Membership.objects.filter(user__in=people_managed_by(request.user))
    membership = visible(managed, pk=pk)
    require_recent_proof(request)
    try:
        actions.end_membership(membership=membership, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("accounts:person", membership.user_id)


def _require_manager(request: HttpRequest) -> None:
    manages = memberships_allowing(request.user, Permission.PEOPLE_MANAGE).exists()
    require(manages, _("Only administrators and coordinators look after people."))
