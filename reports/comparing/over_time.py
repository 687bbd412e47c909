"""The rounds of one country over time: what each published, and the pairs that can be compared."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Scale, Series, rounded
from countries.wording import colon
from reports.comparing.choosing import Subject
from reports.comparing.parts import Part, Table


def parts(rounds: Sequence[Subject]) -> list[Part]:
    """A chart for each staged theme, then the comparable pairs; `rounds` from the oldest on."""
    newest = rounds[-1].result
    charts: list[Part] = [
        _theme(theme, rounds)
        for theme in newest["themes"]
        if theme["staged"] and _has(theme, rounds)
    ]
    pairs = _pairs(rounds)
    return [*charts, pairs] if pairs else charts


def _has(theme: Mapping[str, Any], rounds: Sequence[Subject]) -> bool:
    return any(
        (found := one.theme(theme["code"])) and found["position"] is not None for one in rounds
    )


def _theme(theme: Mapping[str, Any], rounds: Sequence[Subject]) -> Chart:
    found = [one.theme(theme["code"]) or {"stage": None, "position": None} for one in rounds]
    periods = _periods(rounds)
    return Chart(
        id=f"theme-{theme['code']}",
        kind=Kind.LINES,
        title=f"{theme['title']}{colon()}{_course(theme['code'], found, rounds)}",
        description="; ".join(
            f"{period}{colon()}" + (_("stage %s") % one["stage"] if one["stage"] else _("no stage"))
            for period, one in zip(periods, found, strict=True)
        ),
        columns=[
            Column(_("Round")),
            Column(_("Stage in its report"), numeric=True),
            Column(_("Position in its report"), numeric=True),
            Column(_("Instrument")),
        ],
        rows=[
            (one.titled, its["stage"] or "–", _rounded(its["position"]), one.instrument)
            for one, its in zip(rounds, found, strict=True)
        ],
        categories=periods,
        series=[
            Series(
                _("Position in its report"), [its["position"] for its in found], tones=["chart-1"]
            ),
            *_comparable(theme["code"], rounds, periods),
        ],
        scale=Scale(1, rounds[-1].result["instrument"]["levels"], step=1, title=_("Position")),
        axis=_("Round, by the end of its period"),
    )


def _course(code: str, found: Sequence[Mapping[str, Any]], rounds: Sequence[Subject]) -> str:
    """What became of it, by the newest pair; nothing is said against a round that is not shown."""
    stages = [_("stage %s") % one["stage"] if one["stage"] else _("no stage") for one in found]
    path = " → ".join(
        _("%(name)s (draft)") % {"name": stage} if one.is_draft else stage
        for one, stage in zip(rounds, stages, strict=True)
    )
    before = (rounds[-1].result.get("change") or {}).get("round")
    earlier = {one.round for one in rounds[:-1]}
    if not earlier or (before is not None and before not in earlier):
        return path
    change = _change(code, rounds[-1])
    if change is None or change["comparable"] is None:
        return _("%s; the last two rounds cannot be compared") % path
    if not change["real"]:
        return _("%s; no clear change on what can be compared") % path
    rose = change["difference"] > 0
    verdict = _("a real rise") if rose else _("a real fall")
    return _("%(path)s; %(verdict)s on what can be compared") % {
        "path": path,
        "verdict": verdict,
    }


def _comparable(code: str, rounds: Sequence[Subject], periods: Sequence[str]) -> list[Series]:
    """A line for each comparable pair, from the older to the newer round."""
    at = {one.round: index for index, one in enumerate(rounds)}
    lines = []
    for one in rounds:
        change = _change(code, one)
        before = (one.result.get("change") or {}).get("round")
        if change is None or change["comparable"] is None or before not in at:
            continue
        values: list[float | None] = [None] * len(rounds)
        values[at[before]], values[at[one.round]] = (
            place["position"] for place in change["comparable"]
        )
        name = _("Comparable, %(then)s to %(now)s") % {
            "then": periods[at[before]],
            "now": periods[at[one.round]],
        }
        lines.append(Series(name, values, tones=[f"chart-{len(lines) % 5 + 2}"]))
    return lines


def _change(code: str, subject: Subject) -> Mapping[str, Any] | None:
    themes = (subject.result.get("change") or {"themes": []})["themes"]
    return next((one for one in themes if one["theme"] == code), None)


def _pairs(rounds: Sequence[Subject]) -> Table | None:
    """Each pair of the rounds that a report compared, theme by theme; of one withdrawn, none."""
    shown = {one.round for one in rounds}
    compared = [
        (one, theme, change)
        for one in rounds
        if (one.result.get("change") or {}).get("round") in shown
        for theme in one.result["themes"]
        if theme["staged"] and (change := _change(theme["code"], one)) is not None
    ]
    rows = [
        (
            f"{one.result['change']['since']} → {one.titled}",
            theme["title"],
            _pair(change["comparable"]),
            _rounded(change["difference"]),
            _interval(change["interval_90"]),
            len(change["items"]),
            _verdict(change),
        )
        for one, theme, change in compared
    ]
    if not rows:
        return None
    known = [change for _one, _theme, change in compared if change["comparable"] is not None]
    real = sum(change["real"] for change in known)
    return Table(
        id="pairs",
        title=_("%(n)s of %(all)s changes of a theme are real") % {"n": real, "all": len(known)},
        columns=[
            Column(_("Rounds")),
            Column(_("Theme")),
            Column(_("Comparable position")),
            Column(_("Difference"), numeric=True),
            Column(_("Interval (90 %)")),
            Column(_("Items known in both"), numeric=True),
            Column(_("Change")),
        ],
        rows=rows,
        note=_(
            "Comparable counts only the items known in both rounds, by the newer one's weights and "
            "marks. A change is real when the 90 percent interval of the difference leaves out 0."
        ),
    )


def _periods(rounds: Sequence[Subject]) -> list[str]:
    """The end of each period: the year, or the day where two rounds end in one year."""
    years = [str(one.period_end.year) for one in rounds]
    ends = years if len(set(years)) == len(years) else [str(one.period_end) for one in rounds]
    return [
        _("%(name)s (draft)") % {"name": end} if one.is_draft else end
        for one, end in zip(rounds, ends, strict=True)
    ]


def _verdict(change: Mapping[str, Any]) -> str:
    if change["comparable"] is None:
        return str(change["reason"])
    return _("real") if change["real"] else _("no clear change")


def _pair(places: Sequence[Mapping[str, Any]] | None) -> str:
    return " → ".join(floatformat(one["position"], 2) for one in places) if places else "–"


def _interval(ends: Sequence[float] | None) -> str:
    return " – ".join(floatformat(end, 2) for end in ends) if ends else "–"


def _rounded(value: float | None) -> float | str:
    return "–" if value is None else rounded(value, 2)
