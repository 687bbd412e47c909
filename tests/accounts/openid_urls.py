"""The addresses of a house whose settings name an OpenID Connect server."""

from django.urls import include, path

from accounts import openid
from config import urls

urlpatterns = [*urls.urlpatterns, path("account/", include(openid.urlpatterns))]
