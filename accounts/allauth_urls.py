"""The few pages of django-allauth that we use, under the names by which it looks them up."""

from collections.abc import Callable
from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.urls import path
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import openid
from accounts.signing_in import SecondStep, SignIn


def _form(view: type[View], template: str | None = None) -> Callable[..., Any]:
    """A page with a form, never kept by a browser: a secret or a code may stand on it."""
    options = {"template_name": f"accounts/{template}"} if template else {}
    return require_http_methods(["GET", "POST"])(never_cache(view.as_view(**options)))


def _page(view: type[View], template: str) -> Callable[..., Any]:
    return require_safe(never_cache(view.as_view(template_name=f"accounts/{template}")))


sign_in = _form(SignIn)

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/code/", _form(SecondStep), name="mfa_authenticate"),
    path("again/", _form(ReauthenticateView, "again.html"), name="account_reauthenticate"),
    path("again/code/", _form(CodeAgainView, "again.html"), name="mfa_reauthenticate"),
    path("second-factor/", _page(IndexView, "second_factor.html"), name="mfa_index"),
    path(
        "second-factor/set-up/",
        _form(ActivateTOTPView, "second_factor_set_up.html"),
        name="mfa_activate_totp",
    ),
    path(
        "second-factor/remove/",
        _form(DeactivateTOTPView, "second_factor_remove.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-factor/codes/",
        _page(ViewRecoveryCodesView, "recovery_codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        _form(GenerateRecoveryCodesView, "recovery_codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/file/",
        _page(DownloadRecoveryCodesView, "recovery_codes.txt"),
        name="mfa_download_recovery_codes",
    ),
]

if settings.OIDC_ISSUER:
    urlpatterns += openid.urlpatterns
