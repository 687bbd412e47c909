"""Item by item: statements with the agreed answers, every sheet's, what was settled, witnesses."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Column
from countries.wording import colon
from diagnostics.scoring.instrument import Status
from diagnostics.wording import code_words
from reports.reading import Reading
from reports.rendering import tables
from reports.rendering.document import (
    Block,
    Folded,
    Heading,
    Paragraph,
    Point,
    Points,
    Table,
    Tone,
)
from reports.rendering.reliance_blocks import testimony
from reports.rendering.theme_blocks import levels
from reports.rendering.wording import cited, rounded
from reports.theme_reading import ThemeReading, anchor_of


def of_theme(theme: ThemeReading) -> Iterator[Block]:
    """For the page: each item folded, with all that is known of it."""
    yield Heading(2, _("Item by item"), anchor=f"{theme.code}-items")
    yield from levels(theme)
    yield from _objections(theme)
    for item in theme.items_on_page:
        blocks = [*_statements(theme, item), *_witnesses(item), *_decided(item), *_sheets(item)]
        yield Folded(_title(theme, item), blocks, anchor=anchor_of(item["code"]))
    yield _side_by_side(theme)


def items(reading: Reading) -> Iterator[Block]:
    """For an annex: the items of all themes; what was settled has an annex of its own."""
    for theme in reading.themes:
        yield Heading(2, theme.title)
        yield from _objections(theme)
        yield _side_by_side(theme)
        for item in theme.items_on_page:
            blocks = [*_statements(theme, item), *_witnesses(item), *_sheets(item)]
            yield Folded(_title(theme, item), blocks)


def _side_by_side(theme: ThemeReading) -> Folded:
    return Folded(_("All items in one table"), [tables.items_of(theme)])


def _objections(theme: ThemeReading) -> Iterator[Block]:
    if n := len(theme.objections):
        yield Paragraph(
            ngettext(
                "%(n)s objection was filed on this theme, accepted: %(accepted)s. "
                "It stands with its item.",
                "%(n)s objections were filed on this theme, accepted: %(accepted)s. "
                "They stand with their items.",
                n,
            )
            % {"n": n, "accepted": theme.objections_accepted}
        )


def _title(theme: ThemeReading, item: dict) -> str:
    return f"{item['title']}{colon()}{_standing(theme, item)}"


def _standing(theme: ThemeReading, item: dict) -> str:
    if theme.reading.classifies and item["status"] == Status.ANSWERED:
        if item["level"]:
            return _("phase %(phase)s") % {"phase": item["level"]}
        return _("no mark is true")
    if not item["level"]:
        return _("not applicable")
    level = _("level %(level)s") % {"level": item["level"]}
    held = {"unknown": _("held by an unknown"), "unanswered": _("unanswered")}
    return f"{level} ({held[item['state']]})" if item["state"] in held else level


def _statements(theme: ThemeReading, item: dict) -> Iterator[Block]:
    yield Paragraph(item["question"], Tone.SOFT)
    yield Points(
        [
            Point(statement, lead=f"{step}:", answers=[answer])
            for step, statement, answer in item["lines"]
        ]
    )
    if item["out_of_order"]:
        words = _("Out of order: a higher statement is true while a lower one is not.")
        yield Paragraph(words, Tone.SOFT)
    if item["agreed"] and item["agreed"]["reason"] and not item["decision"]:
        yield Paragraph(item["agreed"]["reason"])


def _sheets(item: dict) -> Iterator[Block]:
    """What each sheet answers, with its remark and evidence, and where the item is from."""
    points = []
    for answer in item["sheets"]:
        given = answer.response
        rater = f"{answer.rater} ({code_words(answer.panel)}):"
        if given["status"] == Status.NOT_APPLICABLE:
            points.append(Point("", rater, given["reason"], answers=[given["status"]]))
        else:
            points.append(Point("", rater, given["comment"], answers=given["answers"]))
        points += [Point(_evidence(row), lead=_("Evidence:")) for row in given["evidence"]]
    if points:
        yield Points(points)
    if source := item["source"]:
        words = f"{cited(source)} ({code_words(source['tag'])})"
        yield Paragraph(words, Tone.SOFT, lead=_("Item from:"))


def settled(reading: Reading) -> Iterator[Block]:
    """Item by item what was settled and why, who objected with which answer, and who dissents."""
    for theme in reading.themes:
        for item in theme.items_on_page:
            blocks = list(_decided(item))
            if blocks:
                yield Heading(2, item["title"])
                yield from blocks


def _decided(item: dict) -> Iterator[Block]:
    points = list(_decisions(item))
    if points:
        yield Points(points)


def _decisions(item: dict) -> Iterator[Point]:
    if decision := item["decision"]:
        kept = decision["kind"] == "settled"
        panel = {"panel": item["panel_level"]}
        yield Point(
            decision["reason"],
            lead=_("Settled:") if kept else _("Left as the majority has it:"),
            note=_("The panels' level is %(panel)s.") % panel if item["panel_level"] else "",
        )
        for row in decision["evidence"]:
            yield Point(_evidence(row), lead=_("Evidence:"))
    for one in item["objections"]:
        answer = _("Accepted:") if one["state"] == "accepted" else _("Refused:")
        yield Point(
            one["text"],
            lead=_("%(organisation)s objected:") % {"organisation": one["organisation"]},
            note=f"{answer} {one['answer']}",
        )
    for one in item["dissents"]:
        lead = _("%(organisation)s dissents:") % {"organisation": one["organisation"]}
        yield Point(one["text"], lead=lead)


def _evidence(row: dict[str, str]) -> str:
    quote = f"“{row['quote']}”" if row["quote"] else ""
    return ", ".join(filter(None, (row["link"], row["page"], quote)))


def _witnesses(item: dict) -> Iterator[Block]:
    if item["testimonies"]:
        said = _("Indicators say level %(level)s") % {"level": item["evidence"]["level"]}
        yield Points([Point(f"{said}.")] + [testimony(one) for one in item["testimonies"]])


def witnesses(reading: Reading) -> Iterator[Block]:
    """Each item's indicators: the value used, its year and source, and the level it speaks for."""
    found = [
        (item, one)
        for theme in reading.themes
        for item in theme.items_on_page
        for one in item["testimonies"]
    ]
    if found:
        yield Paragraph(
            _(
                "Statistics stand beside the sheets as a second witness. The newest value counts "
                "whose year is no later than the round's end and not too old; what was used is "
                "copied into this report. They overrule nothing."
            )
        )
        yield Table(
            caption=_("What indicators say beside the settled level"),
            columns=[
                Column(_("Item")),
                Column(_("Level"), numeric=True),
                Column(_("Indicator's level"), numeric=True),
                Column(_("Indicator")),
                Column(_("Value"), numeric=True),
                Column(_("Unit")),
                Column(_("Year")),
                Column(_("Source")),
            ],
            rows=[
                (
                    item["title"],
                    item["level"],
                    one["level"],
                    one.get("title", one["indicator"]),
                    rounded(one["value"], -2),
                    one.get("unit", ""),
                    one.get("period", one["year"]),
                    ", ".join(filter(None, (one.get("source"), one.get("vintage")))),
                )
                for item, one in found
            ],
            widths=(4, 0, 0, 4, 0, 2, 0, 3),
            anchors=[anchor_of(item["code"]) for item, _one in found],
        )
