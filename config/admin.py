"""Django's own admin, for looking only: administrators change things through actions.

Administrators of all countries see the tables they look after. What countries answer, draft and
comment is not theirs to read (tests/doors/table.py), so those tables are left to a superuser, whom
only who runs the server can make (docs/decisions/0020).
"""

from collections.abc import Iterable
from functools import update_wrapper

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator


class ReadOnlyAdminConfig(AdminConfig):
    default_site = "config.admin.ReadOnlySite"


# Apps of the sign-in library: their tables hold secrets of second factors and OpenID Connect.
SECRET = {"account", "mfa", "socialaccount"}
FOR_ADMINISTRATORS = {
    "accounts.membership",
    "accounts.organisation",
    "accounts.user",
    "activity.event",
    "activity.job",
    "clusters.cluster",
    "clusters.clustermembership",
    "countries.alias",
    "countries.country",
    "countries.countryfact",
    "countries.document",
    "countries.groupmember",
    "countries.keyfigure",
    "countries.smedefinition",
    "diagnostics.instrumentversion",
    "diagnostics.item",
    "indicators.dataset",
    "indicators.import",
    "indicators.indicator",
    "indicators.recipe",
}


def administers(request) -> bool:
    """Whether the person is an administrator of all countries; asked once a request."""
    from accounts.queries import administers_everywhere  # reads models: apps must be ready

    if not hasattr(request, "administers"):
        request.administers = administers_everywhere(request.user)
    return request.administers


class ReadOnlySite(admin.AdminSite):
    site_header = "Stages: read only"

    def register(self, model_or_iterable, admin_class=None, **options):
        models = (
            model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        )
        shown = [model for model in models if model._meta.app_label not in SECRET]
        super().register(shown, _read_only(admin_class), **options)

    def has_permission(self, request):
        return super().has_permission(request) or administers(request)

    def admin_view(self, view, cacheable=False):
        """Who is signed in and not staff finds nothing here."""
        inner = super().admin_view(view, cacheable)

        def locked(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(locked, inner)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """There is one sign-in, ours."""
        from django.contrib.auth.views import redirect_to_login  # reads models: apps must be ready

        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", request.path))


def _read_only(admin_class):
    base = admin_class or admin.ModelAdmin

    class ReadOnly(base):
        def has_view_permission(self, request, obj=None):
            theirs = self.opts.label_lower in FOR_ADMINISTRATORS and administers(request)
            return theirs or super().has_view_permission(request, obj)

        def has_module_permission(self, request):
            return self.has_view_permission(request)

        def has_add_permission(self, request, *args):
            return False

        def has_change_permission(self, request, obj=None):
            return False

        def has_delete_permission(self, request, obj=None):
            return False

    return ReadOnly
