"""What published reports on a cluster tell and draw in its diagnostic study: phase, performance."""

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
    for code, reading in _newest(cluster):
        if reading.classifies:
            names = reading.content["level_names"]
            drawn = [charts.evidence(theme, names) for theme in reading.result["themes"]]
        else:
            drawn = [charts.profile(reading.result)]
        for chart in drawn:
            if chart is not None:
                note = f"{chart.note} {_from(reading)}".strip()
                yield replace(chart, id=f"{code}-{chart.id}", note=note)


def phase(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """The phase by the newest published report of each instrument that tells phases."""
    for _code, reading in _newest(cluster):
        if reading.classifies:
            for theme in reading.themes:
                if theme.phase:
                    yield _("Phase"), f"{theme.phase}. {_from(reading)}"


def _newest(cluster: Cluster) -> list[tuple[str, Reading]]:
    found = ReportVersion.objects.filter(
        round__cluster=cluster, round__firm=None, state=ReportVersion.State.PUBLISHED
    ).select_related("round__instrument_version", "round__country", "round__cluster")
    newest: dict[str, ReportVersion] = {}
    for report in found.order_by("-round__period_end"):
        newest.setdefault(report.round.instrument_version.code, report)
    return [(code, Reading(report)) for code, report in sorted(newest.items())]


def _from(reading: Reading) -> str:
    return _("From the report %(report)s.") % {"report": reading.report}
