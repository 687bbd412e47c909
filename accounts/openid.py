"""Signing in by an OpenID Connect server: it says who somebody is, we say who comes in."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from requests import RequestException

from accounts.models import User

log = logging.getLogger(__name__)

SERVER = "openid"  # what SOCIALACCOUNT_PROVIDERS calls the one server there may be


class OpenIDAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """People come by invitation."""
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
            raise ImmediateHttpResponse(_refusal(request, 403))
        sociallogin.user = user
        sociallogin.state.pop("process", None)  # always to sign in, never to link accounts

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Raise ImmediateHttpResponse with a page (401) that leads back to the sign-in."""
        log.warning("OpenID Connect did not sign in: %r", kwargs.get("exception"))
        raise ImmediateHttpResponse(_refusal(request, 401))


def _refusal(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "accounts/openid_refused.html", {"status": status}, status=status)


def _if_it_answers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def wrapped(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException as error:
            log.error("The OpenID Connect server does not answer: %s", type(error).__name__)
            return _refusal(request, 502)

    return require_safe(wrapped)


# allauth reverses these names with the server as an argument; there is one, so no address shows it.
_ONE = {"provider_id": SERVER}
urlpatterns = [
    path("openid/", _if_it_answers(views.login), _ONE, name="openid_connect_login"),
    path("openid/back/", _if_it_answers(views.callback), _ONE, name="openid_connect_callback"),
]


def sign_in_url(next_url: str) -> str:
    """Where the sign-in page leads; `next_url` is on this site, or empty."""
    url = reverse("openid_connect_login", kwargs=_ONE)
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url
