from django.contrib import admin

from countries.models import (
    Alias,
    Country,
    CountryFact,
    Document,
    GroupMember,
    Industry,
    KeyFigure,
    Region,
    SMEDefinition,
)

admin.site.register(
    [
        Alias,
        Country,
        CountryFact,
        Document,
        GroupMember,
        Industry,
        KeyFigure,
        Region,
        SMEDefinition,
    ]
)
