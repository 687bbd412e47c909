"""The sections a report can have, each made from its reading; the switches are their codes."""

from collections.abc import Callable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from activity.charts import Column
from reports.reading import Reading
from reports.rendering import back_matter, tables, theme_blocks
from reports.rendering.document import (
    Audience,
    Block,
    Drawing,
    Heading,
    Paragraph,
    Point,
    Points,
    Section,
    Table,
    Tone,
)
from reports.rendering.wording import rounded, titles, whole
from reports.theme_reading import ThemeReading

# The switches, in the order of the report. Each names what it is about, for the form.
TITLES = {
    "summary": gettext_lazy("The stages in one sentence each"),
    "priorities": gettext_lazy("What comes first"),
    "changes": gettext_lazy("What changed since the last round"),
    "plan": gettext_lazy("What became of the last plan"),
    "common": gettext_lazy("Beside other countries, for a national edition"),
    "themes": gettext_lazy("Each theme: where it stands"),
    "drawings": gettext_lazy("Each theme: charts"),
    "doubt": gettext_lazy("Each theme: agreement and what is contested"),
    "unknowns": gettext_lazy("Each theme: what to find out first"),
    "way": gettext_lazy("Each theme: the way to the next stage"),
    "assistance": gettext_lazy("Each theme: assistance that fits"),
    "country": gettext_lazy("The country in figures"),
    "method": gettext_lazy("How this was computed"),
    "replies": gettext_lazy("Annex: replies of the assessed ministries"),
    "settled": gettext_lazy("Annex: what was settled, objections and dissent"),
    "witnesses": gettext_lazy("Annex: what indicators say"),
    "items": gettext_lazy("Annex: item by item"),
    "numbers": gettext_lazy("Annex: the numbers behind the charts"),
    "sources": gettext_lazy("Annex: sources"),
    "signing": gettext_lazy("Sign-off page"),
}
OFFERED = {
    Audience.MINISTER: ("summary", "priorities", "changes"),
    Audience.FULL: tuple(code for code in TITLES if code != "numbers"),
    Audience.DONOR: (
        "summary", "changes", "plan", "common", "themes", "doubt", "unknowns", "assistance",
        "method", "replies", "settled", "witnesses", "items", "numbers", "sources",
    ),
}  # fmt: skip
ANNEXES = {"replies", "settled", "witnesses", "items", "numbers", "sources", "signing"}
ALWAYS = frozenset({"replies"})  # nobody switches off what the assessed reply
MOST_POINTS = 4  # of what a minister reads on one theme; the full report has them all
PER_THEME = {"themes", "drawings", "doubt", "unknowns", "way", "assistance"}


def sections(reading: Reading, audience: Audience, off: frozenset[str]) -> Iterator[Section]:
    """The sections the audience is offered but for those switched off, empty ones left out."""
    on = [code for code in OFFERED[audience] if code not in off or code in ALWAYS]
    for code, build in WHOLE.items():
        if code == "themes":
            for theme in reading.themes:
                yield from _theme(theme, audience, PER_THEME.intersection(on))
        elif code in on:
            blocks = list(build(reading))
            if blocks:
                yield Section(code, _title(code), blocks, annex=code in ANNEXES)


def _title(code: str) -> str:
    found = {
        "summary": _("In one sentence each"),
        "priorities": _("What comes first"),
        "changes": _("Since the last round"),
        "plan": _("What became of the plan"),
        "common": _("Beside other countries"),
        "country": _("The country in figures"),
        "method": _("How this was computed"),
        "replies": _("Replies of the assessed ministries"),
        "settled": _("What was settled, objections and dissent"),
        "witnesses": _("What indicators say"),
        "items": _("Item by item"),
        "numbers": _("The numbers behind the charts"),
        "sources": _("Sources"),
        "signing": _("Sign-off"),
    }
    return found[code]


