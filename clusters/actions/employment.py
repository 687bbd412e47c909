"""Taking in tables of employment, and turning what they show into candidates."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, files
from clusters.actions.registry import add_cluster
from clusters.employment_csv import read_employment
from clusters.models import Cluster, EmploymentTable
from clusters.table_rows import TableFault
from countries.models import Country


@transaction.atomic
def add_employment_table(
    *, country: Country, title: str, source: str, upload: UploadedFile, by: User | None
) -> EmploymentTable:
    """Keep a file of employment. Raises ValidationError with every fault in it, by line."""
    try:
        read_employment(upload.read())
    except TableFault as fault:
        raise Refused(list(fault.shown)) from None
    upload.seek(0)
    table = EmploymentTable(country=country, title=title, source=source)
    table.full_clean(exclude=["file"])
    table.file = files.keep(upload, by=by)
    table.save()
    events.record(
        "employment.added", by=by, topic=f"employment {table.pk}", country=country, table=title
    )
    return table


def enter_candidate(
    *, table: EmploymentTable, region: str, industry: str, year: int, by: User | None
) -> Cluster:
    """Enter a concentration that the table shows as a candidate in the registry.

    Raises ValidationError where the country has an entry of this name.
    """
    return add_cluster(
        country=table.country,
        by=by,
        name=f"{industry}, {region}",
        place=region,
        products=industry,
        history=_("A candidate from the table %(table)s, %(year)s.")
        % {"table": table, "year": year},
        regions=list(table.country.regions.filter(name=region)),
    )
