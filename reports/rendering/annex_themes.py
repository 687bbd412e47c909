"""The annex's tables of what a report says theme by theme, the theme before each row."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activity.charts import Column
from countries.references import named
from diagnostics.models.rounds import Panel
from diagnostics.wording import code_words
from reports.reading import Reading
from reports.rendering.document import Cell, Table
from reports.rendering.wording import addressee_words, answer_words, titles
from reports.theme_reading import ThemeReading

Row = tuple[Cell, ...]


def tidy(caption: str, labels: list[str], rows: Iterator[Row]) -> Table:
    """A table whose columns are numeric where their cells are."""
    kept = list(rows)
    numeric = [any(isinstance(row[at], int | float) for row in kept) for at in range(len(labels))]
    return Table(
        caption, [Column(label, numeric=n) for label, n in zip(labels, numeric, strict=True)], kept
    )


def themes(reading: Reading) -> Table:
    def rows() -> Iterator[Row]:
        for theme in reading.themes:
            low, high = theme.bounds or (None, None)
            cheapest = theme.cheapest_set
            yield (
                theme.title, theme.stage, theme.position, theme.mean_level, low, high,
                theme.needs, theme.completeness, theme.knowledge, yes(theme.starred),
                yes(theme.firm), theme.firmness or theme.reason, cheapest.get("cost"),
                "; ".join(titles(theme.cheapest)),
            )  # fmt: skip

    labels = [
        _("Theme"), _("Stage"), _("Position"), _("Mean level"), _("Lowest possible stage"),
        _("Highest possible stage"), _("Needed"), _("Answered, share of weight"),
        _("Known, share of weight"), _("Lowered by what is unknown"),
        pgettext("of a stage", "Firm"), _("Because"), _("Least effort to the next stage"),
        _("Cheapest set"),
    ]  # fmt: skip
    return tidy(_("Where each theme stands"), labels, rows())


def charted(reading: Reading, kind: str, caption: str) -> Table:
    """The tables of one kind of chart under each other, the theme before each row."""
    charts = [
        (theme.title, reading.all_charts[f"{kind}-{theme.code}"])
        for theme in reading.themes
        if f"{kind}-{theme.code}" in reading.all_charts
    ]
    if not charts:
        return Table(caption, [], [])
    return Table(
        caption,
        [Column(_("Theme")), *charts[0][1].columns],
        [(title, *row) for title, chart in charts for row in chart.rows],
    )


def items(reading: Reading) -> Table:
    panels = [panel for panel in Panel if panel != Panel.AGREED]
    labels = [
        _("Theme"), _("Code"), _("Item"), _("Level"), _("Score"), _("Weight"), _("Core"),
        _("State"), *(str(panel.label).capitalize() for panel in panels), _("Out of order"),
    ]  # fmt: skip
    rows = (
        (
            theme.title, item["code"], item["title"], item["level"], item["score"],
            item["weight"], yes(item["core"]), code_words(item["state"] or item["status"]),
            *(item["panel_levels"].get(panel) for panel in panels), yes(item["out_of_order"]),
        )
        for theme in reading.themes
        for item in theme.items
    )  # fmt: skip
    return tidy(_("Every item"), labels, rows)


def statements(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Level"), _("Statement"), _("Agreed answer")]
    rows = (
        (theme.title, item["title"], int(level), statement, answer_words(answer))
        for theme in reading.themes
        for item in theme.items_on_page
        for level, statement, answer in item["lines"]
    )
    return tidy(_("Every statement with the agreed answer"), labels, rows)


def way(reading: Reading) -> Table:
    labels = [
        _("Theme"), _("To stage"), _("Item"), _("Level"), _("What must become true"), _("Now"),
        _("In the cheapest set"), _("Effort of each statement"), _("What would show it"),
    ]  # fmt: skip
    rows = (
        (
            theme.title, theme.next_stage, step["item"]["title"], one["level"], one["statement"],
            answer_words(one["answer"]), yes(step["cheapest"]), step["effort"], step["evidence"],
        )
        for theme in reading.themes
        if theme.next_stage
        for step in theme.steps
        for one in step["statements"]
    )  # fmt: skip
    return tidy(_("Statements not yet true, up to the next stage"), labels, rows)


def plans(reading: Reading) -> Table:
    labels = [_("Theme"), _("Years"), _("To stage"), _("Effort"), _("Items to raise"), _("First")]
    rows = (
        (
            theme.title, plan["years"], plan["target"], plan["cost"],
            "; ".join(titles(plan["raised"])),
            " ".join(rule["advice"] for rule in plan["prerequisites"]),
        )
        for theme in reading.themes
        for plan in theme.plans
    )  # fmt: skip
    return tidy(_("What to raise by when"), labels, rows)


def assistance(reading: Reading) -> Table:
    """What fits the theme's stage, and what is on the way to where the road map leads."""
    labels = [
        _("Theme"), _("Within years"), _("Stage"), _("Addressee"), _("Pathway"), _("Category"),
        _("Approach"), _("Document"), _("Place"),
    ]  # fmt: skip

    def offered(theme: ThemeReading) -> Iterator[tuple[int | None, dict[str, Any]]]:
        yield from ((None, one) for one in theme.approaches)
        for plan in theme.plans:
            yield from ((plan["years"], one) for one in plan["approaches"])

    rows = (
        (
            theme.title, years, one.get("stage", theme.stage), addressee_words(one["addressee"]),
            code_words(one["pathway"]), code_words(one["category"]), one["text"],
            named(one["source"]["document"]), one["source"]["place"],
        )
        for theme in reading.themes
        for years, one in offered(theme)
    )  # fmt: skip
    return tidy(_("Assistance that fits now, and on the way"), labels, rows)


