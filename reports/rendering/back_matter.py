"""What stands behind a report: how it was computed, replies, numbers, sources, signatures."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format, localize, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Column
from countries.references import named
from countries.wording import colon
from diagnostics.wording import code_words
from reports.reading import Reading
from reports.rendering.document import (
    Block,
    Facts,
    Folded,
    Heading,
    Link,
    Paragraph,
    Point,
    Points,
    Signatures,
    Table,
)


def method(reading: Reading) -> Iterator[Block]:
    for text in _rule(reading):
        yield Paragraph(text)
    for title, texts in _parts(reading):
        yield Heading(2, title)
        for text in texts:
            yield Paragraph(text)
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


def _rule(reading: Reading) -> Iterator[str]:
    """How a sheet becomes a stage, or a phase."""
    if reading.classifies:
        yield _(
            "Each item has one mark for each phase, answered by itself; marks do not build on one "
            "another. The phase is the one whose marks are true of the items that carry most "
            "weight; of equals, the earlier."
        )
        yield _(
            "Where sheets are compared, an item stands at the earliest phase whose mark is true of "
            "it; it is contested, too, where most sheets see a mark but not one that the panels "
            "share."
        )
    else:
        yield _(
            "An item's level is one more than the number of its statements, from the second level "
            "upwards without a gap, that are true. A theme is at the highest stage for which the "
            "items at that level or above carry at least %(mark)s of the weight and every core "
            "item is there too."
        ) % {"mark": localize(reading.result["instrument"]["pass_mark"])}
    yield _(
        "A theme has no stage while too little of its weight is answered or known. "
        "Stages of themes are never averaged into one."
    )
    yield _(
        "A stage describes conditions as they are. It does not forecast growth, no country has "
        "to pass through every stage, and targets are set for each theme."
    )


def _parts(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    """What is done with the sheets, each step under its title."""
    result = reading.result
    yield (
        _("From several sheets to one"),
        [
            _(
                "Every organisation fills a sheet of its own, in one of three panels: government, "
                "independent, private. For each statement the middle answer is taken within each "
                "panel and then over the panels, so that many sheets of one panel do not outvote "
                "another. Where the sheets lie two levels apart the item is contested, and the "
                "coordinator settles it with a reason or leaves it as the majority has it. A level "
                "that rests on an unknown is a knowledge gap, not a disagreement."
            ),
            _(
                "Agreement is first the share of pairs of sheets that give an item the same level, "
                "or levels at most one apart. The coefficients set that against what chance would "
                "give: Krippendorff's alpha asks whether the sheets tell the items apart in the "
                "same way, Gwet's AC2 how much of the agreement is more than chance."
            ),
        ],
    )
    if result.get("draws"):
        facts = {
            "draws": number_format(result["draws"], force_grouping=True),
            "seed": result["seed"],
        }
        yield (
            _("How sure a stage is"),
            [
                _(
                    "The round is scored %(draws)s times more (seed %(seed)s): sheets drawn anew "
                    "within each panel, a little noise where fewer than three sheets rate an item, "
                    "unknowns answered either way. A stage is firm when at least 80 in 100 "
                    "re-scorings give it, at least three sheets from two panels stand behind it "
                    "and nothing contested is open. A second line also varies the weights and the "
                    "pass mark, to show how much hangs on the rule itself. None of this is a "
                    "probability that the country is at a stage."
                )
                % facts
            ],
        )
    if not reading.classifies:
        yield (
            _("What moves it"),
            [
                _(
                    "Blocked by are the statements up to the next level that are not true yet. The "
                    "least effort is the set of items, of all possible ones, that reaches the next "
                    "stage with the smallest sum of effort; it is found exactly, not by guess. The "
                    "five-year set builds on the one-year set. Rules on several themes at once say "
                    "what has to come first."
                )
            ],
        )
    if reading.observations:
        yield (
            _("Indicators"),
            [
                _(
                    "Statistics stand beside the sheets as a second witness. The newest value "
                    "counts whose year is no later than the round's end and not too old; what was "
                    "used is copied into this report. They overrule nothing."
                )
            ],
        )
    if reading.changes:
        yield (
            _("Over time"),
            [
                _(
                    "Two rounds are compared on the items known in both, by the newer one's rules, "
                    "and both are re-scored with the same draws. Less than 60 in 100 of the weight "
                    "in common is too little to compare."
                )
            ],
        )


def record(reading: Reading) -> list[tuple[str, str]]:
    """What identifies the report: instrument, method, closing, hash."""
    instrument = reading.snapshot["instrument"]
    facts = [
        (_("Instrument"), f"{instrument['code']} {instrument['version']}"),
        (_("SHA-256 of the instrument"), instrument["sha256"]),
        (_("Method"), str(reading.snapshot["method_version"])),
    ]
    if reading.translated:
        facts.append((_("Translation"), reading.translated))
        facts += [(_("SHA-256 of the translation"), one.sha256) for one in reading.translations]
    if reading.closed_at:
        closed = date_format(reading.closed_at, "SHORT_DATETIME_FORMAT")
        facts.append((_("Closed"), f"{closed} {reading.closed_at:%Z}"))
    return [*facts, (_("SHA-256 of this report"), reading.report.sha256)]


def recorded(reading: Reading) -> Iterator[Block]:
    """The record at the end of the page; paper has it on the cover."""
    yield Facts(record(reading))
    address = reverse("reports:snapshot", args=[reading.report.pk])
    yield Link(_("Everything behind it (JSON)"), address)


def replies(reading: Reading) -> Iterator[Block]:
    for one in reading.replies:
        yield Heading(2, one.organisation.name)
        for text in one.text.splitlines():
            if text.strip():
                yield Paragraph(text)


def numbers(reading: Reading) -> Iterator[Block]:
    for chart in reading.all_charts.values():
        yield Table(chart.title, chart.columns, chart.rows)


def sources(reading: Reading) -> Iterator[Block]:
    cited = {source["document"] for source in reading.sources}
    cited |= {a["source"]["document"] for t in reading.themes for a in t.approaches}
    documents = reading.snapshot["documents"]
    yield Points(
        [
            Point(text, lead=f"{named(code)}{colon()}".rstrip())
            for code, text in documents.items()
            if code in cited
        ]
    )
    places: dict[str, list[str]] = {}
    for source in reading.sources:
        place = f"{source['place']} ({code_words(source['tag'])})"
        places.setdefault(named(source["document"]), []).append(place)
    rows = [(document, place) for document, found in places.items() for place in found]
    table = Table(
        caption=_("Where the items of the instrument come from"),
        columns=[Column(_("Document")), Column(_("Place"))],
        rows=rows,
        widths=(0, 1),
    )
    title = ngettext("%(n)s place", "%(n)s places", len(rows)) % {"n": len(rows)}
    yield Folded(title, [table])


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
        blanks=[_("Name and office"), _("Place and date"), _("Signature")],
    )
