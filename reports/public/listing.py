"""The published reports as rows: one list for pages, programs and news readers."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db.models import QuerySet

from reports.models import ReportVersion
from reports.queries import PUBLIC


@dataclass(frozen=True)
class Row:
    """One version as the list gives it; addresses are whole, `label` says what is no assessment."""

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
    address: str
    data: str


COLUMNS = [field.name for field in fields(Row)]


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
    return [_row(report, whole) for report in reports]


def _row(report: ReportVersion, whole: Callable[[str], str]) -> Row:
    round = report.round
    instrument = round.instrument_version
    address = whole(report.public_address)
    return Row(
        country=round.country_id,
        country_name=round.country.name,
        cluster=round.cluster.name if round.cluster else "",
        title=round.title,
        period_start=round.period_start,
        period_end=round.period_end,
        version=report.number,
        state=report.state,
        instrument=f"{instrument.code} {instrument.version}",
        provenance=round.provenance,
        label=round.label,
        sha256=report.sha256,
        published_at=report.published_at or report.made_at,
        address=address,
        data=whole(f"{report.public_address}snapshot.json"),
    )


def as_data(row: Row) -> dict[str, object]:
    """The row with days and times as texts (ISO 8601)."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(row).items()
    }
