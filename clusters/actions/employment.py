"""Taking in tables of employment, and turning what they show into candidates."""

from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, files
from clusters.actions.registry import add_cluster, add_figure
from clusters.employment_csv import read_employment
from clusters.maps import Row
from clusters.models import Cluster, ClusterFigure, EmploymentTable
from clusters.table_rows import TableFault
from countries.models import Country, Industry

LONGEST_NAME = Cluster._meta.get_field("name").max_length


@transaction.atomic
def add_employment_table(
    *,
    country: Country,
    title: str,
    source: str,
    upload: UploadedFile,
    by: User | None,
    absent_is_zero: bool = False,
) -> EmploymentTable:
    """Keep a file of employment. Raises ValidationError with every fault in it, by line."""
    try:
        read_employment(upload.read())
    except TableFault as fault:
        raise Refused(list(fault.shown)) from None
    upload.seek(0)
    table = EmploymentTable(
        country=country, title=title, source=source, absent_is_zero=absent_is_zero
    )
    table.full_clean(exclude=["file"])
    table.file = files.keep(upload, by=by)
    table.save()
    events.record(
        "employment.added", by=by, topic=f"employment {table.pk}", country=country, table=title
    )
    return table


@transaction.atomic
def enter_candidate(*, table: EmploymentTable, cell: Row, by: User | None) -> Cluster:
    """Enter a cell of the table's map as a candidate, with its employment of the year.

    Raises ValidationError where the country has an entry of this cell or of this name.
    """
    region, industry, year = cell["region"], cell["industry"], cell["year"]
    made = add_cluster(
        country=table.country,
        by=by,
        name=f"{industry}, {region}"[:LONGEST_NAME],
        place=region,
        products=industry,
        history=_("A candidate from the table %(table)s, %(year)s.")
        % {"table": table, "year": year},
        regions=list(table.country.regions.filter(name=region)),
        table=table,
        table_region=region,
        table_industry=industry,
        **_code(industry),
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


def _code(industry: str) -> dict[str, object]:
    """The division or section of ISIC of this very title, or else the code that stands before it;
    of which classification that one is, the table does not say.
    """
    code, _blank, title = industry.partition(" ")
    named = Industry.objects.filter(Q(title__iexact=industry) | Q(code=code, title__iexact=title))
    if found := named.first():
        return {"industry": found}
    return {"national_code": code[:30]} if code[:1].isdigit() else {}
