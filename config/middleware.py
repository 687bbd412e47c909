"""What holds for every request, whatever view answers it."""

import logging
from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class Refusals:
    """Tells what an action refused and no page expected: nothing was changed, nothing is broken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ValidationError):
            return None
        log.warning("No page expected this refusal.", exc_info=exception)
        return render(request, "409.html", {"refused": exception.messages}, status=409)


def refuse_null_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 to an address with a NUL: PostgreSQL holds none, so it can name nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" not in request.path + unquote(request.META.get("QUERY_STRING", "")):
            return get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"error": _("The address contains a null character.")}, status=400)
        return render(request, "400.html", status=400)

    return middleware


def keep_nothing_on_shared_computers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Pages of signed-in people are not kept by the browser: Back after sign-out shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        return response

    return middleware


def say_what_is_unchanged(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What the API gives has an ETag, a hash of it; who has it already gets 304 and no body."""
    conditional = ConditionalGetMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        return (conditional if request.path.startswith("/api/") else get_response)(request)

    return middleware
