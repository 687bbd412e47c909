from django.contrib import admin

from countries.models import (
    Alias,
    Country,
    CountryFact,
    Document,
    GroupMember,
    KeyFigure,
    SMEDefinition,
)

admin.site.register([Alias, Country, CountryFact, Document, GroupMember, KeyFigure, SMEDefinition])
