"""People, organisations and invitations, for those who look after them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from accounts import actions, languages, mail, memberships, second_factor
from accounts import tokens as programs
from accounts.doors import require, require_recent_proof, visible
from accounts.forms import (
    AcceptForm,
    InvitationForm,
    LeaverForm,
    NamingForm,
    OrganisationForm,
    TokenForm,
)
from accounts.models import User
from accounts.queries import (
    memberships_allowing,
    open_invitations_managed_by,
    organisations_managed_by,
    people_managed_by,
)
from accounts.refusals import Refused
from accounts.roles import SECOND_FACTOR_CODES, Permission


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whose account this person looks after, the organisations, the open invitations."""
    _require_manager(request)
    organisations = organisations_managed_by(request.user)
    managed = list(people_managed_by(request.user))
    held = memberships.of(managed)
    context = {
        "people": [(one, held[one.pk]) for one in managed],
        "organisations": organisations,
        "invitations": open_invitations_managed_by(request.user),
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
    known = {"email": request.GET.get("email", "")}
    form = InvitationForm(request.POST or None, by=request.user, initial=known)
    link = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["role"] in SECOND_FACTOR_CODES:
            require_recent_proof(request)
        try:
            invitation, token = actions.invite(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            link = mail.send_invitation(request, invitation, token)
    return render(request, "accounts/invite.html", {"form": form, "link": link})


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _require_manager(request)
    invitation = visible(open_invitations_managed_by(request.user), pk=pk)
    try:
        actions.withdraw_invitation(invitation=invitation, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The invitation is withdrawn; its link opens nothing."))
    return redirect("accounts:people")


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
def naming(request: HttpRequest) -> HttpResponse:
    """Whether the person may be named in the members' edition of reports."""
    form = NamingForm(request.POST or None, initial={"may_be_named": request.user.may_be_named})
    if request.method == "POST":
        chosen = "may_be_named" in request.POST
        actions.choose_naming(user=request.user, may_be_named=chosen)
        messages.success(request, _("Kept. It holds for what is made from now on."))
        return redirect("accounts:naming")
    return render(request, "accounts/naming.html", {"form": form})


@require_POST
def guide(request: HttpRequest) -> HttpResponse:
    """Put the first steps on the home page away, or have them back."""
    actions.put_guide(user=request.user, away=request.POST.get("show") != "yes")
    return redirect("home")


@login_not_required
@csrf_exempt  # pages that caches keep for everybody can hold no token
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Which languages there are and who reviewed them; posted, the chosen one is spoken.

    It is spoken everywhere to who is signed in, else in this browser.
    """
    if request.method != "POST":
        return render(request, "accounts/languages.html", {"spoken": languages.spoken()})
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        actions.choose_language(user=request.user, language=chosen)
    return set_language(request)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's roles and second factor, and closing the account of a leaver."""
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
    context = {
        "person": shown,
        "memberships": memberships.of([shown])[shown.pk],
        "second_factor": second_factor.set_up_at(shown),
        "may_remove": memberships_allowing(request.user, Permission.SECOND_FACTOR_REMOVE).exists()
        and shown != request.user,
        "form": form,
    }
    return render(request, "accounts/person.html", context)


@require_POST
def membership_end(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """End one role; `kind` is the name under which its kind of membership is registered."""
    _require_manager(request)
    if kind not in memberships.kinds():
        raise Http404
    rows = memberships.kinds()[kind].rows()
    membership = visible(rows.filter(user__in=people_managed_by(request.user)), pk=pk)
    require_recent_proof(request)
    try:
        actions.end_membership(membership=membership, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The role has ended."))
    return redirect("accounts:person", membership.user_id)


@require_POST
def second_factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost telephone and recovery codes; the password is asked again."""
    _require_manager(request)
    shown = visible(people_managed_by(request.user), pk=pk)
    allowed = memberships_allowing(request.user, Permission.SECOND_FACTOR_REMOVE).exists()
    require(allowed, _("Only administrators remove somebody's second factor."))
    require_recent_proof(request)
    try:
        actions.remove_second_factor(user=shown, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The second factor is removed; the person was told by mail."))
    return redirect("accounts:person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of one's programs; a new one is shown here, once."""
    form = TokenForm(request.POST or None)
    secret = None
    if request.method == "POST" and form.is_valid():
        require_recent_proof(request)
        try:
            secret = programs.make(name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            form = TokenForm()
    context = {"tokens": programs.valid(request.user), "form": form, "secret": secret}
    return render(request, "accounts/tokens.html", context)


@require_POST
def token_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    token = visible(programs.valid(request.user), pk=pk)
    programs.take_back(token=token)
    messages.success(request, _("The token is taken back; it opens nothing any more."))
    return redirect("accounts:tokens")


def _require_manager(request: HttpRequest) -> None:
    manages = memberships_allowing(request.user, Permission.PEOPLE_MANAGE).exists()
    require(manages, _("Only administrators and coordinators look after people."))
