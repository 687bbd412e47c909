"""The parts of a report's page that a reviewer can comment on, by their anchors."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from activity.translated import Translated, of_pages
from countries.wording import colon
from reports.models import ReportVersion
from reports.reading import Reading
from reports.rendering.document import Drawing, Folded, Heading
from reports.rendering.sections import on_page
from reports.theme_reading import anchor_of


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
    themes = {theme.code for theme in reading.themes}
    items = {anchor_of(item["code"]): item for theme in reading.themes for item in theme.items}
    found = []
    for section in on_page(reading):
        group = section.title if section.code in themes else _("The report")
        found.append(Part(section.code, section.title, group))
        for block in section.blocks:
            match block:
                case Drawing(chart=chart):
                    found.append(Part(chart.id, _("Figure: %s") % chart.title, group))
                case Heading(anchor=anchor) if anchor:
                    found.append(Part(anchor, f"{section.title}{colon()}{block.text}", group))
                case Folded(anchor=anchor) if anchor:
                    item = items[anchor]
                    title = f"{section.title}{colon()}{item['title']}"
                    found.append(Part(anchor, title, group, item["code"]))
    return {part.anchor: part for part in found}


def title_of(report: ReportVersion, anchor: str, otherwise: str = "") -> Translated:
    """A part's title in every language spoken here, for a fact that is kept.

    `otherwise` is what it was called before, should pages no longer have it.
    """

    def titled() -> str:
        part = parts_of(report).get(anchor)
        return part.title if part else otherwise

    return of_pages(lazy(titled, str)())
