"""A country's regions: entered, renamed, removed, and their outlines taken in."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import held, one_at_a_time
from accounts.models import User
from accounts.refusals import Refused, revise
from activity import events
from clusters.employment import maps
from countries import world
from countries.models import Country, Region
from countries.outlines import OutlineFault, read_outlines
from countries.wording import worded


@transaction.atomic
def add_region(*, country: Country, name: str, code: str = "", by: User | None) -> Region:
    """Enter a region without an outline. Raises ValidationError for what does not fit."""
    region = _stored(Region(country=country, name=name, code=code))
    _told("region.added", region, by)
    return region


@transaction.atomic
def change_region(
    *,
    region: Region,
    name: str | None = None,
    code: str | None = None,
    revision: int | None = None,
    by: User | None,
) -> Region:
    """Give a region another name or code. Raises ValidationError for what does not fit.

    `revision` is the one that was read before: raises Stale where somebody has saved since.
    """
    one_at_a_time(region.country)
    region = held(region)
    revise(region, revision)
    before = region.name
    region.name = before if name is None else name
    region.code = region.code if code is None else code
    _stored(region)
    _told("region.changed", region, by, before=before)
    return region


@transaction.atomic
def remove_region(*, region: Region, by: User | None) -> None:
    """Take a region out. Raises Refused with what refers to it: clusters, tables of employment."""
    one_at_a_time(region.country)
    region = held(region)
    clusters = [str(one) for one in region.clusters.all()]
    tables = [
        str(one) for one in region.country.employment_tables.all() if maps.names(one, region.name)
    ]
    if clusters or tables:
        raise Refused(
            _("%(region)s stays: it is a region of %(what)s.")
            % {"region": region, "what": "; ".join([*clusters, *tables])}
        )
    _told("region.removed", region, by)
    region.delete()


@transaction.atomic
def set_outlines(
    *, country: Country, content: bytes, name_property: str, source: str, by: User | None
) -> tuple[int, list[str]]:
    """Store the outlines of a GeoJSON file. Capitals aside a name is that of the region that is
    there; other regions are added.

    Returns how many outlines, and the names added. Raises ValidationError with every fault by
    feature, and then stores none.
    """
    try:
        outlines = read_outlines(content, name_property, world.outline(country.pk))
    except OutlineFault as fault:
        raise Refused([worded(one) for one in fault.faults]) from None
    country = one_at_a_time(country)
    there = {region.name.casefold(): region for region in country.regions.all()}
    added = [name for name in outlines if name.casefold() not in there]
    for name, outline in outlines.items():
        region = there.get(name.casefold()) or Region(country=country, name=name)
        region.outline, region.outline_source = outline, source
        region.save()
    events.record(
        "regions.outlined",
        by=by,
        topic=f"country {country.pk}",
        country=country,
        place=country.name,
        count=len(outlines),
        source=source,
    )
    return len(outlines), added


def _stored(region: Region) -> Region:
    one_at_a_time(region.country)
    others = region.country.regions.exclude(pk=region.pk)
    if others.filter(name__iexact=region.name).exists():
        raise Refused(_("There is a region of this name already."))
    region.full_clean()
    region.save()
    return region


def _told(kind: str, region: Region, by: User | None, **more: object) -> None:
    country = region.country
    events.record(
        kind, by=by, topic=f"country {country.pk}", country=country, place=country.name,
        region=region.name, **more,
    )  # fmt: skip