def summary(reading: Reading) -> Iterator[Block]:
    staged = [theme for theme in reading.themes if theme.staged]
    yield Points(
        [
            Point(
                theme.sentence.removeprefix(theme.title).lstrip(" \u00a0\u202f:"),
                lead=f"{theme.title}:",
                note=_("lowered by what is unknown") if theme.starred else "",
            )
            for theme in staged
        ]
    )
    if reading.profile_chart:
        yield Drawing(reading.profile_chart.chart)
    if reading.result["mix"]:
        yield Heading(2, _("How the themes stand together"))
        yield Points([Point(rule["advice"]) for rule in reading.result["mix"]])


def priorities(reading: Reading) -> Iterator[Block]:
    """For a minister: a line a theme of what moves it, what to find out, and who can help."""
    moving = [theme for theme in reading.themes if theme.next_stage]
    if moving:
        yield Table(
            caption=_("What moves each theme to its next stage at least effort"),
            columns=[
                Column(_("Theme")),
                Column(_("Stage"), numeric=True),
                Column(_("Next"), numeric=True),
                Column(_("Raise these items")),
                Column(_("Effort"), numeric=True),
                Column(_("How sure")),
            ],
            rows=[
                (
                    theme.title,
                    theme.stage,
                    theme.next_stage,
                    shortened(titles(theme.cheapest)),
                    whole(theme.cheapest_set["cost"]),
                    pgettext("of a stage", "firm") if theme.firm else _("provisional"),
                )
                for theme in moving
            ],
            widths=(3, 0, 0, 6, 0, 0),
        )
    unknown = [
        (theme.title, sorted({step["title"] for step in [*theme.find_out, *theme.missing_items]}))
        for theme in reading.themes
    ]
    points = [Point(shortened(names), lead=f"{title}:") for title, names in unknown if names]
    if points:
        yield Heading(2, _("Find out first"))
        yield Points(points)
    helping = [
        Point(theme.approaches[0]["text"], lead=f"{theme.title}:")
        for theme in moving
        if theme.approaches
    ]
    if helping:
        yield Heading(2, _("Assistance that fits"))
        yield Points(helping)
    yield Paragraph(
        _(
            "A stage describes conditions as they are. It does not forecast growth, no country has "
            "to pass through every stage, and targets are set for each theme."
        ),
        Tone.SOFT,
    )


def changes(reading: Reading) -> Iterator[Block]:
    if not reading.changes:
        return
    yield Paragraph(
        _(
            "Published is what each round said on its own sheet. Comparable counts only the items "
            "known in both rounds, by the newer one's weights and marks; a change is real when the "
            "90 %% interval of the difference leaves out 0. Before: %(since)s."
        )
        % {"since": reading.result["change"]["since"]},
        Tone.SOFT,
    )
    yield Table(
        caption=_("Each theme then and now"),
        columns=[
            Column(_("Theme")),
            Column(_("Published stage (position)")),
            Column(_("Comparable position")),
            Column(_("Items in both"), numeric=True),
            Column(_("Change")),
        ],
        rows=[_change(one) for one in reading.changes],
        widths=(3, 3, 3, 0, 3),
    )
    if reading.change_caution:
        yield Paragraph(reading.change_caution, Tone.NOTICE)


def last_plan(reading: Reading) -> Iterator[Block]:
    """The plan that followed from the last round, measure by measure, and how it was judged."""
    plan = reading.last_plan
    if plan is None:
        return
    yield Paragraph(plan.told, Tone.SOFT)
    yield Table(
        caption=_("Each measure: what was aimed at, and how it stands"),
        columns=[
            Column(_("Measure")),
            Column(_("Theme")),
            Column(_("Target")),
            Column(_("How it stands")),
            Column(_("As last reported")),
        ],
        rows=[
            (one["title"], one["theme"], one["target"], one["status_name"], one["reported"])
            for one in plan.measures
        ],
        widths=(4, 2, 2, 2, 4),
    )
    if plan.judgements:
        yield Heading(2, _("How it was judged"))
        yield Points([Point(text, lead=f"{name}:") for name, text in plan.judgements])


