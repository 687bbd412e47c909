"""A country's own record: all that is kept of its rounds and clusters, as one ZIP to take away.

Of everything there is a CSV for spreadsheets and a JSON for programs with the same rows; files lie
beside them as they were given or made. Keys that open something (share links) are left out.
"""

import hashlib
import json
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files import File as Opened
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from activity import events, jobs
from activity.models import File, Job
from activity.tables import as_csv
from clusters.models import Study
from clusters.studies.content import content
from countries.models import Country
from diagnostics.models import Evidence
from reports.country_record_tables import Table, tables
from reports.models import CountryRecord, Rendition, ReportVersion

KIND = "country_record"


def ask_for(*, country: Country, by: User) -> Job:
    """Have the record made; while it is being made, the same job again."""
    language = translation.get_language() or "en"
    key = f"{KIND} {country.pk}"
    return jobs.queue(
        KIND, by=by, key=key, topic=topic(country), country=country.pk, person=by.pk,
        language=language,
    )  # fmt: skip


def topic(country: Country) -> str:
    """The name under which the jobs that make the country's record are found."""
    return f"record {country.pk}"


def compute(
    told: Callable[[int, str], None], *, country: str, person: int, language: str
) -> dict[str, Any]:
    """Write the ZIP beside other files; its name there, size in bytes and SHA-256."""
    with tempfile.TemporaryFile() as place, translation.override(language):
        write(Country.objects.get(pk=country), place, told)
        size = place.tell()
        place.seek(0)
        digest = hashlib.file_digest(place, "sha256").hexdigest()
        place.seek(0)
        name = default_storage.save(f"{CountryRecord.FOLDER}/{uuid.uuid4()}.zip", Opened(place))
    return {"content": name, "size": size, "sha256": digest}


def store(outcome: dict[str, Any], *, country: str, person: int, language: str) -> dict[str, Any]:
    """Keep the ZIP for the days that settings say, and record who asked for it."""
    made = CountryRecord.objects.create(country_id=country, **outcome)
    by = User.objects.get(pk=person)
    events.record(
        "record.made", by=by, topic=country, country=made.country, sha256=made.sha256
    )  # fmt: skip
    return {"country": country}


def forget(*, removed: dict[str, int], **kwargs: Any) -> None:
    """Remove the records that are older than they are kept; their files go the next night."""
    removed["records"] = CountryRecord.objects.filter(made_at__lt=oldest()).delete()[0]


def oldest() -> Any:
    """Records made before this moment are gone."""
    return timezone.now() - timedelta(days=settings.KEEP_RECORDS_DAYS)


def write(
    country: Country, place: IO[bytes], told: Callable[[int, str], None] = lambda *_: None
) -> None:
    """Write the whole record as a ZIP into an open file, table by table and file by file."""
    sums: list[str] = []
    found = tables(country)
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, chunks: Iterator[bytes]) -> None:
            digest = hashlib.sha256()
            with archive.open(name, "w", force_zip64=True) as entry:
                for chunk in chunks:
                    digest.update(chunk)
                    entry.write(chunk)
            sums.append(f"{digest.hexdigest()}  {name}")

        context = {"country": country, "tables": found, "made_at": timezone.now()}
        readme = render_to_string("reports/country_record.txt", context)
        add("README.txt", iter([readme.encode()]))
        told(10, str(_("Writing the tables")))
        for table in found:
            add(f"{table.name}.csv", iter([_csv(table).encode()]))
            add(f"{table.name}.json", _json(table))
        told(40, str(_("Copying the files")))
        for file in _evidence_files(country):
            add(f"evidence/{file.pk}{PurePath(file.content.name).suffix}", _chunks(file.content))
        told(60, str(_("Copying the reports")))
        for report in ReportVersion.objects.filter(round__country=country).order_by("pk"):
            folder = f"reports/round-{report.round_id}-v{report.number}"
            snapshot = json.dumps(report.snapshot, ensure_ascii=False, indent=1)
            add(f"{folder}/snapshot.json", iter([snapshot.encode()]))
            for one in Rendition.objects.filter(report=report):
                name = f"{one.audience}-{one.language}-{one.pk}.{one.form}"
                add(f"{folder}/{name}", _chunks(one.content))
        for study in Study.objects.filter(cluster__country=country).order_by("pk"):
            said = json.dumps(content(study), ensure_ascii=False, indent=1)
            add(f"studies/study-{study.pk}/content.json", iter([said.encode()]))
            for one in study.renditions.all():
                name = f"{one.language}-{one.pk}.{one.form}"
                add(f"studies/study-{study.pk}/{name}", _chunks(one.content))
        archive.writestr("SHA256SUMS.txt", "\n".join(sums) + "\n")


def _evidence_files(country: Country) -> QuerySet[File]:
    cited = Evidence.objects.filter(
        response__sheet__round__country=country,
        response__sheet__round__firm=None,
        file__isnull=False,
    )
    return File.objects.filter(pk__in=cited.values("file")).order_by("pk")


def _csv(table: Table) -> str:
    rows = (
        [_text(cell) if isinstance(cell, (dict, list)) else cell for cell in row]
        for row in table.values()
    )
    return as_csv(list(table.columns), rows)


def _json(table: Table) -> Iterator[bytes]:
    yield b"["
    for at, row in enumerate(table.values()):
        one = dict(zip(table.columns, row, strict=True))
        yield (",\n" if at else "\n").encode() + _text(one).encode()
    yield b"\n]\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _chunks(content: Any) -> Iterator[bytes]:
    with content.open() as file:
        yield from file.chunks()
