"""Django's own admin, for looking only: administrators change things through actions."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class ReadOnlyAdminConfig(AdminConfig):
    default_site = "config.admin.ReadOnlySite"


class ReadOnlySite(admin.AdminSite):
    site_header = "Stages: read only"

    def register(self, model_or_iterable, admin_class=None, **options):
        super().register(model_or_iterable, _read_only(admin_class), **options)


def _read_only(admin_class):
    base = admin_class or admin.ModelAdmin

    class ReadOnly(base):
        def has_add_permission(self, request, *args):
            return False

        def has_change_permission(self, request, obj=None):
            return False

        def has_delete_permission(self, request, obj=None):
            return False

    return ReadOnly