def agreement(reading: Reading) -> Table:
    keys = ("raters", "units", "exact", "within_one", "alpha")
    labels = [
        _("Theme"), _("Sheets"), _("Items"), _("Share of exact agreement"),
        _("Share at most one level apart"), _("Krippendorff's alpha, ordinal"),
        _("Alpha, lowest by items left out"), _("Alpha, highest by items left out"),
        _("Gwet's AC2"), _("Standard error of AC2"), _("In words"),
    ]  # fmt: skip
    found = [(theme.title, theme.agreement) for theme in reading.themes]
    found.append((_("Over the whole sheet"), reading.result["agreement"]))
    rows = (
        (
            title, *(one[key] for key in keys), *(one.get("alpha_interval") or (None, None)),
            one["ac2"], one["ac2_se"], one["words"],
        )
        for title, one in found
        if one["units"]
    )  # fmt: skip
    return tidy(_("How far the sheets agree"), labels, rows)


def contested(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Lowest"), _("Highest"), _("Why"), _("Still open")]
    rows = (
        (
            theme.title, one["title"], one["lowest"], one["highest"], " ".join(one["why"]),
            yes(one["open"]),
        )
        for theme in reading.themes
        for one in theme.contested_items
    )  # fmt: skip
    return tidy(_("Contested items"), labels, rows)


def panels(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Government"), _("Independent"), _("Difference")]
    rows = (
        (theme.title, gap["title"], gap["government"], gap["independent"], gap["gap"])
        for theme in reading.themes
        for gap in theme.panel_gaps
    )
    return tidy(_("Items that government and independent sheets place apart"), labels, rows)


def knowledge(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Sheets that do not know"), _("Sheets that left it blank")]
    rows = (
        (theme.title, gap["title"], gap["unknown"], gap["unanswered"])
        for theme in reading.themes
        for gap in theme.knowledge_gaps
    )
    return tidy(_("What some sheets do not know or did not answer"), labels, rows)


def find_out(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Level"), _("Statement"), _("Agreed answer")]
    rows = (
        (
            theme.title, step["title"], step["level"], step["statement"],
            answer_words(step["answer"]),
        )
        for theme in reading.themes
        for step in [*theme.find_out, *theme.missing_items]
    )  # fmt: skip
    return tidy(_("What to find out before anything is planned"), labels, rows)


def swing(reading: Reading) -> Table:
    """Of a phase there is no up and down: the columns are then marks taken off and put on."""
    up, down = (
        (_("Phase with one mark more"), _("Phase with one mark less"))
        if reading.classifies
        else (_("Stage one level up"), _("Stage one level down"))
    )
    labels = [_("Theme"), _("Stage"), _("Item"), up, down]
    rows = (
        (theme.title, theme.stage, one["title"], one["up"], one["down"])
        for theme in reading.themes
        for one in theme.swing_items
    )
    return tidy(_("Items of which one level changes the stage"), labels, rows)


def drivers(reading: Reading) -> Table:
    labels = [
        _("Theme"), _("Source of doubt, alone"), _("Share of re-scorings at the stage"),
        _("Position, 5 in 100 lie below"), _("Position, 5 in 100 lie above"),
    ]  # fmt: skip
    rows = (
        (theme.title, one["name"], one["share"], *one["interval"])
        for theme in reading.themes
        for one in theme.drivers
    )
    return tidy(_("What drives the doubt"), labels, rows)


def witnesses(reading: Reading) -> Table:
    labels = [
        _("Theme"), _("Item"), _("Level"), _("Indicators' level"), _("Two or more apart"),
        _("Indicator"), _("Indicator's level"), _("Value"), _("Unit"), _("Year"), _("Source"),
    ]  # fmt: skip
    rows = (
        (
            theme.title, item["title"], item["level"], item["evidence"]["level"],
            yes(item["code"] in apart),
            one.get("title", one["indicator"]), one["level"], one["value"], one.get("unit", ""),
            one.get("period", one["year"]),
            ", ".join(filter(None, (one.get("source"), one.get("vintage")))),
        )
        for theme in reading.themes
        for apart in [{one["item"] for one in theme.divergent_items}]
        for item in theme.items_on_page
        for one in item["testimonies"]
    )  # fmt: skip
    return tidy(_("What indicators say beside the settled level"), labels, rows)


def yes(truth: bool | None) -> str:
    return {None: "", True: _("yes"), False: _("no")}[truth]
