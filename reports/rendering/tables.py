"""Tables of one theme of a report."""

from decimal import Decimal

from django.utils.translation import gettext as _

from activity.charts import Column
from countries.references import named, with_names
from diagnostics.models.rounds import Panel
from diagnostics.scoring.instrument import Status
from reports.rendering.document import Table
from reports.rendering.wording import answer_words
from reports.theme_reading import ThemeReading, anchor_of


def items_of(theme: ThemeReading) -> Table:
    """Every item with its level, the answers agreed on its statements, and each panel's level."""
    panels = [panel for panel in Panel.values if any(_of(item, panel) for item in theme.items)]
    return Table(
        caption=theme.title,
        columns=[
            Column(_("Item")),
            Column(_("Phase") if theme.reading.classifies else _("Level"), numeric=True),
            Column(
                _("Agreed answers, phase by phase")
                if theme.reading.classifies
                else _("Agreed answers, from level 2 up")
            ),
            *(Column(str(Panel(panel).label).capitalize(), numeric=True) for panel in panels),
        ],
        rows=[
            (
                item["title"],
                item["level"] or "",
                ", ".join(answer_words(answer) for answer in item["answers"])
                if item["status"] == Status.ANSWERED
                else _("not applicable"),
                *(_of(item, panel) for panel in panels),
            )
            for item in theme.items
        ],
        widths=(6, 0, 5, *(0 for _panel in panels)),
        anchors=[anchor_of(item["code"]) for item in theme.items],
    )


def definitions(rows: list[dict]) -> Table:
    return Table(
        caption=_("Size classes by law"),
        columns=[
            Column(name)
            for name in (
                _("Size"),
                _("Sector"),
                _("Employees"),
                _("Assets or capital"),
                _("Turnover"),
                _("Other marks"),
                _("Law"),
                _("Place"),
            )
        ],
        rows=[
            (
                row["size"],
                row["sector"],
                row["employees"],
                row["assets"],
                row["turnover"],
                row["other"],
                f"{row['law']} {row['year']}".strip(),
                f"{named(row['document_id'])}, {row['place']}",
            )
            for row in rows
        ],
    )


def figures(series: list[dict]) -> Table:
    """Key figures, one row a value."""
    return Table(
        caption=_("Figures with year and place"),
        columns=[
            Column(_("Figure")),
            Column(_("Value"), numeric=True),
            Column(_("Unit")),
            Column(_("Year")),
            Column(_("Place and notes")),
        ],
        rows=[
            (
                one["label"],
                Decimal(str(value)),
                one["unit"],
                year,
                ". ".join(filter(None, (with_names(one["place"]), one["note"]))),
            )
            for one in series
            for value, year in one["values"]
        ],
        widths=(4, 0, 2, 0, 4),
    )


def _of(item: dict, panel: str) -> int | None:
    return item["panel_levels"].get(panel)
