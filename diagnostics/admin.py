from django.contrib import admin

from diagnostics import models

admin.site.register([getattr(models, name) for name in models.__all__])
