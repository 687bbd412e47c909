"""Tables of employment from their text: read as a file is, and mapped as a worker does."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile

from activity import jobs
from activity.models import Job
from clusters import actions
from clusters.mapping import Employment
from clusters.models import EmploymentTable
from clusters.reading.employment import read_employment
from countries.models import Country


def read(content: bytes, plants: bytes | None = None, **options: bool) -> Employment:
    """The table of a CSV file with this content."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, "employment.csv"), Path(folder, "plants.csv")]
        for path, text in zip(paths, (content, plants), strict=True):
            path.write_bytes(text or b"")
        table, _told = read_employment(paths[0], paths[1] if plants else None, **options)
    return table


def work(table: EmploymentTable) -> EmploymentTable:
    """Do what is queued about the table."""
    for job in Job.objects.filter(topic=table.topic, state=Job.State.QUEUED):
        jobs.run(job.pk)
    table.refresh_from_db()
    return table


def employment(
    country: Country, content: str | bytes, plants: bytes | None = None, name: str = "e.csv", **more
) -> EmploymentTable:
    """A table of the country, worked on."""
    number = country.employment_tables.count() + 1
    given = {"title": f"Employment {number}", "source": "An office", "by": None, **more}
    upload = ContentFile(content.encode() if isinstance(content, str) else content, name)
    if plants:
        given["plants"] = ContentFile(plants, "plants.csv")
    return work(actions.add_employment_table(country=country, upload=upload, **given))
