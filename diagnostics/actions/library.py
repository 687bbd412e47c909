"""Loading the library of experience."""

from collections.abc import Iterable

from django.db import transaction

from clusters.models import Cluster
from diagnostics.authoring.experience import Shelf, Translation
from diagnostics.models import Experience, ExperienceTranslation


@transaction.atomic
def load_library(*, shelves: Iterable[Shelf], translations: Iterable[Translation] = ()) -> int:
    """Put these entries in place of those there are, by code, and their translations with them.

    Returns how many entries. Safe to repeat.
    """
    kept = []
    for shelf in shelves:
        for entry in shelf.entries:
            values = entry.model_dump(exclude={"code", "countries", "clusters"})
            stored, _made = Experience.objects.update_or_create(
                code=entry.code, defaults={**values, "document_id": shelf.document}
            )
            stored.countries.set(entry.countries)
            stored.clusters.set(Cluster.objects.filter(code__in=entry.clusters))
            kept.append(stored.pk)
    Experience.objects.exclude(pk__in=kept).delete()
    ExperienceTranslation.objects.all().delete()
    codes = dict(Experience.objects.values_list("code", "pk"))
    ExperienceTranslation.objects.bulk_create(
        ExperienceTranslation(
            experience_id=codes[code],
            language=translation.language,
            reviewed_by=translation.reviewed_by or "",
            **told.model_dump(),
        )
        for translation in translations
        for code, told in translation.entries.items()
    )
    return len(kept)
