"""What is refused before any view sees it."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


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
