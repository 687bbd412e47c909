"""Taking in tables of employment, and turning what they show into candidates."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import held, one_at_a_time
from accounts.models import User
from accounts.refusals import Refused, revise
from activity import events, files, jobs
from activity.models import File
from clusters import queries
from clusters.actions.registry import add_cluster, add_figure
from clusters.employment import maps
from clusters.employment.mapped import MappedFile
from clusters.employment.rows import candidates
from clusters.employment.sections import industry_of
from clusters.models import Cluster, ClusterFigure, EmploymentTable
from clusters.models.registry import candidate_name
from countries.geometry import middle
from countries.models import Country, Region
from indicators.checking import kept
from indicators.importing import Fault

LONGEST_CODE = Cluster._meta.get_field("national_code").max_length


@transaction.atomic
def add_employment_table(
    *,
    country: Country,
    title: str,
    source: str,
    upload: UploadedFile,
    by: User | None,
    plants: UploadedFile | None = None,
    absent_is_zero: bool = False,
) -> EmploymentTable:
    """Keep a file of employment, and the sizes of plants if given, and queue its mapping.

    Raises ValidationError where the title is taken, Refused as `files.keep_data` does.
    """
    table = EmploymentTable(country=one_at_a_time(country), title=title, source=source)
    table.full_clean(exclude=["file"])
    _give(table, upload, plants, absent_is_zero, by)
    events.record("employment.added", by=by, topic=table.topic, country=country, table=title)
    return table


@transaction.atomic
def give_employment_file(
    *,
    table: EmploymentTable,
    upload: UploadedFile,
    by: User | None,
    plants: UploadedFile | None = None,
    absent_is_zero: bool = False,
) -> None:
    """Put another file in place of one that is not mapped, and queue its mapping.

    Raises Refused where the table is mapped, or as `files.keep_data` does.
    """
    table = held(table)
    if table.is_mapped:
        raise Refused(_("A table that is mapped stays as it is; add another one."))
    _give(table, upload, plants, absent_is_zero, by)
    events.record(
        "employment.file_given", by=by, topic=table.topic, country=table.country, table=table.title
    )


@transaction.atomic
def change_employment_table(
    *,
    table: EmploymentTable,
    title: str,
    source: str,
    revision: int | None = None,
    by: User | None,
) -> EmploymentTable:
    """Say anew what a table is called and where it is from, mapped or not.

    What was taken from it, into the registry or a study, keeps the words it was taken with.
    `revision` is the one that was read before: raises Stale where somebody has saved since. Raises
    ValidationError where the title is taken.
    """
    table = held(table)
    revise(table, revision)
    before = table.title
    table.title, table.source = title, source
    table.full_clean()
    table.save(update_fields=["title", "source", "revision"])
    events.record(
        "employment.changed", by=by, topic=table.topic, country=table.country,
        before=before, table=title, source=source,
    )  # fmt: skip
    return table


@transaction.atomic
def discard_employment_table(*, table: EmploymentTable, by: User | None, because: str = "") -> None:
    """Remove a table with its map; of one that is mapped the reason is kept.

    Raises Refused where something rests on it (named one by one), or a mapped one goes without a
    reason.
    """
    table = held(table)
    if resting := queries.resting_on(table):
        stays = _("The table stays, for this rests on it: %(what)s.")
        raise Refused(stays % {"what": "; ".join(resting)})
    if table.is_mapped and not because.strip():
        raise Refused(_("Say why the table is discarded."))
    said = {"by": by, "topic": table.topic, "country": table.country, "table": table.title}
    if table.is_mapped:
        events.record("employment.map_discarded", because=because.strip(), **said)
    else:
        events.record("employment.discarded", **said)
    given = [table.file, table.plants]
    table.delete()
    _remove(given)


@transaction.atomic
def keep_map(*, table: EmploymentTable, made: MappedFile) -> None:
    """Keep what was computed of a table."""
    table = held(table)
    name = f"{table.file_id}"
    for what in ("cells", "regions", "industries"):
        rows = ContentFile(getattr(made, what))
        getattr(table, what).save(f"{name}-{what}.parquet", rows, save=False)
    table.years, table.told = made.years, [one.message.parts for one in made.told]
    table.state = EmploymentTable.State.MAPPED
    table.save()


@transaction.atomic
def keep_faults(
    *, table: EmploymentTable, faults: list[Fault], count: int, marked: bytes = b""
) -> None:
    """Keep what is wrong with the file of a table; another file may be given.

    `marked` is the workbook with the wrong cells marked, empty where the file cannot be read.
    """
    table = held(table)
    table.faults = [kept(one) for one in faults]
    if marked:
        table.marked.save(f"{table.file_id}.xlsx", ContentFile(marked), save=False)
    table.fault_count, table.state = count, EmploymentTable.State.FAULTY
    table.save()


def _give(
    table: EmploymentTable,
    upload: UploadedFile,
    plants: UploadedFile | None,
    absent_is_zero: bool,
    by: User | None,
) -> None:
    before = [table.file, table.plants] if table.pk else []
    table.file = files.keep_data(upload, by=by)
    table.plants = files.keep_data(plants, by=by) if plants else None
    table.absent_is_zero = absent_is_zero
    table.state, table.faults, table.fault_count = EmploymentTable.State.WAITING, [], 0
    table.marked = ""
    table.save()
    _remove(before)
    jobs.queue(
        "map employment", by=by, key=f"map {table.topic} {table.file_id}", topic=table.topic,
        table=table.pk, file=str(table.file_id),
    )  # fmt: skip


def _remove(given: Sequence[File | None]) -> None:
    """Forget files that a table had; what they hold is cleaned up later."""
    File.objects.filter(pk__in=[one.pk for one in given if one]).delete()


@transaction.atomic
def enter_candidate(
    *, table: EmploymentTable, region: str, industry: str, year: int, by: User | None
) -> Cluster:
    """Enter a starred cell of the table's map as a candidate, with its employment of the year.

    Raises Refused where the map has no such candidate, the country has an entry of this cell, or
    the table has been discarded meanwhile; ValidationError where an entry has its name.
    """
    country = one_at_a_time(table.country)
    table = held(table)
    cell = maps.named(candidates(maps.cells(table, year)), region, industry)
    if cell is None:
        raise Refused(_("The table shows no such concentration."))
    there = country.clusters.exclude(table=None)
    if there.filter(table_region=region, table_industry=industry).exists():
        raise Refused(_("This concentration is in the registry already."))
    history = _("A candidate from the table %(table)s, %(year)s.") % {"table": table, "year": year}
    regions = list(country.regions.filter(name=region))
    found, code = industry_of(industry)
    if found and code:
        read = _(
            "Its industry is read from the code %(code)s, as ISIC Rev. 4 has it: %(industry)s."
        )
        history = f"{history} {read % {'code': code, 'industry': found}}"
    made = add_cluster(
        country=country,
        by=by,
        name=candidate_name(industry, region),
        place=region,
        industry=found,
        national_code=code[:LONGEST_CODE],
        products=industry,
        history=history,
        regions=regions,
        **_point(regions),
        table=table,
        table_region=region,
        table_industry=industry,
    )
    add_figure(
        cluster=made,
        by=by,
        measure=ClusterFigure.Measure.EMPLOYMENT,
        value=round(Decimal(str(cell["employment"])), 4),
        unit=_("people"),
        year=year,
        source=table.source,
    )
    return made


def _point(regions: Sequence[Region]) -> dict[str, Any]:
    """The middle of a candidate's region, where it has an outline."""
    outlined = [one.outline["coordinates"] for one in regions if one.outline]
    if not outlined:
        return {}
    longitude, latitude = middle(outlined[0])
    return {"latitude": round(latitude, 4), "longitude": round((longitude + 180) % 360 - 180, 4),
            "point_of": Cluster.PointOf.MIDDLE}  # fmt: skip
