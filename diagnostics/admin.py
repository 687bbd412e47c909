from django.contrib import admin

from diagnostics.models import (
    Evidence,
    InstrumentVersion,
    Item,
    Response,
    ResponseChange,
    Round,
    Scoring,
    Sheet,
)

admin.site.register(
    [Evidence, InstrumentVersion, Item, Response, ResponseChange, Round, Scoring, Sheet]
)
