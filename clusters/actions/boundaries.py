"""Taking in the outlines of a country's regions."""

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from countries.models import Country, Region
from countries.outlines import OutlineFault, read_outlines


@transaction.atomic
def set_outlines(
    *, country: Country, content: bytes, name_property: str, source: str, by: User | None
) -> int:
    """Store the outlines of a GeoJSON file; regions that are not there yet are added.

    Returns how many. Raises ValidationError with every fault by feature, and then stores none.
    """
    try:
        outlines = read_outlines(content, name_property)
    except OutlineFault as fault:
        raise Refused(list(fault.faults)) from None
    for name, outline in outlines.items():
        Region.objects.update_or_create(
            country=country, name=name, defaults={"outline": outline, "outline_source": source}
        )
    events.record(
        "regions.outlined",
        by=by,
        topic=f"country {country.pk}",
        country=country,
        place=country.name,
        count=len(outlines),
        source=source,
    )
    return len(outlines)
