"""What is published as rows, reports and studies of clusters: for pages, programs, news readers."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clusters.models import Study
from reports.models import ReportVersion
from reports.queries import PUBLIC


@dataclass(frozen=True)
class Row:
    """One version as the list gives it; addresses are whole, `label` says what is no assessment.

    `updated_at` is when it was published, superseded or withdrawn, whichever was last.
    """

    country: str
    country_name: str
    cluster: str
    title: str
    period_start: date
    period_end: date
    version: int
    state: str
    instrument: str
    provenance: str
    label: str
    sha256: str
    published_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str
    address: str
    data: str


@dataclass(frozen=True)
class StudyRow:
    """One study of a cluster as the list gives it; its number is its version.

    `updated_at` is when it was published, superseded or withdrawn, whichever was last.
    """

    country: str
    country_name: str
    cluster: str
    number: int
    state: str
    label: str
    sha256: str
    published_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str
    address: str
    data: str


COLUMNS = [field.name for field in fields(Row)]
STUDY_COLUMNS = [field.name for field in fields(StudyRow)]


def published() -> QuerySet[ReportVersion]:
    """Every version that is or was published, newest period first, without snapshots."""
    return (
        ReportVersion.objects.filter(state__in=PUBLIC)
        .select_related("round__country", "round__cluster", "round__instrument_version")
        .defer("snapshot", "round__instrument_version__content")
        .order_by("-round__period_end", "round__country__name", "-number")
    )


def rows(reports: Iterable[ReportVersion], whole: Callable[[str], str]) -> list[Row]:
    """The rows of these versions; `whole` makes a whole address of a path."""
    shown = list(reports)
    return [_row(report, _updated(report, shown), whole) for report in shown]


def _published(report: ReportVersion) -> datetime:
    return report.published_at or report.made_at


def _updated(report: ReportVersion, among: list[ReportVersion]) -> datetime:
    """The last step of its public life; superseded it was when the next version was published."""
    if report.state == ReportVersion.State.SUPERSEDED:
        same = [one for one in among if one.round_id == report.round_id]
        later = [_published(one) for one in same if one.number > report.number]
        return min(later, default=_published(report))
    return report.withdrawn_at or _published(report)


def _row(report: ReportVersion, updated: datetime, whole: Callable[[str], str]) -> Row:
    round = report.round
    instrument = round.instrument_version
    address = whole(report.public_address)
    return Row(
        country=round.country_id,
        country_name=round.country.name,
        cluster=str(round.cluster or ""),
        title=round.title,
        period_start=round.period_start,
        period_end=round.period_end,
        version=report.number,
        state=report.state,
        instrument=f"{instrument.code} {instrument.version}",
        provenance=round.provenance,
        label=round.label,
        sha256=report.sha256,
        published_at=_published(report),
        updated_at=updated,
        withdrawn_at=report.withdrawn_at,
        withdrawn_because=report.withdrawn_because,
        address=address,
        data=whole(f"{report.public_address}snapshot.json"),
    )


def published_studies() -> QuerySet[Study]:
    """Every study that is or was published, newest first, without what it says."""
    found = Study.objects.filter(state__in=Study.PUBLIC).defer("snapshot")
    return found.select_related("cluster__country").order_by("-published_at", "-pk")


def address_of(study: Study) -> str:
    """Where the study stays once it was published, whatever comes after it; "" before."""
    if study.state not in Study.PUBLIC:
        return ""
    name = slugify(f"{study.cluster.name} {study.cluster_id}")
    return reverse("public:study", args=[study.cluster.country_id, name, study.number])


def study_rows(studies: Iterable[Study], whole: Callable[[str], str]) -> list[StudyRow]:
    """The rows of these studies; `whole` makes a whole address of a path."""
    shown = list(studies)
    return [
        StudyRow(
            country=study.cluster.country_id,
            country_name=study.cluster.country.name,
            cluster=str(study.cluster),
            number=study.number,
            state=study.state,
            label=_("fictional country") if study.cluster.country.is_fictional else "",
            sha256=study.sha256,
            published_at=study.published_at,
            updated_at=_study_updated(study, shown),
            withdrawn_at=study.withdrawn_at,
            withdrawn_because=study.withdrawn_because,
            address=whole(address_of(study)),
            data=whole(f"{address_of(study)}content.json"),
        )
        for study in shown
    ]


def _study_updated(study: Study, among: list[Study]) -> datetime:
    if study.state == Study.State.SUPERSEDED:
        same = [one for one in among if one.cluster_id == study.cluster_id]
        later = [one.published_at for one in same if one.number > study.number]
        return min(later, default=study.published_at)
    return study.withdrawn_at or study.published_at


def as_data(row: Row | StudyRow) -> dict[str, object]:
    """The row with days and times as texts (ISO 8601)."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(row).items()
    }