def common(reading: Reading) -> Iterator[Block]:
    """For a national edition: each theme on the parent's items, and on all with its own."""
    if not reading.common:
        return
    yield Paragraph(
        _(
            "This sheet is a national edition of %(parent)s. Countries are compared on the items "
            "of %(parent)s only; the stage on all items, with the country's own, stands beside it."
        )
        % {"parent": reading.edition_of},
        Tone.SOFT,
    )
    yield Table(
        caption=_("Each theme on common items and on all"),
        columns=[
            Column(_("Theme")),
            Column(_("Stage on common items (position)")),
            Column(_("Stage on all items (position)")),
            Column(_("The country's own items")),
        ],
        rows=[
            (
                one["title"],
                _placed(one["stage"], one["position"]) or one["reason"],
                _placed(one["national_stage"], one["national_position"]) or one["national_reason"],
                "; ".join(one["titles"]) or _("none"),
            )
            for one in reading.common
        ],
        widths=(3, 3, 3, 4),
    )


def country(reading: Reading) -> Iterator[Block]:
    profile = reading.snapshot["profile"] or {}
    if profile.get("definitions"):
        yield tables.definitions(profile["definitions"])
    if profile.get("definitions_note"):
        yield Paragraph(profile["definitions_note"])
    if profile.get("figures"):
        yield tables.figures(profile["figures"])


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


def shortened(names: list[str]) -> str:
    """The titles, or the first few and how many more there are."""
    rest = len(names) - MOST_POINTS
    if rest <= 1:
        return "; ".join(names)
    more = _("and %(rest)s more") % {"rest": rest}
    return f"{'; '.join(names[:MOST_POINTS])}; {more}"


WHOLE: dict[str, Callable[[Reading], Iterator[Block]]] = {
    "summary": summary,
    "priorities": priorities,
    "changes": changes,
    "plan": last_plan,
    "common": common,
    "themes": lambda reading: iter(()),
    "country": country,
    "method": back_matter.method,
    "replies": back_matter.replies,
    "settled": back_matter.settled,
    "witnesses": back_matter.witnesses,
    "items": back_matter.items,
    "numbers": back_matter.numbers,
    "sources": back_matter.sources,
    "signing": back_matter.signing,
}


def _theme(theme: ThemeReading, audience: Audience, on: set[str]) -> Iterator[Section]:
    addressees = ("donors", "service_providers") if audience == Audience.DONOR else ()
    blocks: list[Block] = []
    if "themes" in on:
        blocks += theme_blocks.standing(theme)
    if "drawings" in on:
        blocks += theme_blocks.drawings(theme)
    if "unknowns" in on:
        blocks += theme_blocks.unknowns(theme)
    if "way" in on:
        blocks += theme_blocks.way(theme)
    if "assistance" in on:
        blocks += theme_blocks.assistance(theme, addressees)
    if "doubt" in on:
        blocks += theme_blocks.doubt(theme)
    if blocks:
        yield Section(theme.code, theme.title, blocks)


def _change(one: dict) -> tuple:
    published = [
        _placed(place["stage"], place["position"]) if place else "–" for place in one["published"]
    ]
    comparable = one["reason"]
    if one["comparable"]:
        comparable = " → ".join(rounded(p["position"], 2) for p in one["comparable"])
    word = {None: "–", True: _("real"), False: _("no clear change")}[one["real"]]
    if one["interval_90"]:
        low, high = (rounded(end, 2) for end in one["interval_90"])
        word = f"{word}: {rounded(one['difference'], 2)} ({low} – {high})"
    return (one["title"], " → ".join(published), comparable, len(one["items"]), word)


def _placed(stage: int | None, position: float | None) -> str:
    return f"{stage} ({rounded(position, 2)})" if stage else ""
