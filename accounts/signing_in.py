"""The sign-in page, and how long the visit still lasts."""

from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import openid, sessions
from accounts.forms import SignInForm


class ThrottledMixin:
    """Answers 429 when the form says that there were too many attempts."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if any(form.has_error(name, "too_many_login_attempts") for name in form.errors):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


class SignIn(ThrottledMixin, LoginView):
    template_name = "accounts/signin.html"
    form_class = SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Whoever was signed in here before is out, even while the next is asked for a code."""
        where = self.get_success_url()
        if self.request.user.is_authenticated:
            logout(self.request)
        return form.login(self.request, redirect_url=where)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["next"] = self.get_next_url() or ""  # on this site, or empty
        if settings.OIDC_ISSUER:
            context["openid_name"] = settings.OIDC_NAME
            context["openid_url"] = openid.sign_in_url(context["next"])
        return context


class SecondStep(ThrottledMixin, AuthenticateView):
    """The code of the second factor, after the password."""

    template_name = "accounts/second_factor_code.html"


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """JSON {"seconds"}: how long the visit still lasts. A POST makes it last its whole length."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are signed out.")}, status=401)
    if request.method == "POST":
        sessions.renew(request)
    return JsonResponse({"seconds": sessions.seconds_left(request)})
