from django.contrib import admin

from indicators.models import Dataset, Import, Indicator, Recipe

admin.site.register([Dataset, Indicator, Import, Recipe])
