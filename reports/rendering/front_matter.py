"""What a report says first, and of all themes together."""

from collections.abc import Iterator

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from activity.charts import Column
from countries.wording import colon
from reports.reading import Reading
from reports.rendering import tables
from reports.rendering.document import (
    Block,
    Drawing,
    Folded,
    Heading,
    Paragraph,
    Point,
    Points,
    Table,
    Tone,
)
from reports.rendering.reliance_blocks import coefficients
from reports.rendering.wording import rounded, titles, whole
from reports.theme_reading import ThemeReading

MOST_POINTS = 4  # of what a minister reads on one theme; the full report has them all


def summary(reading: Reading) -> Iterator[Block]:
    staged = [theme for theme in reading.themes if theme.staged]
    yield Points(
        [
            Point(
                theme.sentence.removeprefix(theme.title).lstrip(" \u00a0\u202f:"),
                lead=f"{theme.title}:",
                note=theme.star(_("lowered by what is unknown")),
                anchor=theme.code,
            )
            for theme in staged
        ]
    )
    if reading.profile_chart:
        yield Drawing(reading.profile_chart)
    if reading.first and not reading.classifies:
        yield Heading(2, _("Which theme first"))
        yield Paragraph(
            _(
                "The theme of the lowest position holds the others back most. It stands beside the "
                "profile, not above it."
            )
        )
        yield Points(
            [
                Point(_cost(theme), lead=f"{theme.title}:", anchor=theme.code)
                for theme in reading.first
            ]
        )
    if reading.result["mix"]:
        yield Heading(2, _("How the themes stand together"))
        yield Points(
            [Point(rule["advice"], note=rule["because"]) for rule in reading.result["mix"]]
        )


def _cost(theme: ThemeReading) -> str:
    if not theme.next_stage:
        return _("the highest stage is reached")
    n = len(theme.cheapest)
    return ngettext(
        "stage %(stage)s takes %(n)s item at an effort of %(cost)s",
        "stage %(stage)s takes %(n)s items at an effort of %(cost)s",
        n,
    ) % {"stage": theme.next_stage, "n": n, "cost": floatformat(theme.cheapest_set["cost"])}


def agreement(reading: Reading) -> Iterator[Block]:
    """How far the sheets agree over all items of all themes."""
    found = reading.result["agreement"]
    if found["units"]:
        yield Paragraph(found["words"], lead=_("Over the whole sheet:"))
        yield coefficients(found)


def priorities(reading: Reading) -> Iterator[Block]:
    """A line a theme of what moves it, what to find out, and who can help."""
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
            anchors=[f"{theme.code}-way" for theme in moving],
        )
    unknown = [
        (theme, sorted({step["title"] for step in [*theme.find_out, *theme.missing_items]}))
        for theme in reading.themes
    ]
    points = [
        Point(shortened(names), lead=f"{theme.title}:", anchor=theme.code)
        for theme, names in unknown
        if names
    ]
    if points:
        yield Heading(2, _("Find out first"))
        yield Points(points)
    helping = [
        Point(theme.approaches[0]["text"], lead=f"{theme.title}:", anchor=theme.code)
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
        anchors=[one["theme"] for one in reading.changes],
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
            Column(_("Who answers for it")),
            Column(_("Target")),
            Column(_("How it stands")),
            Column(_("As last reported")),
        ],
        rows=[
            (
                one["title"],
                one["theme"],
                one["owner"],
                one["target"],
                one["status_name"],
                one["reported"],
            )
            for one in plan.measures
        ],
        widths=(3, 3, 3, 2, 3, 4),
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
                placed(one["stage"], one["position"]) or one["reason"],
                placed(one["national_stage"], one["national_position"]) or one["national_reason"],
                "; ".join(one["titles"]) or _("none"),
            )
            for one in reading.common
        ],
        widths=(3, 3, 3, 4),
        anchors=[one["theme"] for one in reading.common],
    )


def country(reading: Reading) -> Iterator[Block]:
    profile = reading.snapshot["profile"] or {}
    if profile.get("definitions"):
        yield Heading(2, _("What the law calls an SME"))
        yield tables.definitions(profile["definitions"])
    if profile.get("definitions_note"):
        yield Paragraph(profile["definitions_note"])
    if figures := profile.get("figures"):
        title = ngettext("%(n)s key figure", "%(n)s key figures", len(figures))
        yield Folded(title % {"n": len(figures)}, [tables.figures(figures)])


def shortened(names: list[str]) -> str:
    """The titles, or the first few and how many more there are."""
    rest = len(names) - MOST_POINTS
    if rest <= 1:
        return "; ".join(names)
    more = _("and %(rest)s more") % {"rest": rest}
    return f"{'; '.join(names[:MOST_POINTS])}; {more}"


def placed(stage: int | None, position: float | None) -> str:
    return f"{stage} ({rounded(position, 2)})" if stage else ""


def _change(one: dict) -> tuple:
    published = [
        placed(place["stage"], place["position"]) if place else "–" for place in one["published"]
    ]
    comparable = one["reason"]
    if one["comparable"]:
        comparable = " → ".join(rounded(p["position"], 2) for p in one["comparable"])
    word = {None: "–", True: _("real"), False: _("no clear change")}[one["real"]]
    if one["interval_90"]:
        low, high = (rounded(end, 2) for end in one["interval_90"])
        word = f"{word}{colon()}{rounded(one['difference'], 2)} ({low} – {high})"
    return (one["title"], " → ".join(published), comparable, len(one["items"]), word)
