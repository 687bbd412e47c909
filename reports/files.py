"""A report as files: the same snapshot, the same numbers."""

import json

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activity.charts import Chart
from activity.tables import as_csv
from reports import renditions
from reports.folder import page_in_folder
from reports.models import PaperChoices, ReportVersion
from reports.reading import Reading


def chart_table(report: ReportVersion, chart: Chart) -> str:
    """A chart's numbers as CSV; each row says what they are where they are no assessment."""
    kept = report.snapshot["round"]["label"]
    label = _(kept)
    columns = [column.label for column in chart.columns] + (["label"] if label else [])
    return as_csv(columns, [[*row, label] if label else row for row in chart.rows])


def data(report: ReportVersion) -> str:
    """Everything behind the report as JSON, with its hash."""
    replies = report.replies.select_related("organisation")
    body = {
        "sha256": report.sha256,
        "version": report.number,
        "snapshot": report.snapshot,
        "replies": [{"organisation": one.organisation.name, "text": one.text} for one in replies],
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def files_of(report: ReportVersion) -> dict[str, bytes]:
    """Every file of the report by its name, rendered now.

    report.html and what it needs, snapshot.json, charts/*.csv, and minister.pdf, full.docx and the
    like, in the language that is active.
    """
    texts = {"snapshot.json": data(report)}
    for key, chart in Reading(report).all_charts.items():
        texts[f"charts/{key}.csv"] = chart_table(report, chart)
    choices = PaperChoices.of(report.round.country_id)
    documents = {
        f"{wanted.audience}.{wanted.form}": renditions.render(wanted, choices)
        for wanted in renditions.offered(report, get_language() or "en")
    }
    written = {name: text.encode() for name, text in texts.items()}
    return page_in_folder(report) | written | documents
