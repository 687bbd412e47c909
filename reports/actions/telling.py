"""The event row of what happens to a report version, and who is told."""

from collections.abc import Iterable

from accounts.models import User
from activity import events, notices
from diagnostics.models import Round
from reports.models import ReportVersion


def locked(report: ReportVersion) -> ReportVersion:
    """The version, its round locked first: all that changes a round's reports waits in one row."""
    Round.objects.select_for_update().get(pk=report.round_id)
    rows = ReportVersion.objects.select_for_update(of=("self",)).defer("snapshot", "members")
    return rows.select_related("round__country", "round__cluster").get(pk=report.pk)


def keep(
    kind: str,
    *,
    report: ReportVersion,
    by: User | None,
    to: Iterable[User] = (),
    url: str = "",
    **facts: object,
) -> None:
    """Record the event in the round's history, and tell people where somebody is to be told."""
    facts |= {"round": report.round.title, "number": report.number}
    events.record(kind, by=by, topic=report.round.topic, country=report.round.country, **facts)
    if to:
        notices.tell(kind, to=to, but=by, url=url or report.get_absolute_url(), **facts)
