"""The tables of a report over all its themes, tidy: what a spreadsheet holds, one sheet each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from activity.charts import Column
from diagnostics.models.rounds import Panel
from diagnostics.wording import code_words
from reports.reading import Reading
from reports.rendering import back_matter, front_matter, item_blocks
from reports.rendering.document import Cell, Table, flat
from reports.rendering.wording import addressee_words, answer_words, titles

Row = tuple[Cell, ...]


def annex(reading: Reading) -> list[tuple[str, Table]]:
    """The tables that have rows, each with the short name of its sheet."""
    found = [
        (_("Themes"), _themes(reading)),
        (_("Coverage"), _charted(reading, "coverage", _("Share of weight at or above each level"))),
        (_("Re-scorings"), _charted(reading, "rescoring", _("Re-scorings by stage"))),
        (_("Items"), _items(reading)),
        (_("Statements"), _statements(reading)),
        (_("Way"), _way(reading)),
        (_("Road map"), _plans(reading)),
        (_("Assistance"), _assistance(reading)),
        (_("Agreement"), _agreement(reading)),
        (_("Contested"), _contested(reading)),
        (_("Settlement"), _settlement(reading)),
        (_("Sheets"), _answers(reading)),
    ]
    for name, blocks in (
        (_("Changes"), front_matter.changes(reading)),
        (_("National edition"), front_matter.common(reading)),
        (_("Country"), front_matter.country(reading)),
        (_("Indicators"), item_blocks.witnesses(reading)),
        (_("Sources"), back_matter.sources(reading)),
    ):
        drawn = [block for block in flat(blocks) if isinstance(block, Table)]
        found += [(f"{name} {n}" if n > 1 else name, t) for n, t in enumerate(drawn, start=1)]
    return [(name, table) for name, table in found if table.rows]


def _table(caption: str, labels: list[str], rows: Iterator[Row]) -> Table:
    """A table whose columns are numeric where their cells are."""
    kept = list(rows)
    numeric = [any(isinstance(row[at], int | float) for row in kept) for at in range(len(labels))]
    return Table(
        caption, [Column(label, numeric=n) for label, n in zip(labels, numeric, strict=True)], kept
    )


def _themes(reading: Reading) -> Table:
    def rows() -> Iterator[Row]:
        for theme in reading.themes:
            low, high = theme.bounds or (None, None)
            cheapest = theme.cheapest_set
            yield (
                theme.title, theme.stage, theme.position, theme.mean_level, low, high,
                theme.needs, theme.completeness, theme.knowledge, _yes(theme.starred),
                _yes(theme.firm), theme.firmness or theme.reason, cheapest.get("cost"),
                "; ".join(titles(theme.cheapest)),
            )  # fmt: skip

    labels = [
        _("Theme"), _("Stage"), _("Position"), _("Mean level"), _("Lowest possible stage"),
        _("Highest possible stage"), _("Needed"), _("Answered, share of weight"),
        _("Known, share of weight"), _("Lowered by what is unknown"), _("Firm"), _("Because"),
        _("Least effort to the next stage"), _("Cheapest set"),
    ]  # fmt: skip
    return _table(_("Where each theme stands"), labels, rows())


def _charted(reading: Reading, kind: str, caption: str) -> Table:
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


def _items(reading: Reading) -> Table:
    panels = [panel for panel in Panel if panel != Panel.AGREED]
    labels = [
        _("Theme"), _("Code"), _("Item"), _("Level"), _("Score"), _("Weight"), _("Core"),
        _("State"), *(str(panel.label).capitalize() for panel in panels), _("Out of order"),
    ]  # fmt: skip
    rows = (
        (
            theme.title, item["code"], item["title"], item["level"], item["score"],
            item["weight"], _yes(item["core"]), code_words(item["state"] or item["status"]),
            *(item["panel_levels"].get(panel) for panel in panels), _yes(item["out_of_order"]),
        )
        for theme in reading.themes
        for item in theme.items
    )  # fmt: skip
    return _table(_("Every item"), labels, rows)


def _statements(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Level"), _("Statement"), _("Agreed answer")]
    rows = (
        (theme.title, item["title"], int(level), statement, answer_words(answer))
        for theme in reading.themes
        for item in theme.items_on_page
        for level, statement, answer in item["lines"]
    )
    return _table(_("Every statement with the agreed answer"), labels, rows)


def _way(reading: Reading) -> Table:
    labels = [
        _("Theme"), _("To stage"), _("Item"), _("Level"), _("What must become true"), _("Now"),
        _("In the cheapest set"), _("Effort of each statement"), _("What would show it"),
    ]  # fmt: skip
    rows = (
        (
            theme.title, theme.next_stage, step["item"]["title"], one["level"], one["statement"],
            answer_words(one["answer"]), _yes(step["cheapest"]), step["effort"], step["evidence"],
        )
        for theme in reading.themes
        if theme.next_stage
        for step in theme.steps
        for one in step["statements"]
    )  # fmt: skip
    return _table(_("Statements not yet true, up to the next stage"), labels, rows)


def _plans(reading: Reading) -> Table:
    labels = [_("Theme"), _("Years"), _("To stage"), _("Effort"), _("Items to raise")]
    rows = (
        (
            theme.title,
            plan["years"],
            plan["target"],
            plan["cost"],
            "; ".join(titles(plan["raised"])),
        )
        for theme in reading.themes
        for plan in theme.plans
    )
    return _table(_("What to raise by when"), labels, rows)


def _assistance(reading: Reading) -> Table:
    labels = [
        _("Theme"), _("Stage"), _("Addressee"), _("Pathway"), _("Approach"), _("Document"),
        _("Place"),
    ]  # fmt: skip
    rows = (
        (
            theme.title, theme.stage, addressee_words(one["addressee"]), code_words(one["pathway"]),
            one["text"], one["source"]["document"], one["source"]["place"],
        )
        for theme in reading.themes
        for one in theme.approaches
    )  # fmt: skip
    return _table(_("Assistance that fits"), labels, rows)


def _agreement(reading: Reading) -> Table:
    keys = ("raters", "units", "exact", "within_one", "alpha", "ac2", "ac2_se")
    labels = [
        _("Theme"), _("Sheets"), _("Items"), _("Share of exact agreement"),
        _("Share at most one level apart"), _("Krippendorff's alpha, ordinal"), _("Gwet's AC2"),
        _("Standard error of AC2"), _("In words"),
    ]  # fmt: skip
    rows = (
        (theme.title, *(theme.agreement[key] for key in keys), theme.agreement["words"])
        for theme in reading.themes
        if theme.agreement["units"]
    )
    return _table(_("How far the sheets agree"), labels, rows)


def _contested(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("Lowest"), _("Highest"), _("Why")]
    rows = (
        (theme.title, one["title"], one["lowest"], one["highest"], " ".join(one["why"]))
        for theme in reading.themes
        for one in theme.contested_items
    )
    return _table(_("Contested items"), labels, rows)


def _settlement(reading: Reading) -> Table:
    labels = [_("Theme"), _("Item"), _("What"), _("Organisation"), _("Words"), _("Answer")]

    def rows() -> Iterator[Row]:
        for theme in reading.themes:
            for item in theme.items_on_page:
                about = (theme.title, item["title"])
                if decision := item["decision"]:
                    kept = _("settled") if decision["kind"] == "settled" else _("left as it was")
                    yield (*about, kept, "", decision["reason"], "")
                for one in item["objections"]:
                    yield (*about, _("objection"), one["organisation"], one["text"], one["answer"])
                for one in item["dissents"]:
                    yield (*about, _("dissent"), one["organisation"], one["text"], "")

    return _table(_("What was settled, objections and dissent"), labels, rows())


def _answers(reading: Reading) -> Table:
    levels = range(1 if reading.classifies else 2, reading.levels + 1)
    labels = [
        _("Sheet"), _("Panel"), _("Item"), _("Status"), *(_("Level %s") % n for n in levels),
        _("Reason or comment"),
    ]  # fmt: skip
    rows = (
        (
            sheet["organisation"], code_words(sheet["panel"]), code, code_words(response["status"]),
            *(answer_words(answer) for answer in response["answers"]),
            response["reason"] or response["comment"],
        )
        for sheet in reading.snapshot["sheets"]
        for code, response in sheet["responses"].items()
    )  # fmt: skip
    return _table(_("What each sheet says"), labels, rows)


def _yes(truth: bool | None) -> str:
    return {None: "", True: _("yes"), False: _("no")}[truth]
