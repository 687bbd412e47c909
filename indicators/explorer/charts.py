"""The explorer's charts; titles say the finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from activity.charts import Chart, Column, Kind, Series, scale_around
from indicators.explorer.words import shown
from indicators.models import CurrentValue, Import, Indicator

FIRST, LAST = 12, 3  # of a long ranking: so many are drawn from its top and from its end
CLASSES = 5
BOUNDARIES = "United Nations geodata; lakes and rivers: Natural Earth (public domain)"


@dataclass(frozen=True)
class Ranked:
    """A country's place in a year; places are shared by equals."""

    place: int
    code: str
    name: str
    row: CurrentValue


def ranked(
    indicator: Indicator, rows: Mapping[str, CurrentValue], names: Mapping[str, str]
) -> list[Ranked]:
    """The named countries' values, best first where the indicator says what is better.

    Where it does not, the highest stands first.
    """
    rising = indicator.better == Indicator.Better.LOWER
    kept = [row for code, row in rows.items() if code in names]
    kept.sort(key=lambda row: (row.value if rising else -row.value, names[row.country_id]))
    values = [row.value for row in kept]
    return [
        Ranked(values.index(row.value) + 1, row.country_id, names[row.country_id], row)
        for row in kept
    ]


def lines(
    indicator: Indicator,
    series: Mapping[str, Mapping[str, float]],
    *,
    beside: Mapping[str, Mapping[str, float]] | None = None,
    id: str = "lines",
    title: str = "",
) -> Chart | None:
    """Values by period of each name in `series`, in that order; None where there are none.

    A name without a value keeps its place, so that a country looks the same in every chart. The
    finding is about `series` where that has values; `beside` are drawn with them, a median perhaps.
    """
    series, found = {**series, **(beside or {})}, series
    drawn = {name: values for name, values in series.items() if values}
    if not drawn:
        return None
    periods = _periods(drawn.values())
    finding = _course({name: values for name, values in found.items() if values} or drawn)
    return Chart(
        id=id,
        kind=Kind.LINES,
        title=f"{title}: {finding}" if title else finding,
        description=_described(drawn),
        columns=[Column(_("Period")), *(Column(name, numeric=True) for name in drawn)],
        rows=[
            [period, *(_cell(values.get(period)) for values in drawn.values())]
            for period in reversed(periods)
        ],
        categories=periods,
        series=[
            Series(
                name if values else _("%(name)s (no value)") % {"name": name},
                [values.get(period) for period in periods],
                tones=[f"chart-{n}"],
            )
            for n, (name, values) in enumerate(series.items(), start=1)
        ],
        scale=scale_around(
            [v for values in drawn.values() for v in values.values()], indicator.unit
        ),
    )


def ranking(
    indicator: Indicator,
    places: Sequence[Ranked],
    year: int,
    chosen: Sequence[str],
    origins: Mapping[int, Import],
) -> Chart | None:
    """The chosen countries among the first and the last of a year's ranking."""
    if not places:
        return None
    ends = {r.code for r in (*places[:FIRST], *places[-LAST:])}
    drawn = [r for r in places if r.code in ends or r.code in chosen]
    named = [f"{r.place}. {r.name}{' ◆' if r.code in chosen else ''}" for r in drawn]
    note = ""
    if len(drawn) < len(places):
        note = _(
            "Drawn are the first %(first)s, the last %(last)s and the chosen; the table has all."
        )
        note %= {"first": FIRST, "last": LAST}
    if any(r.code in chosen for r in drawn):
        note = " ".join(filter(None, [note, _("◆ marks the chosen.")]))
    return Chart(
        id="ranking",
        kind=Kind.BARS,
        title=_place(indicator, places, year, chosen),
        description="; ".join(f"{r.place}. {r.name}: {shown(r.row.value)}" for r in drawn),
        columns=[
            Column(_("Country")),
            Column(pgettext("in a ranking", "Place"), numeric=True),
            Column(_("Value"), numeric=True),
            Column(_("Period")),
            Column(_("Note")),
            Column(_("Vintage")),
        ],
        rows=[
            [
                r.name,
                r.place,
                _cell(r.row.value),
                r.row.period,
                r.row.note or r.row.flag,
                origins[r.row.origin_id].issue,
            ]
            for r in places
        ],
        categories=named,
        series=[
            Series(
                "",
                [r.row.value for r in drawn],
                labels=[shown(r.row.value) for r in drawn],
                tones=["level-4" if r.code in chosen else "level-2" for r in drawn],
            )
        ],
        scale=scale_around([0, *(r.row.value for r in drawn)], indicator.unit),
        note=note,
    )


