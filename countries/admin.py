from django.contrib import admin

from countries.models import Country, CountryFact, Document, KeyFigure, SMEDefinition

admin.site.register([Country, CountryFact, Document, KeyFigure, SMEDefinition])
