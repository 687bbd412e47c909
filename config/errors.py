"""What a person or a program is told when something is refused."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework import exceptions, views
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def api_error(error, context):
    """One error shape for the whole API: {"error": sentence}, plus "fields" where there are any.

    It is JSON whatever form was asked for.
    """
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    if isinstance(error, ValidationError):
        return Response({"error": " ".join(error.messages)}, status=400)
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, RequestDataTooBig):
        error = exceptions.ParseError(_("The request is too long."))
    response = views.exception_handler(error, context)
    if response is None:
        return None
    if isinstance(response.data, dict) and set(response.data) == {"detail"}:
        response.data = {"error": str(response.data["detail"])}
    else:
        response.data = {
            "error": "The request is not of the expected form.",
            "fields": response.data,
        }
    return response
