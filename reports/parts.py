"""The parts of a report's page that a reviewer can comment on, by their anchors."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.models import ReportVersion
from reports.reading import Reading
from reports.theme_reading import ThemeReading


@dataclass(frozen=True)
class Part:
    """`group` is the heading it is offered under; `item` its code, where it is an item."""

    anchor: str
    title: str
    group: str
    item: str = ""


def parts_of(report: ReportVersion) -> dict[str, Part]:
    """Every section, figure and item of the report, by anchor, in the order of its page."""
    reading = Reading(report)
    whole = _("The report")
    found = [Part("summary", _("In one sentence each"), whole)]
    if reading.profile_chart:
        found.append(Part("profile", _("Figure: %s") % reading.profile_chart.title, whole))
    if reading.changes:
        found.append(Part("changes", _("Since the last round"), whole))
    if reading.common:
        found.append(Part("common", _("Beside other countries"), whole))
    for theme in reading.themes:
        found += _of_theme(theme)
    found.append(Part("country-profile", _("The country in figures"), whole))
    found.append(Part("how", _("How this was computed"), whole))
    return {part.anchor: part for part in found}


def _of_theme(theme: ThemeReading) -> list[Part]:
    code, title = theme.code, theme.title
    found = [Part(code, title, title)]
    for name, chart in (
        ("coverage", theme.coverage_chart),
        ("rescoring", theme.rescoring_chart),
        ("items", theme.items_chart),
    ):
        if chart:
            found.append(Part(f"{name}-{code}", _("Figure: %s") % chart.title, title))
    if theme.next_stage:
        way = _("%(theme)s: the way to stage %(stage)s")
        found.append(Part(f"{code}-way", way % {"theme": title, "stage": theme.next_stage}, title))
    found.append(Part(f"{code}-sure", _("%s: how far to rely on it") % title, title))
    found += [
        Part(item["code"].replace(".", ""), f"{title}: {item['title']}", title, item["code"])
        for item in theme.items
    ]
    return found
