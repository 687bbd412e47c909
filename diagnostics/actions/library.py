"""Loading the library of experience."""

from collections.abc import Iterable

from django.db import transaction

from diagnostics.authoring.experience import Shelf
from diagnostics.models import Experience


@transaction.atomic
def load_library(*, shelves: Iterable[Shelf]) -> int:
    """Put these entries in place of those there are, by code; returns how many. Safe to repeat."""
    kept = []
    for shelf in shelves:
        for entry in shelf.entries:
            values = entry.model_dump(exclude={"code", "countries"})
            stored, _made = Experience.objects.update_or_create(
                code=entry.code, defaults={**values, "document_id": shelf.document}
            )
            stored.countries.set(entry.countries)
            kept.append(stored.pk)
    Experience.objects.exclude(pk__in=kept).delete()
    return len(kept)
