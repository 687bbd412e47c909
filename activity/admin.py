from django.contrib import admin

from activity.models import Event, Job

admin.site.register([Event, Job])
