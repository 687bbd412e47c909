"""What a person or a program is told when something is refused."""

import sys

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    ValidationError,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework import exceptions, views
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from accounts.refusals import Stale
from activity.calls import Misfit

RETRY_SECONDS = 5  # until a database that restarts is asked again


def server_error(request: HttpRequest) -> HttpResponse:
    """503 and when to try again where the database could not be asked, else 500: ours to mend.

    Asks nothing of the database itself. A change that was refused so may have been stored when the
    connection broke at its very end; the same save sent again is then accepted as it stands.
    """
    away = isinstance(sys.exception(), OperationalError | InterfaceError)
    status = 503 if away else 500
    headers = {"Retry-After": str(RETRY_SECONDS)} if away else {}
    if request.path.startswith("/api/"):
        words = (
            _("The database does not answer just now. Try again in some seconds.")
            if away
            else _("The fault is ours and has been noted.")
        )
        return JsonResponse({"error": words}, status=status, headers=headers)
    return HttpResponse(render_to_string(f"{status}.html"), status=status, headers=headers)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def api_error(error, context):
    """One error shape for the whole API: {"error": sentence}, plus "fields" where there are any.

    It is JSON whatever form was asked for. 409, with what was `given`, where somebody has saved
    since what the call began from.
    """
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    if isinstance(error, Stale):
        return Response({"error": error.sentence, "given": context["request"].data}, 409)
    if isinstance(error, ValidationError):
        if not hasattr(error, "error_dict"):
            return Response({"error": " ".join(error.messages)}, status=400)
        return Response({"error": _named(error.message_dict), "fields": error.message_dict}, 400)
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, RequestDataTooBig):
        error = exceptions.ParseError(_("The request is too long."))
    if isinstance(error, Misfit):
        return Response({"error": error.sentence, "fields": error.detail}, 400)
    response = views.exception_handler(error, context)
    if response is not None:
        response.data = {"error": str(response.data["detail"])}
    return response


def _named(faults):
    """The faults in one sentence after the other, each with the field that it is about."""
    return " ".join(
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in faults.items()
        for message in messages
    )
