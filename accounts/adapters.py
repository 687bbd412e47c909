"""Our rules for django-allauth: nobody signs up, people are known by e-mail address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _(
            "There were too many attempts. Wait five minutes, then try again."
        ),
        "rate_limited": _("There were too many attempts. Wait five minutes, then try again."),
        "incorrect_code": _("This code is not right, or was used already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the page that follows shows what has happened."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in counts too, as does accepting an invitation."""
        return not sessions.proved_lately(self.request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose address is not known (a server behind a socket) shares the limits of all such."""
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            return "unknown"


class OpenIDAdapter(DefaultSocialAccountAdapter):
    """A ministry's OpenID Connect server says who somebody is; who may come in is said here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in the active person whose address the server has verified, or nobody.

        No link is stored: the address decides each time, so closing an account closes this way
        in too. The library's own matching by address is not used, as it would wipe the password.
        Raises ImmediateHttpResponse with a page (403) when nobody here has the address.
        """
        verified = [
            one.email.lower() for one in sociallogin.email_addresses if one.verified is True
        ]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            raise _refusal(request, 403)
        sociallogin.user = user
        sociallogin.state.pop("process", None)  # always to sign in, never to link accounts

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """The server said no, or nothing: a page (401) that leads back to the sign-in."""
        raise _refusal(request, 401)


def _refusal(request: HttpRequest, status: int) -> ImmediateHttpResponse:
    context = {"unknown": status == 403}
    return ImmediateHttpResponse(
        render(request, "accounts/openid_refused.html", context, status=status)
    )
