"""What happens before every page that wants a sign-in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import second_factor, sessions

# Where one gets a second factor, or turns away from it.
OPEN_WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "accounts:signout",
}


# Answers while the database does not, so it asks nobody who they are.
ASKS_NOBODY = "healthz"


class OwnLanguage:
    """Speaks the language of the person's account; to others, LocaleMiddleware has chosen one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> None:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not known or request.resolver_match.view_name == ASKS_NOBODY:
            return
        own = getattr(request.user, "language", "")
        if own in dict(settings.LANGUAGES):
            translation.activate(own)
            request.LANGUAGE_CODE = own


class Visits:
    """Keeps a session alive while it is used; holds up who still lacks a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        program = request.path.startswith("/api/")  # the API asks for a sign-in by itself
        open_to_all = not program and not getattr(view, "login_required", True)
        if open_to_all or not request.user.is_authenticated:
            return None
        sessions.renew_now_and_then(request)
        if request.resolver_match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        if not second_factor.is_missing(request.user):
            return None
        if program:
            sentence = _("Your role asks for a second factor; set it up first.")
            return JsonResponse({"error": sentence}, status=403)
        return redirect("mfa_activate_totp")