def world(indicator: Indicator, places: Sequence[Ranked], year: int) -> Chart | None:
    """A map in classes of about as many countries each; None for fewer countries than classes."""
    values = [r.row.value for r in places]
    marks = sorted({min(values), *quantiles(values, n=CLASSES), max(values)} if values[4:] else [])
    if len(marks) < 3:
        return None
    classes = list(pairwise(marks))
    by_class = [
        [r.row.value if _within(r.row.value, n, classes) else None for r in places]
        for n in range(len(classes))
    ]
    low, _middle, high = quantiles(values, n=4)
    return Chart(
        id="map",
        kind=Kind.MAP,
        title=_("In %(year)s half of %(n)s countries lie between %(low)s and %(high)s")
        % {"year": year, "n": len(places), "low": shown(low), "high": shown(high)},
        description=_("A world map; the ranking's table has the same values."),
        columns=[Column(_("Values")), Column(_("Countries"), numeric=True)],
        rows=[
            [f"{shown(a)} – {shown(b)}", sum(v is not None for v in by_class[n])]
            for n, (a, b) in enumerate(classes)
        ],
        categories=[r.code for r in places],
        series=[
            Series(
                f"{shown(a)} – {shown(b)}",
                by_class[n],
                labels=[f"{r.name}: {shown(r.row.value)}" for r in places],
                tones=[f"level-{n + 1}"],
            )
            for n, (a, b) in enumerate(classes)
        ],
        scale=scale_around(values, indicator.unit),
        note=" ".join(
            [
                _("Where the land is pale no value is known."),
                _("Boundaries: %(source)s.") % {"source": BOUNDARIES},
                disclaimer(),
            ]
        ),
    )


def median_of(group: str) -> str:
    return _("Median of %(group)s") % {"group": group}


def disclaimer() -> str:
    """What stands under every map; the site's own words where it has set some."""
    return settings.MAP_DISCLAIMER or _(
        "Boundaries, names and colours on this map imply no opinion on the status of any territory."
    )


def sparkline(values: Sequence[float], *, width: int = 96, height: int = 24) -> str:
    """Points of an SVG polyline that runs over the box, oldest value first."""
    low, high = min(values), max(values)
    step = (width - 4) / max(1, len(values) - 1)
    share = [(v - low) / (high - low) if high > low else 0.5 for v in values]
    return " ".join(
        f"{2 + n * step:.1f},{height - 2 - part * (height - 4):.1f}" for n, part in enumerate(share)
    )


def _within(value: float, n: int, classes: Sequence[tuple[float, float]]) -> bool:
    """A value on a border belongs to the class below it, the lowest one to the first."""
    low, high = classes[n]
    return low < value <= high or (n == 0 and value == low)


def _course(drawn: Mapping[str, Mapping[str, float]]) -> str:
    ends = {name: (min(values), max(values)) for name, values in drawn.items()}
    moves = {name: drawn[name][last] - drawn[name][first] for name, (first, last) in ends.items()}
    name = max(moves, key=lambda name: abs(moves[name]))
    first, last = ends[name]
    said = {
        "name": name,
        "old": shown(drawn[name][first]),
        "new": shown(drawn[name][last]),
        "first": first,
        "last": last,
    }
    if first == last:
        return _("%(name)s had %(new)s in %(last)s") % said
    if said["old"] == said["new"]:
        return _("%(name)s was at %(old)s in %(first)s and in %(last)s") % said
    if len(drawn) == 1 and moves[name] > 0:
        return _("%(name)s rose from %(old)s in %(first)s to %(new)s in %(last)s") % said
    if len(drawn) == 1:
        return _("%(name)s fell from %(old)s in %(first)s to %(new)s in %(last)s") % said
    if moves[name] > 0:
        return _("%(name)s moved most: up from %(old)s in %(first)s to %(new)s in %(last)s") % said
    return _("%(name)s moved most: down from %(old)s in %(first)s to %(new)s in %(last)s") % said


def _place(indicator: Indicator, places: Sequence[Ranked], year: int, chosen: Sequence[str]) -> str:
    best = next((r for r in places if r.code in chosen), places[0])
    said = {
        "name": best.name,
        "place": best.place,
        "n": len(places),
        "year": year,
        "value": shown(best.row.value),
    }
    if best.place > 1:
        return (
            ngettext(
                "%(name)s stands at place %(place)s of %(n)s country in %(year)s, with %(value)s",
                "%(name)s stands at place %(place)s of %(n)s countries in %(year)s, with %(value)s",
                len(places),
            )
            % said
        )
    if indicator.better == Indicator.Better.LOWER:
        text = ngettext(
            "%(name)s is lowest of %(n)s country in %(year)s, with %(value)s",
            "%(name)s is lowest of %(n)s countries in %(year)s, with %(value)s",
            len(places),
        )
    else:
        text = ngettext(
            "%(name)s is highest of %(n)s country in %(year)s, with %(value)s",
            "%(name)s is highest of %(n)s countries in %(year)s, with %(value)s",
            len(places),
        )
    return text % said


def _described(drawn: Mapping[str, Mapping[str, float]]) -> str:
    return "; ".join(
        _("%(name)s: %(old)s in %(first)s, %(new)s in %(last)s")
        % {
            "name": name,
            "first": min(values),
            "last": max(values),
            "old": shown(values[min(values)]),
            "new": shown(values[max(values)]),
        }
        for name, values in drawn.items()
    )


def _periods(series: Sequence[Mapping[str, float]]) -> list[str]:
    """From the first to the last; years without a value too, so that time is even."""
    there = {period for values in series for period in values}
    if all(period.isdigit() for period in there):
        return [str(year) for year in range(int(min(there)), int(max(there)) + 1)]
    return sorted(there)


def _cell(value: float | None) -> float | str:
    """A number that the table and the CSV show in full."""
    return "" if value is None else float(f"{value:.12g}")
