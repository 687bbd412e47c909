"""The product's addresses and, beside them, the bare views that ours are held against."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as product
from diagnostics.models import Response


def one_update(request: HttpRequest, pk: int) -> HttpResponse:
    """The least a view that stores something can do: one UPDATE, an empty answer."""
    Response.objects.filter(pk=pk).update(comment=request.body.decode())
    return HttpResponse(status=204)


def still(request: HttpRequest, size: int) -> FileResponse:
    """A file of so many bytes as it lies there."""
    return FileResponse(BytesIO(b"x" * size), content_type="text/html")


urlpatterns = [
    *product,
    path("bare/<int:pk>/", one_update, name="bare"),
    path("still/<int:size>/", still, name="still"),
]
