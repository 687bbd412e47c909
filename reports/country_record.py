"""A country's own record: all that is kept of its rounds, as one ZIP for it to take away.

Of everything there is a CSV for spreadsheets and a JSON for programs with the same rows; files lie
beside them as they were given or made. Keys that open something (share links) are left out.
"""

import hashlib
import json
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files import File as Opened
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from activity import events, jobs
from activity.models import Comment, Event, File, Job
from activity.tables import as_csv
from countries.models import Country
from diagnostics.models import (
    Dissent,
    Evidence,
    Measure,
    Objection,
    ProgressNote,
    Response,
    ResponseChange,
    Round,
    Settlement,
    Sheet,
)
from reports.models import Approval, CountryRecord, Remark, Rendition, Reply, ReportVersion

KIND = "country_record"


@dataclass(frozen=True)
class Table:
    """The rows of one kind; `columns` are headings and the lookups they are read by."""

    name: str
    about: str
    rows: QuerySet[Any]
    columns: Mapping[str, str]

    def values(self) -> Iterator[tuple[Any, ...]]:
        return self.rows.order_by("pk").values_list(*self.columns.values()).iterator()


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
        archive.writestr("SHA256SUMS.txt", "\n".join(sums) + "\n")


def tables(country: Country) -> list[Table]:
    """Everything in rows, what a row is said in words. Profiles of firms are not the country's."""
    in_country = {"round__country": country, "round__firm": None}
    of_sheet = {f"sheet__{name}": value for name, value in in_country.items()}
    of_response = {f"response__{name}": value for name, value in of_sheet.items()}
    of_report = {"report__round__country": country}
    where = {"sheet": "response__sheet", "item": "response__item__code"}
    version = {"round": "report__round", "version": "report__number"}
    return [
        Table("rounds", _("The rounds."), Round.objects.filter(country=country, firm=None), _same(
            "title", "subject", "period_start", "period_end", "due_on", "state", "provenance",
            "label", "closed_at", round="pk", cluster="cluster__name",
            instrument="instrument_version__code", instrument_version="instrument_version__version",
        )),
        Table("sheets", _("The sheets of each round."), Sheet.objects.filter(**in_country), _same(
            "round", "panel", "themes", "state", "submission", "submitted_at", sheet="pk",
            organisation="organisation__name", submitted_by="submitted_by__name",
        )),
        Table("answers", _("The answers as they are now."), Response.objects.filter(**of_sheet),
              _same("sheet", "revision", "status", "reason", "answers", "made", "comment",
                    "changed_at", item="item__code", changed_by="changed_by__name")),
        Table("evidence", _("The evidence of each answer; `file` is the name in evidence/."),
              Evidence.objects.filter(**of_response),
              _same("link", "page", "quote", "file", file_name="file__name",
                    file_sha256="file__sha256", **where)),
        Table("history", _("Every answer that was ever saved."),
              ResponseChange.objects.filter(**of_response),
              _same("revision", "at", "content", by="by__name", **where)),
        Table("settlements", _("The decisions on what is agreed."),
              Settlement.objects.filter(**of_response),
              _same("kind", "revision", "at", "reason", "before", "after", by="by__name", **where)),
        Table("dissents", _("Who does not share what is agreed."),
              Dissent.objects.filter(**of_response),
              _same("text", "named", "at", "withdrawn_at", organisation="organisation__name",
                    by="by__name", **where)),
        Table("objections", _("Objections and their answers."),
              Objection.objects.filter(**in_country),
              _same("round", "about", "text", "link", "page", "quote", "at", "state", "answer",
                    "answered_at", item="item__code", organisation="organisation__name",
                    by="by__name", answered_by="answered_by__name")),
        Table("comments", _("Comments on items; `topic` names the sheet or round, and the item."),
              _comments(country), _same("topic", "text", "at", "resolved_at", by="by__name")),
        Table("measures", _("The measures of action plans."),
              Measure.objects.filter(plan__round__country=country),
              _same("theme", "horizon", "title", "text", "start", "end", "cost", "currency",
                    "price_year", "cost_source", "indicator", "baseline", "target", "risk",
                    "condition", measure="pk", round="plan__round", owner="owner__name")),
        Table("progress", _("What was reported of measures."),
              ProgressNote.objects.filter(measure__plan__round__country=country),
              _same("measure", "status", "text", "value", "at", by="by__name")),
        Table("reports", _("The versions of reports; what each shows lies in reports/."),
              ReportVersion.objects.filter(**in_country),
              _same("round", "state", "made_at", "published_at", "withdrawn_at",
                    "withdrawn_because", "sha256", "members", version="number")),
        Table("remarks", _("Comments of reviewers on reports, and the answers."),
              Remark.objects.filter(**of_report),
              _same("about", "item", "verdict", "answer", "answered_at", text="comment__text",
                    at="comment__at", organisation="organisation__name", **version)),
        Table("replies", _("Replies of assessed ministries."), Reply.objects.filter(**of_report),
              _same("text", "at", organisation="organisation__name", **version)),
        Table("approvals", _("Who approved reports."), Approval.objects.filter(**of_report),
              _same("at", "void_at", organisation="organisation__name", by="by__name", **version)),
        Table("events", _("Every step anybody took."), Event.objects.filter(country=country),
              _same("at", "kind", "topic", "facts", by="by__name")),
    ]  # fmt: skip


def _same(*names: str, **others: str) -> dict[str, str]:
    """Columns: those under another name than their field's first."""
    return {**others, **{name: name for name in names}}


def _comments(country: Country) -> QuerySet[Comment]:
    """Those on the country's sheets and settlements; those of reviewers stand with reports."""
    wanted = Q(pk__in=[])
    for pk in Sheet.objects.filter(round__country=country, round__firm=None).values_list(
        "pk", flat=True
    ):
        wanted |= Q(topic__startswith=f"sheet {pk} ")
    for pk in Round.objects.filter(country=country, firm=None).values_list("pk", flat=True):
        wanted |= Q(topic__startswith=f"settlement {pk} ")
    return Comment.objects.filter(wanted)


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
