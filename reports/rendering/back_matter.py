"""What stands behind a report: how it was computed, what was settled, every item, the sources."""

from collections.abc import Iterator

from django.utils.formats import localize, number_format
from django.utils.translation import gettext as _

from activity.charts import Column
from diagnostics.wording import code_words
from reports.reading import Reading
from reports.rendering import tables
from reports.rendering.document import (
    Block,
    Heading,
    Paragraph,
    Point,
    Points,
    Signatures,
    Table,
)
from reports.rendering.wording import rounded


def method(reading: Reading) -> Iterator[Block]:
    result = reading.result
    yield Paragraph(
        _(
            "Each item has one mark for each phase, answered by itself; marks do not build on one "
            "another. The phase is the one whose marks are true of the items that carry most "
            "weight; of equals, the earlier."
        )
        if reading.classifies
        else _(
            "An item's level is one more than the number of its statements, from the second level "
            "upwards without a gap, that are true. A theme is at the highest stage for which the "
            "items at that level or above carry at least %(mark)s of the weight and every core "
            "item is there too."
        )
        % {"mark": localize(result["instrument"]["pass_mark"])}
    )
    yield Paragraph(
        _(
            "A theme has no stage while too little of its weight is answered or known. "
            "Stages of themes are never averaged into one."
        )
    )
    yield Paragraph(
        _(
            "A stage describes conditions as they are. It does not forecast growth, no country has "
            "to pass through every stage, and targets are set for each theme."
        )
    )
    yield Heading(2, _("From several sheets to one"))
    yield Paragraph(
        _(
            "Every organisation fills a sheet of its own, in one of three panels: government, "
            "independent, private. For each statement the middle answer is taken within each "
            "panel and then over the panels, so that many sheets of one panel do not outvote "
            "another. Where the sheets lie two levels apart the item is contested, and the "
            "coordinator settles it with a reason or leaves it as the majority has it. A level "
            "that rests on an unknown is a knowledge gap, not a disagreement."
        )
    )
    if result.get("draws"):
        yield Heading(2, _("How sure a stage is"))
        yield Paragraph(
            _(
                "To see how sure a stage is, the round is scored %(draws)s times more (seed "
                "%(seed)s): sheets drawn anew within each panel, a little noise where fewer than "
                "three sheets rate an item, unknowns answered either way. A stage is firm when at "
                "least 80 in 100 re-scorings give it, at least three sheets from two panels stand "
                "behind it and nothing contested is open. This is no probability that the country "
                "is at a stage."
            )
            % {"draws": number_format(result["draws"], force_grouping=True), "seed": result["seed"]}
        )
    if reading.unjudged:
        yield Paragraph(
            _(
                "Whether this advice on how themes stand together applies cannot be judged, "
                "because a stage it rests on is missing:"
            )
        )
        yield Points([Point(advice) for advice in reading.unjudged])
    yield Heading(2, _("Sheets behind it"))
    yield Points(
        [
            Point(f"{one['organisation']} ({code_words(one['panel'])})")
            for one in reading.snapshot["sheets"]
        ]
    )


def replies(reading: Reading) -> Iterator[Block]:
    for one in reading.replies:
        yield Heading(2, one.organisation.name)
        for text in one.text.splitlines():
            if text.strip():
                yield Paragraph(text)


def settled(reading: Reading) -> Iterator[Block]:
    """Item by item what was settled and why, who objected with which answer, and who dissents."""
    for theme in reading.themes:
        for item in theme.items_on_page:
            points = list(_settled(item))
            if points:
                yield Heading(2, item["title"])
                yield Points(points)


def _settled(item: dict) -> Iterator[Point]:
    if decision := item["decision"]:
        settled = decision["kind"] == "settled"
        yield Point(
            decision["reason"],
            lead=_("Settled:") if settled else _("Left as the majority has it:"),
            note=_("The panels' level is %s.") % item["panel_level"] if item["panel_level"] else "",
        )
        for row in decision["evidence"]:
            yield Point(_cited(row), lead=_("Evidence:"))
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


def _cited(row: dict[str, str]) -> str:
    quote = f"“{row['quote']}”" if row["quote"] else ""
    return ", ".join(filter(None, (row["link"], row["page"], quote)))


def witnesses(reading: Reading) -> Iterator[Block]:
    """Each item's indicators: the value used, its year and source, and the level it speaks for."""
    rows = [
        (
            item["title"],
            item["level"],
            one["level"],
            one.get("title", one["indicator"]),
            rounded(one["value"], 2),
            one.get("unit", ""),
            one.get("period", one["year"]),
            ", ".join(filter(None, (one.get("source"), one.get("vintage")))),
        )
        for theme in reading.themes
        for item in theme.items_on_page
        for one in item["testimonies"]
    ]
    if rows:
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
            rows=rows,
            widths=(4, 0, 0, 4, 0, 2, 0, 3),
        )


def items(reading: Reading) -> Iterator[Block]:
    for theme in reading.themes:
        yield tables.items_of(theme)


def numbers(reading: Reading) -> Iterator[Block]:
    for chart in reading.all_charts.values():
        yield Table(chart.title, chart.columns, chart.rows)


def sources(reading: Reading) -> Iterator[Block]:
    cited = {source["document"] for source in reading.sources}
    cited |= {a["source"]["document"] for t in reading.themes for a in t.approaches or []}
    documents = reading.snapshot["documents"]
    yield Points(
        [Point(text, lead=f"{code}:") for code, text in documents.items() if code in cited]
    )
    places: dict[str, list[str]] = {}
    for source in reading.sources:
        place = f"{source['place']} ({code_words(source['tag'])})"
        places.setdefault(source["document"], []).append(place)
    yield Table(
        caption=_("Where the items of the instrument come from"),
        columns=[Column(_("Document")), Column(_("Place"))],
        rows=[(document, place) for document, found in places.items() for place in found],
        widths=(0, 1),
    )


def signing(reading: Reading) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Those who sign confirm that they have read this version of the report, whose record "
            "carries the hash %(hash)s. A signature agrees to publication; it changes no stage."
        )
        % {"hash": reading.report.sha256}
    )
    yield Signatures(
        roles=[
            _("For the organisation that ran the round"),
            _("For the government panel"),
            _("For the independent panel"),
            _("For the donors who reviewed it"),
        ],
        words=[_("Name and office"), _("Place and date"), _("Signature")],
    )
