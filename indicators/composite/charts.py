"""An index's charts and tables; titles say the finding."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.charts import Chart, Column, Kind, Mark, Scale, Series
from indicators.explorer.words import shown

Row = Mapping[str, Any]
STEPS = {
    "data": gettext_lazy("The values as loaded"),
    "denominate": gettext_lazy("Divided by their denominators"),
    "screen": gettext_lazy("Countries with enough data"),
    "impute": gettext_lazy("Gaps filled"),
    "treat": gettext_lazy("Outliers treated"),
    "normalise": gettext_lazy("Brought onto one scale"),
    "aggregate": gettext_lazy("Put together"),
}
CHOICES = {
    "screen": gettext_lazy("who is left out"),
    "impute": gettext_lazy("how gaps are filled"),
    "treat": gettext_lazy("how outliers are treated"),
    "normalise": gettext_lazy("the common scale"),
    "weights": gettext_lazy("the weights"),
    "aggregate": gettext_lazy("the kind of mean"),
}


def charts(result: Row, names: Mapping[str, str]) -> list[tuple[Chart, str]]:
    """The charts that the index has something for, each with the name of its table."""
    found = [(scores(result, names), "scores")]
    if result["uncertainty"]:
        found.append((intervals(result, names), "intervals"))
        if result["uncertainty"]["effects"]:
            found.append((effects(result), "effects"))
    if result["remove_one"]:
        found.append((removed(result, names), "remove_one"))
    return [(chart, table) for chart, table in found if chart is not None]


def scores(result: Row, names: Mapping[str, str]) -> Chart | None:
    rows = [row for row in result["scores"] if row["rank"] is not None]
    if not rows:
        return None
    first = names.get(rows[0]["unit"], rows[0]["unit"])
    values = [row["score"] for row in rows]
    return Chart(
        id="scores",
        kind=Kind.BARS,
        title=_("%(name)s stands first of %(n)s") % {"name": first, "n": len(rows)},
        description="; ".join(
            f"{r['rank']}. {_named(r, names)}: {shown(r['score'])}" for r in rows
        ),
        columns=[Column(_("Country")), Column(_("Rank"), True), Column(_("Score"), True)],
        rows=[[_named(r, names), r["rank"], _digits(r["score"])] for r in rows],
        categories=[f"{r['rank']}. {_named(r, names)}" for r in rows],
        series=[Series("", values, labels=[shown(value) for value in values])],
        scale=_scale([0.0, *values]),
    )


def intervals(result: Row, names: Mapping[str, str]) -> Chart | None:
    found = result["uncertainty"]
    rows = sorted(
        (row for row in found["intervals"] if row["rank"] is not None and row["median"]),
        key=lambda row: row["rank"],
    )
    if not rows:
        return None
    widest = max(rows, key=lambda row: row["high"] - row["low"])
    said = {"name": _named(widest, names), "low": widest["low"], "high": widest["high"]}
    return Chart(
        id="intervals",
        kind=Kind.DOTS,
        title=_("Least sure is %(name)s: rank %(low)s to %(high)s") % said,
        description="; ".join(
            _("%(name)s: rank %(rank)s, in nine of ten re-runs %(low)s to %(high)s")
            % {"name": _named(r, names), "rank": r["rank"], "low": r["low"], "high": r["high"]}
            for r in rows
        ),
        columns=[
            Column(_("Country")),
            *(
                Column(label, True)
                for label in (
                    _("Rank"),
                    _("Median"),
                    _("Mean"),
                    _("5 %"),
                    _("95 %"),
                    _("Best"),
                    _("Worst"),
                )
            ),
        ],
        rows=[
            [_named(r, names), r["rank"], r["median"], _digits(r["mean"])]
            + [r[key] for key in ("low", "high", "best", "worst")]
            for r in rows
        ],
        categories=[_named(row, names) for row in rows],
        series=[
            Series(_("5 %"), [row["low"] for row in rows], mark=Mark.OPEN),
            Series(_("as built"), [row["rank"] for row in rows], mark=Mark.FULL),
            Series(_("95 %"), [row["high"] for row in rows], mark=Mark.CROSS),
        ],
        scale=_scale([0.0, *(float(row["high"]) for row in rows)]),
        note=_("%(runs)s re-runs; %(lost)s could not be computed.")
        % {"runs": found["runs"], "lost": found["not_computed"]},
    )


def effects(result: Row) -> Chart:
    rows = sorted(result["uncertainty"]["effects"], key=lambda row: -row["total"])
    return Chart(
        id="effects",
        kind=Kind.BARS,
        title=_("Ranks depend most on %(what)s") % {"what": _choice(rows[0]["what"])},
        description="; ".join(
            f"{_choice(row['what'])}: {floatformat(row['total'], 2)}" for row in rows
        ),
        columns=[
            Column(_("What is done otherwise")),
            *(
                Column(label, True)
                for label in (_("Alone"), _("Margin"), _("With the others"), _("Margin (total)"))
            ),
        ],
        rows=[
            [_choice(r["what"])]
            + [_digits(r[key]) for key in ("first", "first_margin", "total", "total_margin")]
            for r in rows
        ],
        categories=[_choice(row["what"]) for row in rows],
        series=[
            Series(
                "",
                [max(row["total"], 0.0) for row in rows],
                labels=[
                    _("%(total)s, alone %(first)s")
                    % {key: floatformat(row[key], 2) for key in ("total", "first")}
                    for row in rows
                ],
            )
        ],
        scale=_scale([0.0, 1.0, *(row["total"] for row in rows)]),
        note=_("Sobol indices of the mean absolute change of rank, from %(runs)s runs.")
        % {"runs": result["uncertainty"]["sobol_runs"]},
    )


def removed(result: Row, names: Mapping[str, str]) -> Chart | None:
    rows = [row for row in result["remove_one"] if row["mean_change"] is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: -row["mean_change"])
    named = result["titles"]
    said = {
        "name": named.get(rows[0]["code"], rows[0]["code"]),
        "change": floatformat(rows[0]["mean_change"], 2),
    }
    return Chart(
        id="remove_one",
        kind=Kind.BARS,
        title=_("Without %(name)s ranks change most: by %(change)s on average") % said,
        description="; ".join(
            f"{named.get(row['code'], row['code'])}: {floatformat(row['mean_change'], 2)}"
            for row in rows
        ),
        columns=[
            Column(_("Left out")),
            Column(_("Mean change of rank"), True),
            Column(_("Largest change"), True),
            Column(_("Of")),
        ],
        rows=[
            [
                named.get(r["code"], r["code"]),
                _digits(r["mean_change"]),
                r["largest_change"],
                names.get(r["unit"], r["unit"]),
            ]
            for r in rows
        ],
        categories=[named.get(row["code"], row["code"]) for row in rows],
        series=[
            Series(
                "",
                [row["mean_change"] for row in rows],
                labels=[floatformat(row["mean_change"], 2) for row in rows],
            )
        ],
        scale=_scale([0.0, *(row["mean_change"] for row in rows)]),
    )


def table(result: Row, name: str) -> tuple[list[str], list[list[object]]] | None:
    """Columns and rows of a step's table or of what was found out; None if there is none."""
    found: Any = None
    if name in STEPS:
        found = _keyed("unit", result["tables"][name])
    elif name in ("weights", "ranks"):
        found = _keyed("code" if name == "weights" else "unit", result[name])
    elif name in ("scores", "log", "remove_one"):
        found = result[name]
    elif name in ("intervals", "effects") and result["uncertainty"]:
        found = result["uncertainty"][name]
    if not found:
        return None
    return list(found[0]), [list(row.values()) for row in found]


def _keyed(name: str, rows: Mapping[str, Row]) -> list[dict[str, object]]:
    return [{name: key, **row} for key, row in rows.items()]


def _choice(what: str) -> str:
    """What is done otherwise, in words; the setting beside them where it is not the method."""
    step, _dot, key = what.partition(".")
    words = str(CHOICES[step])
    return words if key in ("", "method") else f"{words} ({key})"


def _named(row: Row, names: Mapping[str, str]) -> str:
    return names.get(row["unit"], row["unit"])


def _digits(value: float | None) -> float | str:
    return "" if value is None else float(f"{value:.6g}")


def _scale(values: Sequence[float]) -> Scale:
    low, high = min(values), max(values)
    span = high - low or 1.0
    power = 10.0 ** (ceil(log10(span)) - 1)
    step = next(power * n for n in (0.2, 0.5, 1, 2) if span / (power * n) <= 8)
    return Scale(low=floor(low / step) * step, high=ceil(high / step) * step, step=step)
