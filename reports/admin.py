from django.contrib import admin

from reports.models import Approval, Remark, Reply, ReportVersion, ShareLink, ShareOpening

admin.site.register([Approval, Remark, Reply, ReportVersion, ShareLink, ShareOpening])
