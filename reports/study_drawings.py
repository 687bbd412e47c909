"""What published reports on a cluster draw in its diagnostic study: its phase, its performance."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from activity.charts import Chart
from clusters.models import Cluster
from reports import charts
from reports.models import ReportVersion
from reports.reading import Reading


def published(cluster: Cluster) -> Iterator[Chart | None]:
    """Of the newest published report by each instrument: the phase's evidence, or the profile."""
    found = ReportVersion.objects.filter(
        round__cluster=cluster, round__firm=None, state=ReportVersion.State.PUBLISHED
    ).select_related("round__instrument_version", "round__country", "round__cluster")
    newest: dict[str, ReportVersion] = {}
    for report in found.order_by("-round__period_end"):
        newest.setdefault(report.round.instrument_version.code, report)
    for code, report in sorted(newest.items()):
        reading = Reading(report)
        if reading.classifies:
            names = reading.content["level_names"]
            drawn = [charts.evidence(theme, names) for theme in reading.result["themes"]]
        else:
            drawn = [charts.profile(reading.result)]
        for chart in drawn:
            if chart is not None:
                yield replace(chart, id=f"{code}-{chart.id}", note=_note(chart, report))


def _note(chart: Chart, report: ReportVersion) -> str:
    told = _("From the report %(report)s.") % {"report": report}
    return f"{chart.note} {told}".strip()
