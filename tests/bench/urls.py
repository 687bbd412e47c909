"""The product's addresses and, beside them, the bare view that saving an answer is held against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as product
from diagnostics.models import Response


def one_update(request: HttpRequest, pk: int) -> HttpResponse:
    """The least a view that stores something can do: one UPDATE, an empty answer."""
    Response.objects.filter(pk=pk).update(comment=request.body.decode())
    return HttpResponse(status=204)


urlpatterns = [*product, path("bare/<int:pk>/", one_update, name="bare")]
