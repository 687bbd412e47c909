from django.contrib import admin

from reports.models import ReportVersion

admin.site.register(ReportVersion)
